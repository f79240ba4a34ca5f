"""Rows keep the physical line they begin on, and one broken row never swallows the next."""

import io

from rowan.records.reading.lines import RowRead, rows_of


def rows(text: str, delimiter: str = ",") -> list[tuple[int, list[str], bool]]:
    return [
        (row.line, row.cells, bool(row.fault)) for row in rows_of(io.StringIO(text, newline=""), delimiter)
    ]


def test_each_row_has_the_line_it_begins_on():
    assert rows("a,b\n1,2\n3,4\n") == [(1, ["a", "b"], False), (2, ["1", "2"], False), (3, ["3", "4"], False)]


def test_line_ends_of_every_system_count_once():
    for end in ("\n", "\r\n", "\r"):
        assert [line for line, *_ in rows(f"a{end}b{end}c")] == [1, 2, 3]


def test_a_quoted_cell_may_hold_line_ends_commas_and_quotes():
    assert rows('a,b\n1,"two\nlines, ""said"""\n3,4\n') == [
        (1, ["a", "b"], False),
        (2, ["1", 'two\nlines, "said"'], False),
        (4, ["3", "4"], False),
    ]


def test_an_empty_line_is_no_row_but_counts_as_a_line():
    assert [line for line, *_ in rows("a\n\n\nb\n")] == [1, 4]


def test_a_quote_that_is_never_closed_costs_its_own_row_only():
    text = 'a,b\n1,"open\n' + "".join(f"{n},x\n" for n in range(2, 300))
    found = rows(text)
    assert found[1] == (2, ['1,"open'], True)
    assert len(found) == 300
    assert found[2] == (3, ["2", "x"], False)


def test_text_after_a_closing_quote_is_a_fault_of_that_row():
    assert [fault for *_, fault in rows('a\n"x"y\nz\n')] == [False, True, False]


def test_a_last_line_without_an_end_says_so():
    assert [row.unended for row in rows_of(io.StringIO("a\nb"))] == [False, True]
    assert RowRead(1, []).unended is False


def test_other_delimiters_are_read_when_asked():
    assert rows("a\tb\n", "\t") == [(1, ["a", "b"], False)]
