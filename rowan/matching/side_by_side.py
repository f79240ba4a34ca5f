"""Judges pairs of records by columns: whatever two records may say of each other is compared once, however many pairs say it.

How two records agree and differ is one of a few hundred ways (`Compared`). Of each pair the way is found by columns; of each way the verdict,
the words and the contradiction by the very rules that judge one pair (`rules/judgement.py`). A test holds both against each other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rowan.matching.rules.birth_dates import BirthLikeness, birth_likeness
from rowan.matching.rules.judgement import (
    ASK_FROM_BITS,
    BITS_OF_A_DIFFERING_NUMBER,
    BITS_OF_A_SHARED_NUMBER,
    BITS_OF_A_WEEK,
    JOIN_FROM_BITS,
    WEIGHED_AGAIN,
    Compared,
    Home,
    Verdict,
    compare_names,
    contradiction_in,
    differing_in_words,
    in_words,
    one_address,
    shared_in_words,
    verdict_of,
)
from rowan.matching.rules.names import Likeness, first_name_likeness, surname_likeness
from rowan.matching.tidying import Tidying

Whole = NDArray[np.int64]
ROWS_A_BATCH = 200_000
NO_BIRTH_DATE = -(2**31)
EPOCH = date(1970, 1, 1)
# What is so of a pair, a bit each, in the order of `_PAIRS`.
NHS, UPN, COUNCIL, OWN, OTHER_NHS, OTHER_UPN, TWO_PUPILS = (1 << bit for bit in range(7))
HOMES = (Home.UNKNOWN, Home.OTHER, Home.POSTCODE, Home.ADDRESS)
VERDICTS = (Verdict.NOT_SAME, Verdict.UNSURE, Verdict.SAME)
NOT_SAME, UNSURE, SAME = range(3)
# A weight of each kind that a verdict tells apart.
_BITS = (ASK_FROM_BITS - 1, ASK_FROM_BITS, JOIN_FROM_BITS)
_PAIRS = f"""
    select place_l, place_r, bits, held, l.given as given_l, r.given as given_r, l.family as family_l, r.family as family_r,
        l.middle as middle_l, r.middle as middle_r, coalesce(l.birth_date - date '1970-01-01', {NO_BIRTH_DATE})::bigint as born_l,
        coalesce(r.birth_date - date '1970-01-01', {NO_BIRTH_DATE})::bigint as born_r,
        {NHS} * (l.nhs <> '' and l.nhs = r.nhs)::bigint
        + {UPN} * (list_has_any(l.upns, r.upns) or list_has_any(l.temporary_upns, r.temporary_upns))::bigint
        + {COUNCIL} * (l.council_903 <> '' and l.council_903 = r.council_903)::bigint
        + {OWN} * (l.source = r.source and l.source_id = r.source_id)::bigint
        + {OTHER_NHS} * (l.nhs <> '' and r.nhs <> '' and l.nhs <> r.nhs)::bigint
        + {OTHER_UPN} * (l.upn <> '' and r.upn <> '' and not list_has_any(l.upns, r.upns))::bigint
        + {TWO_PUPILS} * (l.source = r.source and l.source_id <> r.source_id and starts_with(l.source, 'school-'))::bigint as flags,
        l.same_postcode <> '' and r.same_postcode <> '' and l.same_postcode <> r.same_postcode as moved,
        case when not moved and ((l.address <> '' and l.address = r.address)
                or ((l.address = '' or r.address = '') and l.same_address <> '' and l.same_address = r.same_address)) then 3
            when l.same_postcode <> '' and l.same_postcode = r.same_postcode then 2
            when moved or (l.same_address <> '' and r.same_address <> '') then 1 else 0 end::bigint as home,
        case when not moved and r.address <> '' and l.address <> r.address and abs(length(l.address) - length(r.address)) <= 1
            then l.address else '' end as address_l,
        case when address_l <> '' then r.address end as address_r
    from ({{pairs}}) pairs join matching_tidied l on l.place = pairs.number_l join matching_tidied r on r.place = pairs.number_r
"""


@dataclass
class Pairs:
    """Judged pairs of records, by their places: a verdict, a strength, how they agree and differ, and whether they contradict each other."""

    left: Whole
    right: Whole
    verdict: Whole
    strength: NDArray[np.float64]
    way: Whole  # of `Ways.words`
    against: NDArray[np.bool_]
    own: NDArray[np.bool_]  # one number at one agency


@dataclass
class SideBySide:
    tidying: Tidying
    ways: dict[int, Compared] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    _of_words: dict[str, int] = field(default_factory=dict)

    def judged(self, pairs: str) -> Pairs:
        """`pairs` is a query: place_l, place_r, bits, held, and under which numbers both are tidied (number_l, number_r)."""
        found = [
            self._batch(batch)
            for batch in self.tidying.desk.batches(_PAIRS.format(pairs=pairs), ROWS_A_BATCH)
        ]
        columns = zip(*found, strict=True) if found else ([np.empty(0, np.int64)] for _ in range(7))
        left, right, verdict, strength, way, against, own = (np.concatenate(list(each)) for each in columns)
        return Pairs(left, right, verdict, strength, way, against.astype(bool), own.astype(bool))

    def _batch(self, batch: Any) -> tuple[NDArray[Any], ...]:
        said = {
            name: batch[name].to_numpy(zero_copy_only=False)
            for name in batch.schema.names
            if not name.startswith("address_")
        }
        first, surname, swapped = self._names(said)
        home = np.where(self._slips(batch), HOMES.index(Home.ADDRESS), said["home"])
        flags = said["flags"]
        ways = (
            flags
            + ((first + 1) << 7)
            + ((surname + 1) << 10)
            + (swapped << 13)
            + ((self._births(said["born_l"], said["born_r"]) + 1) << 14)
            + (home << 17)
        )
        return (said["place_l"], said["place_r"], *self._judge(ways, said["bits"], said["held"]), flags & OWN)

    def _judge(
        self, ways: Whole, bits: NDArray[np.float64], held: NDArray[np.bool_]
    ) -> tuple[NDArray[Any], ...]:
        """Verdict, strength, words and contradiction."""
        kinds, of = np.unique(ways, return_inverse=True)
        compared = [self.ways.setdefault(int(way), _compared(int(way))) for way in kinds]
        verdicts = np.array([[VERDICTS.index(verdict_of(way, each)) for each in _BITS] for way in compared])
        verdict = verdicts[of, _kind_of(bits)]
        a_week_on = verdicts[of, _kind_of(bits - BITS_OF_A_WEEK)]
        waits = held & (verdict == SAME) & (a_week_on != SAME)
        words = np.array(
            [[self._word(in_words(way) + more) for more in ("", WEIGHED_AGAIN)] for way in compared]
        )
        against = np.array(
            [
                bool(contradiction_in(way, two_pupils=bool(kind & TWO_PUPILS)))
                for kind, way in zip(kinds.tolist(), compared, strict=True)
            ]
        )
        # Added in the order in which `judge` adds, so that it is the same to the last bit.
        shared = BITS_OF_A_SHARED_NUMBER * np.array([len(way.shared) for way in compared])
        differing = BITS_OF_A_DIFFERING_NUMBER * np.array([len(way.differing) for way in compared])
        strength = bits + shared[of] + differing[of]
        return np.where(waits, UNSURE, verdict), strength, words[of, waits.astype(int)], against[of]

    def _word(self, words: str) -> int:
        if words not in self._of_words:
            self._of_words[words] = len(self.words)
            self.words.append(words)
        return self._of_words[words]

    def _names(self, said: dict[str, Whole]) -> tuple[Whole, Whole, Whole]:
        tidying = self.tidying
        first = _once_each(
            (said["given_l"], said["given_r"]),
            lambda one, other: first_name_likeness(
                tidying.first_names[one],
                tidying.first_names[other],
                tidying.lines_of(tidying.first_names[one]),
                tidying.lines_of(tidying.first_names[other]),
            ),
        )
        surname = _once_each(
            (said["family_l"], said["family_r"]),
            lambda one, other: surname_likeness(tidying.surnames[one], tidying.surnames[other]),
        )
        swapped = np.zeros(len(first), np.int64)
        # Of whose first names do not agree all names are looked at, and what a number says of them.
        closer = np.flatnonzero(first < Likeness.KNOWN_AS)
        if len(closer):
            numbers, differ = NHS | UPN | COUNCIL | OWN, OTHER_NHS | OTHER_UPN
            says_so = ((said["flags"] & numbers) > 0) & ((said["flags"] & differ) == 0)
            names = [said[name][closer] for name in ("given_l", "family_l", "middle_l", "given_r", "family_r", "middle_r")]  # fmt: skip
            rows, of = np.unique(
                np.column_stack([*names, says_so[closer].astype(np.int64)]), axis=0, return_inverse=True
            )
            made = np.array([self._closer(*row) for row in rows.tolist()])[of.reshape(-1)]
            first[closer], surname[closer], swapped[closer] = made.T
        return first, surname, swapped

    def _closer(self, *codes: int) -> tuple[int, int, int]:
        one, other = self.tidying.named(0, *codes[:3]), self.tidying.named(1, *codes[3:6])
        first, surname, swapped = compare_names(one, other, a_number_says_so=bool(codes[6]))
        return int(first), int(surname), int(swapped)

    def _births(self, one: Whole, other: Whole) -> Whole:
        known = (one != NO_BIRTH_DATE) & (other != NO_BIRTH_DATE)
        found = np.where(known, int(BirthLikeness.SAME), int(BirthLikeness.UNKNOWN))
        differ = np.flatnonzero(known & (one != other))
        found[differ] = _once_each(
            (one[differ], other[differ]),
            lambda its, their: birth_likeness(EPOCH + timedelta(days=its), EPOCH + timedelta(days=their)),
        )
        return found

    @staticmethod
    def _slips(batch: Any) -> NDArray[np.bool_]:
        """Whether two addresses that are not the same are a slip apart."""
        found = np.zeros(batch.num_rows, bool)
        asked = batch["address_r"].is_valid().to_numpy(zero_copy_only=False)
        ones, others = (batch[name].filter(batch["address_r"].is_valid()).to_pylist() for name in ("address_l", "address_r"))  # fmt: skip
        found[asked] = [one_address(one, other) for one, other in zip(ones, others, strict=True)]
        return found


def _kind_of(bits: NDArray[np.float64]) -> Whole:
    return (bits >= ASK_FROM_BITS).astype(np.int64) + (bits >= JOIN_FROM_BITS)


def _once_each(codes: tuple[Whole, Whole], compare: Callable[[int, int], int]) -> Whole:
    """Two columns of codes compared, each two codes once."""
    one, other = codes
    if not len(one):
        return np.empty(0, np.int64)
    lowest = min(one.min(), other.min())
    width = int(max(one.max(), other.max()) - lowest) + 1
    kinds, of = np.unique((one - lowest) * width + (other - lowest), return_inverse=True)
    found = [int(compare(kind // width + int(lowest), kind % width + int(lowest))) for kind in kinds.tolist()]
    return np.array(found, np.int64)[of]


def _compared(way: int) -> Compared:
    def so(flag: int) -> bool:
        return bool(way & flag)

    return Compared(
        first=Likeness((way >> 7 & 7) - 1),
        surname=Likeness((way >> 10 & 7) - 1),
        swapped=bool(way >> 13 & 1),
        birth=BirthLikeness((way >> 14 & 7) - 1),
        home=HOMES[way >> 17],
        shared=shared_in_words(nhs=so(NHS), upn=so(UPN), council=so(COUNCIL), own=so(OWN)),
        differing=differing_in_words(nhs=so(OTHER_NHS), upn=so(OTHER_UPN)),
        same_source_id=so(OWN),
    )
