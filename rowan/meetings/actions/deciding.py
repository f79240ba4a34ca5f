"""In the meeting: what was decided about a child, who does not agree, and who does what by when."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import record
from rowan.plans.actions import begin_action, carry, close_action, refusal_of_owner
from rowan.plans.models import Action, MadeIn
from rowan.plans.rules.steps import Ended, what_is_missing_to_end, what_is_missing_to_set
from rowan.plans.rules.steps import Step as ActionStep
from rowan.plans.rules.steps import refusal_to_move as refusal_to_end
from rowan.refusals import Both
from rowan.sharing.actions.refusing import refuse, somebody_was_first

from ..models import Dissent, Item, Meeting
from ..opened import must_run, open_item
from ..rules.decisions import DECIDED_NAMES, Decided, Said, what_is_missing
from ..rules.steps import refusal_to_decide
from .stepping_up import follow_a_step_up

KIND = "item"


def decide(
    item: Item,
    *,
    decision: str,
    reason: str,
    review_on: date | None,
    by,
    now: datetime,
    childs_view: str = "",
    opened_on: str | None = None,
) -> Item:
    """Record what was decided. Put right while the meeting lasts, by somebody who has seen what stands there."""
    said, about = Said(decision, reason, childs_view, review_on), _may(item, "decided in a meeting", by, now)
    if lacks := what_is_missing(said, today=timezone.localdate(now)):
        refuse(". ".join(lacks.values()), **about)
    with transaction.atomic():
        item = _locked(item)
        refusal = refusal_to_decide(item.meeting.step)
        mine = _words(item) == (decision, reason.strip(), childs_view.strip(), review_on, by.pk)
        stale = not mine and opened_on not in {None, str(item.version)}
        if refusal is None and not mine and not stale:
            before = item.decision
            item.decision, item.reason, item.childs_view = decision, reason.strip(), childs_view.strip()
            place = deciding_as(by, now)
            item.review_on, item.decided_by, item.decided_at = review_on, by, now
            item.decided_acting_as = place.words
            item.version += 1
            item.save()
            follow_a_step_up(item, before, now=now)
            record(
                by=by,
                did="decided in a meeting",
                about_person=item.person_id,
                about_kind=KIND,
                about_id=item.pk,
                particulars={"decision": decision, "version": item.version} | place.trail,
            )
    if refusal:
        refuse(refusal, **about)
    if stale:
        somebody_was_first("Somebody recorded a decision since you opened the page.", _both(item, said), may_send=True, **about)  # fmt: skip
    return item


def dissent(item: Item, *, token: UUID, agency, words: str, by, now: datetime) -> Dissent:
    """An agency does not agree. It changes nothing of the decision and stands beside it for good."""
    about = _may(item, "recorded dissent", by, now)
    if agency is None or not words.strip():
        refuse(
            "Say which agency does not agree, and why." if agency is None else "Say why they do not agree.",
            **about,
        )
    with transaction.atomic():
        refusal = refusal_to_decide(_locked(item).meeting.step)
        if refusal is None:
            place = deciding_as(by, now)
            said = {"item": item, "agency": agency, "words": words.strip()}
            row, made = Dissent.objects.get_or_create(
                pk=token, defaults=said | {"by": by, "acting_as": place.words, "at": now}
            )
            if made:
                record(
                    by=by,
                    did="recorded dissent",
                    about_person=item.person_id,
                    about_kind=KIND,
                    about_id=item.pk,
                    particulars=place.trail,
                )
    if refusal:
        refuse(refusal, **about)
    return row


def set_item_action(item: Item, *, token: UUID, what: str, owner, due_on, by, now: datetime) -> Action:
    """An action agreed in the meeting: the same table as every other of the child's plan."""
    about = _may(item, "set an action in a meeting", by, now)
    today = timezone.localdate(now)
    if lacks := what_is_missing_to_set(what, due_on, has_owner=owner is not None, today=today):
        refuse(". ".join(lacks.values()), **about)
    if refusal := refusal_of_owner(owner, item.person_id):
        refuse(refusal, **about)
    with transaction.atomic():
        refusal = refusal_to_decide(_locked(item).meeting.step)
        if refusal is None:
            action = begin_action(
                token=token, person_id=item.person_id, what=what, owner=owner, due_on=due_on, by=by, now=now,
                made_in=MadeIn.MEETING, made_in_id=item.meeting.series_id,
            )  # fmt: skip
    if refusal:
        refuse(refusal, **about)
    return action


def what_came_of_it(
    item: Item,
    action: Action,
    *,
    to: str,
    words: str,
    by,
    now: datetime,
    token: UUID,
    due_on=None,
    owner=None,
) -> Action:
    """In the meeting, of an action from last time: done, not done, or carried forward."""
    about = _may(item, "said in a meeting what came of an action", by, now)
    if action.person_id != item.person_id:
        refuse("This action is about somebody else.", **about)
    owner, today = owner or action.owner, timezone.localdate(now)
    if lacks := what_is_missing_to_end(Ended(to, words, due_on), today=today):
        refuse(". ".join(lacks.values()), **about)
    if to == ActionStep.CARRIED and (refusal := refusal_of_owner(owner, action.person_id)):
        refuse(refusal, **about)
    with transaction.atomic():
        refusal = refusal_to_decide(_locked(item).meeting.step)
        action = Action.objects.select_for_update().get(pk=action.pk)
        mine = (action.step, action.ended_by_id, action.outcome) == (to, by.pk, words.strip())
        refusal = refusal or (None if mine else refusal_to_end(action.step, ActionStep(to)))
        if refusal is None and not mine:
            place = deciding_as(by, now)
            close_action(action, to=ActionStep(to), words=words, by=by, place=place, now=now)
            if to == ActionStep.CARRIED:
                carry(action, token=token, due_on=due_on, owner=owner, by=by, now=now)
    if refusal and not action.is_open:
        both = [Both("What came of it", action.get_step_display()), Both("In words", action.outcome, words)]
        somebody_was_first(refusal, both, **about)
    if refusal:
        refuse(refusal, **about)
    return action


def _may(item: Item, did: str, by, now: datetime) -> dict:
    open_item(item.pk, by=by, now=now)
    must_run(item.meeting, by=by, did=did)
    return {"by": by, "did": did, "about_kind": KIND, "about_id": item.pk, "person_id": item.person_id}


def _locked(item: Item) -> Item:
    """The meeting first, so that it cannot end between a look and a decision."""
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    item = Item.objects.select_for_update().get(pk=item.pk)
    item.meeting = meeting
    return item


def _words(item: Item) -> tuple:
    return item.decision, item.reason, item.childs_view, item.review_on, item.decided_by_id


def _both(item: Item, said: Said) -> list[Both]:
    return [
        Both(
            "What was decided", DECIDED_NAMES[Decided(item.decision)], DECIDED_NAMES[Decided(said.decision)]
        ),
        Both("Why", item.reason, said.reason),
        Both("The child’s view", item.childs_view, said.childs_view),
        Both("Recorded by", by_and_when(item.decided_by.display_name, item.decided_at), "Not sent"),
    ]
