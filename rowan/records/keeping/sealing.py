"""Seals what a row must not say in clear: between reading it and writing it anywhere, and again in rows that lie in Delta already."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from rowan.key_ring import KeyRing
from rowan.records.rules.sealing import (
    DIGESTS,
    NO_DIGEST,
    Purpose,
    is_sealed,
    names_a_place,
    parts_of,
    said_of_a_place,
    sealed_cell,
)
from rowan.records.sources.profile import Column
from rowan.records.sources.recognise import SOURCES

# Whose home is withheld, by source: the ids under which that source sends her.
Withheld = Mapping[str, frozenset[str]]
NOBODY: Withheld = {}
_IN_ORDER = list(Purpose)


@cache
def sealed_columns(kind: str) -> tuple[Column, ...]:
    """The columns of a kind that are sealed, always or in some rows."""
    return tuple(
        column for source in SOURCES if source.kind == kind for column in source.columns if column.sealed
    )


@cache
def place_columns(kind: str) -> tuple[str, ...]:
    """Where a row of this kind may say that somebody lives."""
    return tuple(
        column.name
        for column in sealed_columns(kind)
        if column.sealed and column.sealed.purpose is Purpose.WITHHELD_ADDRESS
    )


class Sealer:
    """Seals and opens cells of rows with one home's keys."""

    def __init__(self, keys: KeyRing):
        self.keys = keys

    def would_seal(self, kind: str, row: Mapping[str, Any], withholds: bool) -> bool:
        return any(True for _ in self._to_seal(kind, row, withholds))

    def seal(
        self, kind: str, row: dict[str, Any], withholds: bool, raw_purpose: Purpose | None = None
    ) -> bool:
        """Seal in place what the row must not say in clear, and with it the row as it came. Whether anything was."""
        # Each column is asked before any is sealed: some ask what another one says.
        columns = list(self._to_seal(kind, row, withholds))
        purposes = {column.sealed.purpose for column in columns if column.sealed}
        purposes |= {raw_purpose} if raw_purpose else set()
        for column in columns:
            row[column.name] = self._sealed(kind, column, row, str(row[column.name]))
        raw = row.get("raw")
        if raw is None or is_sealed(raw):
            return bool(columns)
        purposes |= {
            Purpose(parts_of(row[column.name]).purpose)
            for column in sealed_columns(kind)
            if is_sealed(row.get(column.name))
        }
        if purposes:
            row["raw"] = self._with(min(purposes, key=_IN_ORDER.index), NO_DIGEST, raw)
        return bool(purposes)

    def seal_again(self, kind: str, row: dict[str, Any], purpose: str) -> bool:
        """Put the row's cells of one purpose, or its digests, under the newest key, in place. Whether any was under an older one."""
        cells = {column.name: column for column in sealed_columns(kind)} | {"raw": None}
        changed = False
        for name, column in cells.items():
            cell = row.get(name)
            if not is_sealed(cell):
                continue
            digest, its, token = parts_of(cell)
            if purpose == DIGESTS and column is not None:
                digest = self._digest(kind, column, row, self.opened(cell))
            elif its == purpose:
                token = self.keys.sealed_with_newest(token.encode(), its).decode()
            row[name] = sealed_cell(digest, its, token)
            changed = changed or row[name] != cell
        return changed

    def opened(self, cell: str) -> str:
        part = parts_of(cell)
        return self.keys.unseal(part.token.encode(), part.purpose).decode()

    def digest_of_a_place(self, place: str, text: str) -> str:
        return self.keys.digest(said_of_a_place(place, text), DIGESTS)

    def _to_seal(self, kind: str, row: Mapping[str, Any], withholds: bool) -> Iterable[Column]:
        return (
            column
            for column in sealed_columns(kind)
            if column.sealed
            and row.get(column.name) is not None
            and not is_sealed(row[column.name])
            and column.sealed.when(row, withholds)
        )

    def _sealed(self, kind: str, column: Column, row: Mapping[str, Any], text: str) -> str:
        assert column.sealed is not None
        return self._with(column.sealed.purpose, self._digest(kind, column, row, text), text)

    def _with(self, purpose: Purpose, digest: str, text: str) -> str:
        return sealed_cell(digest, purpose, self.keys.seal(text.encode(), purpose).decode())

    def _digest(self, kind: str, column: Column, row: Mapping[str, Any], text: str) -> str:
        """Of anything but a place only within its own record: else a digest of yes would be the same for every child."""
        assert column.sealed is not None
        if column.sealed.place and names_a_place(column.sealed.place, text):
            return self.digest_of_a_place(column.sealed.place, text)
        return self.keys.digest(f"{kind}|{column.name}|{row['record_id']}|{text}", DIGESTS)
