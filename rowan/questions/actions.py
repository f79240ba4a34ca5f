"""What people do with a question: answer it, correct an answer, say that a row is about another child, settle what is owed."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.models import Involvement, Why
from rowan.agencies.leads import LeadNow, acting, acting_in_words, lead_now
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import record
from rowan.chronology.models import Entry
from rowan.matching.models import Judgement, RecordLink, Verdict
from rowan.refusals import NotAllowed, NotPossible
from rowan.timescales.actions import start_clock, stop_clock

from .asking import QUESTION_CLOCK, SIGN_CLOCK, open_to_those_asked
from .models import Answer, AnswerKind, EvidenceRow, Owed, Question, RuleSwitch, StrategyAnswer
from .rules.answers import (
    SEEN_AFTER_DAYS,
    act_due_on,
    act_owed,
    refusal_of_strategy_answer,
    refusal_to_take,
)
from .rules.register import rule_named
from .shown import shows_row
from .waiting import old_signs_for, refusal_to_answer, refusal_to_answer_sign

OWED_CLOCK = "an act that was promised"
SWITCHES_RULES = {Role.EXPLOITATION_COORDINATOR, Role.INFORMATION_GOVERNANCE}


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
) -> Answer:
    """Answer a question. The same answer given twice is one answer; when somebody else was first, say so."""
    said = Said(kind, text, how_known, agency, look_again_on)
    today = timezone.localdate(now)
    _may_answer(question, by, today, "answered a question", said)
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question.pk)
        standing = _standing(question)
        if standing and said.are_the_words_of(standing, by):
            return standing
        if question.answered_at is None:
            lead = lead_now(by.agency, today)
            given = _give(question, said, by=by, now=now, corrects=None, lead=lead)
            _leave_line("answered a question", given, by, lead)
            return given
    _refuse(_somebody_was_first(standing), question.person_id, question, by, "answered a question")


def correct(
    answer: Answer, *, kind: str, text="", how_known="", agency=None, look_again_on=None, by, now: datetime
) -> Answer:
    """A new answer that names the one it corrects. The earlier one stays; what it promised and was not done falls away."""
    said = Said(kind, text, how_known, agency, look_again_on)
    question = answer.question
    _may_answer(question, by, timezone.localdate(now), "corrected an answer", said)
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question.pk)
        standing = _standing(question)
        if standing and said.are_the_words_of(standing, by):
            return standing
        refusal = _refusal_to_correct(question, answer, standing, said)
        if refusal is None:
            _let_fall(answer, by, now)
            lead = lead_now(by.agency, timezone.localdate(now))
            given = _give(question, said, by=by, now=now, corrects=answer, lead=lead)
            _leave_line("corrected an answer", given, by, lead)
            return given
    _refuse(refusal, question.person_id, question, by, "corrected an answer")


def not_this_child(row: EvidenceRow, *, why: str, by, now: datetime) -> Judgement:
    """Say that a row is about somebody else. The next run takes the two apart and keeps them apart; the judgement can be undone."""
    question = row.reason.question
    seen = open_record(
        person_id=question.person_id,
        by=by,
        today=timezone.localdate(now),
        did="opened a record to judge a row",
    )
    did = "judged a row not to be this child"
    if not shows_row(row, seen):
        _refuse("You may not see this row.", question.person_id, question, by, did, NotAllowed)
    if not why.strip():
        _refuse("Say how you know that it is somebody else.", question.person_id, question, by, did)
    other = (
        RecordLink.objects.current()
        .filter(person_id=question.person_id)
        .exclude(rid=row.rid)
        .order_by("judged_by", "rid")
        .values_list("rid", flat=True)
        .first()
    )
    with transaction.atomic():
        judgement, made = Judgement.objects.get_or_create(
            rid=row.rid,
            person_id=question.person_id,
            verdict=Verdict.NOT_SAME,
            undone_at=None,
            defaults={"other_rid": other or "", "why": why.strip()[:400], "by": by, "at": now},
        )
        if made:
            record(
                by=by,
                did=did,
                about_person=question.person_id,
                about_kind="question",
                about_id=question.pk,
                particulars={"evidence": row.pk, "judgement": judgement.pk},
            )
    return judgement


def judged_not_this_child(question: Question) -> dict[str, Judgement]:
    """Judgements on this question's rows, by record, so that the page can mark them until the next run."""
    rids = EvidenceRow.objects.filter(reason__question=question).values("rid")
    rows = Judgement.objects.filter(
        rid__in=rids, person_id=question.person_id, verdict=Verdict.NOT_SAME, undone_at=None
    )
    return {row.rid: row for row in rows.select_related("by")}


def answer_strategy(
    sign: Entry, *, held: bool, reason: str, manager: str, by, now: datetime
) -> StrategyAnswer:
    """Strategy discussion: held or not held, why, and which manager. A second answer corrects the first; the sign itself stays."""
    today = timezone.localdate(now)
    did = "answered a strategy question"
    open_record(
        person_id=sign.person_id, by=by, today=today, did="opened a record to answer a strategy question"
    )
    if refusal := refusal_to_answer_sign(sign, by, today=today):
        _refuse(refusal, sign.person_id, sign, by, did, NotAllowed)
    if refusal := refusal_of_strategy_answer(reason=reason, manager=manager):
        _refuse(refusal, sign.person_id, sign, by, did)
    with transaction.atomic():
        return _answer_sign(sign, held=held, reason=reason, manager=manager, by=by, now=now)


def answer_old_signs(
    signs: list[Entry], *, acted_on: bool, reason: str, manager: str, by, now: datetime
) -> list[StrategyAnswer]:
    """The one list of older signs that a first file brought: known and acted on, or not, with the reason and the manager."""
    today = timezone.localdate(now)
    if refusal := refusal_of_strategy_answer(reason=reason, manager=manager):
        record(by=by, did="answered older signs of harm", refused_because=refusal)
        raise NotPossible(refusal)
    mine = {sign.key for sign in old_signs_for(by, today=today)}
    for person_id in dict.fromkeys(sign.person_id for sign in signs):
        open_record(
            person_id=person_id, by=by, today=today, did="opened a record to answer older signs of harm"
        )
    with transaction.atomic():
        return [
            _answer_sign(sign, held=acted_on, reason=reason, manager=manager, by=by, now=now)
            for sign in signs
            if sign.key in mine
        ]


def settle_owed(owed: Owed, *, outcome: str, by, now: datetime) -> Owed:
    """Say what came of what an answer promised: it shows beside the answer from then on."""
    question = owed.answer.question
    open_record(
        person_id=question.person_id,
        by=by,
        today=timezone.localdate(now),
        did="opened a record to say what came of it",
    )
    did = "said what came of an answer"
    if not outcome.strip():
        _refuse("Say what came of it.", question.person_id, question, by, did)
    with transaction.atomic():
        owed = Owed.objects.select_for_update().get(pk=owed.pk)
        refusal = (
            f"{owed.settled_by.display_name} has said already what came of it."
            if owed.settled_at and (owed.settled_by_id, owed.outcome) != (by.pk, outcome.strip())
            else None
        )
        if owed.settled_at is None:
            _settle(owed, outcome.strip(), by, now)
            record(
                by=by, did=did, about_person=question.person_id, about_kind="owed", about_id=owed.pk, particulars={"act": owed.act}
            )  # fmt: skip
    if refusal:
        _refuse(refusal, question.person_id, question, by, did)
    return owed


def may_switch_rules(name: str, *, by, did: str) -> None:
    """Go on, or raise NotAllowed with the refusal on the trail."""
    if by.role not in SWITCHES_RULES:
        reason = "Rules are switched by the exploitation co-ordinator or information governance."
        record(by=by, did=did, about_kind="rule", about_id=name, refused_because=reason)
        raise NotAllowed(reason)


def switch_rule(name: str, *, on: bool, from_on: date, why: str, by) -> RuleSwitch:
    """Switch a published rule off or on from a date, with the reason. Questions already put stay.

    A rule that stands so already is left as it is: the switch that made it so is given back.
    """
    did = "switched a rule on" if on else "switched a rule off"
    may_switch_rules(name, by=by, did=did)
    if rule_named(name) is None or not why.strip():
        reason = "Say why the rule is switched." if rule_named(name) else "There is no such rule."
        record(by=by, did=did, about_kind="rule", about_id=name, refused_because=reason)
        raise NotPossible(reason)
    standing = RuleSwitch.objects.standing(name)
    if standing and standing.on == on:
        return standing
    try:
        with transaction.atomic():
            switch = RuleSwitch.objects.create(
                rule=name, on=on, from_on=from_on, by=by.display_name, why=why.strip(), follows=standing
            )
            record(by=by, did=did, about_kind="rule", about_id=name, why=why.strip())
    except IntegrityError:
        # Somebody pressed in the same moment: theirs stands, and it says the same.
        return RuleSwitch.objects.standing(name)
    return switch


class Said:
    """An answer as somebody gives it, before it is taken."""

    def __init__(self, kind: str, text: str, how_known: str, agency, look_again_on: date | None):
        self.kind, self.agency = str(kind), agency
        self.text, self.how_known = text.strip(), how_known.strip()
        self.look_again_on = look_again_on if self.kind == AnswerKind.LOOK_AGAIN else None

    def refusal(self, today: date) -> str | None:
        return refusal_to_take(
            self.kind,
            text=self.text,
            how_known=self.how_known,
            asks_an_agency=self.agency is not None,
            look_again_on=self.look_again_on,
            today=today,
        )

    def are_the_words_of(self, given: Answer, by) -> bool:
        return (
            given.by_id == by.pk
            and given.kind == self.kind
            and given.text == self.text
            and given.how_known == self.how_known
            and given.agency_id == (self.agency.pk if self.agency else None)
            and given.look_again_on == self.look_again_on
        )


def _may_answer(question: Question, by, today: date, did: str, said: Said) -> None:
    """Before the transaction, so that a refusal stays on the trail when nothing else does (design hard case 4)."""
    open_record(person_id=question.person_id, by=by, today=today, did="opened a record to answer a question")
    if refusal := refusal_to_answer(question, by, today=today):
        _refuse(refusal, question.person_id, question, by, did, NotAllowed)
    if refusal := said.refusal(today):
        _refuse(refusal, question.person_id, question, by, did)


def _refuse(reason: str, person_id: str, about, by, did: str, refusal=NotPossible) -> None:
    record(
        by=by,
        did=did,
        about_person=person_id,
        about_kind="question" if isinstance(about, Question) else "sign of harm",
        about_id=about.pk if isinstance(about, Question) else about.key,
        refused_because=reason,
    )
    raise refusal(reason)


def _standing(question: Question) -> Answer | None:
    """The newest answer that nobody has corrected."""
    return question.answers.filter(corrected_by=None).select_related("by").order_by("at", "id").last()


def _somebody_was_first(standing: Answer) -> str:
    at = timezone.localtime(standing.at)
    return (
        f"{standing.by.display_name} answered this at {at:%H:%M} on {at.day} {at:%B %Y}: "
        f"{standing.get_kind_display()}. If that is wrong, correct it."
    )


def _refusal_to_correct(
    question: Question, answer: Answer, standing: Answer | None, said: Said
) -> str | None:
    if standing is None or standing.pk != answer.pk:
        return "This answer has been corrected already, or another one stands. Correct the newest."
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
    _owe(given, said, by, now)
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
    _let_look_a_while_longer(question.person_id, f"question {question.pk}", now)


def _let_look_a_while_longer(person_id: str, rests_on: str, now: datetime) -> None:
    """Those it was put to, their deputies and those it passed to may still look for a while, and then no more."""
    today = timezone.localdate(now)
    Involvement.objects.on(today).filter(
        person_id=person_id, why=Why.ASKED, rests_on__startswith=rests_on
    ).update(closed_on=today + timedelta(days=SEEN_AFTER_DAYS))


def _owe(given: Answer, said: Said, by, now: datetime) -> None:
    act = act_owed(said.kind)
    if act is None:
        return
    due_on = act_due_on(act, today=timezone.localdate(now), look_again_on=said.look_again_on)
    owed = Owed.objects.create(answer=given, act=act, due_on=due_on)
    start_clock(
        what=OWED_CLOCK, about_kind="owed", about_id=owed.pk, about_person=given.question.person_id, due_on=due_on, now=now, owner=by
    )  # fmt: skip


def _settle(owed: Owed, outcome: str, by, now: datetime) -> None:
    owed.settled_at, owed.outcome, owed.settled_by = now, outcome, by
    owed.save(update_fields=["settled_at", "outcome", "settled_by"])
    stop_clock(what=OWED_CLOCK, about_kind="owed", about_id=owed.pk, now=now, because="settled")


def _let_fall(answer: Answer, by, now: datetime) -> None:
    for owed in answer.owed.filter(settled_at=None):
        _settle(owed, "The answer was corrected before this was done.", by, now)


def _answer_sign(sign: Entry, *, held: bool, reason: str, manager: str, by, now: datetime) -> StrategyAnswer:
    # Two people may answer at once: the second waits for the first, and then corrects it.
    Entry.objects.select_for_update().get(pk=sign.pk)
    standing = (
        StrategyAnswer.objects.filter(entry_key=sign.key, corrected_by=None).order_by("at", "id").last()
    )
    words = (by.pk, held, reason.strip(), manager.strip())
    if standing and (standing.by_id, standing.held, standing.reason, standing.manager) == words:
        return standing
    lead = lead_now(by.agency, timezone.localdate(now))
    given = StrategyAnswer.objects.create(
        person_id=sign.person_id,
        entry_key=sign.key,
        held=held,
        reason=reason.strip(),
        manager=manager.strip(),
        by=by,
        acting_as=acting_in_words(lead, by),
        at=now,
        corrects=standing,
    )
    stop_clock(what=SIGN_CLOCK, about_kind="sign of harm", about_id=sign.key, now=now, because="answered")
    _let_look_a_while_longer(sign.person_id, f"sign {sign.key}", now)
    record(
        by=by,
        did="corrected a strategy answer" if standing else "answered a strategy question",
        about_person=sign.person_id,
        about_kind="sign of harm",
        about_id=sign.key,
        particulars={"held": held} | acting(lead, by),
    )
    return given


def _leave_line(did: str, given: Answer, by, lead: LeadNow) -> None:
    record(
        by=by,
        did=did,
        about_person=given.question.person_id,
        about_kind="question",
        about_id=given.question_id,
        particulars={"kind": given.kind, "answer": given.pk} | acting(lead, by),
    )
