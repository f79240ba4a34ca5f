"""A question answered *raise or join a concern* joins one that is open already about the same child: whoever has it is told."""

from datetime import datetime
from typing import NoReturn
from uuid import UUID

from django.db import transaction

from rowan.access.rules.matrix import opens_records
from rowan.access.standing import Groups
from rowan.agencies.in_words import by_and_when
from rowan.audit_trail.actions import record, record_list_shown
from rowan.notices.actions import tell
from rowan.questions.actions import settle_owed
from rowan.questions.models import Owed, Question
from rowan.refusals import Both, NothingThere
from rowan.sharing.actions.refusing import refuse, somebody_was_first

from ..models import Concern, JoinedAnswer
from ..reading import may_open
from ..rules.running import KIND
from ..rules.steps import OPEN_TO_JOIN
from .adding import tell_whoever_has_it
from .from_questions import NOT_OWED, owed_from, owed_of, question_of

DID = "joined a concern"
LOOKED = "looked which concerns a question's answer may join"
JOINED = "The answer to a question joined a concern"
IS_ABOUT_ANOTHER = "A concern you joined is about another child: look at your answer again"
NOT_THERE = "That concern is not open, or you may not know of it. Choose another, or raise a new one."


def may_be_joined(question_id: UUID, *, by, now: datetime) -> tuple[Owed, list[Concern]]:
    """What is open about the child of this question, as far as whoever answered it may know of it. A look, on the trail."""
    owed, _ = owed_from(question_id, by=by, now=now, did=LOOKED)
    person_id = owed.answer.question.person_id
    found = _known_to(by, person_id, now)
    record_list_shown(
        by=by,
        did=LOOKED,
        person_ids=[person_id],
        particulars={"question": str(question_id), "concerns": len(found)},
    )
    return owed, found


def join_concern(question_id: UUID, *, concern_id: UUID | None, by, now: datetime) -> Concern:
    """The answer and its evidence are read with that concern from now on, and what the answer promised is done. Pressed twice, it joined once."""
    about = {"by": by, "did": DID, "about_kind": KIND, "about_id": concern_id or ""}
    question, _ = question_of(question_id, by=by, now=now, did="opened a record to join a concern")
    joined = JoinedAnswer.objects.filter(answer__question=question).select_related("concern", "by").last()
    if joined and (joined.concern_id, joined.by_id) == (concern_id, by.pk):
        return joined.concern
    owed = owed_of(question)
    if owed is None:
        _somebody_was_first(question, joined, about)
    concern = next((each for each in _known_to(by, question.person_id, now) if each.pk == concern_id), None)
    if concern is None:
        refuse(NOT_THERE, **about)
    with transaction.atomic():
        concern = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
        owed = Owed.objects.select_for_update(of=("self",)).get(pk=owed.pk)
        may_join = owed.settled_at is None and concern.step in OPEN_TO_JOIN
        if may_join:
            JoinedAnswer.objects.create(concern=concern, answer=owed.answer, by=by, at=now)
            settle_owed(owed, outcome=f"It joined concern {concern.reference}.", by=by, now=now)
            tell_whoever_has_it(concern, JOINED, now)
            record(about_person=question.person_id, particulars={"question": str(question_id)}, **about)
    if not may_join:
        refuse(NOT_THERE, **about)
    return concern


def _somebody_was_first(question: Question, joined: JoinedAnswer | None, about: dict) -> NoReturn:
    """Nothing is owed any more: another has raised or joined one, or the answer was corrected."""
    if joined is None:
        refuse(NOT_OWED, refusal=NothingThere, **about)
    both = [
        Both("Which concern", joined.concern.reference, "Another"),
        Both("Joined by", by_and_when(joined.by.display_name, joined.at), "Not sent"),
    ]
    somebody_was_first("A colleague has joined a concern from this question already.", both, **about)


def tell_whoever_joined(concern: Concern, now: datetime) -> None:
    """Triage found that it is about another child: what joined it waits for somebody again, and they are told where."""
    for joined in concern.joined_answers.select_related("by", "answer"):
        tell(joined.by, IS_ABOUT_ANOTHER, f"/questions/{joined.answer.question_id}/", now)


def _known_to(by, person_id: str, now: datetime) -> list[Concern]:
    """Those triage may open, those that her own workers read, and those that the reader or their own agency raised."""
    groups = Groups([person_id])
    open_ones = Concern.objects.filter(
        person__in=groups.all_ids, step__in=[step.value for step in OPEN_TO_JOIN]
    )
    found = open_ones.select_related("agency", "by", "among_restricted").order_by("received_at", "id")
    return [each for each in found if _was_raised_here(each, by) or may_open(each, by, now)]


def _was_raised_here(concern: Concern, by) -> bool:
    if concern.by_id == by.pk:
        return True
    a_colleagues = concern.agency_id is not None and concern.agency_id == by.agency_id
    return (
        a_colleagues
        and concern.by_id is not None
        and opens_records(by.role)
        and not concern.about_a_professional
    )
