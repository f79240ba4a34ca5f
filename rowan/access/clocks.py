"""A clock about a child passes to nobody from whom her record is hidden, or who is kept out of it."""

from collections import defaultdict
from collections.abc import Mapping

from .models import KeptOut, LetIn, Restriction
from .standing import Groups


def may_not_take(about: Mapping[int, str], people: set[int]) -> dict[int, set[int]]:
    """For each clock, by the child it is about: which of these people may not be asked. Four queries, however many clocks."""
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
    return {clock: who for clock, who in found.items() if who}
