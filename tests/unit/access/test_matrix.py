"""The matrix as data: every role has a row, a missing cell means never, and every limit says what it is."""

import re
from pathlib import Path

import pytest

from rowan.access.rules import matrix
from rowan.access.rules.matrix import COMPARTMENTS, KIND_NAMES, MATRIX, Cell, Kind, Opens, Y, cell_of
from rowan.agencies.rules.roles import Role

LIMITS = {name: cell for name, cell in vars(matrix).items() if isinstance(cell, Cell) and cell is not Y}
ADR = next((Path(__file__).resolve().parents[3] / "docs" / "adr").glob("*the-matrix*"))


def test_every_role_has_a_row_and_every_kind_a_name():
    assert set(MATRIX) == set(Role)
    assert set(KIND_NAMES) == set(Kind)


def test_a_missing_cell_is_never():
    assert cell_of(Role.COUNCILLOR, Kind.CORE) is None
    assert cell_of(Role.COUNCILLOR, "no such kind") is None
    assert cell_of("no such role", Kind.TOTALS) is None


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_every_limit_says_in_a_sentence_what_it_is_and_is_used(name):
    cell = LIMITS[name]
    assert cell.letter == "L" and cell.means.endswith(".") and len(cell.means.split()) > 4
    assert any(cell in row.values() for row in MATRIX.values())


# Domain 5.5, cell by cell: the words are those of its table, the roles those it names.
DOMAIN = """
core          | Y Y Y Y L L L L L - -
contacts      | Y Y Y L L L L L L L -
plan          | L Y Y Y L L L Y L L -
education     | L Y L L L - - L - - -
health        | L Y L L - Y L - - - -
sexual_health | - L - L - Y L - - - -
intelligence  | L L Y Y - - - - L L -
sources       | - - - L - - - - - - -
people_of_concern | L L Y Y L L L L L L -
places        | Y Y Y Y L L L L Y Y -
totals        | Y Y Y Y Y Y Y Y Y Y Y
"""
ROLES_OF_DOMAIN = [
    Role.TRIAGE_OFFICER,
    Role.LEAD_PROFESSIONAL,
    Role.EXPLOITATION_COORDINATOR,
    Role.POLICE_EXPLOITATION_TEAM,
    Role.SCHOOL_SAFEGUARDING_LEAD,
    Role.HEALTH_LEAD,
    Role.SEXUAL_HEALTH_CLINICIAN,
    Role.MENTOR,
    Role.COMMUNITY_SAFETY_OFFICER,
    Role.LICENSING_OFFICER,
    Role.COUNCILLOR,
]


@pytest.mark.parametrize("line", DOMAIN.strip().splitlines(), ids=lambda line: line.split()[0])
def test_the_cells_of_domain_5_5_stand_as_published(line):
    kind, _, letters = line.partition("|")
    for role, letter in zip(ROLES_OF_DOMAIN, letters.split(), strict=True):
        cell = cell_of(role, kind.strip())
        assert (cell.letter if cell else "-") == letter, role


def test_the_analyst_is_the_hub_analyst_without_addresses():
    analyst, hub = MATRIX[Role.ANALYST], MATRIX[Role.EXPLOITATION_COORDINATOR]
    assert Kind.ADDRESSES not in analyst
    for kind in analyst:
        assert kind in hub


def test_who_a_source_is_opens_to_nobody_on_a_page():
    for role in Role:
        cell = cell_of(role, Kind.SOURCES)
        assert cell is None or cell.opens is Opens.NOTHING


def test_the_administrator_a_councillor_and_a_commissioner_see_totals_and_nothing_else():
    for role in (Role.ADMINISTRATOR, Role.COUNCILLOR, Role.COMMISSIONER):
        assert set(MATRIX[role]) == {Kind.TOTALS}


def test_information_governance_reads_trail_and_decisions_and_no_compartment():
    row = MATRIX[Role.INFORMATION_GOVERNANCE]
    assert Kind.TRAIL in row and Kind.DECISIONS in row
    assert not set(row) & set(COMPARTMENTS)


def test_a_panel_sees_packs_and_nothing_outside_a_meeting():
    for role in (Role.PANEL_CHAIR, Role.PANEL_MEMBER):
        assert {cell.opens for kind, cell in MATRIX[role].items() if kind is not Kind.TOTALS} == {
            Opens.NOTHING
        }


def test_every_role_that_domain_5_5_does_not_name_has_its_reason_in_the_decision():
    told = ADR.read_text()
    for role in set(Role) - set(ROLES_OF_DOMAIN):
        assert re.search(rf"\| `{role.value}` \|", told), f"{ADR.name} gives no reason for {role.value}"
    for kind in (
        Kind.ADDRESSES,
        Kind.SOCIAL_CARE,
        Kind.POLICE,
        Kind.LEGAL,
        Kind.CONNECTIONS,
        Kind.QUESTIONS,
        Kind.DECISIONS,
        Kind.TRAIL,
        Kind.OUTSIDE_CASELOAD,
    ):
        assert re.search(rf"\| `{kind.value}` \|", told), f"{ADR.name} gives no reason for {kind.value}"
