"""Nights of a small county at random: records come, change and go, people judge and take back, are worked with, hidden and adopted.

Each night is linked twice: by what was kept of the night before, and everybody with everybody. Both must say the same.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa

from rowan.matching.kept import Keeping
from rowan.matching.link_records import JUDGED, RESTRICTED, STANDING, link_records
from rowan.matching.rules.identity import READ
from tests.people_to_match import BORN, OTHER_UPN, THIRD_UPN, UPN, record

DATES = {"birth_date": pa.date32(), "first_received_on": pa.date32()}
RECORDS = pa.schema([(name, DATES.get(name, pa.string())) for name in READ])
BARRIERS = pa.schema([("source", pa.string()), ("source_id", pa.string())])
KEY = b"a key for tests"
# So many that most records meet few others: a night leaves most people alone.
FIRST_NAMES = ["Mia", "Tom", "Thomas", "Miah", "Ode", "Rima", "Kirsty", "Zofia", "Bex", "Gwen", "Hana", None]
SURNAMES = ["Ode", "Hart", "Ode-Hart", "Mia", "Larch", "Novak", "Quill", "Derry", "Unwin", "Voss"]
BIRTH_DATES = [date(2009 + month % 7, month, 2 * month) for month in range(1, 13)]
POSTCODES = [f"ZQ{number} {number}AB" for number in range(1, 9)]
SOURCES = ("police-x:person", "council-899:cin", "school-8994001:admission", "school-8994002:admission")
FIRST_DAY = date(2026, 3, 1)


def weighed_simply(connection, records, candidates, weights, whole, into, salt=""):
    """In place of Splink, which takes a second to begin: so many bits for each thing that agrees, and none on the edge of a verdict."""
    connection.execute(
        f"create or replace table {into} as select join_key_l as place_l, join_key_r as place_r, -8.25::double "
        "+ 5 * coalesce(l.first_name = r.first_name, false)::int + 4 * coalesce(l.surname = r.surname, false)::int "
        "+ 6 * coalesce(l.birth_date = r.birth_date, false)::int + 3 * coalesce(l.postcode = r.postcode, false)::int as bits, match_key "
        f"from {candidates} join {records} l on l.place = join_key_l join {records} r on r.place = join_key_r"
    ).fetchall()
    connection.execute(f"delete from {into} where match_key <> '0' and bits < -4").fetchall()
    connection.execute(f"alter table {into} drop column match_key").fetchall()


class County:
    def __init__(self, seed: int, records: int) -> None:
        self.chance = Random(seed)
        self.records: dict[str, dict] = {}
        self.standing: dict[str, dict] = {}
        self.words: list[dict] = []
        self.restricted: set[str] = set()
        self.barriers: set[tuple[str, str]] = set()
        self.worked_with: set[str] = set()
        self.day = FIRST_DAY
        for _ in range(records):
            self._send()

    def a_day_passes(self) -> None:
        self.day += timedelta(days=1)
        for _ in range(self.chance.randrange(1, 4)):
            self.chance.choice(
                (self._send, self._send, self._change, self._lose, self._judge, self._judge, self._take_back, self._work, self._hide, self._adopt)
            )()  # fmt: skip

    def settle(self, links: list[dict]) -> None:
        """What the night says stands from now on; now and then it is killed before all of it is shown."""
        shown = self.chance.random() if self.chance.random() < 0.2 else 1.0
        for row in links:
            if row["rid"] not in self.standing or self.chance.random() < shown:
                self.standing[row["rid"]] = {name: row[name] for name in ("rid", "person_id", "judged_by", "stood_before")}  # fmt: skip
        self.standing = {rid: row for rid, row in self.standing.items() if rid in self.records}

    def link(self, engine, keeping: Keeping | None):
        ends = {rid for word in self.words for rid in (word["rid"], word["other_rid"])}
        looked_at = self.worked_with | {row["person_id"] for rid, row in self.standing.items() if rid in ends}
        standing = [row | {"touched": row["person_id"] in looked_at} for row in self.standing.values()]
        linked = link_records(
            engine,
            engine.take("county", pa.Table.from_pylist(list(self.records.values()), schema=RECORDS)),
            engine.take("barriers_of_county", pa.Table.from_pylist(
                [{"source": source, "source_id": source_id} for source, source_id in sorted(self.barriers)], schema=BARRIERS
            )),
            pa.Table.from_pylist(self.words, schema=JUDGED),
            pa.Table.from_pylist(standing, schema=STANDING),
            pa.Table.from_pylist([{"person_id": one} for one in sorted(self.restricted)], schema=RESTRICTED),
            KEY,
            keeping=keeping,
        )  # fmt: skip
        said = [
            sorted(
                (row for batch in engine.batches(table) for row in batch.to_pylist()),
                key=lambda row: sorted(row.items(), key=str).__repr__(),
            )
            for table in (linked.links, linked.unsure, linked.joined)
        ]
        return linked, said

    # What happens in a day

    def _send(self) -> None:
        pick = self.chance.choice
        said = {
            "first_name": pick(FIRST_NAMES),
            "surname": pick(SURNAMES),
            "birth_date": pick([BORN, date(2011, 3, 5), None, *BIRTH_DATES]),
            "upn": pick([UPN, OTHER_UPN, THIRD_UPN, *(None for _ in range(12))]),
            "postcode": pick([*POSTCODES, None]),
        }
        sent = record(pick(SOURCES), str(self.chance.randrange(12)), **said)
        self.records[sent["rid"]] = sent | {"first_received_on": self.day}

    def _change(self) -> None:
        rid = self._any(self.records)
        if rid:
            name, values = self.chance.choice(
                [("upn", [UPN, OTHER_UPN, None]), ("postcode", [*POSTCODES, None])]
            )
            self.records[rid] = self.records[rid] | {name: self.chance.choice(values)}

    def _lose(self) -> None:
        self.records.pop(self._any(self.records), None)
        self.standing = {rid: row for rid, row in self.standing.items() if rid in self.records}

    def _judge(self) -> None:
        one, other = self._any(self.standing), self._any(self.standing)
        if one and one != other:
            verdict = self.chance.choice(["same", "not_same", "unsure"])
            whose = self.standing[other]["person_id"]
            self.words.append({"rid": one, "other_rid": other, "person_id": whose, "verdict": verdict})

    def _take_back(self) -> None:
        if self.words:
            self.words.pop(self.chance.randrange(len(self.words)))

    def _work(self) -> None:
        self.worked_with ^= self._somebody()

    def _hide(self) -> None:
        self.restricted ^= self._somebody()

    def _adopt(self) -> None:
        rid = self._any(self.records)
        if rid:
            self.barriers ^= {(self.records[rid]["source"], self.records[rid]["source_id"])}

    def _somebody(self) -> set[str]:
        rid = self._any(self.standing)
        return {self.standing[rid]["person_id"]} if rid else set()

    def _any(self, of) -> str:
        return self.chance.choice(sorted(of)) if of else ""


def held_for(engine, folder: Path, seed: int, *, records: int, nights: int) -> tuple[int, int]:
    """How many records the nights settled, and how many they would have settled each time anew. AssertionError where they differ."""
    county = County(seed, records)
    settled = whole = 0
    for night in range(nights):
        keeping = Keeping(folder, county.day, full_every_days=1_000)
        linked, said = county.link(engine, keeping)
        _, wanted = county.link(engine, None)
        assert said == wanted, f"seed {seed}, night {night}"
        assert bool(linked.why_everybody) == (night == 0), linked.why_everybody
        settled, whole = settled + linked.settled, whole + len(said[0])
        county.settle(said[0])
        county.a_day_passes()
    return settled, whole
