"""What an answer promises: an act with an owner and a day, until somebody says what came of it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.agencies.in_words import by_and_when
from rowan.audit_trail.actions import record
from rowan.refusals import Both
from rowan.timescales.actions import start_clock, stop_clock

from ..clocks import OWED_CLOCK
from ..models import Answer, Owed
from ..rules.answers import act_due_on, act_owed
from .refusing import refuse, somebody_was_first


def promise(given: Answer, now: datetime) -> None:
    """Whoever gave the answer owes what it promised, if it promised anything."""
    act = act_owed(given.kind)
    if act is None:
        return
    due_on = act_due_on(act, today=timezone.localdate(now), look_again_on=given.look_again_on)
    owed = Owed.objects.create(answer=given, act=act, due_on=due_on)
    start_clock(
        what=OWED_CLOCK, about_kind="owed", about_id=owed.pk, about_person=given.question.person_id, due_on=due_on, now=now, owner=given.by
    )  # fmt: skip


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
        refuse("Say what came of it.", question, by=by, did=did)
    with transaction.atomic():
        owed = Owed.objects.select_for_update(of=("self",)).get(pk=owed.pk)
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
        both = [
            Both("What came of it", owed.outcome, outcome),
            Both("Said by", by_and_when(owed.settled_by.display_name, owed.settled_at), "Not sent"),
        ]
        somebody_was_first(refusal, both, question, by=by, did=did)
    return owed


def let_fall(answer: Answer, *, by, now: datetime) -> None:
    """What a corrected answer promised and nobody has done yet is owed no more."""
    for owed in answer.owed.filter(settled_at=None):
        _settle(owed, "The answer was corrected before this was done.", by, now)


def _settle(owed: Owed, outcome: str, by, now: datetime) -> None:
    owed.settled_at, owed.outcome, owed.settled_by = now, outcome, by
    owed.save(update_fields=["settled_at", "outcome", "settled_by"])
    stop_clock(what=OWED_CLOCK, about_kind="owed", about_id=owed.pk, now=now, because="settled")
