"""The meeting itself: who came, quorum, and its end."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import opens_records
from rowan.access.standing import hidden_from
from rowan.agencies.leads import absences_of
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.chain import is_away
from rowan.audit_trail.actions import record
from rowan.chronology.notes import Written, write_line
from rowan.notices.actions import tell
from rowan.refusals import Both
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import dated_values, start_clock, stop_clock
from rowan.timescales.rules.settings import values_on
from rowan.timescales.rules.working_days import add_working_days

from ..models import Expected, Meeting
from ..opened import must_run
from ..rules.decisions import DECIDED_NAMES, Decided
from ..rules.quorum import in_words, missing_from_quorum, short_beforehand
from ..rules.settings import MINUTES_WITHIN, SETTINGS
from ..rules.steps import HOLD_CLOCK, MINUTES_CLOCK, Step, refusal_to_move
from .lists import rests_on
from .series import KIND

REVIEW_CLOCK = "a review at a meeting"
REVIEW_KIND = "meeting review"


def came_version(meeting: Meeting) -> str:
    """Who is recorded as here: what a form to change it was opened on."""
    here = meeting.expected.filter(came=True).order_by("practitioner").values_list("practitioner", flat=True)
    return f"{meeting.step}:{','.join(map(str, here))}"


def who_came(
    meeting: Meeting, *, came: Iterable[Practitioner], by, now: datetime, opened_on: str | None = None
) -> Meeting:
    """Begin the meeting with who came, or record who came late. Members who came are shown its items while it lasts."""
    did, came = "recorded who came to a meeting", {person.pk for person in came}
    must_run(meeting, by=by, did=did)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        begins = meeting.step == Step.PLANNED
        refusal = refusal_to_move(meeting.step, Step.IN_SESSION) if not begins and meeting.step != Step.IN_SESSION else None  # fmt: skip
        before = set(meeting.expected.filter(came=True).values_list("practitioner", flat=True))
        stale = before != came and opened_on not in {None, "", came_version(meeting)}
        if refusal is None and not stale:
            if begins:
                meeting.step, meeting.began_at = Step.IN_SESSION.value, now
                meeting.save(update_fields=["step", "began_at"])
            for row in meeting.expected.all():
                row.came = row.practitioner_id in came
                row.save(update_fields=["came"])
            _show_to_members(meeting, now)
            record(
                by=by, did="began a meeting" if begins else did, about_kind=KIND, about_id=meeting.pk, particulars={"came": len(came)}
            )  # fmt: skip
    if refusal:
        refuse(refusal, by=by, did=did, about_kind=KIND, about_id=meeting.pk)
    if stale:
        both = [Both("Who is here", _names(before), _names(came))]
        somebody_was_first("Somebody recorded who came since you opened the page.", both, may_send=True, by=by, did=did, about_kind=KIND, about_id=meeting.pk)  # fmt: skip
    return meeting


def _names(people: set[int]) -> str:
    rows = Practitioner.objects.filter(pk__in=people).order_by("display_name")
    return ", ".join(rows.values_list("display_name", flat=True))


def kinds_that_came(meeting: Meeting) -> set[str]:
    return set(meeting.expected.filter(came=True).values_list("practitioner__agency__kind", flat=True))


def quorum_of(meeting: Meeting) -> str:
    """As the page says it while it lasts, and as it is recorded at its end."""
    return meeting.quorum_words or in_words(meeting.series.quorum, kinds_that_came(meeting))


def short_beforehand_of(meeting: Meeting) -> str:
    """Of a planned meeting: whether those who are asked, and are there that day, would make it quorate."""
    people = dict(meeting.expected.values_list("practitioner", "practitioner__agency__kind"))
    calendar = absences_of(people, since=meeting.on)
    there = {kind for person, kind in people.items() if not is_away(calendar.get(person, ()), meeting.on)}
    return short_beforehand(meeting.series.quorum, there)


def end(meeting: Meeting, *, by, now: datetime) -> Meeting:
    """The meeting is over. Its decisions go into each child's chronology; whoever chaired has the minutes to approve by a date."""
    did, today = "ended a meeting", timezone.localdate(now)
    must_run(meeting, by=by, did=did)
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        done = meeting.step == Step.ENDED
        refusal = None if done else refusal_to_move(meeting.step, Step.ENDED)
        if not done and refusal is None:
            came = kinds_that_came(meeting)
            meeting.step, meeting.ended_at = Step.ENDED.value, now
            meeting.quorate = not missing_from_quorum(meeting.series.quorum, came)
            meeting.quorum_words = in_words(meeting.series.quorum, came)
            meeting.save(update_fields=["step", "ended_at", "quorate", "quorum_words"])
            _close_to(meeting, today, but_for=meeting.organiser_id)
            for item in meeting.items.exclude(decision=""):
                _into_the_chronology(meeting, item, by=by, now=now)
                _look_again(meeting, item, now)
            _minutes_are_due(meeting, now)
            record(
                by=by, did=did, about_kind=KIND, about_id=meeting.pk, particulars={"quorate": meeting.quorate}
            )
    if refusal:
        refuse(refusal, by=by, did=did, about_kind=KIND, about_id=meeting.pk)
    return meeting


def _into_the_chronology(meeting: Meeting, item, *, by, now: datetime) -> None:
    quorum = "" if meeting.quorate else " (not quorate)"
    line = Written(
        key=f"meeting item {item.pk}",
        person_id=item.person_id,
        kind="meeting_decision",
        title=f"{meeting.series.name}: {DECIDED_NAMES[Decided(item.decision)].lower()}{quorum}",
        happened_on=timezone.localdate(meeting.began_at),
        compartment="social_care",
        text=item.reason,
    )
    write_line(line, by=by, now=now)


def _look_again(meeting: Meeting, item, now: datetime) -> None:
    """Whatever was decided, somebody looks again on a day: nothing closes by itself."""
    start_clock(
        what=REVIEW_CLOCK,
        about_kind=REVIEW_KIND,
        about_id=f"{meeting.series_id} {item.person_id}",
        about_person=item.person_id,
        due_on=item.review_on,
        now=now,
        owner=meeting.organiser,
    )


def _minutes_are_due(meeting: Meeting, now: datetime) -> None:
    today = timezone.localdate(now)
    days = int(values_on(SETTINGS, dated_values(), today)[MINUTES_WITHIN.name])
    stop_clock(what=HOLD_CLOCK, about_kind=KIND, about_id=meeting.pk, now=now, because="held")
    start_clock(
        what=MINUTES_CLOCK, about_kind=KIND, about_id=meeting.pk, due_on=add_working_days(today, days), now=now, owner=meeting.chair
    )  # fmt: skip
    page = reverse("meetings:meeting", args=[meeting.pk])
    tell(meeting.chair, "Minutes of a meeting wait for your approval", page, now)


def _show_to_members(meeting: Meeting, now: datetime) -> None:
    """A member's part in a child's life is this item, while it lasts: written where access looks, closed when the meeting ends.

    Roles that open records have no use for it: the item is shown to them by the rule on packs, and their record stays as it was.
    """
    today = timezone.localdate(now)
    children = list(meeting.items.filter(taken_off_at=None).values_list("person_id", flat=True))
    rows = []
    for expected in Expected.objects.filter(meeting=meeting, came=True).select_related(
        "practitioner__agency"
    ):
        member = expected.practitioner
        if opens_records(member.role):
            continue
        hidden = hidden_from(member)
        rows += [
            Involvement(
                person_id=child,
                why=Why.ASKED,
                rests_on=f"{rests_on(meeting)} pack of {member.pk}",
                opened_on=today,
                closed_on=today,
                agency=member.agency,
                practitioner=member,
            )
            for child in children
            if child not in hidden
        ]
    Involvement.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _close_to(meeting: Meeting, today, *, but_for: int | None = None) -> None:
    opened = Involvement.objects.on(today).filter(why=Why.ASKED, rests_on__startswith=rests_on(meeting))
    opened.exclude(practitioner=but_for).update(closed_on=today)
