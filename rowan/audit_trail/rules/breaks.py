"""Where the trail is broken, and how: read line by line from the first, against the key and the anchors, in little memory.

A line that fits was written by whoever holds the key, in its place. One that does not is told apart as changed, deleted, inserted or
swapped by asking where it would fit; an anchor that says otherwise means rewritten (with the key) or truncated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from .chain import BEFORE_THE_FIRST, digest

# How far a line is looked for from its place, and how many lines that do not fit are remembered to be told apart.
LOOKED_FOR_WITHIN = 64
TOLD_APART = 60


class Kind(StrEnum):
    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    SWAPPED = "swapped"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"


class Row(NamedTuple):
    """A line as it lies in the database: its fields as words in the order of FIELDS."""

    position: int
    key_id: str
    digest: str
    words: Sequence[str]


@dataclass(frozen=True)
class Break:
    """From which position to which the trail is not as it was written."""

    kind: Kind
    first: int
    last: int

    def __str__(self) -> str:
        where = f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"
        return f"{where}: {self.kind}"


@dataclass
class Verdict:
    """What reading the whole trail showed. What lies after the last anchor rests on the key alone, and is said apart."""

    lines: int = 0
    head: int = 0
    head_digest: str = BEFORE_THE_FIRST
    anchored_to: int = 0
    breaks: list[Break] = field(default_factory=list)
    after_the_last_anchor: list[Break] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.breaks and not self.after_the_last_anchor


@dataclass
class _Misfit:
    """A line that does not fit in its place, and the hash that lies before it."""

    row: Row
    place: int
    before: str | None


def verdict(rows: Iterable[Row], keys: Mapping[str, bytes], anchors: Mapping[int, str]) -> Verdict:
    """Read all lines in order of position; `anchors` gives the hash that was signed at a position."""
    reading = _Reading(keys, anchors)
    for row in rows:
        reading.take(row)
    return reading.end()


class _Reading:
    def __init__(self, keys: Mapping[str, bytes], anchors: Mapping[int, str]) -> None:
        self.keys, self.anchors = keys, anchors
        self.said = Verdict(anchored_to=max(anchors, default=0))
        self.found: list[Break] = []
        self.misfits: list[_Misfit] = []
        self.untold: list[Break] = []
        self.at = 0  # the place of the last line read, as it was numbered when it was written
        self.before: str | None = BEFORE_THE_FIRST
        self.last_good: tuple[int, str] = (0, BEFORE_THE_FIRST)
        self.before_its_neighbour: Row | None = (
            None  # the line that last seemed to have changed places with the one behind
        )
        self.moved_by = 0  # lines deleted or inserted so far, where those behind were numbered anew
        self.agreed_to = 0

    def take(self, row: Row) -> None:
        self.said.lines += 1
        place = row.position + self.moved_by
        if place <= self.at:
            # Nothing may lie before the first line or twice in one place; the one that does not fit is the one too many.
            self._two_in_one_place(row, place)
            return
        if place > self.at + 1:
            self.found.append(Break(Kind.DELETED, self.at + 1, place - 1))
            self.before = None
        behind = row.digest  # the hash that the next line hangs on
        if self.before is None or self._fits(row, place, self.before):
            self.last_good = (place, row.digest)
        elif passed := self._changed_places_with(row, place):
            first = self.misfits[-passed]
            self.found.append(Break(Kind.SWAPPED, first.place, place))
            behind = first.row.digest
            del self.misfits[-passed:]
            self.last_good = (place, behind)
            self.before_its_neighbour = first.row if passed == 1 else None
        elif self._stands_here_again(row, place):
            self.found[-1] = Break(Kind.INSERTED, place - 2, place - 2)
            self.moved_by -= 1
            self.last_good = (place - 1, row.digest)
        elif not self._hash_before_was_changed(row, place) and not self._was_moved(row):
            self._remember(_Misfit(row, place, self.before))
        place = row.position + self.moved_by
        self.at, self.before = place, behind
        self._hold_against_anchor(place, row.digest)

    def end(self) -> Verdict:
        said = self.said
        self.found += _told_apart(self.misfits, self.keys)
        self.found += self.untold
        if self.at < said.anchored_to:
            self.found.append(Break(Kind.TRUNCATED, self.at + 1, said.anchored_to))
        for each in sorted(self.found, key=lambda found: found.first):
            (said.breaks if each.first <= said.anchored_to else said.after_the_last_anchor).append(each)
        said.head, said.head_digest = self.at, self.before or ""
        return said

    def _fits(self, row: Row, place: int, before: str) -> bool:
        key = self.keys.get(row.key_id)
        return key is not None and digest(key, before, place, row.key_id, row.words) == row.digest

    def _two_in_one_place(self, row: Row, place: int) -> None:
        known = self.misfits[-1] if self.misfits and self.misfits[-1].place == place else None
        if known and known.before is not None and self._fits(row, place, known.before):
            # The other one in this place was too many.
            self.misfits.pop()
            self.before, self.last_good = row.digest, (place, row.digest)
        self.found.append(Break(Kind.INSERTED, row.position, row.position))

    def _hash_before_was_changed(self, row: Row, place: int) -> bool:
        """The line before is a misfit only by its own hash: with the one it should have, this line fits."""
        last = self.misfits[-1] if self.misfits else None
        if last is None or last.before is None or last.place != place - 1:
            return False
        key = self.keys.get(last.row.key_id)
        return key is not None and self._fits(
            row, place, digest(key, last.before, place - 1, last.row.key_id, last.row.words)
        )

    def _changed_places_with(self, row: Row, place: int) -> int:
        """How far before this line lies the one with which it would fit the other way round: 1, or 2 with the line between left in its place; else 0.

        Any farther, and lines between fit behind one another: those are told apart at the end.
        """
        return next((far for far in (1, 2) if self._would_fit_turned_round(row, place, far)), 0)

    def _would_fit_turned_round(self, row: Row, place: int, far: int) -> bool:
        passed = self.misfits[-far:]
        if [each.place for each in passed] != list(range(place - far, place)):
            return False
        first, *between = passed
        before = first.before
        for number, each in enumerate([row, *(misfit.row for misfit in between), first.row]):
            if before is None or not self._fits(each, place - far + number, before):
                return False
            before = each.digest
        return True

    def _stands_here_again(self, row: Row, place: int) -> bool:
        """What seemed to have changed places with its neighbour stands behind it too: it was put in a second time, which says it all."""
        swapped, last = self.before_its_neighbour, self.found[-1] if self.found else None
        return (
            swapped is not None
            and last == Break(Kind.SWAPPED, place - 2, place - 1)
            and (row.digest, row.key_id, row.words) == (swapped.digest, swapped.key_id, swapped.words)
        )

    def _was_moved(self, row: Row) -> bool:
        """Lines behind a deleted or an inserted one that were numbered anew fit at another place than they lie."""
        if len(self.misfits) > TOLD_APART or self.before is None:
            return False
        good_at, good = self.last_good
        for by in range(1, LOOKED_FOR_WITHIN + 1):
            if self._fits(row, row.position + self.moved_by + by, self.before):
                self._moved(Kind.DELETED, good_at + 1, good_at + by, by)
                return True
        # An inserted line's own hash leads nowhere: what follows it fits behind the last line that fitted.
        by = good_at + 1 - (row.position + self.moved_by)
        if by < 0 and self._fits(row, good_at + 1, good):
            self._moved(Kind.INSERTED, good_at + 1, good_at - by, by)
            return True
        return False

    def _moved(self, kind: Kind, first: int, last: int, by: int) -> None:
        self.found.append(Break(kind, first, last))
        self.misfits = [each for each in self.misfits if each.place <= self.last_good[0]]
        self.moved_by += by

    def _remember(self, misfit: _Misfit) -> None:
        if len(self.misfits) < TOLD_APART:
            self.misfits.append(misfit)
        elif self.untold and self.untold[-1].last == misfit.place - 1:
            self.untold[-1] = Break(Kind.CHANGED, self.untold[-1].first, misfit.place)
        else:
            self.untold.append(Break(Kind.CHANGED, misfit.place, misfit.place))

    def _hold_against_anchor(self, place: int, here: str) -> None:
        signed = self.anchors.get(place)
        if signed is None:
            return
        if signed != here and not self._explained_since(self.agreed_to):
            last = self.found[-1] if self.found else None
            if last and last.kind == Kind.REWRITTEN and last.last == self.agreed_to:
                self.found[-1] = Break(Kind.REWRITTEN, last.first, place)
            else:
                self.found.append(Break(Kind.REWRITTEN, self.agreed_to + 1, place))
        self.agreed_to = place

    def _explained_since(self, place: int) -> bool:
        return any(each.last > place for each in self.found) or any(
            each.place > place for each in self.misfits
        )


def _told_apart(misfits: Sequence[_Misfit], keys: Mapping[str, bytes]) -> Iterator[Break]:
    """Two misfits that fit in one another's places were swapped; what is left was changed."""
    swapped: set[int] = set()
    hashes = [each.row.digest for each in misfits]
    for one in misfits:
        for other in misfits:
            if one.place < other.place and _are_swapped(one, other, hashes, keys):
                swapped |= {one.place, other.place}
                yield Break(Kind.SWAPPED, one.place, other.place)
    # The line behind a swapped one does not fit only because of what now lies before it.
    left = [
        each
        for each in misfits
        if each.place not in swapped
        and not (
            each.place - 1 in swapped and any(_at(each.row, each.place, before, keys) for before in hashes)
        )
    ]
    yield from _runs(Kind.CHANGED, [each.place for each in left])


def _are_swapped(one: _Misfit, other: _Misfit, hashes: Sequence[str], keys: Mapping[str, bytes]) -> bool:
    """Each would fit where the other lies, hash and all; or their words were exchanged and their hashes left behind."""
    if one.before is None or other.before is None:
        return False
    if one.row.words == other.row.words:
        return False
    places = _at(other.row, one.place, one.before, keys) and any(
        _at(one.row, other.place, before, keys) for before in (other.before, *hashes)
    )
    words = _at(other.row._replace(digest=one.row.digest), one.place, one.before, keys) and _at(
        one.row._replace(digest=other.row.digest), other.place, other.before, keys
    )
    return places or words


def _at(row: Row, place: int, before: str, keys: Mapping[str, bytes]) -> bool:
    key = keys.get(row.key_id)
    return key is not None and digest(key, before, place, row.key_id, row.words) == row.digest


def _runs(kind: Kind, places: Sequence[int]) -> Iterator[Break]:
    """Places one behind the other as one break."""
    first = last = None
    for place in sorted(places):
        if last is not None and place == last + 1:
            last = place
            continue
        if first is not None and last is not None:
            yield Break(kind, first, last)
        first = last = place
    if first is not None and last is not None:
        yield Break(kind, first, last)
