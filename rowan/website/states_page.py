"""The states that rooms know, drawn from the tables that decide which may follow which, with the clock that runs at each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rowan.assessments.rules import steps as assessments
from rowan.concerns.rules import protections, running
from rowan.concerns.rules import steps as concerns
from rowan.escalation.rules import disagreements, stands
from rowan.meetings.rules import steps as meetings
from rowan.missing.rules import steps as missing
from rowan.plans.rules import steps as plans
from rowan.sharing.rules import requests


@dataclass(frozen=True)
class Machine:
    """Who may follow whom, what each is called, where nothing is owed any more, and elsewhere the clock that runs: its owner and date."""

    title: str
    moves: Mapping[StrEnum, Collection[StrEnum]]
    names: Mapping[StrEnum, str]
    at_rest: Collection[StrEnum]
    runs_at: Mapping[StrEnum, str]


def _protection(about: protections.About) -> Machine:
    """The states that follow from where this protection begins."""
    reached = [protections.BEGINS[about]]
    for state in reached:
        reached += [to for to in protections.State if to in protections.MOVES[state] and to not in reached]
    moves = {state: protections.MOVES[state] for state in reached}
    at_rest = protections.AT_REST & set(reached)
    runs_at = {state: protections.CLOCK for state in reached if state not in at_rest}
    return Machine(protections.ABOUT_NAMES[about], moves, protections.STATE_NAMES, at_rest, runs_at)


_INTERVIEW_CLOCKS = {state: missing.CLOCKS[state] for state in missing.INTERVIEW_MOVES if state in missing.CLOCKS}  # fmt: skip
_EPISODE_CLOCKS = {state: missing.CLOCKS[state] for state in missing.MOVES if state in missing.CLOCKS}
MACHINES = (
    Machine("A concern", concerns.MOVES, concerns.STEP_NAMES, concerns.AT_REST, running.RUNS_AT),
    *(_protection(about) for about in protections.About),
    Machine("A missing episode", missing.MOVES, missing.STEP_NAMES, missing.AT_REST, _EPISODE_CLOCKS),
    Machine("A return home interview", missing.INTERVIEW_MOVES, missing.INTERVIEW_NAMES, missing.INTERVIEW_AT_REST, _INTERVIEW_CLOCKS),
    Machine("The hub’s work with a child", assessments.MOVES, assessments.STEP_NAMES, assessments.AT_REST, assessments.OWED),
    Machine("An action of a plan", plans.MOVES, plans.STEP_NAMES, plans.AT_REST, plans.RUNS_AT),
    Machine("A meeting", meetings.MOVES, meetings.STEP_NAMES, meetings.AT_REST, meetings.RUNS_AT),
    Machine("A request to another agency", requests.MOVES, requests.STEP_NAMES, requests.AT_REST, requests.RUNS_AT),
    Machine("Something overdue", stands.MOVES, stands.STAND_NAMES, stands.AT_REST, stands.RUNS_AT),
    Machine("A disagreement", disagreements.MOVES, disagreements.STEP_NAMES, disagreements.AT_REST, disagreements.RUNS_AT),
)  # fmt: skip


def states_page() -> str:
    drawn = [
        f"## {each.title}\n\n{diagram(each.moves, each.names, each.at_rest)}\n\n{clocks(each)}"
        for each in MACHINES
    ]
    return (
        "# States\n\nWhich state may follow which. Where an arrow leads to the end, nothing is owed any more; "
        "at every other state a clock runs, with an owner and a date.\n\n" + "\n\n".join(drawn)
    )


def clocks(machine: Machine) -> str:
    """What is owed at each state, as its clock is called."""
    rows = [f"| {machine.names[state]} | {machine.runs_at[state]} |" for state in machine.moves if state in machine.runs_at]  # fmt: skip
    return "\n".join(["| At | Its clock |", "|---|---|", *rows])


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
