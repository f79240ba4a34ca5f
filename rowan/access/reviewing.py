"""The review of emergency accesses: whose each is now, and an overdue one going up the chain of leads by itself.

No child is named to whoever reviews. Each step is one transaction: a worker that is killed leaves it whole or not at all, and once a
day at most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from rowan.agencies.leads import Chains, hubs_council
from rowan.agencies.models import Agency, Practitioner
from rowan.audit_trail.actions import ROWAN, record
from rowan.notices.actions import tell
from rowan.timescales.actions import dated_values, start_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.settings import values_on

from .hiding import same_working_day
from .models import Opening, ReviewStep
from .openings import KIND, reviewer_of
from .rules.hiding import REVIEWS_EMERGENCIES
from .rules.reviewing import REVIEW_CLOCK, goes_up, next_up
from .rules.settings import REVIEW_STEP_DAYS, SETTINGS

OVERDUE = "A review of an emergency access is overdue and has come to you"
REVIEWS = "/emergency-access/"


@dataclass(frozen=True)
class Waiting:
    """One access that waits for review: when it is due, whose it is now, and how it went up the chain."""

    opening: Opening
    due_on: date
    overdue: bool
    owner: Practitioner | None
    steps: list[ReviewStep]


def put_to(practitioner):
    """The emergency accesses this practitioner reviews: all, or those the chain of leads brought to them."""
    if practitioner.role in REVIEWS_EMERGENCIES:
        return Opening.objects.emergency()
    # A clock knows what it is about by text, an opening by number.
    mine = Clock.objects.running().filter(what=REVIEW_CLOCK, about_kind=KIND, owner=practitioner)
    ids = [int(about_id) for about_id in mine.values_list("about_id", flat=True)]
    asked = Q(pk__in=ids) | Q(steps__practitioner=practitioner)
    return Opening.objects.emergency().filter(asked).exclude(practitioner=practitioner).distinct()


def waiting_shown(openings: Iterable[Opening], today: date) -> list[Waiting]:
    """For a page of openings, in two queries."""
    openings = list(openings)
    clocks = _clocks(openings)
    steps: dict[int, list[ReviewStep]] = {}
    for step in ReviewStep.objects.filter(opening__in=openings).select_related("practitioner", "post"):
        steps.setdefault(step.opening_id, []).append(step)
    return [
        Waiting(
            opening=each,
            due_on=due_on(each),
            overdue=due_on(each) < today,
            owner=clocks[str(each.pk)].owner if str(each.pk) in clocks else None,
            steps=steps.get(each.pk, []),
        )
        for each in openings
    ]


def due_on(opening: Opening) -> date:
    return same_working_day(opening.opened_at)


def take_overdue_up(now: datetime) -> int:
    """Rowan's own: take each overdue review one step up, and say how many went. Run twice a day, or killed half-way, each goes once."""
    today = timezone.localdate(now)
    days = int(values_on(SETTINGS, dated_values(), today)[REVIEW_STEP_DAYS.name])
    unreviewed = Opening.objects.emergency().filter(reviewed_at=None, opened_at__date__lt=today)
    late = [
        each
        for each in unreviewed.select_related("practitioner__agency").prefetch_related("steps")
        if _goes_up(each, today, days)
    ]
    if not late:
        return 0
    agencies = {each.pk: _whose_chain(each) for each in late}
    chains = Chains(set(agencies.values()), today)
    clocks = _clocks(late)
    return sum(_go_up(each, agencies[each.pk], chains, clocks.get(str(each.pk)), today, now) for each in late)


def _goes_up(opening: Opening, today: date, days: int) -> bool:
    last = _last_step(opening)
    # Nobody was there: whoever comes back first has it, without waiting.
    return goes_up(due_on(opening), last and last.on, today, days if last is None or last.practitioner_id else 1)  # fmt: skip


def _last_step(opening: Opening) -> ReviewStep | None:
    return max(opening.steps.all(), key=lambda step: step.on, default=None)


def _whose_chain(opening: Opening) -> Agency:
    """The agency whose officer ought to have reviewed it; its chain ends with its chief officer, and then the hub's."""
    reviewer = reviewer_of(opening.practitioner, timezone.localdate(opening.opened_at))
    return (reviewer.agency if reviewer else hubs_council()) or opening.practitioner.agency


def _go_up(
    opening: Opening, agency: Agency, chains: Chains, clock: Clock | None, today: date, now: datetime
) -> int:
    had_it = {step.practitioner_id for step in opening.steps.all() if step.practitioner_id}
    if clock and clock.owner_id:
        had_it.add(clock.owner_id)
    reached, says = next_up(
        chains.of(agency), chains.absences, today, opener=opening.practitioner_id, had_it=had_it
    )
    last = _last_step(opening)
    if reached.person is None and last is not None and last.says == says:
        return 0  # said already, and nobody has come since
    with transaction.atomic():
        # Whoever reviews it at this moment goes first.
        if not Opening.objects.select_for_update().filter(pk=opening.pk, reviewed_at=None).exists():
            return 0
        post = chains.posts[reached.chair.post] if reached.chair else None
        step, made = ReviewStep.objects.get_or_create(
            opening=opening,
            on=today,
            defaults={"at": now, "practitioner_id": reached.person, "post": post, "says": says},
        )
        if made:
            _put_to(step, opening, now)
    return int(made)


def _put_to(step: ReviewStep, opening: Opening, now: datetime) -> None:
    if step.practitioner is not None:
        start_clock(
            what=REVIEW_CLOCK, about_kind=KIND, about_id=str(opening.pk), about_person=opening.person_id,
            due_on=due_on(opening), now=now, owner=step.practitioner,
        )  # fmt: skip
        tell(step.practitioner, OVERDUE, REVIEWS, now, urgent=True)
    record(
        by=ROWAN, did="took an overdue review up the chain", about_person=opening.person_id, about_kind=KIND,
        about_id=opening.pk, particulars={"to": step.practitioner_id, "post": step.post_id},
    )  # fmt: skip


def _clocks(openings: Iterable[Opening]) -> dict[str, Clock]:
    ids = [str(each.pk) for each in openings]
    running = Clock.objects.running().filter(what=REVIEW_CLOCK, about_kind=KIND, about_id__in=ids)
    return {clock.about_id: clock for clock in running.select_related("owner__agency")}
