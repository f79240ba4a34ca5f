"""The public samples: every row accounted for, every defect their README lists reported, and a second import adds nothing."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from rowan.key_ring import KeyRing
from rowan.records.keeping import delta_tables
from rowan.records.keeping.take_in import FileReport, files_below
from rowan.records.keeping.take_in import take_in as take_in_files
from rowan.records.keeping.whose_file import KnownAgencies
from rowan.records.models import ImportedFile


@dataclass
class TakenIn:
    """A folder of samples in a home of its own, and what the reports say of each file."""

    home: Path
    reports: dict[str, FileReport]

    def marks_of(self, file: str) -> dict[str, int]:
        return {note["marked"]: note["rows"] for note in self.reports[file].notes if "marked" in note}

    def says_of(self, file: str) -> list[str]:
        return [note["says"] for note in self.reports[file].notes if "says" in note]

    def rows(self, kind: str) -> list[dict]:
        return delta_tables.rows_of(self.home, kind)


def taken_in(folder: Path, home: Path) -> TakenIn:
    reports = take_in_files(
        home,
        files_below(folder),
        keys=KeyRing(home / "keys"),
        known=KnownAgencies({}, {}, []),
        from_agency="council-899",
        received_on=date(2026, 11, 23),
        in_service=False,
        now=lambda: datetime(2026, 11, 23, 9, 0),
    )
    return TakenIn(home, {report.file: report for report in reports})


# Read once for all the questions below: nothing here changes what was taken in.
@pytest.fixture(scope="module")
def looked_after(shared, tmp_path_factory):
    return taken_in(shared / "samples" / "ssda903", tmp_path_factory.mktemp("looked_after"))


@pytest.fixture(scope="module")
def census(shared, tmp_path_factory):
    return taken_in(shared / "samples" / "cin_census", tmp_path_factory.mktemp("census"))


def test_every_row_of_the_looked_after_return_is_accounted_for(looked_after, shared):
    assert len(looked_after.reports) == 8
    for name, report in looked_after.reports.items():
        lines = (shared / "samples" / "ssda903" / name).read_bytes().splitlines()
        assert report.rows == len(lines) - 1 == report.kept + report.quarantined + report.repeated
        assert report.refused is None


def test_the_headers_wrong_pupil_numbers_are_marked(looked_after):
    marks = looked_after.marks_of("header.csv")
    assert marks["UPN: pupil number begins with a letter never issued"] == 296
    assert 2675 - sum(rows for mark, rows in marks.items() if mark.startswith("UPN: pupil number")) == 107


def test_children_without_an_episode_are_counted(looked_after):
    assert "552 children in the header without an episode." in looked_after.says_of("header.csv")


def test_overlapping_episodes_are_marked_and_kept(looked_after):
    assert looked_after.marks_of("episodes.csv")["episode overlaps an earlier one of the same child"] == 72
    assert looked_after.reports["episodes.csv"].kept == 5050


def test_missing_periods_while_not_looked_after_are_marked(looked_after):
    assert looked_after.marks_of("missing.csv")["missing while not looked after"] == 11
    assert looked_after.reports["missing.csv"].kept == 43


def test_postcodes_that_do_not_exist_are_marked(looked_after):
    marks = looked_after.marks_of("episodes.csv")
    assert marks["HOME_POST: there is no such postcode area"] > 4000
    assert marks["PL_POST: there is no such postcode area"] > 3000


def test_the_byte_order_mark_and_the_undefined_reason_are_reported(looked_after):
    assert "The file begins with a byte-order mark." in looked_after.says_of("sw_episodes.csv")
    assert looked_after.marks_of("sw_episodes.csv") == {"SW_REASON: not a known code": 1}


def test_of_adoption_only_child_and_date_are_kept_and_the_odd_reason_is_counted(looked_after):
    assert looked_after.reports["placed_for_adoption.csv"].kept == 29
    assert looked_after.marks_of("placed_for_adoption.csv") == {"REASON_PLACED_CEASED: not a known code": 29}
    rows = looked_after.rows("ssda903_adoption")
    assert len(rows) == 29
    assert all(row["raw"] is None for row in rows)
    about = {"source_id", "on", "record_id"}
    everyday = {
        "import_id", "agency", "source", "version", "file", "line", "received_on", "month", "defects", "raw",
    }  # fmt: skip
    assert set(rows[0]) == about | everyday


def test_rows_whose_order_is_not_their_dates_order_are_reported(looked_after):
    assert "The rows of 1 child are not in date order in the file." in looked_after.says_of(
        "SSDA903_2020_episodes.csv"
    )


def test_every_child_of_the_census_is_accounted_for(census):
    assert {name: report.rows for name, report in census.reports.items()} == {
        "CIN2rows.xml": 1,
        "CIN_Census_2021.xml": 1,
        "CIN_Census_2024.xml": 2,
        "fake_CIN_data.xml": 332,
        "ChildIdentifiers.csv": 332,
        "ChildCharacteristics.csv": 332,
    }
    for report in census.reports.values():
        assert report.rows == report.kept + report.quarantined + report.repeated


@pytest.mark.parametrize(
    ("file", "mark"),
    [
        ("CIN_Census_2024.xml", "text stands between elements"),
        ("CIN_Census_2024.xml", "Sex: not a known code"),
        ("CIN_Census_2024.xml", "AssessmentFactors: not a known code"),
        ("CIN_Census_2024.xml", "a completed assessment without factors"),
        ("CIN_Census_2024.xml", "AssessmentActualStartDate: in the future"),
        ("CIN_Census_2024.xml", "assessment begins after it was authorised"),
        ("CIN_Census_2024.xml", "both a pupil number and a reason for having none"),
        ("CIN_Census_2021.xml", "ExpectedPersonBirthDate: too long ago to be right"),
        ("CIN_Census_2021.xml", "both or neither of birth date and expected birth date"),
        ("CIN_Census_2021.xml", "UPN: pupil number has a wrong check letter"),
        ("CIN2rows.xml", "two child protection plans begin on one day"),
    ],
)
def test_each_defect_of_the_hand_made_census_files_is_marked(census, file, mark):
    assert mark in census.marks_of(file)


def test_what_the_generated_census_cannot_say_is_reported(census):
    says = census.says_of("fake_CIN_data.xml")
    assert any("No assessment in this file has factors" in note for note in says)
    assert any("Every referral in this file is marked as no further action" in note for note in says)


def test_the_census_and_its_flattened_tables_hold_the_same_332_children(census):
    rows = [row for row in census.rows("cin_children") if row["agency"] == "council-975"]
    assert len(rows) == len({row["source_id"] for row in rows}) == 332
    assert census.reports["ChildIdentifiers.csv"].repeated == 332
    assert census.reports["ChildCharacteristics.csv"].repeated == 332


def test_the_flattened_tables_alone_make_the_same_children_as_the_census(shared, take_in, home):
    folder = shared / "samples" / "cin_census"
    take_in(folder / "ChildIdentifiers.csv", folder / "ChildCharacteristics.csv", sender="council-975")
    report = take_in(folder / "fake_CIN_data.xml")[0]
    newest = {}
    for row in delta_tables.rows_of(home, "cin_children"):
        if row["version"] >= newest.get(row["source_id"], row)["version"]:
            newest[row["source_id"]] = row
    assert len(newest) == 332
    assert all(row["ethnicity"] and row["birth_date"] for row in newest.values())
    assert report["rows"] == report["kept"] + report["repeated"] == 332


def test_importing_the_samples_again_adds_nothing(shared, take_in, home):
    folders = (shared / "samples" / "ssda903", shared / "samples" / "cin_census")
    take_in(*folders)
    kinds = [folder.name for folder in (home / "delta").iterdir()]
    before = {kind: len(delta_tables.rows_of(home, kind)) for kind in kinds}
    again = take_in(*folders)
    assert all(report["again"] and report["rows"] == report["kept"] == 0 for report in again)
    assert {kind: len(delta_tables.rows_of(home, kind)) for kind in kinds} == before
    assert ImportedFile.objects.count() == len(again)


def test_a_row_keeps_its_cells_exactly_as_they_came(looked_after):
    row = next(row for row in looked_after.rows("ssda903_missing") if row["line"] == 2)
    assert json.loads(row["raw"]) == {
        "CHILD": "510000", "DOB": "12/03/2002", "MISSING": "A", "MIS_START": "13/11/2017", "MIS_END": "25/11/2017",
    }  # fmt: skip
    assert row["record_id"] == "510000|A|2017-11-13"
    assert row["source"] == "council-899:903"


def test_imports_have_the_columns_the_night_reads(looked_after):
    table = delta_tables.table_of(looked_after.home, "imports")
    assert pa.schema(table.schema()).names == delta_tables.IMPORTS_SCHEMA.names
