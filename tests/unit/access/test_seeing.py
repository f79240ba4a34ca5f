"""Who may look at a child, and how far, as a table of cases."""

from datetime import date

import pytest

from rowan.access.rules.matrix import COMPARTMENTS, MATRIX, Kind, Opens, opens_records
from rowan.access.rules.seeing import (
    HUB,
    NOTHING_THERE,
    Part,
    Standing,
    Through,
    refusal_to_see,
    way_in,
    what_is_seen,
)
from rowan.agencies.rules.roles import SEES_NO_CHILD, Role

TODAY = date(2026, 11, 23)
WORKING = Part("allocated_worker", "council-899", "council", date(2026, 1, 1))
ENDED = Part("allocated_worker", "council-899", "council", date(2025, 1, 1), date(2026, 11, 22))
NOT_YET = Part("working_with", "council-899", "council", date(2026, 11, 24))
OPENS_RECORDS = [role for role in Role if opens_records(role)]
OPENS_NONE = [role for role in Role if not opens_records(role)]


@pytest.mark.parametrize("role", OPENS_RECORDS)
def test_somebody_with_a_part_in_her_life_may_look(role):
    assert refusal_to_see(role, Standing([WORKING]), today=TODAY) is None


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("parts", [[], [ENDED], [NOT_YET]])
def test_nobody_looks_by_role_alone_nor_before_nor_after_their_part(role, parts):
    assert refusal_to_see(role, Standing(parts), today=TODAY)


@pytest.mark.parametrize("role", OPENS_NONE)
def test_a_role_that_opens_no_record_opens_none_by_any_way(role):
    every_way = Standing([WORKING], restricted=True, named=True, emergency=True, reason=True)
    assert way_in(role, every_way, today=TODAY) is None


def test_who_keeps_rowan_running_and_councillors_licensing_and_panels_open_no_record():
    assert SEES_NO_CHILD <= set(OPENS_NONE)
    assert set(OPENS_NONE) - SEES_NO_CHILD == {
        Role.REFERRER,
        Role.LICENSING_OFFICER,
        Role.PANEL_CHAIR,
        Role.PANEL_MEMBER,
    }


@pytest.mark.parametrize("role", OPENS_RECORDS)
@pytest.mark.parametrize(
    "hidden",
    [{"restricted": True}, {"kept_out": True}, {"kept_out": True, "named": True, "restricted": True}],
)
def test_a_hidden_record_answers_exactly_as_one_that_is_not_there(role, hidden):
    placed = Standing([WORKING], emergency=True, reason=True, **hidden)
    assert (
        refusal_to_see(role, placed, today=TODAY)
        == refusal_to_see(role, Standing(), today=TODAY)
        == NOTHING_THERE
    )


@pytest.mark.parametrize("role", OPENS_RECORDS)
def test_whom_a_restriction_names_is_let_in_without_another_part(role):
    assert way_in(role, Standing(restricted=True, named=True), today=TODAY) is Through.PART
    assert way_in(role, Standing(restricted=False, named=True), today=TODAY) is None


def test_a_part_comes_before_an_emergency_and_an_emergency_before_a_reason():
    role = Role.TRIAGE_OFFICER
    assert way_in(role, Standing([WORKING], emergency=True, reason=True), today=TODAY) is Through.PART
    assert way_in(role, Standing(emergency=True, reason=True), today=TODAY) is Through.EMERGENCY
    assert way_in(role, Standing(reason=True), today=TODAY) is Through.REASON


@pytest.mark.parametrize(
    "role", [role for role in OPENS_RECORDS if Kind.OUTSIDE_CASELOAD not in MATRIX[role]]
)
def test_a_reason_opens_nothing_to_a_role_whose_cell_is_missing(role):
    assert way_in(role, Standing(reason=True), today=TODAY) is None


def test_the_last_day_of_a_part_still_counts():
    assert Part("asked", "a", "council", date(2026, 1, 1), TODAY).covers(TODAY)


@pytest.mark.parametrize("role", list(Role))
def test_at_a_school_whatever_ones_role_only_the_schools_own_rows_are_seen(role):
    seen = what_is_seen(role, "school-8994001", "school")
    assert not seen.is_hub
    for compartment in COMPARTMENTS:
        assert not seen.shows("police-invented-constabulary", compartment)
        assert not seen.shows("school-8994002", compartment)
    if role is Role.SCHOOL_SAFEGUARDING_LEAD:
        assert seen.shows("school-8994001", "education") and seen.tells("school-8994001", "education")


# What a panel is told of a child, and beside it what its chair is: typed from docs/adr/0017, not from the code.
OF_A_PANEL = {Kind.CORE, Kind.EDUCATION, Kind.SOCIAL_CARE, Kind.POLICE}
OF_ITS_CHAIR = OF_A_PANEL | {Kind.CONNECTIONS}


def in_a_pack(role: Role, compartment: Kind, *, own: bool) -> bool:
    """Whoever has a cell of their own is shown no more at a meeting than it gives."""
    if role in {Role.PANEL_CHAIR, Role.PANEL_MEMBER}:
        return compartment in (OF_ITS_CHAIR if role is Role.PANEL_CHAIR else OF_A_PANEL)
    cell = MATRIX[role].get(compartment)
    if compartment not in OF_ITS_CHAIR or cell is None or cell.opens is Opens.NOTHING:
        return False
    return own or cell.opens is not Opens.OWN_AGENCY


def test_no_way_leads_into_a_record_by_a_meetings_pack():
    placed = Standing([WORKING], restricted=True, named=True, emergency=True, reason=True)
    ways = {way_in(role, standing, today=TODAY) for role in Role for standing in (placed, Standing())}
    assert Through.PACK not in ways


def test_a_pack_shows_an_age_and_no_birth_date_and_opens_no_kind_whole():
    for role in Role:
        seen = what_is_seen(role, "council-899", "council", Through.PACK)
        assert not seen.birth_date and not seen.hub_name
        assert not any(seen.whole(kind) for kind in Kind)
        assert {seen.opens(kind) for kind in Kind} <= {Opens.HEADINGS, Opens.OWN_AGENCY, Opens.NOTHING}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("through", list(Through))
def test_each_compartment_is_shown_as_its_cell_says_and_a_missing_cell_shows_nothing(role, through):
    own, other = "council-899", "police-invented-constabulary"
    seen = what_is_seen(role, own, "council", through)
    for compartment in COMPARTMENTS:
        cell = MATRIX[role].get(compartment)
        shown = {agency: seen.shows(agency, compartment) for agency in (own, other)}
        told = {agency: seen.tells(agency, compartment) for agency in (own, other)}
        if through is Through.PACK:
            assert not any(told.values())
            assert shown == {agency: in_a_pack(role, compartment, own=agency == own) for agency in shown}
        elif cell is None or cell.opens is Opens.NOTHING:
            assert not any(shown.values()) and not any(told.values())
        elif through is Through.REASON and compartment is not Kind.CORE:
            whole = cell.opens is Opens.EVERYTHING and compartment is not Kind.ADDRESSES
            assert set(shown.values()) == {whole} and not any(told.values())
        elif cell.opens is Opens.OWN_AGENCY:
            assert shown == {own: True, other: False}
            assert told == {own: through is not Through.REASON, other: False}
        else:
            assert all(shown.values())
            assert set(told.values()) == {cell.opens is Opens.EVERYTHING and through is not Through.REASON}


def test_a_compartment_nobody_has_named_is_shown_to_nobody():
    for role in Role:
        assert not what_is_seen(role, "council-899", "council").shows("council-899", "")
        assert not what_is_seen(role, "council-899", "council").shows("council-899", "astrology")


def test_who_works_at_the_hub_shares_its_picture_and_others_see_as_their_agency():
    assert what_is_seen(Role.TRIAGE_OFFICER, "council-899", "council").audience == HUB
    assert what_is_seen(Role.MENTOR, "voluntary-1", "voluntary").audience == "voluntary-1"
    assert (
        what_is_seen(Role.EDUCATION_WELFARE_OFFICER, "school-8994001", "school").audience == "school-8994001"
    )
