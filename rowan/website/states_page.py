"""The states that rooms know, drawn from the tables that decide which may follow which."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from rowan.assessments.rules import steps as assessments
from rowan.concerns.rules import steps as concerns
from rowan.missing.rules import steps as missing

# Title, who may follow whom, what each is called, and where nothing is owed any more.
MACHINES = (
    ("A concern", concerns.MOVES, concerns.STEP_NAMES, concerns.AT_REST),
    ("A missing episode", missing.MOVES, missing.STEP_NAMES, missing.AT_REST),
    ("A return home interview", missing.INTERVIEW_MOVES, missing.INTERVIEW_NAMES, missing.INTERVIEW_AT_REST),
    ("The hub’s work with a child", assessments.MOVES, assessments.STEP_NAMES, assessments.AT_REST),
)


def states_page() -> str:
    drawn = [f"## {title}\n\n{diagram(moves, names, at_rest)}" for title, moves, names, at_rest in MACHINES]
    return (
        "# States\n\nWhich state may follow which. Where an arrow leads to the end, nothing is owed any more; "
        "at every other state a clock runs, with an owner and a date.\n\n" + "\n\n".join(drawn)
    )


def diagram(
    moves: Mapping[StrEnum, Collection[StrEnum]], names: Mapping[StrEnum, str], at_rest: Collection[StrEnum]
) -> str:
    """One machine in Mermaid's words: its first state, every move, and where it may rest."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {names[state]}" for state in moves]
    lines.append(f"    [*] --> {next(iter(moves)).value}")
    lines += [
        f"    {at.value} --> {to.value}" for at, following in moves.items() for to in moves if to in following
    ]
    lines += [f"    {state.value} --> [*]" for state in moves if state in at_rest]
    return "\n".join([*lines, "```"])
