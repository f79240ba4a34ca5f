"""Agencies' records of people go in; every record comes out in one person, with how it was matched."""

from datetime import date

import pyarrow as pa
import pytest

from rowan.matching.link_records import JUDGED, RESTRICTED, STANDING, link_records
from rowan.matching.rules.identity import READ
from tests.people_to_match import BORN, NHS, OTHER_UPN, UPN, record

title = "Who is who tonight"

POLICE, CASES, LOOKED_AFTER = "police-invented-constabulary:person", "council-899:cin", "council-899:903"
MIA = {"first_name": "Mia", "surname": "Oakworth", "birth_date": BORN}
HOME = {"address": "3 Elm Road, Town", "postcode": "ZQ1 2AB"}
DATES = {"birth_date": pa.date32(), "first_received_on": pa.date32()}
NOT_READ = ("sex", "ethnicity", "laestab")
RECORDS = pa.schema([(name, DATES.get(name, pa.string())) for name in (*READ, *NOT_READ)])
BARRIERS = pa.schema([("source", pa.string()), ("source_id", pa.string()), ("on", pa.date32())])
KEY = b"a key for tests"


def sent(source, source_id, received=1, **said):
    blank = dict.fromkeys(NOT_READ)
    return blank | record(source, source_id, **said) | {"first_received_on": date(2026, 1, received)}


@pytest.fixture
def link(duckdb_engine):
    """Links records and gives: person ids by source id, the links, the doubts, and who was joined."""

    def run(records, barriers=(), judged=(), standing=(), restricted=()):
        linked = link_records(
            duckdb_engine,
            duckdb_engine.take("spec_identities", pa.Table.from_pylist(records, schema=RECORDS)),
            duckdb_engine.take("spec_barriers", pa.Table.from_pylist(list(barriers), schema=BARRIERS)),
            pa.Table.from_pylist(list(judged), schema=JUDGED),
            pa.Table.from_pylist(list(standing), schema=STANDING),
            pa.Table.from_pylist(list(restricted), schema=RESTRICTED),
            KEY,
        )
        tables = [
            [row for batch in duckdb_engine.batches(table) for row in batch.to_pylist()]
            for table in (linked.links, linked.unsure, linked.joined)
        ]
        return {row["source_id"]: row["person_id"] for row in tables[0]}, *tables

    return run


ROLL = sent("school-8994001:admission", "roll", **MIA, **HOME, upn=UPN)
CASE = sent(CASES, "case", 2, **MIA, upn=UPN, nhs_number=NHS, cross_903="50001")
LOOKED = sent(LOOKED_AFTER, "50001", 3, birth_date=BORN)
REPORT = sent(POLICE, "report", 4, first_name="MIAH", surname="OAKWORTH", birth_date=BORN, **HOME)
SOMEBODY_ELSE = sent(POLICE, "else", 5, first_name="Leo", surname="Hart", birth_date=date(2009, 8, 30))
EVERYBODY = [ROLL, CASE, LOOKED, REPORT, SOMEBODY_ELSE]


def test_four_agencies_records_of_one_child_are_one_person_and_it_is_said_how(link):
    person, links, unsure, joined = link(EVERYBODY)
    assert person["roll"] == person["case"] == person["50001"] == person["report"] != person["else"]
    how = {row["source_id"]: (row["how"], row["judged_by"]) for row in links}
    assert how["case"] == ("same pupil number, name and birth date", "machine")
    assert how["50001"] == ("same council 903 number and birth date", "machine")
    assert how["report"] == (
        "same birth date and address, surname same and first name a form of the other", "machine",
    )  # fmt: skip
    assert how["else"] == ("alone", "alone")
    assert (unsure, joined) == ([], [])
    assert all(len(row["person_id"]) == 32 for row in links)


def test_sex_and_ethnicity_change_no_link(link):
    shuffled = [
        one | {"sex": sex, "ethnicity": ethnicity, "laestab": "8997001"}
        for one, sex, ethnicity in zip(
            EVERYBODY, "FMUFM", ["WBRI", "MWBC", None, "REFU", "BAFR"], strict=True
        )
    ]
    assert link(shuffled) == link(EVERYBODY)


def test_ids_stay_when_records_are_added_and_a_second_night_says_the_same(link):
    first, links, _, _ = link([ROLL, SOMEBODY_ELSE])
    standing = [{"rid": row["rid"], "person_id": row["person_id"], "touched": True} for row in links]
    second, links, _, joined = link(EVERYBODY, standing=standing)
    assert second["roll"] == first["roll"] == second["report"]
    assert second["else"] == first["else"]
    assert joined == []


def test_two_people_who_stand_are_joined_by_a_record_that_knows_both_and_the_older_id_stays(link):
    other = sent("school-8994002:admission", "new school", 2, **MIA, upn=OTHER_UPN)
    apart, links, _, _ = link([ROLL, other])
    assert apart["roll"] != apart["new school"]
    standing = [{"rid": row["rid"], "person_id": row["person_id"], "touched": False} for row in links]
    moved = other | {"former_upn": UPN}
    person, _, _, joined = link([ROLL, moved], standing=standing)
    assert person["new school"] == person["roll"] == apart["roll"]
    assert joined == [{"was": apart["new school"], "is_now": apart["roll"]}]


def test_a_judgement_holds_each_night_and_undone_leaves_no_trace(link):
    before, links, _, _ = link(EVERYBODY)

    def standing(links):
        names = ("rid", "person_id", "judged_by", "stood_before")
        return [{name: row[name] for name in names} | {"touched": True} for row in links]

    word = {
        "rid": REPORT["rid"],
        "other_rid": ROLL["rid"],
        "person_id": before["roll"],
        "verdict": "not_same",
    }
    judged, links, _, _ = link(EVERYBODY, judged=[word], standing=standing(links))
    assert judged["report"] != judged["roll"] == before["roll"]
    judged, links, _, _ = link(EVERYBODY, judged=[word], standing=standing(links))
    assert judged["report"] != judged["roll"]
    undone, _, _, _ = link(EVERYBODY, standing=standing(links))
    assert undone == before


def test_an_adoption_order_keeps_the_records_of_before_and_after_apart(link):
    barrier = {"source": LOOKED_AFTER, "source_id": "50001", "on": date(2026, 2, 1)}
    person, _, unsure, _ = link(EVERYBODY, barriers=[barrier])
    assert len({person["50001"], person["case"], person["roll"]}) == 3
    assert unsure == []


def test_a_restricted_person_neither_gains_nor_loses_and_the_doubt_is_put_to_somebody(link):
    _, links, _, _ = link([ROLL])
    standing = [{"rid": ROLL["rid"], "person_id": links[0]["person_id"], "touched": True}]
    person, _, unsure, _ = link(
        [ROLL, REPORT], standing=standing, restricted=[{"person_id": links[0]["person_id"]}]
    )
    assert person["roll"] == links[0]["person_id"] != person["report"]
    assert "restricted" in unsure[0]["reasons"]
    assert unsure[0]["left_rid"] < unsure[0]["right_rid"]
    assert unsure[0]["key"] == f"{unsure[0]['left_rid']}|{unsure[0]['right_rid']}"


def test_no_records_are_no_people(link):
    assert link([]) == ({}, [], [], [])
