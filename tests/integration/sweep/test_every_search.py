"""Looks that are sent by POST, so that no address holds a name: the hub's search, and whom a concern may be about."""

import pytest
from django.urls import reverse

from rowan.people.models import KnownAs

from .addresses import AT_TRIAGE, SEARCHES, day
from .glimpses import NAMED
from .world import ANOTHERS, HERS, HIDDEN, KEPT_OUT, World

# A look from outside one's own work shows a name, an age and a school, of whichever area's child; nobody hidden.
FOUND = {HERS, ANOTHERS}
STANDINGS = (HERS, ANOTHERS, HIDDEN, KEPT_OUT)


def by_birth_date(world: World, standing: str) -> dict:
    born = KnownAs.objects.get(person=world.records[standing].child).birth_date
    return day("birth_date", born)


def told_besides(world: World, answer, typed: dict) -> set:
    """The marks of an answer, but for what was typed and comes back to whoever typed it."""
    return world.canaries.shown_in(answer) - world.canaries.in_words(str(typed))


@pytest.mark.parametrize("name", ["concerns:search", "concerns:who"])
def test_whoever_searches_finds_a_name_an_age_and_a_school_and_nobody_hidden(world, clients, name):
    may, faults, found = (SEARCHES if name == "concerns:search" else AT_TRIAGE), [], {}
    args = [] if name == "concerns:search" else [world.at_triage.pk]
    for role, client in clients.items():
        for standing in STANDINGS:
            typed = {"why": "A report names her", **by_birth_date(world, standing)}
            answer = client.post(reverse(name, args=args), typed)
            shown = told_besides(world, answer, typed)
            if (answer.status_code == 200) != (role in may):
                faults.append(f"{role}, {standing}: answers {answer.status_code}")
            allowed = {
                canary for canary in shown if role in may and canary.child in FOUND and canary.place in NAMED
            }
            faults += [f"{role}, {standing}: shows {canary}" for canary in shown - allowed]
            found.setdefault(role, set()).update(canary.child for canary in allowed)
    assert faults == [], "\n".join(faults)
    assert {role for role in found if found[role] == FOUND} == may
