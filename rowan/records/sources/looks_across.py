"""Looks across the rows of one file: what no single row can show."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from .profile import Across, Found, Row


def one_id_two_people(*name_columns: str) -> Across:
    """One id can name two children at the sender's: then it proves nothing."""

    def look(rows: Sequence[Row], beside: Sequence[Row]) -> Found:
        people: dict[str, dict[tuple[Any, ...], int]] = defaultdict(dict)
        for row in rows:
            who = tuple(_folded(row[column]) for column in ("birth_date", *name_columns))
            people[row["source_id"]].setdefault(who, row["line"])
        return Found(
            {
                line: ["the same id with another birth date and name"]
                for whos in people.values()
                if len(whos) > 1 and _differ_in_every_part(list(whos))
                for line in whos.values()
            }
        )

    return Across(("source_id", "birth_date", *name_columns), look)


def one_pupil_number_two_ids() -> Across:
    def look(rows: Sequence[Row], beside: Sequence[Row]) -> Found:
        ids: dict[str, dict[str, int]] = defaultdict(dict)
        for row in rows:
            if row["upn"]:
                ids[row["upn"]].setdefault(row["source_id"], row["line"])
        return Found(
            {
                line: ["the same pupil number with another id"]
                for lines in ids.values()
                if len(lines) > 1
                for line in lines.values()
            }
        )

    return Across(("source_id", "upn"), look)


def overlapping_periods(what: str) -> Across:
    """Periods of one child that run into one another: the later one is marked."""

    def look(rows: Sequence[Row], beside: Sequence[Row]) -> Found:
        marks: dict[int, Sequence[str]] = {}
        out_of_order = 0
        for periods in _by_child(rows).values():
            in_order = sorted(periods, key=lambda row: (row["began_on"], row["line"]))
            out_of_order += in_order != periods
            for earlier, later in pairwise(in_order):
                if earlier["ended_on"] is None or earlier["ended_on"] > later["began_on"]:
                    marks[later["line"]] = [f"{what} overlaps an earlier one of the same child"]
        notes = (
            [f"The rows of {_children(out_of_order)} are not in date order in the file."]
            if out_of_order
            else []
        )
        return Found(marks, notes)

    return Across(("source_id", "began_on", "ended_on"), look)


def missing_while_looked_after(episodes_kind: str) -> Across:
    """A missing period that begins when no episode is open: one of the two tables is wrong."""

    def look(rows: Sequence[Row], beside: Sequence[Row]) -> Found:
        if not beside:
            return Found(
                notes=[
                    "No episodes of this council are in, so missing periods were not checked against them."
                ]
            )
        episodes = _by_child(beside)
        return Found(
            {
                row["line"]: ["missing while not looked after"]
                for row in rows
                if not any(
                    _covers(episode["began_on"], episode["ended_on"], row["began_on"])
                    for episode in episodes.get(row["source_id"], [])
                )
            }
        )

    return Across(("source_id", "began_on"), look, episodes_kind, ("source_id", "began_on", "ended_on"))


def children_without_an_episode(episodes_kind: str) -> Across:
    def look(rows: Sequence[Row], beside: Sequence[Row]) -> Found:
        if not beside:
            return Found()
        looked_after = {row["source_id"] for row in beside}
        without = {row["source_id"] for row in rows} - looked_after
        return Found(
            notes=[f"{_children(len(without))} in the header without an episode."] if without else []
        )

    return Across(("source_id",), look, episodes_kind, ("source_id",))


def _by_child(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["source_id"]].append(row)
    return found


def _covers(began: date, ended: date | None, day: date) -> bool:
    return began <= day and (ended is None or day <= ended)


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _differ_in_every_part(whos: list[tuple[Any, ...]]) -> bool:
    """A corrected birth date or a second spelling is one person; another birth date and another name is not."""
    first = whos[0]
    return any(all(a != b for a, b in zip(first, other, strict=True)) for other in whos[1:])


def _children(number: int) -> str:
    return "1 child" if number == 1 else f"{number:,} children"
