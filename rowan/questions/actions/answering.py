"""Answer a question, or correct an answer: by one of those it was put to, once, and never over another's words."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.agencies.leads import LeadNow, acting, acting_in_words, lead_now
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed
from rowan.timescales.actions import start_clock, stop_clock

from ..clocks import QUESTION_CLOCK
from ..models import Answer, AnswerKind, Question
from ..waiting import refusal_to_answer
from .opening import let_look_a_while_longer, open_to_those_asked
from .promises import let_fall, promise
from .refusing import refuse, somebody_was_first
from .said import Said

NEWER = "This answer has been corrected already, or another one stands. Correct the newest."


def answer(
    question: Question,
    *,
    kind: str,
    text="",
    how_known="",
    agency=None,
    look_again_on=None,
    by,
    now: datetime,
    opened_on: str | None = None,
) -> Answer:
    """Answer a question. The same answer given twice is one answer; when somebody else was first, say so.

    `opened_on` is which answer stood on the page, '' for none: somebody may have put the question off since.
    """
    did = "answered a question"
    said = Said(kind, text, how_known, agency, look_again_on)
    today = timezone.localdate(now)
    _may_answer(question, by, today, did, said)
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question.pk)
        standing = _standing(question)
        if standing and said.are_the_words_of(standing, by):
            return standing
        seen = opened_on in {None, str(standing.pk) if standing else ""}
        if question.answered_at is None and seen:
            lead = lead_now(by.agency, today)
            given = _give(question, said, by=by, now=now, corrects=None, lead=lead)
            _leave_line(did, given, by, lead)
            return given
    somebody_was_first(
        _who_was_first(standing), said.beside(standing), question, by=by, did=did, may_send=True
    )


def correct(
    answer: Answer, *, kind: str, text="", how_known="", agency=None, look_again_on=None, by, now: datetime
) -> Answer:
    """A new answer that names the one it corrects. The earlier one stays; what it promised and was not done falls away."""
    did = "corrected an answer"
    said = Said(kind, text, how_known, agency, look_again_on)
    question, today = answer.question, timezone.localdate(now)
    _may_answer(question, by, today, did, said)
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question.pk)
        standing = _standing(question)
        if standing and said.are_the_words_of(standing, by):
            return standing
        replaced = standing is None or standing.pk != answer.pk
        refusal = None if replaced else _refusal_to_correct(question, said)
        if not replaced and refusal is None:
            let_fall(answer, by=by, now=now)
            lead = lead_now(by.agency, today)
            given = _give(question, said, by=by, now=now, corrects=answer, lead=lead)
            _leave_line(did, given, by, lead)
            return given
    if replaced:
        both = said.beside(standing) if standing else []
        somebody_was_first(NEWER, both, question, by=by, did=did, may_send=True)
    refuse(refusal, question, by=by, did=did)


def _may_answer(question: Question, by, today: date, did: str, said: Said) -> None:
    """Before the transaction, so that a refusal stays on the trail when nothing else does (design hard case 4)."""
    open_record(person_id=question.person_id, by=by, today=today, did="opened a record to answer a question")
    if refusal := refusal_to_answer(question, by, today=today):
        refuse(refusal, question, by=by, did=did, refusal=NotAllowed)
    if refusal := said.refusal(today):
        refuse(refusal, question, by=by, did=did)


def _standing(question: Question) -> Answer | None:
    """The newest answer that nobody has corrected."""
    return question.answers.filter(corrected_by=None).select_related("by").order_by("at", "id").last()


def _who_was_first(standing: Answer) -> str:
    at = timezone.localtime(standing.at)
    return (
        f"{standing.by.display_name} answered this at {at:%H:%M} on {at.day} {at:%B %Y}: "
        f"{standing.get_kind_display()}. If that is wrong, correct it."
    )


def _refusal_to_correct(question: Question, said: Said) -> str | None:
    if said.kind == AnswerKind.LOOK_AGAIN and question.answered_at:
        others = Question.objects.open().filter(person_id=question.person_id, audience=question.audience)
        if others.exclude(pk=question.pk).exists():
            return "A newer question about this child is open. Answer that one; this one cannot be opened again beside it."
    return None


def _give(
    question: Question, said: Said, *, by, now: datetime, corrects: Answer | None, lead: LeadNow
) -> Answer:
    given = Answer.objects.create(
        question=question,
        kind=said.kind,
        text=said.text,
        how_known=said.how_known,
        agency=said.agency,
        look_again_on=said.look_again_on,
        by=by,
        acting_as=acting_in_words(lead, by),
        at=now,
        corrects=corrects,
    )
    if said.kind == AnswerKind.LOOK_AGAIN:
        _put_off(question, said.look_again_on, now)
    else:
        _close(question, now)
    promise(given, now)
    return given


def _put_off(question: Question, day: date, now: datetime) -> None:
    """It stays open and comes back on that day, or sooner with new evidence."""
    question.answered_at, question.look_again_on, question.due_on = None, day, day
    question.save(update_fields=["answered_at", "look_again_on", "due_on"])
    open_to_those_asked(question, opened_on=question.asked_on)
    start_clock(
        what=QUESTION_CLOCK, about_kind="question", about_id=question.pk, about_person=question.person_id, due_on=day, now=now,
        owner=question.practitioner, owner_post=question.post,
    )  # fmt: skip


def _close(question: Question, now: datetime) -> None:
    question.answered_at, question.look_again_on = question.answered_at or now, None
    question.save(update_fields=["answered_at", "look_again_on"])
    stop_clock(what=QUESTION_CLOCK, about_kind="question", about_id=question.pk, now=now, because="answered")
    let_look_a_while_longer(question.person_id, f"question {question.pk}", now)


def _leave_line(did: str, given: Answer, by, lead: LeadNow) -> None:
    record(
        by=by,
        did=did,
        about_person=given.question.person_id,
        about_kind="question",
        about_id=given.question_id,
        particulars={"kind": given.kind, "answer": given.pk} | acting(lead, by),
    )
