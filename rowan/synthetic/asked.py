"""What somebody asked of `rowan county`, and why it may be refused."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rowan.synthetic.story_shapes import USUAL_FILE

FEWEST, MOST = 200, 1_000_000
MARKER = "INVENTED"
UNFINISHED = "INVENTED.unfinished"  # so that a county whose writing was stopped can be written again


@dataclass(frozen=True)
class Asked:
    """What somebody asked for on the command line."""

    children: int
    seed: int
    until: date
    stories_per_1000: float
    stories_file: Path = USUAL_FILE
    wrong_identifiers: float | None = None  # share that belong to somebody else; None is the usual one


class CannotWrite(ValueError):
    """Why a county cannot be written, for the person who asked."""


def refusal_to_write(out: Path, asked: Asked) -> str | None:
    if not FEWEST <= asked.children <= MOST:
        return f"A county has between {FEWEST} and {MOST:,} children; you asked for {asked.children:,}."
    if not 0 <= asked.stories_per_1000 <= 100:
        return "Stories per 1,000 children lie between 0 and 100."
    if not 0 <= (asked.wrong_identifiers or 0) <= 0.2:
        return "The share of identifiers that belong to somebody else lies between 0 and 0.2."
    if not 2015 <= asked.until.year <= 2060:
        return "The county's last day lies between 2015 and 2060."
    if out.exists() and (
        not out.is_dir()
        or (any(out.iterdir()) and not any((out / name).exists() for name in (MARKER, UNFINISHED)))
    ):
        return f"{out} is not an empty folder and not an invented county. Choose another place; nothing was changed."
    return None
