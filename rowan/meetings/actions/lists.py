"""Draw up the list of a meeting from what is owed about children; add a child; take one off."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import Kind, opens_records
from rowan.access.rules.seeing import NOTHING_THERE
from rowan.access.standing import Groups, hidden_from
from rowan.agencies.in_words import by_and_when
from rowan.audit_trail.actions import record, record_list_shown
from rowan.people.models import Person
from rowan.plans.models import Action, MadeIn
from rowan.refusals import Both, NotAllowed, NothingThere
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.models import Clock

from ..models import Item, Meeting
from ..opened import must_run, open_item
from ..rules.steps import refusal_to_change_the_list
from ..rules.the_list import Owed, Reason, SeriesKind, reasons
from .series import KIND
from .stepping_up import versions_that_say_more

ADDS = "Your role puts no child on a list. Ask whoever arranges the meeting."


def draw_up(meeting: Meeting, *, by, now: datetime) -> int:
    """Put on the list every child whom something owed brings to it. Drawn up again, it adds who came since and takes nobody off."""
    did, today = "drew up the list of a meeting", timezone.localdate(now)
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": meeting.pk}
    must_run(meeting, by=by, did=did)
    # A restricted child is on no list that is drawn up for whoever may not know of them.
    hidden = hidden_from(by) | hidden_from(meeting.organiser)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        refusal = refusal_to_change_the_list(meeting.step)
        if refusal is None:
            found = {
                person_id: why
                for person_id, why in whom_it_brings(meeting, today).items()
                if person_id not in hidden
            }
            added = _put_on(meeting, found, now)
            record(by=by, did=did, about_kind=KIND, about_id=meeting.pk, particulars={"added": len(added)})
            record_list_shown(by=by, did=did, person_ids=added)
    if refusal:
        refuse(refusal, **about)
    return len(added)


def whom_it_brings(meeting: Meeting, today: date) -> dict[str, list[Reason]]:
    """Each child with why. A handful of queries, however many clocks run."""
    rows = Clock.objects.running().exclude(about_person="").exclude(about_kind__in=["escalation"])
    owed: dict[str, list[Owed]] = defaultdict(list)
    more = versions_that_say_more(rows)
    for person_id, what, kind, about_id, due_on in rows.values_list("about_person", "what", "about_kind", "about_id", "due_on"):  # fmt: skip
        owed[person_id].append(Owed(what, kind, due_on, says_more=about_id in more))
    open_here = Action.objects.open().filter(made_in=MadeIn.MEETING, made_in_id=str(meeting.series_id))
    with_actions = set(open_here.values_list("person_id", flat=True))
    before = set(Item.objects.filter(meeting__series=meeting.series_id).exclude(meeting=meeting).values_list("person_id", flat=True))  # fmt: skip
    groups = Groups([*owed, *with_actions, *before])
    people = set(Person.objects.filter(pk__in=groups.all_ids).values_list("pk", flat=True))
    had = {groups.now_of[each] for each in before}
    of_one: dict[str, list[Owed]] = defaultdict(list)
    for person_id, rows in owed.items():
        of_one[groups.now_of[person_id]] += rows
    found = {
        person_id: why
        for person_id, rows in of_one.items()
        if (
            why := reasons(
                rows,
                kind=SeriesKind(meeting.series.kind),
                meeting_on=meeting.on,
                today=today,
                had_before=person_id in had,
            )
        )
    }
    for person_id in {groups.now_of[each] for each in with_actions}:
        found.setdefault(person_id, []).append(Reason.ACTIONS)
    return {person_id: why for person_id, why in found.items() if person_id in people}


def add_child(meeting: Meeting, *, person_id: str, why: str, by, now: datetime) -> Item:
    """Put a child on the list whom nothing brought to it. Whoever adds them opens their record first."""
    did = "put a child on the list of a meeting"
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": meeting.pk, "person_id": person_id}
    must_run(meeting, by=by, did=did)
    seen = open_record(person_id=person_id, by=by, today=timezone.localdate(now), did="opened a record to put the child on a list")  # fmt: skip
    if not seen.shows(by.agency.code, Kind.PLAN):
        refuse(ADDS, refusal=NotAllowed, **about)
    if not Person.objects.filter(pk=person_id).exists():
        refuse(NOTHING_THERE, refusal=NothingThere, **about)
    if not why.strip():
        refuse("Say why the meeting should talk about this child.", **about)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        refusal = refusal_to_change_the_list(meeting.step)
        if refusal is None:
            item, made = Item.objects.select_related("added_by", "taken_off_by").get_or_create(
                meeting=meeting,
                person_id=person_id,
                defaults={"reasons": [Reason.ADDED.value], "why_added": why.strip(), "added_by": by},
            )
            stands = not made and not item.taken_off_at and Reason.ADDED in item.reasons
            if not made and not stands:
                # It stood there for another reason, or had been taken off: it is asked for now.
                item.reasons = [*(each for each in item.reasons if each != Reason.ADDED), Reason.ADDED.value]
                item.why_added, item.added_by = _after_what_was_said_before(item, why.strip()), by
                item.taken_off_at, item.taken_off_by, item.taken_off_because = None, None, ""
                item.save()
            if not stands:
                open_to_organiser(meeting, [person_id], now)
                record(by=by, did=did, about_person=person_id, about_kind=KIND, about_id=meeting.pk)
    if refusal:
        refuse(refusal, **about)
    if stands and not (_says(item, why.strip()) and item.added_by_id == by.pk):
        both = [
            Both("Why", item.why_added, why),
            Both("Put on the list by", item.added_by.display_name, "Not sent"),
        ]
        somebody_was_first("Somebody has put the child on this list already.", both, **about)
    return item


def _after_what_was_said_before(item: Item, why: str) -> str:
    """Why they are asked for now; below it why they were before, and why they were taken off."""
    said = [why, item.why_added]
    if item.taken_off_at:
        by_whom = by_and_when(item.taken_off_by.display_name, item.taken_off_at)
        said.insert(1, f"Taken off this list by {by_whom}: {item.taken_off_because}")
    return "\n".join(line for line in said if line)


def _says(item: Item, why: str) -> bool:
    return item.why_added == why or item.why_added.startswith(f"{why}\n")


def take_off(item: Item, *, why: str, by, now: datetime) -> Item:
    """The meeting will not talk about this child. It stays to be read who said so and why."""
    did = "took a child off the list of a meeting"
    open_item(item.pk, by=by, now=now)
    about = {"by": by, "did": did, "about_kind": "item", "about_id": item.pk, "person_id": item.person_id}
    must_run(item.meeting, by=by, did=did)
    if not why.strip():
        refuse("Say why the meeting does not talk about this child.", **about)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
        item = Item.objects.select_for_update().get(pk=item.pk)
        refusal = refusal_to_change_the_list(meeting.step)
        if item.is_decided:
            refusal = "The meeting has decided about this child already."
        stands = item.taken_off_at is not None and item.taken_off_because != why.strip()
        if refusal is None and item.taken_off_at is None:
            item.taken_off_at, item.taken_off_by, item.taken_off_because = now, by, why.strip()
            item.save(update_fields=["taken_off_at", "taken_off_by", "taken_off_because"])
            record(by=by, did=did, about_person=item.person_id, about_kind="item", about_id=item.pk)
    if refusal:
        refuse(refusal, **about)
    if stands:
        both = [
            Both("Why", item.taken_off_because, why),
            Both("Taken off by", by_and_when(item.taken_off_by.display_name, item.taken_off_at), "Not sent"),
        ]
        somebody_was_first("Somebody has taken the child off this list already.", both, **about)
    return item


def leave_for_next(meeting: Meeting, following: Meeting, *, now: datetime) -> None:
    """Whoever was not reached, and whoever has an open action of this series, is on the list of the next. Part of another act."""
    left = meeting.items.filter(decision="", taken_off_at=None).values_list("person_id", flat=True)
    why: dict[str, list[Reason]] = {person_id: [Reason.LEFT_OVER] for person_id in left}
    open_here = Action.objects.open().filter(made_in=MadeIn.MEETING, made_in_id=str(meeting.series_id))
    for person_id in set(open_here.values_list("person_id", flat=True)):
        why.setdefault(person_id, []).append(Reason.ACTIONS)
    _put_on(following, why, now)


def _put_on(meeting: Meeting, found: dict[str, list[Reason]], now: datetime) -> list[str]:
    """New children are added; whoever is there keeps what was said of them, with reasons that came since."""
    standing = {item.person_id: item for item in meeting.items.filter(person_id__in=list(found))}
    more = []
    for person_id, item in standing.items():
        reasons_now = [*item.reasons, *(each.value for each in found[person_id] if each not in item.reasons)]
        if reasons_now != item.reasons:
            item.reasons = reasons_now
            more.append(item)
    Item.objects.bulk_update(more, ["reasons"], batch_size=500)
    fresh = [person_id for person_id in found if person_id not in standing]
    Item.objects.bulk_create(
        [
            Item(meeting=meeting, person_id=person_id, reasons=[each.value for each in found[person_id]])
            for person_id in fresh
        ],
        batch_size=500,
    )
    open_to_organiser(meeting, fresh, now)
    return fresh


def rests_on(meeting: Meeting) -> str:
    return f"meeting {meeting.pk}"


def open_to_organiser(meeting: Meeting, people: list[str], now: datetime) -> None:
    """Being asked opens (docs/adr/0012): whoever arranges the meeting may open these records until its minutes are approved."""
    organiser = meeting.organiser
    if not opens_records(organiser.role):
        return
    Involvement.objects.bulk_create(
        [
            Involvement(
                person_id=person_id,
                why=Why.ASKED,
                rests_on=f"{rests_on(meeting)} arranged by {organiser.pk}",
                opened_on=timezone.localdate(now),
                agency=organiser.agency,
                practitioner=organiser,
            )
            for person_id in people
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
