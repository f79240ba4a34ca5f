"""Change a series: its name, place, rhythm, who chairs, arranges and is asked, its quorum, and the day of the meeting that is planned next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.standing import hidden_from
from rowan.agencies.models import Practitioner
from rowan.audit_trail.actions import record
from rowan.notices.actions import News, tell_all
from rowan.refusals import Both, NotAllowed
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import start_clock

from ..models import Expected, Meeting, Series
from ..rules.quorum import listed
from ..rules.rhythm import RHYTHM_NAMES
from ..rules.steps import Step
from .lists import open_to_organiser, rests_on
from .series import DOES_NOT_SET_UP, HOLD_CLOCK, KIND, SETS_UP, refusal_of_series

DID = "changed a series of meetings"


@dataclass(frozen=True)
class Wanted:
    """A series as somebody wants it from now on."""

    name: str
    place: str
    rhythm: str
    chair: Practitioner
    organiser: Practitioner
    members: Collection[Practitioner]
    quorum: Collection[str]
    next_on: date | None  # None where no meeting is planned


def open_series(series_id, *, by, did: str = "opened the form to change a series of meetings") -> Series:
    """For whoever sets up series, and whoever chairs or arranges this one."""
    series = Series.objects.select_related("chair", "organiser").filter(pk=series_id).first()
    may = series is not None and (by.role in SETS_UP or by.pk in {series.chair_id, series.organiser_id})
    if not may:
        refuse(DOES_NOT_SET_UP, refusal=NotAllowed, by=by, did=did, about_kind="series", about_id=series_id)
    record(by=by, did=did, about_kind="series", about_id=series.pk)
    return series


def planned_next(series: Series) -> Meeting | None:
    return series.meetings.filter(step=Step.PLANNED.value).first()


def change_series(
    series: Series, wanted: Wanted, *, opened_on: str | None = None, by, now: datetime
) -> Series:
    """From the meeting that is planned next on. Those who are asked now are told, and all of them when day or place changes."""
    series, today = open_series(series.pk, by=by, did="opened a series of meetings to change it"), timezone.localdate(now)  # fmt: skip
    about = {"by": by, "did": DID, "about_kind": "series", "about_id": series.pk}
    if refusal := refusal_of_series(
        wanted.name, wanted.chair, wanted.organiser, wanted.members, wanted.next_on or today, today=today
    ):
        refuse(refusal, **about)
    with transaction.atomic():
        series = Series.objects.select_for_update().get(pk=series.pk)
        meeting = planned_next(series)
        stands = _in_words(series, meeting)
        asked_for = _wanted_in_words(wanted, meeting)
        changed = {box: words for box, words in asked_for.items() if words != stands[box]}
        stale = bool(changed) and opened_on not in {None, str(series.version)}
        if changed and not stale:
            _change(series, wanted)
            if meeting is not None:
                _change_meeting(meeting, series, wanted, moved=not {"Next meeting", "Place"}.isdisjoint(changed), now=now)  # fmt: skip
            said = {box: {"was": stands[box], "now": words} for box, words in changed.items()}
            record(**about, particulars=said)
    if stale:
        both = [Both(box, stands[box], words) for box, words in asked_for.items()]
        somebody_was_first("Somebody has changed this series since you opened the page.", both, may_send=True, **about)  # fmt: skip
    return series


def _change(series: Series, wanted: Wanted) -> None:
    series.name, series.place, series.rhythm = wanted.name.strip(), wanted.place.strip(), wanted.rhythm
    series.chair, series.organiser, series.quorum = wanted.chair, wanted.organiser, list(wanted.quorum)
    series.version += 1
    series.save()
    series.members.set({wanted.chair, wanted.organiser, *wanted.members})


def _change_meeting(meeting: Meeting, series: Series, wanted: Wanted, *, moved: bool, now: datetime) -> None:
    arranged_by = meeting.organiser
    meeting.on, meeting.place = wanted.next_on or meeting.on, series.place
    meeting.chair, meeting.organiser = series.chair, series.organiser
    meeting.save(update_fields=["on", "place", "chair", "organiser"])
    start_clock(what=HOLD_CLOCK, about_kind=KIND, about_id=meeting.pk, due_on=meeting.on, now=now, owner=meeting.organiser)  # fmt: skip
    if arranged_by != meeting.organiser:
        _hand_the_list_over(meeting, arranged_by, now)
    people = set(series.members.filter(is_active=True))
    asked = {each.practitioner for each in meeting.expected.select_related("practitioner")}
    meeting.expected.filter(practitioner__in=asked - people).delete()
    Expected.objects.bulk_create(Expected(meeting=meeting, practitioner=person) for person in people - asked)
    page = reverse("meetings:meeting", args=[meeting.pk])
    news = [News(person, "You are asked to a meeting", page) for person in people - asked]
    if moved:
        words = f"A meeting you are asked to is on {meeting.on.day} {meeting.on:%B %Y} now"
        words += f", at {meeting.place}" if meeting.place else ""
        news += [News(person, words, page) for person in people & asked]
    news += [News(person, "You are not asked to a meeting any more", reverse("meetings:mine")) for person in asked - people]  # fmt: skip
    tell_all(news, now)


def _hand_the_list_over(meeting: Meeting, arranged_by: Practitioner, now: datetime) -> None:
    """Whoever arranges it now may open the records on its list; whoever did sees them no longer than today."""
    Involvement.objects.filter(
        why=Why.ASKED, rests_on=f"{rests_on(meeting)} arranged by {arranged_by.pk}", practitioner=arranged_by
    ).update(closed_on=timezone.localdate(now))
    hidden = hidden_from(meeting.organiser)
    people = meeting.items.filter(taken_off_at=None).values_list("person_id", flat=True)
    open_to_organiser(meeting, [person for person in people if person not in hidden], now)


def _in_words(series: Series, meeting: Meeting | None) -> dict[str, str]:
    stands = Wanted(
        series.name, series.place, series.rhythm, series.chair, series.organiser,
        list(series.members.all()), series.quorum, meeting.on if meeting else None,
    )  # fmt: skip
    return _wanted_in_words(stands, meeting)


def _wanted_in_words(wanted: Wanted, meeting: Meeting | None) -> dict[str, str]:
    everybody = {wanted.chair, wanted.organiser, *wanted.members}
    said = {
        "Name": wanted.name.strip(),
        "Place": wanted.place.strip(),
        "How often": RHYTHM_NAMES[wanted.rhythm],
        "Who chairs": wanted.chair.display_name,
        "Who arranges it": wanted.organiser.display_name,
        "Who is asked to come": ", ".join(sorted(person.display_name for person in everybody)),
        "Quorum": listed(wanted.quorum),
    }
    on = wanted.next_on
    return said | ({"Next meeting": f"{on.day} {on:%B %Y}"} if meeting and on else {})
