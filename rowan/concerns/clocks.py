"""When a clock of this room passes to somebody else, they are told, and the child's record opens to whoever has to see to it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import involve
from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import opens_records
from rowan.agencies.models import Practitioner
from rowan.notices.actions import News, tell_all
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import Moved

from .models import Concern
from .rules.acknowledging import PASSED_KIND
from .rules.protections import KIND as PROTECTION_KIND
from .rules.running import CHECK_KIND, KIND, TO_BE_LOOKED_AT_AGAIN
from .waiting import DESIGNATED

ABOUT = {KIND, CHECK_KIND, PROTECTION_KIND, PASSED_KIND}
RING_THE_DESK = "Work of the triage desk has passed to you {because}. Your role opens no child’s record: ring the triage desk"


def follow(moved: list[Moved], *, now: datetime, by) -> None:
    today = timezone.localdate(now)
    children = _children_of(moved)
    for each in moved:
        if child := children.get(each.clock.pk):
            _open_record(each, child, today)
    tell_all([_news(each) for each in moved], now)


def in_danger(clocks: Iterable[Clock]) -> set[int]:
    """The clocks of concerns whose teller says that a child is in danger now: they skip levels when they go up."""
    clocks = [clock for clock in clocks if clock.about_kind in {KIND, PASSED_KIND}]
    found = Concern.objects.filter(pk__in={clock.about_id for clock in clocks}, immediate_danger=True)
    concerns = {str(concern) for concern in found.values_list("pk", flat=True)}
    return {clock.pk for clock in clocks if clock.about_id in concerns}


def may_not_see_to(clocks: Iterable[Clock], people: set[int]) -> dict[int, set[int]]:
    """Nobody looks again at their own decision. Whom a concern is about never sees to it, nor do their colleagues but for the designated officer and, behind them, the chief officer."""
    of = {clock.about_id: clock for clock in clocks if clock.about_kind == KIND}
    barred: dict[int, set[int]] = {}
    for concern in Concern.objects.filter(pk__in=list(of)).prefetch_related("decisions"):
        clock, who = of[str(concern.pk)], set()
        if clock.what == TO_BE_LOOKED_AT_AGAIN:
            who |= {each.by_id for each in concern.decisions.all()}
        if concern.about_a_professional:
            who |= _themselves_and_colleagues(concern, people)
        if who:
            barred[clock.pk] = who
    return barred


def _themselves_and_colleagues(concern: Concern, people: set[int]) -> set[int]:
    colleagues = Practitioner.objects.filter(pk__in=people, agency=concern.professionals_agency_id)
    officers = colleagues.filter(holdings__post__kind__in=DESIGNATED)
    found = set(colleagues.values_list("pk", flat=True)) - set(officers.values_list("pk", flat=True))
    return found | {concern.professional_id} if concern.professional_id else found


def _children_of(moved: list[Moved]) -> dict[int, str]:
    """By the clock, the child whose record whoever has it now may need. The clock of a concern about a professional names none itself."""
    unnamed = {
        each.clock.about_id: each.clock.pk
        for each in moved
        if each.clock.about_kind == KIND and not each.clock.about_person
    }
    matched = Concern.objects.filter(pk__in=list(unnamed), person__isnull=False).values_list("pk", "person")
    return {unnamed[str(concern)]: child for concern, child in matched} | {
        each.clock.pk: each.clock.about_person for each in moved if each.clock.about_person
    }


def _open_record(moved: Moved, child: str, today: date) -> None:
    clock, before = moved.clock, moved.from_owner
    what = f"{clock.about_kind} {clock.about_id}"
    if before is not None:
        Involvement.objects.filter(
            person_id=child, why=Why.ASKED, rests_on__startswith=what, practitioner=before
        ).update(closed_on=today)
    if opens_records(moved.to.role):
        involve(
            person_id=child,
            why=Why.ASKED,
            rests_on=f"{what} by {moved.to.pk}",
            opened_on=today,
            agency=moved.to.agency,
            practitioner=moved.to,
        )


def _news(moved: Moved) -> News:
    clock = moved.clock
    if clock.about_person and not opens_records(moved.to.role):
        return News(moved.to, RING_THE_DESK.format(because=moved.because), reverse("agencies:who_answers"))
    if clock.about_kind == CHECK_KIND:
        return News(
            moved.to,
            f"A check for triage has passed to you {moved.because}",
            reverse("concerns:agency_check", args=[clock.about_id]),
        )
    if clock.about_kind == PROTECTION_KIND:
        return News(
            moved.to,
            f"Work has passed to you {moved.because}",
            reverse("concerns:protection", args=[clock.about_id]),
        )
    return News(
        moved.to,
        f"A concern has passed to you {moved.because}",
        reverse("concerns:triage_one", args=[clock.about_id]),
    )
