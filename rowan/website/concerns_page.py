"""The steps of a concern, and of what the law gives a child, drawn from the very tables that decide them."""

from rowan.concerns.rules import protections
from rowan.concerns.rules.running import RUNS_AT
from rowan.concerns.rules.steps import MOVES, STEP_NAMES, Step


def concerns_page() -> str:
    """Two diagrams, and who is owed what at each step."""
    steps = [f"  {step.value} : {STEP_NAMES[step]}" for step in Step]
    moves = [f"  {step.value} --> {to.value}" for step in Step for to in Step if to in MOVES[step]]
    clocks = "\n".join(
        f"| {STEP_NAMES[step]} | {RUNS_AT.get(step, 'None: nothing more is owed').capitalize()} |"
        for step in Step
    )
    return (
        "# The steps of a concern\n\nNo step is left without somebody whose move it is and a date.\n\n"
        f"```mermaid\nstateDiagram-v2\n  [*] --> received\n{_lines(steps + moves)}\n```\n\n"
        f"| Where it stands | The clock that runs |\n|---|---|\n{clocks}\n\n"
        "# The law’s protections of a child\n\n"
        f"{protections.NO_CONSENT} {protections.NOT_SECTION_47}\n\n{_protections()}"
    )


def _protections() -> str:
    drawn = []
    for about, name in protections.ABOUT_NAMES.items():
        found = _reached_from(protections.BEGINS[about])
        names = [f"  {state.value} : {protections.STATE_NAMES[state]}" for state in found]
        moves = [
            f"  {state.value} --> {to.value}"
            for state in found
            for to in found
            if to in protections.MOVES[state]
        ]
        begins = [f"  [*] --> {protections.BEGINS[about].value}"]
        drawn.append(f"## {name}\n\n```mermaid\nstateDiagram-v2\n{_lines(begins + names + moves)}\n```\n")
    return "\n".join(drawn)


def _reached_from(first: protections.State) -> list[protections.State]:
    found = [first]
    for state in found:
        found += [to for to in protections.State if to in protections.MOVES[state] and to not in found]
    return found


def _lines(lines: list[str]) -> str:
    return "\n".join(lines)
