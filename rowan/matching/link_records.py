"""Links agencies' records of people: who is who tonight, by machine and by judgement, and who might be.

Sex, ethnicity and school type are never read (promise 3); see rowan/matching/rules/identity.py for what is.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol

import pyarrow as pa
from ibis.expr.types import Table

from rowan.matching.known_names import known_as
from rowan.matching.rules.gathering import Gathering, Settled, Standing, Unsure, Word
from rowan.matching.rules.identity import READ, Identity, SamePlace, founded_by, identity, keyed
from rowan.matching.rules.judgement import judge
from rowan.matching.rules.settling import settle
from rowan.matching.weighing import WEIGHED, batches, stored_weights, weigh
from rowan.records.rules.sealing import said_of_a_place

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
) -> Linked:
    """Every record in exactly one person.

    `standing` may have columns `judged_by` and `stood_before`: where the machine has a record that somebody's judgement moved, so
    that an undone judgement leaves no trace. `same_place` is the digest that stands in sealed cells.
    """
    linking = _Linking(engine, key, weights or stored_weights(), same_place)
    linking.take_in(records, barriers, judged, standing, restricted)
    linking.find_pairs()
    linking.gather()
    links = engine.take("links", pa.RecordBatchReader.from_batches(LINKS, linking.links()))
    unsure = engine.take("unsure_pairs", pa.Table.from_pylist(linking.unsure, schema=UNSURE))
    joined = engine.take("joined", pa.Table.from_pylist(linking.joined, schema=JOINED))
    linking.clear_away()
    return Linked(links, unsure, joined)


@dataclass
class _Linking:
    engine: Engine
    key: bytes
    weights: Mapping[str, Any]
    same_place: SamePlace
    unsure: list[dict[str, Any]] = field(default_factory=list)
    joined: list[dict[str, Any]] = field(default_factory=list)

    def take_in(
        self, records: Table, barriers: Table, judged: pa.Table, standing: pa.Table, restricted: pa.Table
    ) -> None:
        # `place` numbers records in the order they came: a lower place is an earlier record.
        read = self.engine.keep("matching_read", records.select(*READ))
        self.engine.keep("matching_barriers", barriers.select("source", "source_id"))
        self._do(
            "create or replace table matching_records as select *, "
            "row_number() over (order by first_received_on nulls last, rid) - 1 as place "
            f"from {read.get_name()}"
        )
        self.engine.take("matching_judged", _shaped(judged, JUDGED))
        self.engine.take("matching_standing", _shaped(standing, STANDING))
        self.engine.take("matching_restricted", _shaped(restricted, RESTRICTED))

    def find_pairs(self) -> None:
        people = (person for person, _ in self._people("select * from matching_records order by place"))
        self.engine.take("matching_weighed", pa.RecordBatchReader.from_batches(WEIGHED, batches(people)))
        weigh(self.engine.connection, "matching_weighed", self.weights, into="matching_pairs")

    def gather(self) -> None:
        """Number the gatherings: records that a pair, a standing person or a judgement brings together."""
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
            settled = settle(
                Gathering(
                    people=list(people.values()),
                    pairs={
                        (one, other): judge(people[one], people[other], bits)
                        for _, one, other, bits in pairs.of(number)
                    },
                    founds={person.place: founded_by(self.key, record) for person, record in together},
                    standing={
                        person.place: Standing(
                            record["person_id"],
                            bool(record["touched"]),
                            record["judged_by"] == "person",
                            record["stood_before"] or "",
                        )
                        for person, record in together
                        if record["person_id"]
                    },
                    words=[Word(*row[1:]) for row in words.of(number)],
                    restricted=restricted,
                    barred=frozenset(person.place for person, record in together if record["barred"]),
                    another_id=lambda text: keyed(self.key, text),
                )
            )
            rows += self._in_full(settled, people)
            if len(rows) >= ROWS_A_BATCH:
                yield pa.RecordBatch.from_pylist(rows, schema=LINKS)
                rows = []
        yield pa.RecordBatch.from_pylist(rows, schema=LINKS)

    def _in_full(self, settled: Settled, people: Mapping[int, Identity]) -> list[dict[str, Any]]:
        person_of = {link.place: link.person_id for link in settled.links}
        self.unsure += [_unsure_row(pair, people, person_of) for pair in settled.unsure]
        self.joined += [{"was": was, "is_now": is_now} for was, is_now in settled.joined]
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
        for name in (
            "read",
            "barriers",
            "records",
            "judged",
            "standing",
            "restricted",
            "weighed",
            "pairs",
            "gatherings",
        ):
            self._do(f"drop table if exists matching_{name}")

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


# A restricted person's records and an adopted child's are gathered too, so that a doubt can be put to a person; a record
# stands at a barrier itself, or as the case that carries the barred 903 number.
_BARRED = """
    select r.place from matching_records r join matching_barriers b on r.source = b.source and r.source_id = b.source_id
    union
    select r.place from matching_records r join matching_barriers b
    on r.cross_903 = b.source_id and b.source = regexp_replace(r.source, ':[^:]*$', '') || ':903'
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
    select r.*, g.gathering, s.person_id, s.touched, s.judged_by, s.stood_before, b.place is not null as barred
    from matching_records r join matching_gatherings g using (place)
    left join matching_standing s on s.rid = r.rid
    left join ({_BARRED}) b on b.place = r.place
    order by g.gathering, r.place
"""
_PAIRS_BY_GATHERING = """
    select g.gathering, p.place_l, p.place_r, p.bits from matching_pairs p
    join matching_gatherings g on g.place = p.place_l
    order by g.gathering, p.place_l, p.place_r
"""
_WORDS_BY_GATHERING = """
    select g.gathering, j.rid, coalesce(j.other_rid, '') as other_rid, coalesce(j.person_id, '') as person_id, j.verdict
    from matching_judged j join matching_records r using (rid) join matching_gatherings g using (place)
    order by g.gathering, j.rid
"""
