"""Disclosure control of a table of counts: what is not shown, so that no small count can be read or worked out.

A count from 1 to 5 is hidden, a nought is shown (Department for Education, children in need statistics). Then others are hidden
until no hidden count can be worked out from what is left: whoever reads the table knows its totals, and that a hidden count is
one at least. What can be worked out is found as in a network of flows (Gusfield 1988, *A graph theoretic approach to
statistical data security*): each hidden count joins its row and its column, and it stays hidden while it lies on a round that
can be gone, one up and the next down.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

SMALL = range(1, 6)
ALL = "all"

Cell = tuple[str, str]  # row and column; ALL for a total
_End = tuple[str, str]  # "row" or "column", and which
# Where rows are not added up, nothing ties the counts of one row together.
_UNTIED: _End = ("row", "")


def with_totals(counts: Mapping[Cell, int], *, rows_add_up: bool = True) -> dict[Cell, int]:
    """The table with the total of each column, and of each row where its columns are parts of one whole."""
    totals: dict[Cell, int] = defaultdict(int)
    for (row, column), count in counts.items():
        totals[ALL, column] += count
        if rows_add_up:
            totals[row, ALL] += count
            totals[ALL, ALL] += count
    return dict(counts) | totals


def hidden_cells(
    table: Mapping[Cell, int], *, rows_add_up: bool = True, hidden_totals: Iterable[Cell] = ()
) -> frozenset[Cell]:
    """Which cells of a table with its totals are not shown.

    The totals of the columns stand in several tables alike, so none of them is hidden to protect this one: say with
    `hidden_totals` which are hidden in all. Where that leaves no way to protect a count, the table shows its totals alone.
    """
    hidden = {cell for cell, count in table.items() if count in SMALL} | set(hidden_totals)
    may_be_hidden = {cell for cell, count in table.items() if count and cell[0] != ALL}
    while found := _worked_out(table, hidden, rows_add_up):
        row, column = min(found)
        candidates = may_be_hidden - hidden
        beside = {cell for cell in candidates if cell[1] == column or (rows_add_up and cell[0] == row)}
        if not candidates:
            return frozenset(cell for cell in table if cell[0] != ALL or cell in hidden)
        hidden.add(min(beside or candidates, key=lambda cell: (cell[1] == ALL, table[cell], cell)))
    return frozenset(hidden)


def hidden_among(counts: Mapping[str, int]) -> frozenset[str]:
    """Which of some counts that add up to one total are not shown; ALL among them when it is the total."""
    table = with_totals({(name, "of all"): count for name, count in counts.items()}, rows_add_up=False)
    return frozenset(name for name, _ in hidden_cells(table, rows_add_up=False))


def _worked_out(table: Mapping[Cell, int], hidden: set[Cell], rows_add_up: bool) -> set[Cell]:
    """Hidden cells that have one possible count only."""
    return {cell for cell in hidden if not _could_be_otherwise(cell, table, hidden, rows_add_up)}


def _could_be_otherwise(cell: Cell, table: Mapping[Cell, int], hidden: set[Cell], rows_add_up: bool) -> bool:
    """Whether this count could be one more or one less, with others hidden making up for it in its row and its column."""
    steps: dict[_End, set[_End]] = defaultdict(set)
    for other in hidden - {cell}:
        row, column = _ends(other, rows_add_up)
        if _may_fall(other, table):
            steps[row].add(column)
        if _may_rise(other, table):
            steps[column].add(row)
    row, column = _ends(cell, rows_add_up)
    rises = _may_rise(cell, table) and _leads(steps, row, column)
    return rises or (_may_fall(cell, table) and _leads(steps, column, row))


def _ends(cell: Cell, rows_add_up: bool) -> tuple[_End, _End]:
    row, column = cell
    return (("row", row) if rows_add_up else _UNTIED), ("column", column)


# A total stands on the other side of its sum: what it loses, the sum's difference gains.
def _is_taken_off(cell: Cell) -> bool:
    return (cell[0] == ALL) != (cell[1] == ALL)


def _may_rise(cell: Cell, table: Mapping[Cell, int]) -> bool:
    return not _is_taken_off(cell) or table[cell] > 1


def _may_fall(cell: Cell, table: Mapping[Cell, int]) -> bool:
    return _is_taken_off(cell) or table[cell] > 1


def _leads(steps: Mapping[_End, set[_End]], start: _End, goal: _End) -> bool:
    passed, fresh = {start}, [start]
    while fresh:
        for step in steps.get(fresh.pop(), ()):
            if step == goal:
                return True
            if step not in passed:
                passed.add(step)
                fresh.append(step)
    return False
