"""Set an action with an owner and a date; say what came of it; carry it forward."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import NOBODY, involve, open_record
from rowan.access.clocks import may_not_take
from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import opens_records
from rowan.access.rules.seeing import NOTHING_THERE, Seen
from rowan.access.standing import hidden_from
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import DecidingAs, deciding_as
from rowan.agencies.rules.roles import SEES_NO_CHILD
from rowan.audit_trail.actions import record
from rowan.notices.actions import tell
from rowan.refusals import Both, NotAllowed, NothingThere
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import start_clock, stop_clock

from .models import Action, MadeIn
from .reading import may_end, may_read, may_set
from .rules.steps import (
    CLOCK,
    STEP_NAMES,
    Ended,
    Step,
    refusal_to_move,
    what_is_missing_to_end,
    what_is_missing_to_set,
)

KIND = "action"
DOES_NOT_SET = (
    "Your role reads a child’s plan and does not set its actions. Ask the child’s lead professional."
)
CANNOT_BE_ASKED = "That person cannot be given an action about this child. Choose somebody else."


@dataclass(frozen=True)
class Opened:
    """An action on its page. Somebody whose role opens no record sees their own action and not the child: `seen` is None."""

    action: Action
    seen: Seen | None


def set_action(*, token: UUID, person_id: str, what: str, owner, due_on, by, now: datetime) -> Action:
    """Set an action of a child's safety plan. Its clock runs from now; its owner is told and may open what they need."""
    today, did = timezone.localdate(now), "set an action"
    about = {"by": by, "did": did, "about_kind": KIND, "person_id": person_id}
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to set an action")
    if not may_set(seen):
        refuse(DOES_NOT_SET, refusal=NotAllowed, **about)
    if lacks := what_is_missing_to_set(what, due_on, has_owner=owner is not None, today=today):
        refuse(". ".join(lacks.values()), **about)
    if refusal := refusal_of_owner(owner, person_id):
        refuse(refusal, **about)
    with transaction.atomic():
        action = begin_action(
            token=token, person_id=person_id, what=what, owner=owner, due_on=due_on, by=by, now=now
        )
    if action.by_id != by.pk or action.person_id != person_id:
        refuse("This form belongs to another action. Start again.", **about)
    return action


def refusal_of_owner(owner, person_id: str) -> str | None:
    """Nobody who has left, whose role sees no child, or from whom her record is hidden; why is not told."""
    left_or_sees_none = not owner.is_active or owner.role in SEES_NO_CHILD
    if left_or_sees_none or owner.pk in may_not_take({0: person_id}, {owner.pk}).get(0, set()):
        return CANNOT_BE_ASKED
    return None


def begin_action(
    *,
    token: UUID,
    person_id: str,
    what: str,
    owner,
    due_on: date,
    by,
    now: datetime,
    made_in: str = MadeIn.PLAN,
    made_in_id: object = "",
    carries: Action | None = None,
) -> Action:
    """For an act that has asked access already, in its transaction: a plan's, a meeting's. Twice is once."""
    action, made = Action.objects.get_or_create(
        pk=token,
        defaults={
            "person_id": person_id,
            "what": what.strip(),
            "owner": owner,
            "agency": owner.agency,
            "due_on": due_on,
            "made_in": made_in,
            "made_in_id": str(made_in_id),
            "carries": carries,
            "by": by,
            "at": now,
        },
    )
    if made:
        start_clock(
            what=CLOCK, about_kind=KIND, about_id=action.pk, about_person=person_id, due_on=due_on, now=now, owner=owner
        )  # fmt: skip
        open_to_owner(action, timezone.localdate(now))
        if owner.pk != by.pk:
            tell(owner, "An action about a child is yours", page_of(action), now)
        record(
            by=by, did="set an action", about_person=person_id, about_kind=KIND, about_id=action.pk, particulars={"owner": owner.pk, "due_on": str(due_on), "made_in": made_in}
        )  # fmt: skip
    return action


def open_action(action_id, *, by, today: date) -> Opened:
    """One action, for its owner or whoever may read the plan. One that is not theirs answers as one that is not there."""
    action = (
        Action.objects.select_related("owner", "agency", "by", "ended_by", "carries")
        .filter(pk=action_id)
        .first()
    )
    hidden = hidden_from(by)
    did, person_id = "looked at an action", action.person_id if action else NOBODY
    mine = action is not None and action.owner_id == by.pk and person_id not in hidden
    if mine and by.role not in SEES_NO_CHILD and not opens_records(by.role):
        record(by=by, did=did, about_person=person_id, about_kind=KIND, about_id=action.pk)
        return Opened(action, None)
    seen = open_record(person_id=person_id, by=by, today=today, did=did)
    if action is None or not may_read(action, seen, by):
        refuse(NOTHING_THERE, by=by, did=did, about_kind=KIND, about_id=action_id, person_id=person_id, refusal=NothingThere)  # fmt: skip
    return Opened(action, seen)


def end_action(
    action: Action,
    *,
    to: str,
    words: str,
    by,
    now: datetime,
    due_on=None,
    owner=None,
    token: UUID | None = None,
) -> Action:
    """Done, not done, or carried forward to another date (and another owner, if need be). Said twice, it is one."""
    today, did = timezone.localdate(now), "said what came of an action"
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": action.pk, "person_id": action.person_id}
    opened = open_action(action.pk, by=by, today=today)
    if not may_end(action, opened.seen, by):
        refuse(DOES_NOT_SET, refusal=NotAllowed, **about)
    owner = owner or action.owner
    if lacks := what_is_missing_to_end(Ended(to, words, due_on), today=today):
        refuse(". ".join(lacks.values()), **about)
    if to == Step.CARRIED and (refusal := refusal_of_owner(owner, action.person_id)):
        refuse(refusal, **about)
    with transaction.atomic():
        action = Action.objects.select_for_update().get(pk=action.pk)
        mine = (action.step, action.ended_by_id, action.outcome) == (to, by.pk, words.strip())
        refusal = None if mine else refusal_to_move(action.step, Step(to))
        if not mine and refusal is None:
            place = deciding_as(by, now)
            close_action(action, to=Step(to), words=words, by=by, place=place, now=now)
            if to == Step.CARRIED:
                carry(action, token=token or uuid4(), due_on=due_on, owner=owner, by=by, now=now)
    if refusal:
        somebody_was_first(refusal, _both(action, to, words), **about)
    return action


def close_action(action: Action, *, to: Step, words: str, by, place: DecidingAs, now: datetime) -> None:
    """Belongs in the transaction of an act that has asked access and locked the action, and says in whose place."""
    action.step, action.outcome, action.ended_by, action.ended_at = to.value, words.strip(), by, now
    action.ended_acting_as = place.words
    action.save(update_fields=["step", "outcome", "ended_by", "ended_acting_as", "ended_at"])
    stop_clock(what=CLOCK, about_kind=KIND, about_id=action.pk, now=now, because=to.value)
    Involvement.objects.filter(
        person_id=action.person_id, why=Why.ASKED, rests_on__startswith=rests_on(action)
    ).update(closed_on=timezone.localdate(now))
    record(
        by=by,
        did="said what came of an action",
        about_person=action.person_id,
        about_kind=KIND,
        about_id=action.pk,
        particulars={"step": to.value} | place.trail,
    )


def carry(action: Action, *, token: UUID, due_on: date, owner, by, now: datetime) -> Action:
    """The same thing with a new date: open again, and it says what it carries forward."""
    return begin_action(
        token=token,
        person_id=action.person_id,
        what=action.what,
        owner=owner,
        due_on=due_on,
        by=by,
        now=now,
        made_in=action.made_in,
        made_in_id=action.made_in_id,
        carries=action,
    )


def open_to_owner(action: Action, today: date) -> None:
    """While an action is theirs its owner may open the record, as far as their role sees; a role that opens none is given the action alone."""
    if opens_records(action.owner.role):
        involve(
            person_id=action.person_id,
            why=Why.ASKED,
            rests_on=f"{rests_on(action)} of {action.owner_id}",
            opened_on=today,
            agency=action.agency,
            practitioner=action.owner,
        )


def rests_on(action: Action) -> str:
    return f"action {action.pk}"


def page_of(action: Action) -> str:
    return reverse("plans:action", args=[action.pk])


def _both(action: Action, to: str, words: str) -> list[Both]:
    return [
        Both("What came of it", STEP_NAMES[Step(action.step)], STEP_NAMES[Step(to)]),
        Both("In words", action.outcome, words),
        Both("Recorded by", by_and_when(action.ended_by.display_name, action.ended_at), "Not sent"),
    ]
