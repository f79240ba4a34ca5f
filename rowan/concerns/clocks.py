"""When the clock of a concern passes to somebody else, they are told; whom a concern is about, and their colleagues, it never reaches."""

from collections.abc import Iterable
from datetime import datetime

from rowan.agencies.models import Practitioner
from rowan.agencies.rules.posts import PostKind
from rowan.notices.actions import News, tell_all
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import Moved

from .models import Concern
from .waiting import KIND

ABOUT = {KIND}


def follow(moved: list[Moved], *, now: datetime, by) -> None:
    tell_all(
        [
            News(each.to, f"A concern has passed to you {each.because}", f"/concerns/triage/{each.clock.about_id}/")
            for each in moved
        ],
        now,
    )  # fmt: skip


def may_not_see_to(clocks: Iterable[Clock], people: set[int]) -> dict[int, set[int]]:
    """The person whom a concern is about, and everybody of their agency who is not the designated officer."""
    ids = {clock.about_id: clock.pk for clock in clocks if clock.about_kind == KIND}
    rows = Concern.objects.filter(pk__in=list(ids), about_a_professional=True).values_list(
        "pk", "professional", "professionals_agency"
    )
    barred: dict[int, set[int]] = {}
    for concern, professional, agency in rows:
        colleagues = (
            set(Practitioner.objects.filter(pk__in=people, agency=agency).values_list("pk", flat=True))
            if agency
            else set()
        )
        officers = set(
            Practitioner.objects.filter(
                pk__in=colleagues, holdings__post__kind=PostKind.LADO.value
            ).values_list("pk", flat=True)
        )
        barred[ids[str(concern)]] = (colleagues - officers) | ({professional} if professional else set())
    return barred
