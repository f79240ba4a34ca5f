"""Settles gatherings one after another by the rules of `rules/settling.py`, where what is plain was settled at once: memory holds the largest, not all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from rowan.matching.desk import Desk
from rowan.matching.known_names import known_as
from rowan.matching.rules.gathering import Gathering, Settled, Standing, Unsure, Word
from rowan.matching.rules.identity import Identity, SamePlace, founded_by, identity, keyed
from rowan.matching.rules.judgement import judge, judge_until_all_are_weighed
from rowan.matching.rules.settling import settle, stays_as_it_is

ROWS_A_BATCH = 20_000
# `matching_looked_at`: the gatherings that are settled here.
_RECORDS = """
    select c.*, r.place, g.gathering, s.person_id, s.touched, s.judged_by, s.stood_before, b.rid is not null as barred
    from matching_records r join matching_gatherings g using (place) semi join matching_looked_at l on l.gathering = g.gathering
    join matching_read c using (rid) left join matching_standing s on s.rid = r.rid left join matching_barred b on b.rid = r.rid
    order by g.gathering, r.place
"""
_PAIRS = """
    select g.gathering, p.place_l, p.place_r, p.bits, p.held from ({pairs}) p
    join matching_gatherings g on g.place = p.place_l join matching_gatherings o on o.place = p.place_r and o.gathering = g.gathering
    semi join matching_looked_at l on l.gathering = g.gathering
    order by g.gathering, p.place_l, p.place_r
"""
_WORDS = """
    select g.gathering, j.rid, coalesce(j.other_rid, '') as other_rid, coalesce(j.person_id, '') as person_id, j.verdict
    from matching_judged j join matching_records r using (rid) join matching_gatherings g using (place)
    order by g.gathering, j.rid
"""


@dataclass
class OneAfterAnother:
    desk: Desk
    key: bytes
    same_place: SamePlace
    # Whether it is to be known which may be settled otherwise again once they stand as tonight has them.
    looks_ahead: bool
    unsure: list[dict[str, Any]] = field(default_factory=list)
    joined: list[dict[str, Any]] = field(default_factory=list)
    moving: list[int] = field(default_factory=list)

    def links(self, pairs: str) -> Iterator[dict[str, Any]]:
        """`pairs` is a query: place_l, place_r, bits, held."""
        of_gathering = _Following(self._rows(_PAIRS.format(pairs=pairs)))
        words = _Following(self._rows(_WORDS))
        restricted = frozenset(row[0] for row in self._rows("select person_id from matching_restricted"))
        for number, found in groupby(self._people(), key=lambda one: one[1]["gathering"]):
            together = list(found)
            people = {person.place: person for person, _ in together}
            gathering = Gathering(
                people=list(people.values()),
                pairs={
                    (one, other): _how(held)(people[one], people[other], bits)
                    for _, one, other, bits, held in of_gathering.of(number)
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
            if self.looks_ahead and not stays_as_it_is(gathering, settled):
                self.moving.append(number)
            yield from self._in_full(settled, people)

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

    def _people(self) -> Iterator[tuple[Identity, dict[str, Any]]]:
        known = known_as()
        for batch in self.desk.batches(_RECORDS, ROWS_A_BATCH):
            for record in batch.to_pylist():
                yield identity(record, record["place"], known, self.same_place), record

    def _rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        for batch in self.desk.batches(sql, ROWS_A_BATCH):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


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


def _how(held: bool) -> Callable[..., Any]:
    return judge_until_all_are_weighed if held else judge


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
