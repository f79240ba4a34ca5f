"""Who may look at a child, as a table of cases."""

from datetime import date

import pytest

from rowan.access.rules.seeing import HUB, Part, Seen, refusal_to_see, what_is_seen
from rowan.agencies.rules.roles import SEES_NO_CHILD, Role

TODAY = date(2026, 11, 23)
WORKING = Part("allocated_worker", "council-899", "council", date(2026, 1, 1))
ENDED = Part("allocated_worker", "council-899", "council", date(2025, 1, 1), date(2026, 11, 22))
NOT_YET = Part("working_with", "council-899", "council", date(2026, 11, 24))


@pytest.mark.parametrize("role", [role for role in Role if role not in SEES_NO_CHILD])
def test_somebody_with_a_part_in_her_life_may_look(role):
    assert refusal_to_see(role, [WORKING], restricted=False, today=TODAY) is None


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("parts", [[], [ENDED], [NOT_YET]])
def test_nobody_looks_by_role_alone_nor_before_nor_after_their_part(role, parts):
    assert refusal_to_see(role, parts, restricted=False, today=TODAY)


@pytest.mark.parametrize("role", sorted(SEES_NO_CHILD))
def test_who_keeps_rowan_running_sees_no_child_even_with_a_part(role):
    assert "does not look at children" in refusal_to_see(role, [WORKING], restricted=False, today=TODAY)


@pytest.mark.parametrize("role", list(Role))
def test_a_restricted_record_answers_exactly_as_one_she_has_no_part_in(role):
    hidden = refusal_to_see(role, [WORKING], restricted=True, today=TODAY)
    nothing = refusal_to_see(role, [], restricted=False, today=TODAY)
    assert hidden == nothing


def test_the_last_day_of_a_part_still_counts():
    assert Part("asked", "a", "council", date(2026, 1, 1), TODAY).covers(TODAY)


def test_a_school_sees_its_own_rows_and_nobody_elses():
    seen = what_is_seen("school-8994001", "school")
    assert seen.shows("school-8994001", "education")
    assert not seen.shows("police-invented-constabulary", "police")
    assert not seen.shows("school-8994002", "education")
    assert not seen.is_hub


@pytest.mark.parametrize("kind", ["council", "police", "health", "youth_justice", "voluntary"])
def test_everybody_else_with_a_part_sees_the_hubs_picture(kind):
    assert what_is_seen("any", kind) == Seen(HUB)


@pytest.mark.parametrize("compartment", ["sexual_health", "intelligence", "sources", "legal"])
@pytest.mark.parametrize("audience", [HUB, "school-8994001"])
def test_closed_compartments_stay_closed(audience, compartment):
    assert not Seen(audience).shows("school-8994001", compartment)
