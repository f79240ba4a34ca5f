"""Set up a series of meetings, plan its next one, and call one off."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.rules.matrix import opens_records
from rowan.agencies.rules.roles import SEES_NO_CHILD, Role
from rowan.audit_trail.actions import record
from rowan.notices.actions import News, tell_all
from rowan.refusals import Both, NotAllowed
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import start_clock, stop_clock

from ..models import Expected, Meeting, Series
from ..opened import must_run
from ..rules.quorum import BY_DEFAULT
from ..rules.rhythm import Rhythm, next_meeting
from ..rules.steps import HOLD_CLOCK, Step, refusal_to_move

KIND = "meeting"
SETS_UP = {Role.EXPLOITATION_COORDINATOR, Role.APPROVING_MANAGER, Role.PANEL_CHAIR}
DOES_NOT_SET_UP = "The exploitation co-ordinator, a manager or a panel’s chair sets up a series of meetings."


def set_up_series(
    *,
    token: UUID,
    name: str,
    kind: str,
    rhythm: str,
    chair,
    organiser,
    members: Iterable,
    first_on: date,
    by,
    now: datetime,
    quorum: Iterable[str] = BY_DEFAULT,
    place: str = "",
) -> Series:
    """A series and its first meeting. Pressed twice, it is one."""
    did, members = "set up a series of meetings", list(members)
    about = {"by": by, "did": did, "about_kind": "series"}
    if by.role not in SETS_UP:
        refuse(DOES_NOT_SET_UP, refusal=NotAllowed, **about)
    if refusal := refusal_of_series(name, chair, organiser, members, first_on, today=timezone.localdate(now)):
        refuse(refusal, **about)
    with transaction.atomic():
        series, made = Series.objects.get_or_create(
            pk=token,
            defaults={
                "name": name.strip(),
                "kind": kind,
                "rhythm": rhythm,
                "place": place.strip(),
                "quorum": list(quorum),
                "chair": chair,
                "organiser": organiser,
                "by": by,
                "at": now,
            },
        )
        if made:
            series.members.set({chair, organiser, *members})
            plan_meeting(series, first_on, now=now)
            record(by=by, did=did, about_kind="series", about_id=series.pk)
    if series.by_id != by.pk:
        refuse("This form belongs to another series. Start again.", **about)
    return series


def refusal_of_series(name: str, chair, organiser, members, first_on, *, today: date) -> str | None:
    if not name.strip():
        return "Give the series a name."
    if first_on is None or first_on < today:
        return "Give the day of the meeting, today or later."
    if not opens_records(organiser.role):
        return "Whoever arranges the meeting draws up its list: choose somebody whose role opens children’s records."
    if any(person.role in SEES_NO_CHILD for person in (chair, *members)):
        return "Somebody whose role sees no child cannot be asked to a meeting about children."
    return None


def plan_meeting(series: Series, on: date, *, now: datetime) -> Meeting:
    """The next meeting, with everybody told and a clock until it is held. Belongs in the transaction of another act."""
    meeting = Meeting.objects.create(
        pk=uuid4(), series=series, on=on, place=series.place, chair=series.chair, organiser=series.organiser
    )
    people = list(series.members.filter(is_active=True))
    Expected.objects.bulk_create(Expected(meeting=meeting, practitioner=person) for person in people)
    start_clock(
        what=HOLD_CLOCK, about_kind=KIND, about_id=meeting.pk, due_on=on, now=now, owner=meeting.organiser
    )
    page = reverse("meetings:meeting", args=[meeting.pk])
    tell_all([News(person, "You are asked to a meeting", page) for person in people], now)
    return meeting


def plan_next(series: Series, after: date, *, now: datetime) -> Meeting:
    """The meeting after this one, unless it is planned already."""
    standing = series.meetings.filter(step=Step.PLANNED.value).first()
    if standing is not None:
        return standing
    return plan_meeting(series, next_meeting(Rhythm(series.rhythm), after, timezone.localdate(now)), now=now)


def cancel(meeting: Meeting, *, why: str, by, now: datetime) -> Meeting:
    """Call a meeting off. The next one is planned, and has on its list whoever was on this one's."""
    from .lists import leave_for_next

    did = "called off a meeting"
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": meeting.pk}
    must_run(meeting, by=by, did=did)
    if not why.strip():
        refuse("Say why the meeting is not held.", **about)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        said = why.strip()[:300]
        done = meeting.step == Step.CANCELLED and meeting.cancelled_because == said
        refusal = None if done else refusal_to_move(meeting.step, Step.CANCELLED)
        if not done and refusal is None:
            meeting.step, meeting.cancelled_because = Step.CANCELLED.value, said
            meeting.save(update_fields=["step", "cancelled_because"])
            stop_clock(what=HOLD_CLOCK, about_kind=KIND, about_id=meeting.pk, now=now, because="not held")
            leave_for_next(meeting, plan_next(meeting.series, meeting.on, now=now), now=now)
            record(by=by, did=did, about_kind=KIND, about_id=meeting.pk, why=why.strip())
    if refusal and meeting.step == Step.CANCELLED:
        somebody_was_first(refusal, [Both("Why it is not held", meeting.cancelled_because, why)], **about)
    if refusal:
        refuse(refusal, **about)
    return meeting
