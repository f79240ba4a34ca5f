"""Which cells must be sealed, in which rows, and what is still known of them."""

from datetime import date

import pytest

from rowan.key_ring import KeyRing
from rowan.records.keeping.sealing import Sealer, sealed_columns
from rowan.records.rules.sealing import (
    MARK,
    is_sealed,
    names_a_place,
    parts_of,
    purpose_of_heading,
    tells_of_health,
    withholds_in_words,
)
from rowan.records.sources.case_list import CASE_LIST
from rowan.records.sources.profile import Circumstances, read_cell
from rowan.records.sources.recognise import Recognised, recognise

AROUND = Circumstances(date(2026, 11, 20), frozenset({"ZQ"}))
HOME = {"address": "1 Elm Road", "postcode": "ZQ1 2AB", "record_id": "5|2026-01-01", "raw": "{}"}


@pytest.fixture
def sealer(tmp_path):
    return Sealer(KeyRing(tmp_path / "keys"))


@pytest.mark.parametrize("said", ["Y", "yes", "1", "TRUE", "x", "\u2713", "Withheld", "confidential"])
def test_every_way_to_say_that_an_address_is_withheld(said):
    cell = read_cell(CASE_LIST.column("address_withheld"), said, AROUND)
    assert (cell.value, cell.marks) == (True, None)


def test_what_is_no_clear_no_withholds_and_is_marked():
    column = CASE_LIST.column("address_withheld")
    assert read_cell(column, "see note", AROUND).value is True
    assert "taken as yes" in read_cell(column, "see note", AROUND).marks
    assert [read_cell(column, text, AROUND).value for text in ("No", "0", "n", "FALSE", "")] == [
        False
    ] * 4 + [None]


def test_an_address_may_say_so_itself():
    said = ("Address withheld", "CONFIDENTIAL", "c/o Women's refuge, 3 Elm Road", "not disclosed")
    assert all(withholds_in_words(text) for text in said)
    assert not any(withholds_in_words(text) for text in ("1 Elm Road", "", None))
    assert CASE_LIST.withholds({"address_withheld": None, "address": "A refuge"})


def test_the_heading_is_known_however_it_is_written():
    headings = ["LAchildID", "Forename", "Surname", "Date of birth", "Address", "Postcode", "CONFIDENTIAL_ADDRESS", "Team", "Opened", "Closed"]  # fmt: skip
    found = recognise(headings)
    assert isinstance(found, Recognised) and found.positions["address_withheld"] == 6


def test_a_withheld_home_is_sealed_with_the_row_as_it_came_and_any_other_stays(sealer):
    open_row, hidden = dict(HOME), dict(HOME)
    assert not sealer.seal("council_cases", open_row, False) and open_row == HOME
    assert sealer.seal("council_cases", hidden, True)
    assert all(is_sealed(hidden[name]) for name in ("address", "postcode", "raw"))
    assert sealer.opened(hidden["address"]) == "1 Elm Road" and hidden["record_id"] == HOME["record_id"]


def test_one_home_has_one_digest_whoever_wrote_it_and_yes_has_one_for_each_child(sealer):
    one = HOME | {"address": "1, elm  ROAD"}
    other = {"home_address": "1 Elm Road", "home_postcode": "zq12ab", "record_id": "K", "reported_by": "yes"}
    for kind, row in (("council_cases", one), ("police_missing", other)):
        row |= {column.name: row.get(column.name) for column in sealed_columns(kind)}
        sealer.seal(kind, row, True)
    assert parts_of(one["address"]).digest == parts_of(other["home_address"]).digest
    assert parts_of(one["postcode"]).digest == parts_of(other["home_postcode"]).digest
    assert one["address"] != other["home_address"]
    again = dict.fromkeys((column.name for column in sealed_columns("police_missing")), None)
    again |= {"record_id": "L", "reported_by": "yes"}
    sealer.seal("police_missing", again, False)
    assert parts_of(again["reported_by"]).digest != parts_of(other["reported_by"]).digest


def test_a_stand_in_for_a_home_is_nobodys_home():
    assert not names_a_place("address", "Withheld") and not names_a_place("postcode", "ZZ99 3VZ")
    assert names_a_place("address", "Refuge, 3 Elm Road") and names_a_place("postcode", "zq1 2ab")


def test_a_place_seen_or_found_at_is_sealed_when_it_is_the_home(sealer):
    row = dict.fromkeys((column.name for column in sealed_columns("police_missing")), None)
    row |= {
        "record_id": "K",
        "home_postcode": "ZQ1 2AB",
        "found_postcode": "ZQ1 2AB",
        "last_seen_postcode": "ZQ9 9ZZ",
    }
    sealer.seal("police_missing", row, True)
    assert is_sealed(row["found_postcode"]) and row["last_seen_postcode"] == "ZQ9 9ZZ"


def test_what_an_agency_sends_is_never_taken_for_something_sealed():
    cell = read_cell(CASE_LIST.column("surname"), f"{MARK}{'0' * 32}:withheld-addresses:x", AROUND)
    assert not is_sealed(cell.value)


def test_categories_and_headings_that_tell_of_health_and_sources():
    assert all(
        tells_of_health(text)
        for text in ("Health", "Mental health", "Self-harm", "First aid / medical", "", None)
    )
    assert not any(tells_of_health(text) for text in ("Bullying", "Attendance", "Online"))
    assert purpose_of_heading("Informant") == "source-identity"
    assert purpose_of_heading("Medical notes") == "health-text"
    assert purpose_of_heading("Intelligence log") == "intelligence-text"
    assert purpose_of_heading("House colour") is None


def test_new_keys_and_a_new_key_of_digests_take_the_place_of_older_ones(sealer):
    row = dict(HOME)
    sealer.seal("council_cases", row, True)
    before = dict(row)
    assert not sealer.seal_again("council_cases", row, "withheld-addresses") and row == before
    sealer.keys.add_newest("withheld-addresses")
    assert sealer.seal_again("council_cases", row, "withheld-addresses")
    sealer.keys.add_newest("sealed-digests")
    assert sealer.seal_again("council_cases", row, "sealed-digests")
    assert parts_of(row["address"]).digest != parts_of(before["address"]).digest
    sealer.keys.keep_newest_only("withheld-addresses")
    assert sealer.opened(row["address"]) == "1 Elm Road" and sealer.opened(row["raw"]) == "{}"
