"""Links agencies' records of people: who is who tonight, by machine and by judgement, and who might be.

Sex, ethnicity and school type are never read (promise 3); see rowan/matching/rules/identity.py for what is.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from rowan.matching.afresh import BARRED, choose_again, expect, number_records, why_everybody
from rowan.matching.blocking import find_candidates, write_keys
from rowan.matching.kept import SHAPES, Keeping, Kept, keep, open_kept, read_kept, salt_of, what_it_goes_by
from rowan.matching.known_names import known_as
from rowan.matching.rules.gathering import Gathering, Settled, Standing, Unsure, Word
from rowan.matching.rules.identity import READ, Identity, SamePlace, founded_by, identity, keyed
from rowan.matching.rules.judgement import judge, judge_until_all_are_weighed
from rowan.matching.rules.settling import settle, stays_as_it_is
from rowan.matching.weighing import WEIGHED, batches, count_names, stored_weights, weigh
from rowan.records.rules.sealing import Place, said_of_a_place

ROWS_A_BATCH = 20_000
LINKS = pa.schema(
    [
        (name, pa.string())
        for name in ("rid", "person_id", "agency", "source", "source_id", "how", "judged_by", "stood_before")
    ]
)
UNSURE = pa.schema(
    [(name, pa.string()) for name in ("key", "left_rid", "right_rid", "left_person_id", "right_person_id")]
    + [("weight", pa.float64()), ("reasons", pa.string())]
)
JOINED = pa.schema([("was", pa.string()), ("is_now", pa.string())])
# With a record of the gathering in which it happened.
JOINED_AT = pa.schema([*JOINED, ("rid", pa.string())])
JUDGED = pa.schema([(name, pa.string()) for name in ("rid", "other_rid", "person_id", "verdict")])
STANDING = pa.schema(
    [
        ("rid", pa.string()),
        ("person_id", pa.string()),
        ("touched", pa.bool_()),
        ("judged_by", pa.string()),
        ("stood_before", pa.string()),
    ]
)
RESTRICTED = pa.schema([("person_id", pa.string())])


class Engine(Protocol):
    """What matching asks of the night's engine: DuckDB, whatever engine runs the other steps."""

    connection: Any

    def take(self, name: str, rows: pa.Table | pa.RecordBatchReader) -> Table: ...
    def keep(self, name: str, relation: Table) -> Table: ...
    def batches(self, relation: Table) -> Iterator[pa.RecordBatch]: ...


@dataclass(frozen=True)
class Linked:
    links: Table
    unsure: Table
    joined: Table
    # How many records were weighed, how many settled, and why all of them, if they were.
    weighed: int = 0
    settled: int = 0
    why_everybody: str = ""


def link_records(
    engine: Engine,
    records: Table,
    barriers: Table,
    judged: pa.Table,
    standing: pa.Table,
    restricted: pa.Table,
    key: bytes,
    weights: Mapping[str, Any] | None = None,
    same_place: SamePlace = said_of_a_place,
    keeping: Keeping | None = None,
) -> Linked:
    """Every record in exactly one person.

    `standing` may have columns `judged_by` and `stood_before`: where the machine has a record that somebody's judgement moved, so
    that an undone judgement leaves no trace. `same_place` is the digest that stands in sealed cells. With `keeping`, only records
    that are new or changed since the last night are weighed, and only what has to do with them is settled again.
    """
    linking = _Linking(engine, key, weights or stored_weights(), same_place, keeping)
    linking.take_in(records, barriers, judged, standing, restricted)
    linking.find_fresh()
    linking.find_pairs()
    linking.gather()
    links = engine.take("links", pa.RecordBatchReader.from_batches(LINKS, linking.links()))
    unsure = engine.take("unsure_pairs", pa.Table.from_pylist(linking.unsure, schema=UNSURE))
    joined = engine.take("joined", pa.Table.from_pylist(linking.joined, schema=JOINED))
    linked = Linked(links, unsure, joined, *linking.counts(), linking.why)
    linking.expect()
    linking.carry_over()
    linking.keep()
    linking.clear_away()
    return linked


@dataclass
class _Linking:
    engine: Engine
    key: bytes
    weights: Mapping[str, Any]
    same_place: SamePlace
    keeping: Keeping | None
    unsure: list[dict[str, Any]] = field(default_factory=list)
    joined: list[dict[str, Any]] = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)
    why: str = ""
    # Gatherings that may be settled otherwise again once they stand as tonight has them.
    moving: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.salt = salt_of(self.key)
        self.goes_by = what_it_goes_by(self.key, self.weights, self.same_place(Place.POSTCODE, "ZZ99 3WZ"))

    def take_in(
        self, records: Table, barriers: Table, judged: pa.Table, standing: pa.Table, restricted: pa.Table
    ) -> None:
        read = ibis.to_sql(records.select(*READ), dialect="duckdb")
        self._do(f"create or replace view matching_read as {read}")
        self.engine.keep("matching_barriers", barriers.select("source", "source_id"))
        self.engine.take("matching_judged", _shaped(judged, JUDGED))
        self.engine.take("matching_standing", _shaped(standing, STANDING))
        self.engine.take("matching_restricted", _shaped(restricted, RESTRICTED))

    def find_fresh(self) -> None:
        self.kept = read_kept(self.keeping, self.goes_by)
        self._number()
        self.why = why_everybody(self.engine.connection, self.keeping, self.kept)
        if self.why and self.kept.files:
            self.kept = Kept()
            self._number()

    def _number(self) -> None:
        open_kept(self.engine.connection, self.keeping, self.kept)
        number_records(self.engine.connection, self.kept, self.salt)

    def find_pairs(self) -> None:
        connection = self.engine.connection
        self._weighed("matching_weighed", "select number from matching_numbered where fresh")
        write_keys(connection, "matching_weighed", "matching_keys", self.salt)
        self._do(_KEPT_KEYS)
        find_candidates(connection, "matching_keys", "matching_kept_keys", "matching_candidates")
        if self.why:
            count_names(connection, "matching_weighed", "matching", self.weights["comparisons"], self.salt)
        else:
            self._weighed("matching_near", _NEAR)
            self._do("insert into matching_weighed select * from matching_near")
            for name in ("often", "count"):
                self._do(f"create or replace table matching_{name} as select * from kept_{name}")
        weigh(
            connection,
            "matching_weighed",
            "matching_candidates",
            self.weights,
            whole="matching",
            into="matching_pairs_new",
            salt=self.salt,
        )
        choose_again(connection, everybody=bool(self.why))

    def _weighed(self, into: str, numbers: str) -> None:
        people = (person for person, _ in self._people(_NUMBERED_RECORDS.format(numbers=numbers)))
        self.engine.take(into, pa.RecordBatchReader.from_batches(WEIGHED, batches(people)))

    def gather(self) -> None:
        """Number the gatherings: records that a pair, a standing person or a judgement brings together."""
        # `place` numbers records in the order they came: a lower place is an earlier record.
        self._do(_RECORDS)
        self._do(_PAIRS.format(held="false" if self.why else "true"))
        count = self._count("matching_records")
        leader = array("q", range(count))

        def lead(place: int) -> int:
            while leader[place] != place:
                leader[place] = leader[leader[place]]
                place = leader[place]
            return place

        for one, other in self._rows(_TOGETHER):
            low, high = sorted((lead(one), lead(other)))
            leader[high] = low
        led = pa.table(
            {"place": pa.array(range(count), pa.int64()), "gathering": [lead(n) for n in range(count)]}
        )
        self.engine.take("matching_gatherings", led)

    def links(self) -> Iterator[pa.RecordBatch]:
        """Settle one gathering after another: memory holds the largest, not all."""
        rows: list[dict[str, Any]] = []
        pairs = _Following(self._rows(_PAIRS_BY_GATHERING))
        words = _Following(self._rows(_WORDS_BY_GATHERING))
        restricted = frozenset(row[0] for row in self._rows("select person_id from matching_restricted"))
        for number, found in groupby(
            self._people(_RECORDS_BY_GATHERING), key=lambda one: one[1]["gathering"]
        ):
            together = list(found)
            people = {person.place: person for person, _ in together}
            gathering = Gathering(
                people=list(people.values()),
                pairs={
                    (one, other): (judge_until_all_are_weighed if held else judge)(
                        people[one], people[other], bits
                    )
                    for _, one, other, bits, held in pairs.of(number)
                },
                founds={person.place: founded_by(self.key, record) for person, record in together},
                standing={
                    person.place: _standing(record) for person, record in together if record["person_id"]
                },
                words=[Word(*row[1:]) for row in words.of(number)],
                restricted=restricted,
                barred=frozenset(person.place for person, record in together if record["barred"]),
                another_id=lambda text: keyed(self.key, text),
            )
            settled = settle(gathering)
            if self.keeping and not stays_as_it_is(gathering, settled):
                self.moving.append(number)
            rows += self._in_full(settled, people)
            if len(rows) >= ROWS_A_BATCH:
                yield pa.RecordBatch.from_pylist(rows, schema=LINKS)
                rows = []
        yield pa.RecordBatch.from_pylist(rows, schema=LINKS)

    def counts(self) -> tuple[int, int]:
        return self._count("matching_weighed"), self._count("matching_records")

    def expect(self) -> None:
        if self.keeping is not None:
            moving = pa.table({"gathering": pa.array(self.moving, pa.int64())})
            self.engine.take("matching_moving", moving)
            expect(self.engine.connection)

    def carry_over(self) -> None:
        """What the last night made of records that nothing new has to do with."""
        self.engine.take("matching_joined", pa.Table.from_pylist(self.joined, schema=JOINED_AT))
        if self.why:
            return
        self._do(_CARRIED_LINKS)
        for table, kept, rid, schema in (
            ("unsure_pairs", "unsure", "left_rid", UNSURE),
            ("joined", "joined", "rid", JOINED),
            ("matching_joined", "joined", "rid", JOINED_AT),
        ):
            self._do(_CARRIED.format(table=table, columns=", ".join(schema.names), kept=kept, rid=rid))

    def keep(self) -> None:
        if self.keeping is not None:
            connection = self.engine.connection
            night = {"held": "false" if self.why else "true", "nights": self.kept.nights}
            tables = {name: sql.format(**night) for name, sql in _KEPT.items()}
            keep(connection, self.keeping, self.kept, tables, full=bool(self.why), goes_by=self.goes_by)

    def _in_full(self, settled: Settled, people: Mapping[int, Identity]) -> list[dict[str, Any]]:
        person_of = {link.place: link.person_id for link in settled.links}
        self.unsure += [_unsure_row(pair, people, person_of) for pair in settled.unsure]
        rid = next(iter(people.values())).rid
        self.joined += [{"was": was, "is_now": is_now, "rid": rid} for was, is_now in settled.joined]
        return [
            {
                "rid": people[link.place].rid,
                "person_id": link.person_id,
                "agency": people[link.place].agency,
                "source": people[link.place].source,
                "source_id": people[link.place].source_id,
                "how": link.how,
                "judged_by": link.judged_by,
                "stood_before": link.before,
            }
            for link in settled.links
        ]

    def clear_away(self) -> None:
        for name in SHAPES:
            self._do(f"drop view if exists kept_{name}")
        named = "select table_name from information_schema.tables where starts_with(table_name, 'matching_')"
        self._do("drop view if exists matching_read")
        for (name,) in list(self._rows(named)):
            self._do(f"drop table if exists {name}")

    def _people(self, sql: str) -> Iterator[tuple[Identity, dict[str, Any]]]:
        known = known_as()
        for batch in self.engine.connection.cursor().sql(sql).to_arrow_reader(ROWS_A_BATCH):
            for record in batch.to_pylist():
                yield identity(record, record["place"], known, self.same_place), record

    def _rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        for batch in self.engine.connection.cursor().sql(sql).to_arrow_reader(ROWS_A_BATCH):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def _count(self, name: str) -> int:
        [(found,)] = self.engine.connection.execute(f"select count(*) from {name}").fetchall()
        return int(found)

    def _do(self, sql: str) -> None:
        self.engine.connection.execute(sql).fetchall()


class _Following:
    """Rows in the order of their gathering, read along with the gatherings."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self.rows = rows
        self.next = next(rows, None)

    def of(self, gathering: int) -> list[tuple[Any, ...]]:
        found = []
        while self.next is not None and self.next[0] <= gathering:
            if self.next[0] == gathering:
                found.append(self.next)
            self.next = next(self.rows, None)
        return found


def _standing(record: Mapping[str, Any]) -> Standing:
    return Standing(
        record["person_id"],
        bool(record["touched"]),
        record["judged_by"] == "person",
        record["stood_before"] or "",
    )


def _unsure_row(pair: Unsure, people: Mapping[int, Identity], person_of: Mapping[int, str]) -> dict[str, Any]:
    left, right = sorted((pair.left, pair.right), key=lambda place: people[place].rid)
    return {
        "key": f"{people[left].rid}|{people[right].rid}",
        "left_rid": people[left].rid,
        "right_rid": people[right].rid,
        "left_person_id": person_of[left],
        "right_person_id": person_of[right],
        "weight": round(pair.bits, 2),
        "reasons": pair.reasons,
    }


def _shaped(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Only the columns matching knows, empty where a caller has none."""
    return pa.table(
        {
            name: rows[name].cast(kind) if name in rows.column_names else pa.nulls(len(rows), kind)
            for name, kind in zip(schema.names, schema.types, strict=True)
        }
    )


_NUMBERED_RECORDS = """
    select r.*, n.number as place from matching_read r join matching_numbered n using (rid)
    semi join ({numbers}) chosen on chosen.number = n.number order by n.number
"""
_KEPT_KEYS = """
    create or replace table matching_kept_keys as
    select k.* from kept_keys k semi join matching_keys f on f.key = k.key
    semi join (select number from matching_numbered where not fresh) n on n.number = k.place
"""
_NEAR = """
    select join_key_l as number from matching_candidates union select join_key_r from matching_candidates
    except select number from matching_numbered where fresh
"""
_RECORDS = """
    create or replace table matching_records as
    select r.*, row_number() over (order by r.first_received_on nulls last, r.rid) - 1 as place, n.number
    from matching_read r join matching_numbered n using (rid) semi join matching_again a on a.number = n.number
"""
_PAIRS = """
    create or replace table matching_pairs as
    with every as (
        select place_l, place_r, bits, {held} as held from matching_pairs_new
        union all select k.* from kept_pairs k semi join matching_records l on l.number = k.place_l
    )
    select least(l.place, r.place) as place_l, greatest(l.place, r.place) as place_r, bits, held
    from every join matching_records l on l.number = every.place_l join matching_records r on r.number = every.place_r
"""
# With whom a record stands, and with whom it stands again when a judgement is undone.
_STANDS = """
    select rid, person_id from matching_standing
    union all
    select rid, stood_before from matching_standing where stood_before <> ''
"""
_TOGETHER = f"""
    select place_l, place_r from matching_pairs
    union all
    select min(r.place) over (partition by s.person_id), r.place
    from matching_records r join ({_STANDS}) s using (rid)
    union all
    select a.place, b.place from matching_judged j
    join matching_records a on a.rid = j.rid join matching_records b on b.rid = j.other_rid
    union all
    select a.place, b.place from matching_judged j
    join matching_records a on a.rid = j.rid
    join ({_STANDS}) s on s.person_id = j.person_id join matching_records b on b.rid = s.rid
"""
_RECORDS_BY_GATHERING = f"""
    select r.*, g.gathering, s.person_id, s.touched, s.judged_by, s.stood_before, b.rid is not null as barred
    from matching_records r join matching_gatherings g using (place)
    left join matching_standing s on s.rid = r.rid
    left join ({BARRED}) b on b.rid = r.rid
    order by g.gathering, r.place
"""
_PAIRS_BY_GATHERING = """
    select g.gathering, p.place_l, p.place_r, p.bits, p.held from matching_pairs p
    join matching_gatherings g on g.place = p.place_l
    order by g.gathering, p.place_l, p.place_r
"""
_WORDS_BY_GATHERING = """
    select g.gathering, j.rid, coalesce(j.other_rid, '') as other_rid, coalesce(j.person_id, '') as person_id, j.verdict
    from matching_judged j join matching_records r using (rid) join matching_gatherings g using (place)
    order by g.gathering, j.rid
"""
_CARRIED = """
    insert into {table} select {columns} from kept_{kept} k semi join (
        select rid from matching_numbered n anti join matching_again a on a.number = n.number
    ) stays on stays.rid = k.{rid}
"""
_CARRIED_LINKS = f"""
    insert into links select {", ".join(LINKS.names)} from kept_links k semi join (
        select n.number, n.settled from matching_numbered n anti join matching_again a on a.number = n.number
    ) stays on stays.number = k.number and stays.settled = k.settled
"""
_KEPT = {
    "records": """
        select n.rid, n.number, n.said, coalesce(e.given, n.given) as given, coalesce(g.gathering, n.gathering) as gathering,
            case when g.number is null then n.settled else {nights} end::integer as settled
        from matching_numbered n left join matching_expected e using (number) left join (
            select r.number, min(r.number) over (partition by g.gathering) as gathering
            from matching_records r join matching_gatherings g using (place)
        ) g using (number)
    """,
    "links": f"""
        select n.number, {{nights}}::integer as settled, {", ".join(f"l.{name}" for name in LINKS.names)}
        from links l join matching_numbered n using (rid) semi join matching_again a on a.number = n.number
    """,
    "unsure": f"select {', '.join(UNSURE.names)} from unsure_pairs",
    # Of what stays as it is, nothing will be joined again.
    "joined": """
        select j.was, j.is_now, j.rid from matching_joined j join matching_numbered n using (rid)
        anti join matching_expected e on e.number = n.number
    """,
    "keys": "select kind, key, place from matching_keys order by kind",
    "pairs": "select place_l, place_r, bits, {held} as held from matching_pairs_new",
    "often": "select of_what, name, often from matching_often",
    "count": "select records from matching_count",
}
