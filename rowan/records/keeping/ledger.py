"""Which files are in. A file is in when its line stands in `imports`; what an import left unfinished is cleared first."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from . import delta_tables
from .standing_tables import StandingTables

_STARTED = "import.started"


@dataclass
class ImportLine:
    """A file that is in, as its line in `imports` says."""

    import_id: str
    content_hash: str
    file: str
    format: str
    feed: str
    agency: str
    received_on: date
    at: datetime
    period_from: date | None = None
    period_to: date | None = None
    rows: int = 0
    kept: int = 0
    quarantined: int = 0
    repeated: int = 0
    marked: int = 0
    seconds: float = 0.0
    notes: list[dict[str, Any]] = field(default_factory=list)


class Ledger:
    """The lines of `imports`, read once; and the mark that says an import is under way."""

    def __init__(self, home: Path, tables: StandingTables | None = None):
        self.home = home
        self.tables = tables or StandingTables(home)
        self._clear_leftovers()
        lines = delta_tables.rows_of(
            home, delta_tables.IMPORTS, ("import_id", "content_hash", "agency", "format")
        )
        self._in: dict[tuple[str, str, str], list[str]] = {}
        self._hashes = {line["content_hash"] for line in lines}
        for line in lines:
            key = (line["content_hash"], line["agency"], line["format"])
            self._in.setdefault(key, []).append(line["import_id"])

    def imports_of(self, content_hash: str, agency: str, read_as: str) -> list[str]:
        """The imports by which this very file is in; the same bytes from another agency are another file."""
        return self._in.get((content_hash, agency, read_as), [])

    def knows(self, content_hash: str) -> bool:
        """Whether the very bytes are in, whoever sent them."""
        return content_hash in self._hashes

    def start(self, kinds: Sequence[str]) -> str:
        """A new import's id. Until it is finished, a mark beside the tables says which tables it writes to."""
        import_id = secrets.token_hex(16)
        mark = self.home / _STARTED
        # Renamed into place, so that a mark is whole or not there.
        unfinished = mark.with_suffix(".writing")
        unfinished.write_text(json.dumps({"import_id": import_id, "kinds": list(kinds)}))
        unfinished.replace(mark)
        return import_id

    def finish(self, line: ImportLine) -> None:
        """The last commit: from here the file is in."""
        row = line.__dict__ | {"notes": json.dumps(line.notes, ensure_ascii=False)}
        table = pa.Table.from_pylist(
            [{name: row[name] for name in delta_tables.IMPORTS_SCHEMA.names}],
            schema=delta_tables.IMPORTS_SCHEMA,
        )
        self.tables.of(delta_tables.IMPORTS).append(table)
        (self.home / _STARTED).unlink(missing_ok=True)
        self._in.setdefault((line.content_hash, line.agency, line.format), []).append(line.import_id)
        self._hashes.add(line.content_hash)

    def give_up(self) -> None:
        """An import failed before its last commit: take out what it wrote."""
        self.tables.forget()
        self._clear_leftovers()

    def _clear_leftovers(self) -> None:
        mark = self.home / _STARTED
        if not mark.exists():
            return
        started = json.loads(mark.read_text())
        import_id = started["import_id"]
        finished = {
            line["import_id"]
            for line in delta_tables.rows_of(self.home, delta_tables.IMPORTS, ("import_id",))
        }
        if import_id not in finished:
            kinds = [*started["kinds"], delta_tables.QUARANTINE, delta_tables.HELD_BY_RETURNS]
            delta_tables.forget_import(self.home, kinds, import_id)
            self.tables.forget()
        mark.unlink(missing_ok=True)
