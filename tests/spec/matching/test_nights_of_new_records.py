"""A night weighs what is new, settles what has to do with it, and says what a night over everybody would say."""

import re
from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest

from rowan.matching import afresh, kept, link_records
from rowan.matching.kept import Keeping
from tests.nights_of_matching import FIRST_DAY, County, held_for, weighed_simply
from tests.people_to_match import BORN, UPN, record

title = "Night after night, only what is new"


@pytest.fixture
def simply(monkeypatch):
    """Few records, of which many are new each night: what would be a reason for a full run is none here."""
    monkeypatch.setattr(link_records, "weigh", weighed_simply)
    monkeypatch.setattr(afresh, "FRESH_AT_MOST", 1)
    monkeypatch.setattr(afresh, "GROWN_AT_MOST", 10)


def keeping(folder, days=0, every=7):
    return Keeping(folder, FIRST_DAY + timedelta(days=days), full_every_days=every)


def test_what_new_records_change_is_what_a_night_over_everybody_would_change(simply, duckdb_engine, tmp_path):
    done = [held_for(duckdb_engine, tmp_path / str(seed), seed, records=24, nights=4) for seed in range(1, 3)]
    settled, whole = (sum(each) for each in zip(*done, strict=True))
    assert settled < whole


def test_who_stood_with_a_record_that_goes_is_judged_or_stands_elsewhere_is_settled_again(
    simply, duckdb_engine, tmp_path
):
    county = County(1, 0)
    county.chance.random = lambda: 0.5  # every night is shown whole
    mia = {"first_name": "Mia", "birth_date": BORN}
    roll = record("school-8994001:admission", "roll", **mia, surname="Voss", upn=UPN)
    case = record("council-899:cin", "case", **mia, surname="Hart", upn=UPN, postcode="ZQ1 1AB")
    report = record("police-x:person", "report", **mia, surname="Hart", postcode="ZQ1 1AB")
    tom = record("police-x:person", "tom", first_name="Tom", surname="Quill", birth_date=date(2014, 9, 20))
    gwen = record("police-x:person", "gwen", first_name="Gwen", surname="Derry")
    for each in (roll, case, report, tom, gwen):
        county.records[each["rid"]] = each | {"first_received_on": FIRST_DAY}
    night = iter(range(20))

    def settled():
        linked, said = county.link(duckdb_engine, keeping(tmp_path, next(night), every=100))
        assert said == county.link(duckdb_engine, None)[1]
        county.settle(said[0])
        return linked.settled, {row["source_id"]: row for row in said[0]}

    assert settled()[1]["roll"]["person_id"] == county.standing[report["rid"]]["person_id"]
    assert settled()[0] == 0
    # What joined two others goes.
    del county.records[case["rid"]]
    count, links = settled()
    assert (count, links["roll"]["how"]) == (2, "as on earlier nights")
    # Somebody says two are one who share nothing.
    theirs = {"person_id": county.standing[roll["rid"]]["person_id"], "verdict": "same"}
    county.worked_with.add(theirs["person_id"])
    settled()
    county.words.append({"rid": tom["rid"], "other_rid": roll["rid"], **theirs})
    assert settled()[1]["tom"]["person_id"] == theirs["person_id"]
    county.words.clear()
    assert settled()[1]["tom"]["person_id"] != theirs["person_id"]
    # A killed night left a record with somebody else.
    county.standing[tom["rid"]]["person_id"] = county.standing[gwen["rid"]]["person_id"]
    assert settled()[1]["gwen"]["how"] == "as on earlier nights"


def test_a_night_on_which_nothing_is_new_weighs_and_settles_nobody(simply, duckdb_engine, tmp_path):
    county = County(3, 30)
    _, said = county.link(duckdb_engine, keeping(tmp_path))
    county.chance.seed(1)  # a night that is shown whole
    county.settle(said[0])
    linked, again = county.link(duckdb_engine, keeping(tmp_path, 1))
    assert (linked.weighed, linked.why_everybody) == (0, "")
    assert linked.settled < len(county.records)
    assert again[:2] == said[:2]
    linked, _ = county.link(duckdb_engine, keeping(tmp_path, 2))
    assert (linked.weighed, linked.settled) == (0, 0)


def test_everybody_is_compared_when_the_day_comes_the_rules_change_a_file_is_lost_or_many_are_new(
    simply, duckdb_engine, tmp_path, monkeypatch
):
    county = County(4, 20)

    def why(days, **more):
        return county.link(duckdb_engine, keeping(tmp_path, days, **more))[0].why_everybody

    assert why(0) == "nothing was kept by these rules"
    assert why(6) == ""
    assert why(7) == "it is the day for it"
    assert why(8) == ""
    assert why(8, every=0) == "it is the day for it"
    monkeypatch.setattr(kept, "_rules", lambda: "other rules")
    assert why(9) == "nothing was kept by these rules"
    next(tmp_path.glob("pairs-*.parquet")).unlink()
    assert why(10) == "nothing was kept by these rules"
    (tmp_path / "kept.json").write_text("{}")
    assert why(10) == "nothing was kept by these rules"
    monkeypatch.setattr(afresh, "FRESH_AT_MOST", 0.1)
    for _ in range(4):
        county._send()
    assert why(11) == "many records are new"
    monkeypatch.setattr(afresh, "FRESH_AT_MOST", 1)
    monkeypatch.setattr(afresh, "GROWN_AT_MOST", 0.1)
    for _ in range(6):
        county._send()
    assert why(12) == "there are many more records, or fewer, than at the last"


def test_a_night_killed_before_its_last_line_leaves_the_last_ones(
    simply, duckdb_engine, tmp_path, monkeypatch
):
    county = County(5, 20)
    county.link(duckdb_engine, keeping(tmp_path))
    before = (tmp_path / "kept.json").read_text()
    county._send()

    def killed(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr(kept.os, "fsync", killed)
        county.link(duckdb_engine, keeping(tmp_path, 1))
    assert (tmp_path / "kept.json").read_text() == before
    linked, said = county.link(duckdb_engine, keeping(tmp_path, 1))
    assert linked.why_everybody == ""
    assert said == county.link(duckdb_engine, None)[1]
    files = {name for names in kept.json.loads((tmp_path / "kept.json").read_text())["files"].values() for name in names}  # fmt: skip
    assert {file.name for file in tmp_path.iterdir()} == files | {"kept.json"}


def test_no_name_birth_date_or_home_stands_in_what_is_kept(simply, duckdb_engine, tmp_path):
    county = County(6, 40)
    county.link(duckdb_engine, keeping(tmp_path))
    kept_words = set()
    for file in tmp_path.glob("*.parquet"):
        table = pq.read_table(file)
        for name in set(table.column_names) - {"rid", "left_rid", "right_rid", "key"}:
            for value in table[name].to_pylist():
                kept_words |= set(re.split(r"[^\w-]+", str(value).casefold()))
    told = {
        word
        for each in county.records.values()
        for name in ("first_name", "surname", "birth_date", "postcode", "upn")
        for word in str(each[name] or "").casefold().split()
    }
    assert len(told) > 10
    assert not told & kept_words


def test_between_full_runs_splink_weighs_by_the_names_of_the_last_and_an_edge_waits(
    duckdb_engine, tmp_path, monkeypatch
):
    monkeypatch.setattr(afresh, "FRESH_AT_MOST", 1)
    monkeypatch.setattr(afresh, "GROWN_AT_MOST", 10)
    county = County(7, 24)
    _, said = county.link(duckdb_engine, keeping(tmp_path))
    county.settle(said[0])
    for _ in range(6):
        county._send()
    linked, said = county.link(duckdb_engine, keeping(tmp_path, 1))
    assert 0 < linked.weighed < len(county.records) * 2
    whole = county.link(duckdb_engine, None)[1]
    waiting = {row[side] for row in said[1] if "next full run" in row["reasons"] for side in ("left_rid", "right_rid")}  # fmt: skip
    differ = {row["rid"] for row in said[0] if row not in whole[0]}
    assert differ <= waiting
