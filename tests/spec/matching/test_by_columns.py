"""What a night does by columns is, record by record and pair by pair, what it would do one after another."""

from datetime import date

import pyarrow as pa
import pytest

from rowan.matching import link_records
from rowan.matching.desk import Desk
from rowan.matching.known_names import known_as
from rowan.matching.rules.identity import identity
from rowan.matching.rules.judgement import JOIN_FROM_BITS, contradict, judge
from rowan.matching.side_by_side import VERDICTS, SideBySide
from rowan.matching.tidying import Tidying
from rowan.matching.weighing import weigh, weighed_columns
from rowan.records.rules.sealing import Purpose, said_of_a_place, sealed_cell
from tests.bench import everybody
from tests.matching_pair_by_pair import PairByPair
from tests.nights_of_matching import KEY, RECORDS, County, weighed_simply
from tests.people_to_match import NHS, OTHER_NHS, OTHER_UPN, THIRD_UPN, UPN, record

title = "Everybody at once, and one after another"

# Where the rest of a row may be anything an agency sends: numbers that are none, homes withheld, names in another order.
SEALED = [sealed_cell(digit * 32, Purpose.WITHHELD_ADDRESS, "token") for digit in "12"]
MORE = {
    "middle_names": [None, "", "Rose", "Ode Mia", "Thomas"],
    "preferred_first_name": [None, None, "", "Tommy", "Miah", "Kirsty"],
    "preferred_surname": [None, None, "  ", "Hart", "Mia"],
    "former_upn": [None, None, None, OTHER_UPN, UPN, "A801200001011", "G80120000101A"],
    "upn": [None, None, None, UPN, OTHER_UPN, THIRD_UPN, "W801200001012", "G80120000101A", "w 801200001011", "none"],
    "nhs_number": [None, None, None, None, NHS, OTHER_NHS, "999 000 0018", "1234567890", ""],
    "cross_903": [None, None, None, "1", "2", ""],
    "address": [None, "3 Elm Road, Town", "3 Elm Rd, Town", "4 Elm Road, Town", "", "withheld", "Refuge", *SEALED],
    "agency": [None, "council-899", "police-x"],
}  # fmt: skip
SOURCES = ("police-x:person", "council-899:cin", "council-899:903", "school-8994001:admission")


class AnyCounty(County):
    """Where anything that can be said of anybody is said of somebody."""

    def _send(self):
        super()._send()
        sent = self.records.popitem()[1]
        pick = self.chance.choice
        sent |= {name: pick(values) for name, values in MORE.items()} | {"source": pick(SOURCES)}
        sent["postcode"] = pick(
            [sent["postcode"], "ZZ99 3WZ", "zq1  1ab", sealed_cell("3" * 32, "any", "token")]
        )
        self.records[sent["rid"]] = sent


@pytest.fixture
def weighed(monkeypatch):
    """What a night weighed: records as Splink sees them, and pairs as it said."""
    seen = {}

    def weigh_with(how):
        def weigh_and_tell(connection, records, candidates, weights, whole, into, salt=""):
            how(connection, records, candidates, weights, whole=whole, into=into, salt=salt)
            seen["records"] = connection.sql(
                f"select n.rid, w.* from {records} w join matching_numbered n on n.number = w.place"
            ).to_arrow_table()
            seen["pairs"] = connection.execute(
                f"select l.rid, r.rid, bits from {into} join matching_numbered l on l.number = place_l join matching_numbered r on r.number = place_r"
            ).fetchall()

        monkeypatch.setattr(link_records, "weigh", weigh_and_tell)
        return seen

    return weigh_with


def in_order(tables):
    return [sorted(rows, key=lambda row: repr(sorted(row.items(), key=str))) for rows in tables]


def slowly(county, pairs):
    ends = {rid for word in county.words for rid in (word["rid"], word["other_rid"])}
    looked_at = county.worked_with | {row["person_id"] for rid, row in county.standing.items() if rid in ends}
    standing = [row | {"touched": row["person_id"] in looked_at} for row in county.standing.values()]
    given = (county.records.values(), pairs, KEY, standing, county.words, county.restricted, county.barriers)
    return in_order(PairByPair(*given).linked())


@pytest.mark.parametrize("kind", [County, AnyCounty])
def test_everybody_stands_where_they_would_stand_pair_by_pair_whatever_was_judged(
    duckdb_engine, weighed, kind
):
    seen, met = weighed(weighed_simply), set()
    for seed in (1, 2, 3):
        county = kind(seed, 40)
        for night in range(2):
            _, said = county.link(duckdb_engine, None)
            assert in_order(said) == slowly(county, seen["pairs"]), f"seed {seed}, night {night}"
            met |= (
                {row["judged_by"] for row in said[0]}
                | {"unsure" for _ in said[1]}
                | {"joined" for _ in said[2]}
            )
            county.settle(said[0])
            for _ in range(6):
                county.a_day_passes()
    assert met == {"alone", "machine", "person", "unsure", "joined"}


def test_records_as_agencies_write_them_down_are_linked_as_pair_by_pair(duckdb_engine, weighed):
    seen, doubts = weighed(weigh), 0
    for seed in (1, 2, 3):
        county = County(seed, 0)
        county.records = {row["rid"]: row for row in everybody.records(200, seed)}
        _, said = county.link(duckdb_engine, None)
        links, unsure, _ = said
        assert len({row["person_id"] for row in links}) < len(links)
        assert in_order(said) == slowly(county, seen["pairs"])
        doubts += len(unsure)
    assert doubts


def test_two_who_contradict_each_other_and_share_nothing_are_not_one_by_way_of_a_third(
    duckdb_engine, weighed
):
    seen, county = weighed(weighed_simply), County(1, 0)
    mia = record("council-899:cin", "mia", first_name="Mia", birth_date=date(2011, 5, 3), upn=UPN)
    nameless = record("police-x:person", "nameless", birth_date=date(2011, 5, 13), upn=UPN, nhs_number=NHS)
    tom = record("council-899:cin", "tom", first_name="Tom", birth_date=date(2011, 6, 13), nhs_number=NHS)
    county.records = {each["rid"]: each for each in (mia, nameless, tom)}
    _, said = county.link(duckdb_engine, None)
    assert len(seen["pairs"]) == 2
    assert len({row["person_id"] for row in said[0]}) == 3 and said[1]
    assert in_order(said) == slowly(county, seen["pairs"])


def test_two_under_one_number_of_an_agency_who_are_not_one_do_not_found_the_same_person(
    duckdb_engine, weighed
):
    seen, county = weighed(weighed_simply), County(1, 0)
    for number in (NHS, OTHER_NHS):
        county.records[number] = record("police-x:person", "1", rid=number, nhs_number=number)
    _, said = county.link(duckdb_engine, None)
    assert len({row["person_id"] for row in said[0]}) == 2 and not said[1]
    assert in_order(said) == slowly(county, seen["pairs"])


def test_any_two_records_are_judged_side_by_side_as_one_pair_is(duckdb_engine):
    rows = list(AnyCounty(5, 90).records.values())
    desk = Desk(duckdb_engine.connection, in_memory=True)
    desk.take("matching_read", pa.Table.from_pylist(rows, schema=RECORDS))
    numbered = [{"rid": row["rid"], "number": number} for number, row in enumerate(rows)]
    desk.take("matching_numbered", pa.Table.from_pylist(numbered))
    tidying = Tidying(desk, said_of_a_place)
    tidying.add("select number from matching_numbered")
    side_by_side = SideBySide(tidying)
    every = f"""select l.number as place_l, r.number as place_r, ({JOIN_FROM_BITS} + 4.0 * (l.number % 5 - 3))::double as bits, false as held,
        l.number as number_l, r.number as number_r from matching_numbered l join matching_numbered r on l.number < r.number"""
    pairs = side_by_side.judged(every)
    people = [identity(row, place, known_as()) for place, row in enumerate(rows)]
    assert len(pairs.left) == len(rows) * (len(rows) - 1) // 2
    for n, (left, right) in enumerate(zip(pairs.left, pairs.right, strict=True)):
        wanted = judge(people[left], people[right], JOIN_FROM_BITS + 4.0 * (left % 5 - 3))
        found = (VERDICTS[pairs.verdict[n]], pairs.strength[n], side_by_side.words[pairs.way[n]])
        assert found == (wanted.verdict, wanted.strength, wanted.words), (rows[left], rows[right])
        assert bool(contradict(people[left], people[right])) == pairs.against[n]
    desk.clear()


def test_a_record_is_tidied_for_splink_as_one_alone_would_be(duckdb_engine, weighed):
    seen = weighed(weighed_simply)
    county = AnyCounty(9, 300)
    county.link(duckdb_engine, None)
    tidied = seen["records"].to_pylist()
    assert len(tidied) == len(county.records)
    for found in tidied:
        wanted = weighed_columns(identity(county.records[found.pop("rid")], found["place"], known_as()))
        assert found == wanted
