"""Settles at once what is plain: gatherings that are one person, of whom nobody has judged, and which nothing keeps apart.

Most of a county is like that, and `rules/settling.py` would say the same of each, one after another: all records join, in whatever order, when a
chain of *same* goes through them all, no two contradict each other, and those that stood did so in one person and by machine. A test holds both
against each other. Everything else goes through the rules one gathering at a time.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from rowan.matching.desk import Desk
from rowan.matching.gatherings import Whole, brought_together, pairs_within
from rowan.matching.rules.as_judged import ALONE, AS_BEFORE
from rowan.matching.rules.identity import founded_by
from rowan.matching.side_by_side import SAME, Pairs, SideBySide

# Places at which something stands that only the rules can weigh: a judgement, an order, a restriction, or where a judgement moved it.
_NOT_PLAIN = """
    select place from matching_records where rid in (select rid from matching_judged)
    union select r.place from matching_records r semi join matching_barred b using (rid)
    union select r.place from matching_records r join matching_standing s using (rid) where s.judged_by = 'person' or s.stood_before <> ''
        or s.person_id in (select person_id from matching_restricted)
"""
_STANDING = "select r.place, dense_rank() over (order by s.person_id) as person from matching_records r join matching_standing s using (rid)"
_WITHIN = """
    select place_l, place_r, 0.0::double as bits, false as held, l.number as number_l, r.number as number_r
    from matching_within join matching_records l on l.place = place_l join matching_records r on r.place = place_r
"""
# A founder who stood keeps the id; who is new founds.
_KEEP_THEIRS = """
    create or replace table matching_persons as select f.place, s.person_id
    from matching_founders f join matching_records r using (place) join matching_standing s using (rid) where s.person_id <> ''
"""
_FOUNDERS = """
    select r.place, c.source, c.source_id, c.birth_date, c.first_name from matching_records r
    join (select place from matching_founders anti join matching_persons using (place)) f using (place) join matching_read c using (rid)
"""
_LINKS = """
    insert into matching_links select c.rid, p.person_id, coalesce(c.agency, ''), c.source, c.source_id, w.words,
        case when w.words = '{alone}' then '{alone}' else 'machine' end, ''
    from matching_plain q join matching_records r using (place) join matching_read c using (rid)
    join matching_persons p on p.place = q.founder join matching_words w on w.number = q.words
"""


class AtOnce:
    def __init__(self, desk: Desk, side_by_side: SideBySide, pairs: Pairs, gathering: Whole) -> None:
        self.desk, self.side_by_side, self.pairs, self.gathering = desk, side_by_side, pairs, gathering
        self.size = np.bincount(gathering, minlength=len(gathering))[gathering]

    def settle(self, key: bytes) -> NDArray[np.bool_]:
        """Put what is plain into `matching_links`; say of each place whether it was."""
        places = np.arange(len(self.gathering))
        standing = self._standing(len(places))
        plain = self._plain(standing)
        founder = self._founders(standing)
        words, named = self._words(plain)
        take = self.desk.take
        take("matching_words", pa.table({"number": pa.array(range(len(named))), "words": named}))
        take(
            "matching_plain",
            pa.table({"place": places[plain], "founder": founder[plain], "words": words[plain]}),
        )
        take("matching_founders", pa.table({"place": np.unique(founder[plain])}))
        self.desk.do(_KEEP_THEIRS)
        take("matching_founding", pa.RecordBatchReader.from_batches(_PERSONS, self._founding(key)))
        self.desk.do("insert into matching_persons select * from matching_founding")
        self.desk.do(_LINKS.format(alone=ALONE))
        return plain

    def _standing(self, count: int) -> Whole:
        """A number for the person in whom each place stood, or -1."""
        stands = np.full(count, -1)
        for place, person in self._columns(_STANDING):
            stands[place] = person
        return stands

    def _plain(self, standing: Whole) -> NDArray[np.bool_]:
        gathering, odd = self.gathering, np.zeros(len(self.gathering), bool)
        for (place,) in self._columns(_NOT_PLAIN):
            odd[gathering[place]] = True
        stood = np.flatnonzero(standing >= 0)
        # Of two people who stood in one gathering, the one who stands at its first record that stood is not the other.
        highest, lowest = np.full(len(gathering), -1), np.full(len(gathering), np.iinfo(np.int64).max)
        np.maximum.at(highest, gathering[stood], standing[stood])
        np.minimum.at(lowest, gathering[stood], standing[stood])
        odd |= (highest >= 0) & (highest != lowest)
        for left, right in self._contradicting(odd):
            odd[gathering[left]] = odd[gathering[right]] = True
        joined = self._joined(standing)
        odd[gathering[joined != gathering]] = True
        return ~odd[gathering]

    def _joined(self, standing: Whole) -> Whole:
        """The lowest place that each is brought to by what is the same, or stood together."""
        same = self.pairs.verdict == SAME
        stood = np.flatnonzero(standing >= 0)
        _, first, of = np.unique(standing[stood], return_index=True, return_inverse=True)
        return brought_together(
            len(standing),
            np.concatenate([self.pairs.left[same], stood]),
            np.concatenate([self.pairs.right[same], stood[first][of]]),
        )

    def _contradicting(self, odd: NDArray[np.bool_]):
        """Pairs of one gathering that may not be one person: those that were weighed, and those that share no key."""
        inside = self.gathering[self.pairs.left] == self.gathering[self.pairs.right]
        against = inside & self.pairs.against
        yield self.pairs.left[against], self.pairs.right[against]
        width = len(self.gathering)
        known = np.sort(self.pairs.left[inside] * width + self.pairs.right[inside])
        for left, right in pairs_within(self.gathering):
            asked = ~odd[self.gathering[left]]
            asked &= ~_among(known, left * width + right)
            if not asked.any():
                continue
            self.desk.take("matching_within", pa.table({"place_l": left[asked], "place_r": right[asked]}))
            found = self.side_by_side.judged(_WITHIN)
            yield found.left[found.against], found.right[found.against]

    def _founders(self, standing: Whole) -> Whole:
        """Whose id each place has: of its gathering the first that stood, and where none stood the first."""
        count = len(standing)
        first = np.full(count, count)
        stood = np.flatnonzero(standing >= 0)
        np.minimum.at(first, self.gathering[stood], stood)
        return np.where(first < count, first, np.arange(count))[self.gathering]

    def _words(self, plain: NDArray[np.bool_]) -> tuple[Whole, list[str]]:
        """What joins each record to its person most strongly."""
        named = [*self.side_by_side.words, AS_BEFORE, ALONE]
        words = np.where(self.size > 1, len(named) - 2, len(named) - 1)
        pairs = self.pairs
        chosen = np.flatnonzero((pairs.verdict == SAME) & plain[pairs.left])
        # The weakest first, so that the strongest is written last.
        order = chosen[np.lexsort((-pairs.right[chosen], -pairs.left[chosen], pairs.strength[chosen]))]
        both = np.column_stack([pairs.left[order], pairs.right[order]]).reshape(-1)
        words[both] = np.repeat(pairs.way[order], 2)
        return words, named

    def _founding(self, key: bytes):
        for batch in self.desk.batches(_FOUNDERS, 20_000):
            ids = [founded_by(key, row) for row in batch.to_pylist()]
            yield pa.RecordBatch.from_arrays([batch["place"], pa.array(ids)], schema=_PERSONS)

    def _columns(self, sql: str):
        for batch in self.desk.batches(sql, 200_000):
            yield tuple(column.to_numpy() for column in batch.columns)


_PERSONS = pa.schema([("place", pa.int64()), ("person_id", pa.string())])


def _among(known: Whole, asked: Whole) -> NDArray[np.bool_]:
    at = np.searchsorted(known, asked)
    return (
        (at < len(known)) & (known[np.minimum(at, len(known) - 1)] == asked)
        if len(known)
        else np.zeros(len(asked), bool)
    )
