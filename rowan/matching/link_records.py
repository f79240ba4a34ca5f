"""Links agencies' records of people: who is who tonight, by machine and by judgement, and who might be.

Sex, ethnicity and school type are never read (promise 3); see rowan/matching/rules/identity.py for what is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from rowan.matching.afresh import choose_again, expect, how_many_are_fresh, number_records, why_everybody
from rowan.matching.at_once import AtOnce
from rowan.matching.blocking import find_candidates, write_keys
from rowan.matching.desk import Desk
from rowan.matching.gatherings import PAIRS, gather, number_places
from rowan.matching.kept import Keeping, Kept, keep, open_kept, read_kept, rows_of, salt_of, what_it_goes_by
from rowan.matching.one_after_another import OneAfterAnother
from rowan.matching.rules.identity import READ, SamePlace
from rowan.matching.side_by_side import SideBySide
from rowan.matching.tidying import WEIGHED_OF_TIDIED, Tidying
from rowan.matching.weighing import count_names, stored_weights, weigh
from rowan.records.rules.sealing import Place, said_of_a_place

ROWS_A_BATCH = 20_000
# So many new records, and three times as many near them, fit in a night's memory.
FEW = 20_000
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
_NUMBERED_LINKS = pa.schema([("number", pa.int64()), ("settled", pa.int32())])
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
    linking.find_fresh(records, barriers, judged, standing, restricted)
    linking.find_pairs()
    linking.settle()
    linking.expect()
    linking.carry_over()
    linking.keep()
    return linking.hand_over()


@dataclass
class _Linking:
    engine: Engine
    key: bytes
    weights: Mapping[str, Any]
    same_place: SamePlace
    keeping: Keeping | None
    kept: Kept = field(default_factory=Kept)
    why: str = ""
    files: Mapping[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.salt = salt_of(self.key)
        self.goes_by = what_it_goes_by(self.key, self.weights, self.same_place(Place.POSTCODE, "ZZ99 3WZ"))

    def find_fresh(self, *told: Any) -> None:
        """`told`: records, barriers, what was judged, who stands where and who is restricted."""
        self.kept = read_kept(self.keeping, self.goes_by)
        few = bool(self.kept.files)
        self._take_in(*told, in_memory=few)
        self.why = why_everybody(self.desk, self.keeping, self.kept)
        if few and (self.why or how_many_are_fresh(self.desk) > FEW):
            self.kept = Kept() if self.why else self.kept
            self._take_in(*told, in_memory=False)
        self.closely = OneAfterAnother(self.desk, self.key, self.same_place, self.keeping is not None)

    def _take_in(
        self,
        records: Table,
        barriers: Table,
        judged: pa.Table,
        standing: pa.Table,
        restricted: pa.Table,
        *,
        in_memory: bool,
    ) -> None:
        self.desk = Desk(self.engine.connection, in_memory=in_memory)
        self._do(f"create view matching_read as {_sql(records.select(*READ))}")
        self._do(f"create table matching_barriers as {_sql(barriers.select('source', 'source_id'))}")
        self.desk.take("matching_judged", _shaped(judged, JUDGED))
        self.desk.take("matching_standing", _shaped(standing, STANDING))
        self.desk.take("matching_restricted", _shaped(restricted, RESTRICTED))
        open_kept(self.desk.connection, self.keeping, self.kept)
        number_records(self.desk, self.kept, self.salt)

    def find_pairs(self) -> None:
        connection = self.desk.connection
        self._do("create table matching_said as select * from matching_read limit 0")
        self.tidying = Tidying(self.desk, self.same_place)
        new = "matching_read" if self.why else "matching_new"
        fresh = "select number from matching_numbered where fresh"
        self._weighed("create or replace table matching_weighed as", fresh, of=new)
        write_keys(connection, "matching_weighed", "matching_keys", self.salt)
        self._do(_KEPT_KEYS)
        find_candidates(connection, "matching_keys", "matching_kept_keys", "matching_candidates")
        if self.why:
            count_names(connection, "matching_weighed", "matching", self.weights["comparisons"], self.salt)
        else:
            self._weighed("insert into matching_weighed", _NEAR)
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
        choose_again(self.desk, everybody=bool(self.why))

    def _weighed(self, into: str, numbers: str, of: str = "matching_read") -> None:
        self._tidy(numbers, of)
        self._do(f"{into} {WEIGHED_OF_TIDIED} semi join matching_chosen c on c.place = t.place")
        self._do("drop table matching_chosen")

    def _tidy(self, numbers: str, of: str = "matching_read") -> None:
        self.tidying.add(numbers, of)
        if not self.why:
            # Of a night's few records, what they say is looked up among everybody's once.
            self._do(f"insert into matching_said select {', '.join(READ)} from matching_chosen")

    def settle(self) -> None:
        """Every record's link: of what is plain at once, of all else by the rules, one gathering after another."""
        desk = self.desk
        self._tidy(_NOT_TIDIED)
        if not self.why:
            self._do("create or replace view matching_read as select * from matching_said")
        count = number_places(desk)
        side_by_side = SideBySide(self.tidying)
        self._do("create table matching_pairs as " + PAIRS.format(held="false" if self.why else "true"))
        pairs = side_by_side.judged("select * from matching_pairs")
        gathering = gather(desk, count, pairs)
        desk.take("matching_links", LINKS.empty_table())
        plain = AtOnce(desk, side_by_side, pairs, gathering).settle(self.key)
        looked_at = pa.table({"gathering": pa.array(sorted({*gathering[~plain].tolist()}), pa.int64())})
        desk.take("matching_looked_at", looked_at)
        closely = self.closely.links("select * from matching_pairs")
        desk.take("matching_links_closely", pa.RecordBatchReader.from_batches(LINKS, _batches(closely)))
        self._do("insert into matching_links select * from matching_links_closely")
        desk.take("matching_unsure", pa.Table.from_pylist(self.closely.unsure, schema=UNSURE))
        desk.take("matching_joined", pa.Table.from_pylist(self.closely.joined, schema=JOINED_AT))

    def expect(self) -> None:
        if self.keeping is not None:
            moving = pa.table({"gathering": pa.array(self.closely.moving, pa.int64())})
            self.desk.take("matching_moving", moving)
            expect(self.desk)

    def carry_over(self) -> None:
        """What the last night made of records that nothing new has to do with. Their links lie where that night put them."""
        if not self.why:
            for kept, rid, schema in (("unsure", "left_rid", UNSURE), ("joined", "rid", JOINED_AT)):
                self._do(_CARRIED.format(columns=", ".join(schema.names), kept=kept, rid=rid))

    def keep(self) -> None:
        if self.keeping is not None:
            night = {"held": "false" if self.why else "true", "nights": self.kept.nights}
            tables = {name: sql.format(**night) for name, sql in _KEPT.items()}
            connection, full = self.desk.connection, bool(self.why)
            self.files = keep(connection, self.keeping, self.kept, tables, full=full, goes_by=self.goes_by)

    def hand_over(self) -> Linked:
        """To the rest of the night, which finds nothing else of matching."""
        desk = self.desk
        links = (
            self._links_as_kept() if self.keeping else desk.hand_over("links", LINKS, "from matching_links")
        )
        unsure = desk.hand_over("unsure_pairs", UNSURE, "from matching_unsure")
        joined = desk.hand_over("joined", JOINED, "from matching_joined")
        linked = Linked(
            links, unsure, joined, desk.count("matching_weighed"), desk.count("matching_records"), self.why
        )
        desk.clear()
        return linked

    def _links_as_kept(self) -> Table:
        """Everybody's link, read where it was written the night it was settled: few of them change."""
        assert self.keeping is not None
        rows = rows_of(self.keeping.folder, self.files["links"])
        stands = rows_of(self.keeping.folder, self.files["stands"])
        later = f"from {rows} l anti join {stands} s on s.number = l.number and s.settled = l.settled"
        self.desk.hand_over("links_settled_later", _NUMBERED_LINKS, later)
        stay = f"from {rows} anti join links_settled_later using (number, settled)"
        return self.desk.hand_over("links", LINKS, stay, kind="view")

    def _do(self, sql: str) -> None:
        self.desk.do(sql)


def _sql(relation: Table) -> str:
    return str(ibis.to_sql(relation, dialect="duckdb"))


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[pa.RecordBatch]:
    while some := list(islice(rows, ROWS_A_BATCH)):
        yield pa.RecordBatch.from_pylist(some, schema=LINKS)


def _shaped(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Only the columns matching knows, empty where a caller has none."""
    return pa.table(
        {
            name: rows[name].cast(kind) if name in rows.column_names else pa.nulls(len(rows), kind)
            for name, kind in zip(schema.names, schema.types, strict=True)
        }
    )


_KEPT_KEYS = """
    create table matching_kept_keys as
    with found as materialized (select * from kept_keys where key in (select key from matching_keys))
    select * from found where place in (
        select number from matching_numbered where not fresh and number in (select place from found)
    )
"""
_NEAR = """
    select join_key_l as number from matching_candidates union select join_key_r from matching_candidates
    except select number from matching_numbered where fresh
"""
_NOT_TIDIED = "select number from matching_again anti join matching_tidied t on t.place = number"
_CARRIED = """
    insert into matching_{kept} select {columns} from kept_{kept} k semi join (
        select n.rid from matching_numbered n semi join kept_{kept} k on k.{rid} = n.rid anti join matching_again a on a.number = n.number
    ) stays on stays.rid = k.{rid}
"""
_KEPT = {
    "records": "select rid, number, said from matching_numbered where fresh",
    "stands": """
        select n.number, coalesce(e.given, r.given, n.given) as given, coalesce(g.gathering, n.gathering) as gathering,
            case when g.number is null then n.settled else {nights} end::integer as settled
        from matching_numbered n left join matching_expected e using (number) left join matching_restated r using (number) left join (
            select r.number, min(r.number) over (partition by g.gathering) as gathering
            from matching_records r join matching_gatherings g using (place)
        ) g using (number)
    """,
    "links": f"""
        select r.number, {{nights}}::integer as settled, {", ".join(f"l.{name}" for name in LINKS.names)}
        from matching_links l join matching_records r using (rid)
    """,
    "unsure": f"select {', '.join(UNSURE.names)} from matching_unsure",
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
