"""Who opens a meeting and a child's item of it: asked of access and of the rule on packs, here and nowhere else.

An item that somebody may not see answers as one that is not there, after the same queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from rowan.access.actions import NOBODY
from rowan.access.rules.matrix import Kind, Opens, cell_of
from rowan.access.rules.seeing import (
    NOTHING_THERE,
    Seen,
    Standing,
    Through,
    role_refusal,
    way_in,
    what_is_seen,
)
from rowan.access.standing import standings
from rowan.agencies.rules.roles import SEES_NO_CHILD
from rowan.audit_trail.actions import record
from rowan.people.called import Called, called
from rowan.people.models import KnownAs
from rowan.people.rules.age import age_on
from rowan.refusals import NotAllowed, NothingThere
from rowan.sharing.actions.refusing import refuse

from .models import Expected, Item, Meeting
from .rules.packs import Place, opens_pack

NOT_ASKED = "You were not asked to this meeting. Ring whoever arranges it if you should have been."
DOES_NOT_RUN = "Whoever chairs or arranges the meeting does this."


@dataclass(frozen=True)
class Pack:
    """A child's item on its page: what the child is called, for somebody who may see the item."""

    item: Item
    child: Called
    runs: bool
    seen: (
        Seen | None
    )  # None: only a part in the child's life opens the item, and the rest is read in the record


def open_meeting(meeting_id, *, by, did: str = "looked at a meeting") -> Meeting:
    """For whoever chairs, arranges, was asked or came. It names no child: each item is asked for by itself."""
    meeting = (
        Meeting.objects.of(by).select_related("series", "chair", "organiser", "approved_by").filter(pk=meeting_id).first()
    )  # fmt: skip
    if meeting is None or by.role in SEES_NO_CHILD:
        refuse(NOT_ASKED, by=by, did=did, about_kind="meeting", about_id=meeting_id, refusal=NothingThere)
    record(by=by, did=did, about_kind="meeting", about_id=meeting.pk)
    return meeting


def runs(meeting: Meeting, by) -> bool:
    return by.pk in {meeting.chair_id, meeting.organiser_id}


def reads_minutes(meeting: Meeting, by) -> bool:
    """Whoever runs the meeting, and those who came: minutes are meant to name no child, and nothing but this makes sure of it."""
    return runs(meeting, by) or place_at(meeting, by).came


def must_run(meeting: Meeting, *, by, did: str) -> None:
    if not runs(meeting, by):
        refuse(DOES_NOT_RUN, by=by, did=did, about_kind="meeting", about_id=meeting.pk, refusal=NotAllowed)


def place_at(meeting: Meeting, by) -> Place:
    came = Expected.objects.filter(meeting=meeting, practitioner=by, came=True).exists()
    return Place(meeting.step, meeting.organiser_id == by.pk, meeting.chair_id == by.pk, came)


def open_item(item_id, *, by, now: datetime, did: str = "looked at a child’s item of a meeting") -> Pack:
    today = timezone.localdate(now)
    item = Item.objects.select_related("meeting__series", "decided_by", "person").filter(pk=item_id).first()
    person_id = item.person_id if item else NOBODY
    if by.role in SEES_NO_CHILD:
        refuse(role_refusal(by.role), by=by, did=did, about_kind="item", about_id=item_id, person_id=person_id, refusal=NotAllowed)  # fmt: skip
    # The same queries whether or not there is an item.
    place = place_at(item.meeting if item else Meeting(), by)
    standing = standings(by, [person_id], now)[person_id]
    child = _names([person_id], by, today).get(person_id)
    if item is None or child is None or not _may(by, standing, place, today):
        refuse(NOTHING_THERE, by=by, did=did, about_kind="item", about_id=item_id, person_id=person_id, refusal=NothingThere)  # fmt: skip
    seen = _seen_at(by, standing, place, today)
    how = {"through": seen.through.name.lower()} if seen else {}
    record(by=by, did=did, about_person=person_id, about_kind="item", about_id=item.pk, particulars=how)
    return Pack(item, child, runs(item.meeting, by), seen)


def items_shown(items: Iterable[Item], meeting: Meeting, by, now: datetime) -> list[tuple[Item, Called]]:
    """Of a list, the items this reader may open, by name. As many queries for a hundred as for two."""
    items, today = list(items), timezone.localdate(now)
    place = place_at(meeting, by)
    people = [item.person_id for item in items]
    found = standings(by, people, now)
    names = _names(people, by, today)
    shown = [
        (item, names[item.person_id])
        for item in items
        if item.person_id in names and _may(by, found[item.person_id], place, today)
    ]
    return sorted(shown, key=lambda each: (each[1].name.casefold(), str(each[0].pk)))


def _may(by, standing: Standing, place: Place, today: date) -> bool:
    """By the pack while the meeting lasts; or by a part in the child's life, where the role is given the plan whole."""
    if standing.hidden or by.role in SEES_NO_CHILD:
        return False
    if _opens_pack(by, standing, place, today):
        return True
    cell = cell_of(by.role, Kind.PLAN)
    whole = cell is not None and cell.opens is Opens.EVERYTHING and by.agency.kind != "school"
    return whole and _has_part(by, standing, today)


def _opens_pack(by, standing: Standing, place: Place, today: date) -> bool:
    return opens_pack(by.role, place, has_part=_has_part(by, standing, today))


def _has_part(by, standing: Standing, today: date) -> bool:
    return way_in(by.role, standing, today=today) is Through.PART


def _seen_at(by, standing: Standing, place: Place, today: date) -> Seen | None:
    """What they see of the child by this meeting alone, however they stand to the child beside it."""
    if not _opens_pack(by, standing, place, today):
        return None
    return what_is_seen(by.role, by.agency.code, by.agency.kind, Through.PACK)


def _names(people: list[str], by, today: date) -> dict[str, Called]:
    """As the hub calls them; a school reads the name it knows its own pupil by, as on its other pages."""
    rows = KnownAs.objects.current().filter(person_id__in=people)
    seen = what_is_seen(by.role, by.agency.code, by.agency.kind)
    if seen.at_a_school:
        known = set(rows.values_list("person_id", flat=True))
        return {who: name for who, name in called(dict.fromkeys(people, seen), today).items() if who in known}
    return {
        row.person_id: Called(row.person_id, row.name, row.birth_date, age_on(row.birth_date, today))
        for row in rows
    }
