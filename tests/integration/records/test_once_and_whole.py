"""A file is in once and whole: repeats add nothing, corrections stand beside what they correct, a killed import leaves none of it."""

import json
import random
from datetime import date

import pyarrow as pa
import pytest

from rowan.agencies.models import Agency
from rowan.audit_trail.models import Entry
from rowan.records.actions import catch_up, take_in_agreements
from rowan.records.keeping import delta_tables
from rowan.records.keeping.ledger import Ledger
from rowan.records.models import FeedAgreement, ImportedFile, QuarantinedRow
from tests.integration.records.killing import kill_an_import_and_finish_it
from tests.without_the_trail import NoTrail

HEADINGS = "CHILD,DOB,MISSING,MIS_START,MIS_END"
OPEN = "100,12/03/2012,M,13/11/2025,"
ENDED = "100,12/03/2012,M,13/11/2025,15/11/2025"
OTHER = "101,12/03/2012,A,13/11/2025,25/11/2025"
MARKS = "LAEstab,AdmissionNumber,UPN,Date,Session,Mark,MinutesLate"


def missing(home) -> list[tuple]:
    rows = delta_tables.rows_of(home, "ssda903_missing")
    return sorted((row["source_id"], row["version"], row["ended_on"], row["received_on"]) for row in rows)


def test_the_same_file_again_adds_nothing_whatever_it_is_called(write, take_in, home):
    take_in(write("a.csv", f"{HEADINGS}\n{OPEN}\n"))
    again = take_in(write("b.csv", f"{HEADINGS}\n{OPEN}\n"))[0]
    assert (again["again"], again["rows"], again["kept"]) == (True, 0, 0)
    assert len(missing(home)) == 1


def test_the_same_bytes_from_another_agency_are_another_file(write, take_in, home):
    file = write("a.csv", f"{HEADINGS}\n{OPEN}\n")
    take_in(file)
    assert take_in(file, sender="council-898")[0]["kept"] == 1
    assert {row["source"] for row in delta_tables.rows_of(home, "ssda903_missing")} == {
        "council-899:903",
        "council-898:903",
    }


def test_a_row_that_comes_again_is_counted_and_not_kept(write, take_in, home):
    take_in(write("a.csv", f"{HEADINGS}\n{OPEN}\n"))
    report = take_in(write("b.csv", f"{HEADINGS}\n{OPEN}\n{OTHER}\n"))[0]
    assert (report["rows"], report["kept"], report["repeated"]) == (2, 1, 1)


def test_a_corrected_row_is_a_new_version_with_its_own_day(write, take_in, home):
    take_in(write("a.csv", f"{HEADINGS}\n{OPEN}\n"), more=("--received-on", "2025-11-14"))
    take_in(write("b.csv", f"{HEADINGS}\n{ENDED}\n"), more=("--received-on", "2025-11-16"))
    assert missing(home) == [
        ("100", 1, None, date(2025, 11, 14)),
        ("100", 2, date(2025, 11, 15), date(2025, 11, 16)),
    ]


def test_a_row_left_out_of_a_later_file_is_not_deleted(write, take_in, home):
    take_in(write("a.csv", f"{HEADINGS}\n{OPEN}\n{OTHER}\n"))
    take_in(write("b.csv", f"{HEADINGS}\n{ENDED}\n"))
    assert {row[0] for row in missing(home)} == {"100", "101"}


def test_what_a_whole_return_held_is_remembered_row_by_row_new_or_not(write, take_in, home):
    take_in(write("a.csv", f"{HEADINGS}\n{OPEN}\n{OTHER}\n"))
    take_in(write("b.csv", f"{HEADINGS}\n{OTHER}\n"))
    held = delta_tables.rows_of(home, "held_by_returns")
    by_import = [
        {row["record_id"]: row["last_on"] for row in held if row["import_id"] == line["import_id"]}
        for line in sorted(delta_tables.rows_of(home, "imports"), key=lambda line: line["file"])
    ]
    assert by_import == [
        {"100|M|2025-11-13": date(2025, 11, 13), "101|A|2025-11-13": date(2025, 11, 25)},
        {"101|A|2025-11-13": date(2025, 11, 25)},
    ]


def test_the_same_row_twice_in_one_file_is_kept_once_and_a_correction_in_it_follows(write, take_in, home):
    report = take_in(write("a.csv", f"{HEADINGS}\n{OPEN}\n{OPEN}\n{ENDED}\n"))[0]
    assert (report["rows"], report["kept"], report["repeated"]) == (3, 2, 1)
    assert [row[1:3] for row in missing(home)] == [(1, None), (2, date(2025, 11, 15))]


def test_a_mark_that_was_not_yet_explained_is_replaced_and_not_doubled(write, take_in, home):
    day = "8992000,7,,02/03/2026,AM,{},\n8992000,7,,02/03/2026,PM,\\,\n"
    take_in(write("marks.csv", f"{MARKS}\n{day.format('N')}"))
    report = take_in(write("marks_later.csv", f"{MARKS}\n{day.format('I')}"))[0]
    assert (report["kept"], report["repeated"]) == (1, 1)
    rows = delta_tables.rows_of(home, "attendance_marks")
    assert sorted((row["session"], row["version"], row["code"]) for row in rows) == [
        ("AM", 1, "N"),
        ("AM", 2, "I"),
        ("PM", 1, "\\"),
    ]


def test_a_number_inside_the_file_says_whose_it_is_whatever_was_said(write, take_in, home):
    take_in(write("marks.csv", f"{MARKS}\n899/2000,7,,02/03/2026,AM,/,\n"), sender="council-899")
    assert {row["agency"] for row in delta_tables.rows_of(home, "attendance_marks")} == {"school-8992000"}
    assert Agency.objects.get(code="school-8992000").laestab == "8992000"


def test_a_row_of_another_school_in_a_schools_file_is_put_aside(write, take_in):
    rows = "8992000,7,,02/03/2026,AM,/,\n8992001,7,,02/03/2026,PM,\\,\n"
    report = take_in(write("marks.csv", f"{MARKS}\n{rows}"))[0]
    assert (report["kept"], report["quarantined"]) == (1, 1)


def test_with_no_number_and_nobody_named_the_only_agency_that_agreed_is_the_sender(write, rowan, home):
    file = write("a.csv", f"{HEADINGS}\n{OPEN}\n")
    status, _, err = rowan("records", "import", file)
    assert status == 1
    assert "say it with --from AGENCY" in err
    council = Agency.objects.create(code="council-899", name="Invented Council", kind="council")
    FeedAgreement.objects.create(
        feed="ssda903", agency=council, purpose="-", whose_rows="every row", from_on=date(2024, 1, 1)
    )
    assert rowan("records", "import", file)[0] == 0
    assert delta_tables.rows_of(home, "ssda903_missing")[0]["agency"] == "council-899"


def test_a_home_in_service_adds_no_agency_by_itself(write, rowan, home):
    home.mkdir()
    (home / "home.json").write_text('{"kind": "service"}')
    status, _, err = rowan(
        "records", "import", write("a.csv", f"{HEADINGS}\n{OPEN}\n"), "--from", "council-1"
    )
    assert status == 1
    assert "a home in service adds none by itself" in err


def test_a_folders_agreements_are_taken_in_and_its_truth_is_passed_over(write, rowan, home):
    agreement = {
        "feed": "ssda903", "agency": "council-899", "agency_name": "Invented County Council", "agency_kind": "council",
        "purpose": "To know", "whose_rows": "every row", "how_far_back_days": 1100, "own_watch": False,
        "from": "2024-01-01", "until": None,
    }  # fmt: skip
    folder = write("agreements.json", json.dumps([agreement])).parent
    write("INVENTED", "")
    write("truth/records.csv", f"{HEADINGS}\n{OTHER}\n")
    write("council/missing.csv", f"{HEADINGS}\n{OPEN}\n")
    assert rowan("records", "import", folder)[0] == 0
    assert FeedAgreement.objects.get().agency.name == "Invented County Council"
    assert json.loads((home / "home.json").read_text()) == {"kind": "invented"}
    assert [row["file"] for row in delta_tables.rows_of(home, "ssda903_missing")] == ["council/missing.csv"]


def test_the_pages_know_the_file_and_the_trail_who_brought_it(write, take_in):
    take_in(write("a.csv", f"{HEADINGS}\n{OPEN}\nx\n"))
    imported = ImportedFile.objects.get()
    assert (imported.rows, imported.kept, imported.quarantined) == (2, 1, 1)
    assert QuarantinedRow.objects.get(imported_file=imported).line == 3
    line = Entry.objects.get(did="imported a file")
    assert (line.by_kind, line.about_id) == ("operator", imported.import_id)
    assert line.particulars["kept"] == 1


def test_a_refused_file_leaves_a_line_without_its_content(write, rowan):
    rowan("records", "import", write("a.csv", "SHHAPT,b\nCSE1,2\n"), "--from", "council-899")
    line = Entry.objects.get(did="tried to import a file")
    assert "takes no clinic feed" in line.refused_because
    assert "CSE1" not in str(line.particulars)


def test_without_the_trail_nothing_is_taken_in_and_with_it_everything(write, rowan, take_in, home):
    file = write("a.csv", f"{HEADINGS}\n{OPEN}\n")
    with NoTrail() as trail:
        ended, _, said = rowan("records", "import", file, "--from", "council-899")
    assert trail.asked
    assert (ended, "the audit trail could not be written" in said) == (1, True)
    assert delta_tables.rows_of(home, delta_tables.IMPORTS) == []
    assert not ImportedFile.objects.exists() and not Agency.objects.exists()
    assert take_in(file)[0]["kept"] == 1


def test_an_agreement_that_says_something_else_by_now_is_on_the_trail(db):
    says = {
        "feed": "police_missing", "agency": "police-899", "agency_name": "Constabulary", "agency_kind": "police", "from": "2026-01-01",
        "until": None, "purpose": "Safeguarding", "whose_rows": "every row", "how_far_back_days": None, "own_watch": False,
    }  # fmt: skip
    assert take_in_agreements([says], by="operator") == 1
    assert take_in_agreements([says], by="operator") == 0
    assert take_in_agreements([says | {"whose_rows": "open to the council"}], by="operator") == 0
    assert FeedAgreement.objects.get().whose_rows == "open to the council"
    lines = Entry.objects.filter(did="took in feed agreements")
    assert [line.particulars for line in lines] == [{"new": 1, "changed": 0}, {"new": 0, "changed": 1}]


def test_an_import_whose_process_died_before_the_pages_knew_is_shown_by_the_next(write, take_in):
    take_in(write("a.csv", f"{HEADINGS}\n{OPEN}\n"))
    ImportedFile.objects.all().delete()
    assert catch_up(by="rowan") == 1
    assert catch_up(by="rowan") == 0
    assert ImportedFile.objects.count() == 1


def test_what_an_unfinished_import_wrote_is_cleared_by_the_next(write, take_in, home):
    take_in(write("a.csv", f"{HEADINGS}\n{OPEN}\n"))
    before = delta_tables.rows_of(home, "ssda903_missing")
    # As a killed process leaves it: rows are committed, the file's line is not.
    import_id = Ledger(home).start(["ssda903_missing"])
    left = pa.Table.from_pylist([before[0] | {"import_id": import_id}])
    delta_tables.append(
        home,
        "ssda903_missing",
        left.cast(pa.schema(delta_tables.table_of(home, "ssda903_missing").schema())),
        by_month=True,
    )
    assert len(delta_tables.rows_of(home, "ssda903_missing")) == 2
    take_in(write("b.csv", f"{HEADINGS}\n{OTHER}\n"))
    assert import_id not in {row["import_id"] for row in delta_tables.rows_of(home, "ssda903_missing")}
    assert not (home / "import.started").exists()


def test_after_a_purge_the_same_file_brings_only_the_children_known_since(write, take_in, home):
    file = write("a.csv", f"{HEADINGS}\n{OPEN}\n{OTHER}\n")
    take_in(file)
    import_id = delta_tables.rows_of(home, "imports")[0]["import_id"]
    delta_tables.table_of(home, "ssda903_missing").delete("source_id = '101'")
    purge = {"import_id": import_id, "kind": "ssda903_missing", "rows": 1, "purged_on": date(2026, 1, 1)}
    delta_tables.append(home, "purges", pa.Table.from_pylist([purge], schema=delta_tables.PURGES_SCHEMA))
    # Nobody new is known: nothing comes back.
    assert take_in(file)[0]["kept"] == 0
    assert len(delta_tables.rows_of(home, "imports")) == 1
    assert [row[0] for row in missing(home)] == ["100"]
    known = pa.table({"source": ["council-899:903"], "source_id": ["101"]})
    delta_tables.append(home, "known_children", known)
    report = take_in(file)[0]
    assert (report["again"], report["rows"], report["kept"]) == (True, 1, 1)
    assert [row[0] for row in missing(home)] == ["100", "101"]
    assert take_in(file)[0]["kept"] == 0


def test_only_one_import_goes_on_at_a_time(write, rowan, home, monkeypatch):
    from filelock import FileLock

    home.mkdir()
    monkeypatch.setattr("rowan.records.actions.WAIT_FOR_THE_LOCK_SECONDS", 0.1)
    with FileLock(home / "import.lock"):
        status, _, err = rowan("records", "import", write("a.csv", f"{HEADINGS}\n{OPEN}\n"))
    assert status == 1
    assert "Another import or overnight run is going on" in err


# One moment in the midst of committing, one at any; fifty in `make soak`.
@pytest.mark.one_database
@pytest.mark.parametrize("seed", range(2))
def test_an_import_killed_at_any_moment_leaves_a_file_whole_or_not_at_all(tmp_path, seed):
    kill_an_import_and_finish_it(tmp_path, random.Random(seed))
