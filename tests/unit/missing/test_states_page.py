"""The diagram of states is drawn from the table that decides, whole."""

import re

from rowan.missing.rules.steps import INTERVIEW_AT_REST, INTERVIEW_MOVES, INTERVIEW_NAMES
from rowan.website.states_page import MACHINES, diagram, states_page


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
    assert all(f"## {title}\n" in page for title, *_ in MACHINES)
