"""How one cell is read: nothing guessed, nothing dropped, and what is odd said in the sender's own heading."""

from datetime import date

import pytest

from rowan.records.rules.postcodes import AREAS
from rowan.records.sources import cin_census, ssda903
from rowan.records.sources.attendance_marks import MARKS
from rowan.records.sources.profile import (
    Cell,
    Circumstances,
    Column,
    Type,
    marks_of_dated_codes,
    read_cell,
)

AROUND = Circumstances(date(2026, 11, 23), AREAS)


def read(source, name: str, text: str) -> Cell:
    return read_cell(source.column(name), text, AROUND)


def test_an_unknown_code_keeps_its_text_and_is_marked():
    assert read(ssda903.SW_EPISODES, "reason", "SWLAZY") == Cell(
        "SWLAZY", marks="SW_REASON: not a known code"
    )


@pytest.mark.parametrize("text", ["k2", "K2 ", " K2", "K2\u00a0"])
def test_a_code_is_known_through_case_and_spaces(text):
    assert read(ssda903.EPISODE_ROWS, "placement", text) == Cell("K2")


def test_a_code_is_looked_up_by_the_date_of_what_happened():
    def marks(placement: str, began: date) -> list[str]:
        return marks_of_dated_codes(ssda903.EPISODE_ROWS, {"placement": placement, "began_on": began})

    assert marks("H5", date(2019, 1, 1)) == []
    assert marks("H5", date(2025, 1, 1)) == ["PLACE: not a code of that date"]
    assert marks("K3", date(2019, 1, 1)) == ["PLACE: not a code of that date"]


@pytest.mark.parametrize(
    ("sent", "read_as"), [("1", "M"), ("2", "F"), ("F", "F"), ("female", "F"), ("9", "U")]
)
def test_sex_is_read_from_every_years_codes(sent, read_as):
    assert read(ssda903.HEADER, "sex", sent).value == read_as


@pytest.mark.parametrize("text", ["", "  ", "NULL", "None", "NaN", "#N/A", "-", "n/a"])
def test_what_stands_for_nothing_is_nothing(text):
    assert read(ssda903.EPISODE_ROWS, "urn", text).value is None


@pytest.mark.parametrize("text", ["REFU", "NOBT"])
def test_refused_and_not_yet_asked_stay_two_facts(text):
    assert read(ssda903.HEADER, "ethnicity", text) == Cell(text)


def test_a_reason_for_having_no_pupil_number_is_no_pupil_number():
    assert read(ssda903.HEADER, "upn", "UN3") == Cell(None)


def test_an_empty_key_cell_blocks_its_row():
    assert read(ssda903.MISSING, "source_id", " ").blocks == "CHILD: empty"


def test_a_date_in_another_style_blocks_its_row():
    assert read(ssda903.MISSING, "began_on", "2026-03-01").blocks == (
        "MIS_START: the date is written yyyy-mm-dd in a column of dd/mm/yyyy"
    )


def test_text_that_begins_like_a_formula_is_kept_and_marked():
    column = Column("note", ("Note",))
    assert read_cell(column, "=HYPERLINK(1)", AROUND) == Cell(
        "=HYPERLINK(1)", marks="Note: begins like a spreadsheet formula"
    )
    assert read_cell(column, "+44 7700 900123", AROUND) == Cell("+44 7700 900123")
    assert read_cell(column, "-", AROUND) == Cell(None)


def test_an_id_with_leading_noughts_stays_text():
    assert read(ssda903.HEADER, "source_id", "000123").value == "000123"


def test_a_whole_number_may_come_as_a_fraction_that_is_none():
    column = Column("score", ("SDQ_SCORE",), Type.WHOLE)
    assert read_cell(column, "14.0", AROUND) == Cell(14)
    assert read_cell(column, "14.5", AROUND).marks == "SDQ_SCORE: not a whole number"


def test_an_unlikely_birth_date_is_marked_and_not_used():
    cell = read_cell(cin_census.IDENTIFIERS.column("birth_date"), "1900-01-01", AROUND)
    assert cell == Cell(None, marks="PersonBirthDate: birth date too long ago to be used")


def test_a_date_that_lies_ahead_is_kept_and_marked():
    assert read(ssda903.MISSING, "ended_on", "01/01/2028") == Cell(
        date(2028, 1, 1), marks="MIS_END: in the future"
    )
    assert read(ssda903.UASC, "ceases_on", "01/01/2028") == Cell(date(2028, 1, 1))


def check(code: str, session: str, on: date) -> list[str]:
    assert MARKS.check
    return [*MARKS.check({"code": code, "session": session, "on": on})]


def test_attendance_codes_are_those_of_their_day():
    assert check("J", "AM", date(2024, 7, 1)) == []
    assert check("J", "AM", date(2024, 9, 2)) == ["Mark: not a code of that day"]
    assert check("J1", "AM", date(2024, 7, 1)) == ["Mark: not a code of that day"]
    assert check("Y5", "AM", date(2026, 3, 2)) == []
    assert check("Sym", "AM", date(2026, 3, 2)) == ["Mark: not a known code"]


def test_the_two_present_marks_belong_to_their_sessions():
    assert check("/", "AM", date(2026, 3, 2)) == []
    assert check("\\", "PM", date(2026, 3, 2)) == []
    assert check("/", "PM", date(2026, 3, 2)) == ["Mark: the other session's present mark"]


def test_a_mark_on_a_saturday_is_remarked_on():
    assert check("N", "AM", date(2026, 3, 7)) == ["Mark: on a Saturday or Sunday"]
