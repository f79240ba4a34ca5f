"""A clock about a child passes to nobody from whom her record is hidden, or who is kept out of it.

The review of an emergency access shows its reviewer no child, so only whoever opened the record may not have it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from rowan.notices.actions import News, tell_all
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import Moved

from .models import KeptOut, LetIn, Opening, Restriction
from .openings import KIND
from .rules.reviewing import REVIEW_CLOCK
from .standing import Groups

ABOUT = {KIND}
PASSED = "The review of an emergency access has passed to you"


def follow(moved: list[Moved], *, now: datetime, by) -> None:
    """Whoever has a review now is told where it waits."""
    reviews = [each for each in moved if each.clock.what == REVIEW_CLOCK]
    tell_all([News(each.to, PASSED, "/emergency-access/", urgent=True) for each in reviews], now)


def may_not_take(about: Mapping[int, str], people: set[int]) -> dict[int, set[int]]:
    """For each clock, by the child it is about: which of these people may not be asked. Six queries, however many clocks."""
    openers = _openers(about)
    about = {clock: child for clock, child in about.items() if clock not in openers}
    groups = Groups(about.values())
    named: dict[int, set[int]] = defaultdict(set)
    for restriction, person in LetIn.objects.filter(
        restriction__in=Restriction.objects.standing().filter(person_id__in=groups.all_ids)
    ).values_list("restriction", "practitioner"):
        named[restriction].add(person)
    barred: dict[str, set[int]] = defaultdict(set)
    for restriction, child in (
        Restriction.objects.standing().filter(person_id__in=groups.all_ids).values_list("pk", "person_id")
    ):
        barred[groups.now_of[child]] |= people - named[restriction]
    for person, child in (
        KeptOut.objects.standing()
        .filter(person_id__in=groups.all_ids)
        .values_list("practitioner", "person_id")
    ):
        barred[groups.now_of[child]].add(person)
    found = {clock: barred.get(groups.now_of[child], set()) for clock, child in about.items()}
    return {clock: who for clock, who in (found | openers).items() if who}


def _openers(clocks: Iterable[int]) -> dict[int, set[int]]:
    """Of these clocks, the reviews of an emergency access, each with whoever opened the record."""
    reviews = Clock.objects.filter(pk__in=list(clocks), what=REVIEW_CLOCK, about_kind=KIND)
    about = dict(reviews.values_list("pk", "about_id"))
    openers = dict(Opening.objects.filter(pk__in=list(about.values())).values_list("pk", "practitioner"))
    return {clock: {openers[int(opening)]} for clock, opening in about.items() if int(opening) in openers}
