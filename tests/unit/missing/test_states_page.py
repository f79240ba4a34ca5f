"""The diagram of states is drawn from the table that decides, whole."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rowan
from rowan.escalation.rules import stands
from rowan.escalation.rules.ladder import LEVELS, TOP, Level
from rowan.missing.rules.steps import INTERVIEW_AT_REST, INTERVIEW_MOVES, INTERVIEW_NAMES
from rowan.website.states_page import MACHINES, diagram, states_page

ROWAN = Path(rowan.__file__).parent


def test_every_move_and_every_rest_is_an_arrow_and_no_other():
    drawn = diagram(INTERVIEW_MOVES, INTERVIEW_NAMES, INTERVIEW_AT_REST)
    arrows = set(re.findall(r"(\S+) --> (\S+)", drawn))
    assert arrows == (
        {(at.value, to.value) for at, following in INTERVIEW_MOVES.items() for to in following}
        | {(state.value, "[*]") for state in INTERVIEW_AT_REST}
        | {("[*]", "required")}
    )


def test_every_machine_stands_on_the_page():
    page = states_page()
    assert all(f"## {machine.title}\n" in page for machine in MACHINES)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.title)
def test_no_state_is_without_a_clock_unless_nothing_is_owed_there(machine):
    """Each clock has an owner and a date: the database takes none without."""
    # The hub's work that is closed is at rest once somebody has looked back: until then a clock runs there too.
    assert set(machine.runs_at) >= set(machine.moves) - set(machine.at_rest)
    assert all(machine.runs_at.values()) and all(machine.names[state] for state in machine.moves)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.title)
@given(data=st.data())
def test_wherever_it_goes_it_stays_among_its_states_and_can_come_to_rest(machine, data):
    state = next(iter(machine.moves))
    for _ in range(data.draw(st.integers(0, 12))):
        following = sorted(machine.moves[state])
        if not following:
            break
        state = data.draw(st.sampled_from(following))
        assert state in machine.moves
        assert state in machine.runs_at or state in machine.at_rest
    reached, fresh = {state}, {state}
    while fresh:
        fresh = {to for at in fresh for to in machine.moves[at]} - reached
        reached |= fresh
    assert reached & set(machine.at_rest)


def test_every_machine_that_a_room_declares_stands_on_the_page():
    """A table of moves in a room's rules that nobody draws fails here."""
    drawn = {id(machine.moves) for machine in MACHINES}
    of_protections = {state for machine in MACHINES for state in machine.moves}
    for path in sorted(ROWAN.glob("*/rules/*.py")):
        tables = re.findall(r"^(\w*MOVES)\b", path.read_text(encoding="utf-8"), re.MULTILINE)
        module = import_module(".".join(("rowan", *path.relative_to(ROWAN).with_suffix("").parts)))
        for name in tables:
            table = getattr(module, name)
            assert id(table) in drawn or set(table) <= of_protections, f"{path}: {name}"


@given(st.sampled_from(Level), st.sampled_from(Level))
def test_something_overdue_never_comes_down(at, to):
    goes = stands.Stands(to.value) in stands.MOVES[stands.Stands(at.value)]
    assert goes == (LEVELS.index(to) > LEVELS.index(at) or at == to == TOP)
