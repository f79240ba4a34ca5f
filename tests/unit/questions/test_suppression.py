"""No count from 1 to 5 is shown, and none can be worked out from what is: held against every table that would look the same."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowan.questions.rules.suppression import ALL, SMALL, hidden_cells, with_totals

ROWS, COLUMNS = ("a", "b", "c"), ("x", "y")


def tables_that_look_the_same(table, hidden, rows, columns, rows_add_up):
    """Every way to fill in what is hidden, from 1 to one more than the greatest, whose totals say what is shown."""
    inside = [(row, column) for row in rows for column in columns]
    unknown = [cell for cell in inside if cell in hidden]
    most = max([table[cell] for cell in unknown], default=0) + 1
    shown = {cell: count for cell, count in table.items() if cell not in hidden}
    for guess in itertools.product(range(1, most + 1), repeat=len(unknown)):
        filled = {cell: table[cell] for cell in inside} | dict(zip(unknown, guess, strict=True))
        whole = with_totals(filled, rows_add_up=rows_add_up)
        if all(whole[cell] == count for cell, count in shown.items()) and all(whole[cell] for cell in hidden):
            yield whole


def counts(rows=ROWS, columns=COLUMNS):
    cells = [(row, column) for row in rows for column in columns]
    return st.lists(st.integers(0, 7), min_size=len(cells), max_size=len(cells)).map(
        lambda drawn: dict(zip(cells, drawn, strict=True))
    )


def nothing_is_worked_out(drawn, rows, columns, *, rows_add_up):
    table = with_totals(drawn, rows_add_up=rows_add_up)
    totals = hidden_cells_of_totals(table, columns) if rows_add_up else set()
    hidden = hidden_cells(table, rows_add_up=rows_add_up, hidden_totals=totals)
    assert {cell for cell, count in table.items() if count in SMALL} <= hidden
    inside = {(row, column) for row in rows for column in columns}
    if inside <= hidden:
        return  # its totals alone are shown
    could_be = list(tables_that_look_the_same(table, hidden, rows, columns, rows_add_up))
    known = {
        cell
        for cell in hidden & inside
        if table[cell] in SMALL and len({each[cell] for each in could_be}) == 1
    }
    assert known == set(), f"{table} without {sorted(hidden)}"


def hidden_cells_of_totals(table, columns):
    """As the page does: what stands in every table is protected first, by itself."""
    alone = {(column, "of all"): table[ALL, column] for column in columns}
    names = {ALL: ALL} | {column: column for column in columns}
    hidden = hidden_cells(with_totals(alone, rows_add_up=False), rows_add_up=False)
    return {(ALL, names[row]) for row, _ in hidden}


@settings(max_examples=60)
@given(counts())
def test_no_small_count_of_a_table_with_both_totals_can_be_worked_out(drawn):
    nothing_is_worked_out(drawn, ROWS, COLUMNS, rows_add_up=True)


@settings(max_examples=200)
@given(counts(rows=("a", "b", "c", "d"), columns=("x",)))
def test_no_small_count_of_one_column_can_be_worked_out(drawn):
    nothing_is_worked_out(drawn, ("a", "b", "c", "d"), ("x",), rows_add_up=False)


def test_one_small_count_takes_the_next_smallest_with_it():
    table = with_totals({("a", "x"): 3, ("b", "x"): 40, ("c", "x"): 9, ("d", "x"): 0}, rows_add_up=False)
    assert hidden_cells(table, rows_add_up=False) == {("a", "x"), ("c", "x")}


def test_a_nought_and_a_six_are_shown():
    table = with_totals({("a", "x"): 0, ("b", "x"): 6, ("c", "x"): 7}, rows_add_up=False)
    assert hidden_cells(table, rows_add_up=False) == frozenset()


def test_two_ones_of_a_total_of_two_are_not_given_away_by_it():
    """Both hidden, with the total shown, each could only be one."""
    table = with_totals({("a", "x"): 1, ("b", "x"): 1, ("c", "x"): 30}, rows_add_up=False)
    assert hidden_cells(table, rows_add_up=False) == {("a", "x"), ("b", "x"), ("c", "x")}


def test_a_total_that_is_hidden_elsewhere_is_hidden_here():
    table = with_totals({("a", "x"): 8, ("b", "x"): 9}, rows_add_up=False)
    assert (ALL, "x") in hidden_cells(table, rows_add_up=False, hidden_totals=[(ALL, "x")])


@pytest.mark.parametrize("count", [1, 5])
def test_the_edges_of_a_small_count(count):
    table = with_totals({("a", "x"): count, ("b", "x"): 6, ("c", "x"): 7}, rows_add_up=False)
    assert ("a", "x") in hidden_cells(table, rows_add_up=False)
