"""The picture of a table by group: for each group its share as a dot, and between what it lies as a line through it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from .by_group import Line, Shown
from .rules.intervals import Share


@dataclass(frozen=True)
class Whisker:
    group: str
    y: int
    least: float
    share: float
    most: float


@dataclass(frozen=True)
class Picture:
    """In the units of its own box; the table beneath says the same in numbers."""

    whiskers: list[Whisker]
    ticks: list[tuple[float, int]]  # where, and how many in a thousand or in a hundred
    height: int
    width: int = 480
    left: int = 200
    right: int = 465
    row: int = 28


def picture(lines: Iterable[Line]) -> Picture | None:
    """Children asked about in a thousand known."""
    return _drawn([(line.group, line.a_thousand) for line in lines], 1000)


def picture_of_explained(lines: Iterable[Line]) -> Picture | None:
    """Questions explained in a hundred answered: where people disagreed with the rule."""
    return _drawn([(line.group, line.explained) for line in lines], 100)


def _drawn(figures: Iterable[tuple[str, Shown]], times: int) -> Picture | None:
    """None where nothing of it may be shown."""
    shown = [(group, of) for group, of in figures if isinstance(of, Share)]
    if not any(of.share for _, of in shown):
        return None
    most = ceil(times * max(of.most for _, of in shown))

    def at(share: float) -> float:
        return round(Picture.left + (Picture.right - Picture.left) * times * share / most, 1)

    whiskers = [
        Whisker(group, 20 + number * Picture.row, at(of.least), at(of.share), at(of.most))
        for number, (group, of) in enumerate(shown)
    ]
    ticks = [(at(count / times), count) for count in dict.fromkeys((0, most // 2, most))]
    return Picture(whiskers, ticks, height=20 + len(shown) * Picture.row)
