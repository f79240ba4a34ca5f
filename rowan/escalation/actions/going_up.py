"""Rowan's own: what nobody saw to in time goes up, level by level, each with a clock: by the day, or, where it is red, by the hour.

Each step is one transaction: a worker that is killed leaves it whole or not at all. Run again at once, it does nothing more.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.openings import KIND as OPENING
from rowan.access.standing import owners_of_restricted
from rowan.agencies.leads import hubs_council
from rowan.agencies.models import Agency, Practitioner
from rowan.audit_trail.actions import ROWAN, record
from rowan.notices.actions import tell
from rowan.timescales.actions import dated_values, start_clock, stop_clock
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import barred_from
from rowan.timescales.rules.settings import values_on

from ..at_this_hour import AtThisHour
from ..ladders import Ladders
from ..models import Overdue, OverdueStep
from ..rules.hours import due_by_the_hour, last_passed, once_only
from ..rules.ladder import LEVEL_NAMES, Level, Taken, taken_up
from ..rules.settings import OVERDUE_DAYS, SETTINGS, due_at
from ..rules.stands import CLOCK
from .overdue import KIND, open_to, page_of, rests_on

# They go up by themselves: an emergency access to its reviewers, a disagreement by its stages.
GO_UP_THEMSELVES = (KIND, "disagreement", OPENING)
# What a safeguarding lead or the partnership has in hand is urgent mail; a manager's is not. What is red always is.
URGENT = {Level.SAFEGUARDING_LEAD, Level.PARTNERSHIP}
AT_ONCE = 500


@dataclass(frozen=True)
class Due:
    """Until when it stays at a level."""

    on: date
    at: datetime | None = None


def take_overdue_up(now: datetime) -> int:
    """Take everything overdue one level up whose time at its level is over, but what is red. Says how many steps were taken."""
    return _take_all(lambda: _whose_day_is_over(now), now)


def take_red_up(now: datetime) -> int:
    """The same for what is red, whose time is counted in hours of the clock."""
    return _take_all(lambda: _whose_hour_is_over(now), now)


def end_what_stopped(now: datetime) -> int:
    """What was overdue and has been seen to is over at every level."""
    done = list(Overdue.objects.going_up().filter(clock__stopped_at__isnull=False).select_related("clock"))
    for overdue in done:
        with transaction.atomic():
            if not Overdue.objects.going_up().filter(pk=overdue.pk).update(ended_at=now):
                continue
            stop_clock(what=CLOCK, about_kind=KIND, about_id=overdue.pk, now=now, because="seen to")
            Involvement.objects.filter(
                person_id=overdue.clock.about_person, why=Why.ASKED, rests_on__startswith=rests_on(overdue)
            ).update(closed_on=timezone.localdate(now))
            record(
                by=ROWAN, did="closed what had gone up, as it was seen to", about_person=overdue.clock.about_person, about_kind=KIND, about_id=overdue.pk
            )  # fmt: skip
    return len(done)


def _take_all(whose_time_is_over, now: datetime) -> int:
    steps = 0
    end_what_stopped(now)
    while batch := list(whose_time_is_over()[:AT_ONCE]):
        taken = _take(batch, now)
        steps += taken
        if taken < len(batch):
            break  # somebody else was at work on them, or nobody at all can be asked: the next run looks again
    return steps


def _whose_day_is_over(now: datetime) -> QuerySet[Clock]:
    """Clocks that ran out and have not gone up, and those whose level let its time pass. Those due first go first."""
    today = timezone.localdate(now)
    steps = OverdueStep.objects.filter(overdue=OuterRef("gone_up"), on=today, by_the_hour=False)
    again = Q(gone_up__due_on__lt=today) & ~Exists(steps)
    return _in_order(_late(now).filter(Q(gone_up__isnull=True) | again, every_hour=False))


def _whose_hour_is_over(now: datetime) -> QuerySet[Clock]:
    late = _late(now).filter(every_hour=True)
    # What went up by the day before it was red does not wait for that day.
    again = Q(gone_up__due_at__lte=now) | Q(gone_up__isnull=False, gone_up__due_at__isnull=True)
    return _in_order(late.filter(Q(gone_up__isnull=True) | again))


def _late(now: datetime) -> QuerySet[Clock]:
    return Clock.objects.overdue(now).exclude(about_kind__in=GO_UP_THEMSELVES)


def _in_order(rows: QuerySet[Clock]) -> QuerySet[Clock]:
    rows = rows.select_related("gone_up", "owner__agency", "owner_post__agency", "owner_post__deputy")
    return rows.order_by("due_on", F("due_at").asc(nulls_last=True), "pk")


def _take(clocks: list[Clock], now: datetime) -> int:
    today = timezone.localdate(now)
    values = values_on(SETTINGS, dated_values(), today)
    agencies = {clock.pk: _agency_of(clock) for clock in clocks}
    ladders = Ladders(set(agencies.values()), today)
    ladders.absent_too(clock.owner_id for clock in clocks if clock.owner_id)
    hour = AtThisHour([clock for clock in clocks if clock.every_hour], ladders, now)
    about = {clock.pk: clock.about_person for clock in clocks if clock.about_person}
    owners = owners_of_restricted(about.values())
    people = ladders.everybody(set(agencies.values())) | hour.people
    people |= {clock.owner_id for clock in clocks if clock.owner_id}
    barred = barred_from(clocks, people)
    taken = 0
    for clock in clocks:
        without = barred.get(clock.pk, set()) | (ladders.who_opens_no_record if clock.about_person else set())
        step = _where_to(clock, ladders, hour, agencies[clock.pk], without, owners, today)
        taken += _go_up(clock, step, _until(clock, step, values, now), now)
    return taken


def _until(clock: Clock, step: Taken, values, now: datetime) -> Due:
    today = timezone.localdate(now)
    if clock.every_hour:
        moment = due_by_the_hour(step.level, now, values)
        return Due(timezone.localdate(moment), moment)
    # Where there was nobody to ask, whoever comes back first has it: tomorrow is another day.
    return Due(due_at(step.level, today, values, OVERDUE_DAYS) if step.person else today)


def _where_to(
    clock: Clock, ladders: Ladders, hour: AtThisHour, agency, barred: set[int], owners, today
) -> Taken:
    overdue = getattr(clock, "gone_up", None)
    after = Level(overdue.level) if overdue else None
    rungs = ladders.of(agency, clock.owner_id, clock.owner_post_id)
    if clock.every_hour:
        after = last_passed(after, in_danger=clock.pk in hour.in_danger)
        rungs = hour.rungs(clock, rungs)
    found = taken_up(
        rungs,
        ladders.absences,
        today,
        after=after,
        now_with=overdue.owner_id if overdue else None,
        barred=barred,
        half=hour.half if clock.every_hour else None,
    )
    if owner := owners.get(clock.about_person):
        # A restricted record goes to nobody but whoever answers for it; the levels are counted all the same.
        return Taken(found.level, owner.pk, None, "Whoever answers for this record was told.")
    return found


def _go_up(clock: Clock, step: Taken, due: Due, now: datetime) -> int:
    with transaction.atomic():
        # Whoever sees to it at this moment goes first.
        if not Clock.objects.select_for_update().running().filter(pk=clock.pk).exists():
            return 0
        owner = Practitioner.objects.select_related("agency").filter(pk=step.person).first()
        overdue = _as_it_stood(clock, step, owner, due, now)
        if overdue is None or not _is_taken(overdue, clock, step, owner, now):
            return 0
        record(
            by=ROWAN, did="took something overdue up", about_person=clock.about_person, about_kind=KIND, about_id=overdue.pk, particulars={"level": step.level, "to": step.person}
        )  # fmt: skip
        overdue.level, overdue.owner, overdue.due_on, overdue.due_at = step.level, owner, due.on, due.at
        overdue.save(update_fields=["level", "owner", "due_on", "due_at"])
        if owner is not None:
            _put_to(overdue, clock, owner, step.level, now)
    return 1


def _as_it_stood(clock: Clock, step: Taken, owner, due: Due, now: datetime) -> Overdue | None:
    """What has gone up, if it still stands where it stood when it was decided where it goes."""
    before = getattr(clock, "gone_up", None)
    if before is None:
        overdue, made = Overdue.objects.get_or_create(
            clock=clock,
            defaults={
                "level": step.level,
                "owner": owner,
                "due_on": due.on,
                "due_at": due.at,
                "began_at": now,
            },
        )
        return overdue if made else None
    stands = {"level": before.level, "due_on": before.due_on, "due_at": before.due_at}
    return Overdue.objects.filter(pk=before.pk, **stands).first()


def _is_taken(overdue: Overdue, clock: Clock, step: Taken, owner, now: datetime) -> bool:
    """The step stands before anybody is told: once a day, or, by the hour, once a level."""
    said = {"level": step.level, "owner": owner, "post_id": step.post, "at": now, "says": step.says}
    today, hourly = timezone.localdate(now), clock.every_hour
    if hourly and not once_only(step.level):
        OverdueStep.objects.create(overdue=overdue, on=today, by_the_hour=True, **said)
        return True
    once = {"level": step.level} if hourly else {"on": today}
    rest = {"on": today, **said} if hourly else said
    _, made = OverdueStep.objects.get_or_create(overdue=overdue, by_the_hour=hourly, **once, defaults=rest)
    return made


def _put_to(overdue: Overdue, clock: Clock, owner, level: Level, now: datetime) -> None:
    today, hourly = timezone.localdate(now), clock.every_hour
    due = {"due_at": overdue.due_at, "every_hour": True} if hourly else {"due_on": overdue.due_on}
    # Each level has a clock of its own: the older ones say who had it before.
    stop_clock(what=CLOCK, about_kind=KIND, about_id=overdue.pk, now=now, because="gone up")
    start_clock(
        what=CLOCK, about_kind=KIND, about_id=overdue.pk, about_person=clock.about_person, now=now, owner=owner, watches=clock, **due
    )  # fmt: skip
    open_to(overdue, owner, today)
    words = (
        "Something of yours is overdue"
        if level == Level.PRACTITIONER
        else "Something overdue has come to you"
    )
    when = f"{timezone.localtime(now):%d/%m/%Y %H:%M}" if hourly else f"{today:%d/%m/%Y}"
    about = f"{words} ({LEVEL_NAMES[level].lower()}, {when})"
    tell(owner, about, page_of(overdue), now, urgent=hourly or level in URGENT)


def _agency_of(clock: Clock) -> Agency:
    if clock.owner_id:
        return clock.owner.agency
    return clock.owner_post.agency if clock.owner_post_id else hubs_council()
