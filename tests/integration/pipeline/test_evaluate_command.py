"""`rowan evaluate` reads a county's truth and what the run wrote, and prints figures."""

import hashlib
import io
import json
import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from rowan.questions.rules.register import RULES
from rowan.refusals import NotPossible

MISSING = "police/missing_incidents.csv"


@pytest.fixture
def county(tmp_path) -> Path:
    """The truth of two children, one with a story of harm."""
    folder = tmp_path / "county"
    files = {
        "truth/records.csv": f"file,line,person\n{MISSING},2,ada\n{MISSING},3,ben\ncouncil/case_list.csv,2,ada\n",
        "truth/stories.csv": (
            "story,person,shape,first_sign_on,ends_on,first_recorded_harm_on,sex,ethnic_group\n"
            "s1,ada,missing,2026-01-01,2026-04-01,2026-05-01,F,WBRI\n"
        ),
        "truth/signs.csv": f"file,line,story\n{MISSING},2,s1\n",
        MISSING: "Reference,PersonRef\nM1,1\nM2,2\n",
        "council/case_list.csv": "CaseNumber\n1\n",
        "schools/8994001/marks_2025-26.csv": (
            "LAEstab,AdmissionNumber,UPN,Date,Session,Mark,MinutesLate\n8994001,1,,01/09/2025,AM,/,\n8994001,1,,30/06/2026,PM,O,\n"
        ),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def home(tmp_path, county) -> Path:
    """What a run left: everything linked rightly, and one occasion with an audience and one without."""
    folder = tmp_path / "home" / "night" / "evaluation"
    folder.mkdir(parents=True)
    tables = {
        "files": [
            {"file": f"inbox/county/{name}", "content_hash": hashlib.sha256((county / name).read_bytes()).hexdigest()}
            for name in (MISSING, "council/case_list.csv")
        ],
        "links": [
            {"rid": "r1", "person_id": "P1", "record_kind": "police_missing", "source": "police:person", "file": f"inbox/county/{MISSING}", "line": 2},
            {"rid": "r2", "person_id": "P2", "record_kind": "police_missing", "source": "police:person", "file": f"inbox/county/{MISSING}", "line": 3},
            {"rid": "r3", "person_id": "P1", "record_kind": "council_cases", "source": "council-899:cin", "file": "inbox/county/council/case_list.csv", "line": 2},
        ],
        "occasions": [
            _occasion("o1", "P1", "hub"),
            _occasion("o2", "P2", None),
        ],
        "occasion_evidence": [_evidence("o1", "M1", 2), _evidence("o2", "M2", 3)],
    }  # fmt: skip
    for name, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet")
    return tmp_path / "home"


def _occasion(name, person, audience):
    return {
        "occasion": name, "rule": "missing_again", "person_id": person, "on": date(2026, 2, 1), "audience": audience, "window_from": None,
        "window_to": None,
    }  # fmt: skip


def _evidence(name, record_id, line):
    return {
        "occasion": name, "record_kind": "police_missing", "source": "police:person", "record_id": record_id, "event": record_id,
        "file": f"inbox/county/{MISSING}", "line": line,
    }  # fmt: skip


def run(*arguments, **options) -> str:
    said = io.StringIO()
    call_command("evaluate", *arguments, stdout=said, **options)
    return said.getvalue()


def test_it_prints_one_json_document_with_the_figures(county, home):
    found = json.loads(run(str(county), "--home", str(home), "--json"))
    assert found["matching"] == {
        "precision": 1, "recall": 1, "f1": 1, "children_with_a_wrong_row_per_10000": 0, "unsure_per_1000_records": 0,
    }  # fmt: skip
    [missing] = [rule for rule in found["rules"] if rule["rule"] == "missing_again"]
    assert (missing["questions"], missing["true"], missing["false"]) == (1, 1, 0)
    assert missing["per_1000_children_month"] == pytest.approx(
        1 / (2 * (303 / (365.25 / 12)) / 1000), rel=1e-4
    )
    assert [rule["rule"] for rule in found["rules"]] == [rule.name for rule in RULES]
    assert found["stories"]["recall"] == 1 and found["stories"]["median_lead_days"] == 89
    assert set(found["stories"]) == {
        "count", "recall", "recall_any_sign", "median_lead_days", "by_sex", "by_ethnic_group", "by_signs",
    }  # fmt: skip


def test_it_reads_as_a_page_without_json_and_pools_several(county, home):
    said = run(str(county), str(county), "--home", str(home), "--home", str(home))
    assert "Stories of harm: 2" in said
    assert "missing_again" in said


def test_a_folder_that_is_no_county_is_refused_in_plain_words(tmp_path, home):
    with pytest.raises(NotPossible, match="holds no truth"):
        run(str(tmp_path), "--home", str(home))


def test_a_home_without_a_run_is_refused_in_plain_words(county, tmp_path):
    with pytest.raises(NotPossible, match="rowan overnight"):
        run(str(county), "--home", str(tmp_path))


def test_a_run_of_another_county_with_files_of_the_same_names_is_refused(county, home, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(county, other)
    (other / MISSING).write_text("Reference,PersonRef\nM1,8\nM2,9\n")
    (other / "INVENTED").write_text("Invented.\n\nchildren: 200\nseed: 12\nuntil: 2026-07-17\n")
    with pytest.raises(
        NotPossible, match=r"not of this county \(children 200, seed 12, until 2026-07-17\)"
    ) as refused:
        run(str(other), "--home", str(home))
    assert MISSING in refused.value.reason and "case_list" not in refused.value.reason


def test_a_run_that_read_none_of_the_countys_files_is_refused(county, home):
    (county / MISSING).unlink()
    (county / "council/case_list.csv").unlink()
    with pytest.raises(NotPossible, match="read none of the files"):
        run(str(county), "--home", str(home))


def test_a_run_that_does_not_say_what_it_read_is_to_be_made_again(county, home):
    (home / "night" / "evaluation" / "files.parquet").unlink()
    with pytest.raises(NotPossible, match="Run `rowan overnight` there again"):
        run(str(county), "--home", str(home))


def test_a_run_of_another_county_is_refused(county, home):
    (county / "truth" / "records.csv").write_text("file,line,person\nelsewhere.csv,2,zoe\n")
    with pytest.raises(NotPossible, match="was not of this county"):
        run(str(county), "--home", str(home))


def test_homes_and_counties_go_in_pairs(county, home):
    with pytest.raises(CommandError, match="one --home for each county"):
        run(str(county), "--home", str(home), "--home", str(home))


def test_it_leaves_a_record_of_what_it_counted(county, home, tmp_path):
    (county / "INVENTED").write_text("children: 200\nseed: 9\nuntil: 2026-07-17\nstories per 1000: 2\n")
    (county / "truth" / "people.csv").write_text(
        "person,names,sex,ethnic_group,born\nada,british,F,WBRI,2012-01-01\nben,somali,M,BAFR,2011-01-01\n"
    )
    record = tmp_path / "record.json"
    run(str(county), "--home", str(home), "--record", str(record), "--run", "a try")
    kept = json.loads(record.read_text(encoding="utf-8"))["a try"]
    counts = kept["counties"]["9"]["counts"]
    assert counts["by_origin"] == {"british": {"found": 1, "true": 1}, "somali": {"found": 0, "true": 0}}
    assert counts["by_group"]["sex: F"] == {"children": 1, "questions": 1, "wrong": 0}
    assert counts["stories"][0]["agencies"] == 1
    assert kept["figures"]["stories"]["all"]["recall"]["value"] == 1


def test_a_record_needs_the_name_of_its_run(county, home, tmp_path):
    with pytest.raises(CommandError, match="--record and --run together"):
        run(str(county), "--home", str(home), "--record", str(tmp_path / "r.json"))


def test_plain_splink_is_run_on_the_records_that_the_night_compared(county, home):
    with pytest.raises(NotPossible, match="kept no records to compare"):
        run(str(county), "--home", str(home), "--splink")


STORIES = "story,person,shape,first_sign_on,ends_on,first_recorded_harm_on,sex,ethnic_group\n"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("stories.csv", b"", r"stories.csv cannot be used: it is empty; its first line names the columns story, person"),
        ("stories.csv", b"file,line,story\na.csv,2,s1\n", r"line 1 lacks the column person, shape"),
        ("stories.csv", b"\xff\xfes\x00t\x00", r"not UTF-8 text \(byte 1\)"),
        ("stories.csv", STORIES.encode() + b"s1,ada,missing\n", r"line 2 has 3 cells for 8 columns"),
        ("stories.csv", STORIES.encode() + b"s1,ada,x,1/1/2026,,,F,WBRI\n", r"line 2: 'first_sign_on' needs a date such as 2026-03-01, or nothing, not '1/1/2026'"),
        ("stories.csv", STORIES.encode() + b",ada,x,,,,F,WBRI\n", r"line 2: 'story' is empty"),
        ("stories.csv", STORIES.encode() + b"s1,ada,x,,,,F,WBRI\n\ns1,ben,x,,,,M,WBRI\n", r"line 4: 'story' names s1 a second time"),
        ("stories.csv", STORIES.encode() + b's1,"ada,x,,,,F,WBRI\n', r"line 2 is no CSV"),
        ("signs.csv", b"file,line,story\na.csv,two,s1\n", r"signs.csv cannot be used: line 2: 'line' needs the number of a line, not 'two'"),
        ("signs.csv", b"file,line,story\na.csv,2,s9\n", r"line 2: 'story' names s9, which is not in stories.csv"),
        ("records.csv", b"file,line\na.csv,2\n", r"records.csv cannot be used: line 1 lacks the column person"),
        ("people.csv", b"person,names,sex,ethnic_group,born\nada,british,F,WBRI,soon\n", r"line 2: 'born' needs a date"),
        ("../schools/8994001/marks_2025-26.csv", b"Mark\nO\n", r"line 1 lacks the column Date"),
        ("../schools/8994001/marks_2025-26.csv", b"Date,Mark\nsoon,O\n", r"first or last mark is no date"),
        ("../agreements.json", b'[{"agency": "x"}', r"agreements.json cannot be used: line 1 is no JSON"),
        ("../agreements.json", b'[{"agency": "x"}]', r"no list of agreements"),
        ("../INVENTED", b"until: soon\n", r"line 1: 'until' needs a date"),
    ],
)  # fmt: skip
def test_a_file_of_the_truth_that_is_damaged_is_named_with_line_and_column(county, home, name, content, why):
    (county / "truth" / "people.csv").write_text("person,names,sex,ethnic_group\nada,british,F,WBRI\n")
    (county / "truth" / name).write_bytes(content)
    with pytest.raises(NotPossible, match=why) as refused:
        run(str(county), "--home", str(home))
    assert "\n" not in refused.value.reason


@pytest.mark.parametrize("name", ["files", "links", "occasions"])
def test_a_run_whose_own_files_are_damaged_is_to_be_made_again(county, home, name):
    (home / "night" / "evaluation" / f"{name}.parquet").write_bytes(b"PAR1")
    with pytest.raises(NotPossible, match=f"{name}.parquet cannot be read.*rowan overnight"):
        run(str(county), "--home", str(home))


def test_a_record_that_cannot_be_read_is_left_as_it_is(county, home, tmp_path):
    (county / "INVENTED").write_text("children: 200\nseed: 9\n")
    record = tmp_path / "record.json"
    record.write_text("{", encoding="utf-8")
    with pytest.raises(NotPossible, match=r"record.json cannot be read .*nothing was changed"):
        run(str(county), "--home", str(home), "--record", str(record), "--run", "a try")
    assert record.read_text(encoding="utf-8") == "{"
