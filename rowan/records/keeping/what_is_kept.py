"""What is kept of one file: rows worked out in DuckDB, or a whole file of marks that nobody has sent before, straight from its columns."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from rowan.records.reading.marks_whole import MarksOfAFile
from rowan.records.sources.kinds import ATTENDANCE_MARKS

from .staging import delta_schema
from .standing_tables import StandingTables
from .versions import SameForTheFile, commit

Days = tuple[date | None, date | None]


class Kept(ABC):
    """The rows of a file that are new or say something new, before they are written."""

    kinds: Sequence[str] = ()

    @abstractmethod
    def lines(self) -> tuple[int, int]:
        """How many lines of the file are kept, and how many of them have a remark."""

    @abstractmethod
    def remarks(self) -> list[tuple[str, int]]:
        """In how many rows each remark stands, the commonest first."""

    @abstractmethod
    def days(self, kind: str, happened: str, until: date) -> Days:
        """The first and last day on which anything of this kind happened, up to this one."""

    @abstractmethod
    def commit(self, tables: StandingTables, same: SameForTheFile) -> None: ...

    @abstractmethod
    def let_go(self) -> None:
        """Nothing more is asked of it."""


class KeptRows(Kept):
    """Rows of several kinds, a table each in DuckDB."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, made: Mapping[str, str]):
        self.duckdb, self.made, self.kinds = connection, made, [*made]

    def lines(self) -> tuple[int, int]:
        """A row of a file is kept when anything it says is kept; a row of XML says things of several kinds."""
        if not self.made:
            return 0, 0
        lines = " union all ".join(f"select line, defects from {table}" for table in self.made.values())
        return self.duckdb.execute(
            f"select count(distinct line), count(distinct line) filter (defects is not null) from ({lines})"
        ).fetchone() or (0, 0)

    def remarks(self) -> list[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for table in self.made.values():
            for defects, number in self.duckdb.execute(
                f"select defects, count(*) from {table} where defects is not null group by defects"
            ).fetchall():
                for reason in dict.fromkeys(defects.split(";")):
                    counts[reason] += number
        return counts.most_common()

    def days(self, kind: str, happened: str, until: date) -> Days:
        if kind not in self.made:
            return None, None
        return self.duckdb.execute(
            f"""select min("{happened}")::date, max("{happened}")::date from {self.made[kind]}
                where "{happened}"::date <= $until""",
            {"until": until},
        ).fetchone() or (None, None)

    def commit(self, tables: StandingTables, same: SameForTheFile) -> None:
        for kind, table in self.made.items():
            commit(self.duckdb, tables, kind, table, same)

    def let_go(self) -> None:
        for table in self.made.values():
            self.duckdb.execute(f"drop table if exists {table}")


class KeptMarks(Kept):
    """Marks that are all new: no earlier row can be of theirs, and none of them is said twice."""

    kinds = (ATTENDANCE_MARKS,)

    def __init__(self, marks: MarksOfAFile):
        self.marks = marks

    def lines(self) -> tuple[int, int]:
        return self.marks.kept, self.marks.marked

    def remarks(self) -> list[tuple[str, int]]:
        return Counter(self.marks.remarks()).most_common()

    def days(self, kind: str, happened: str, until: date) -> Days:
        return self.marks.days(until)

    def commit(self, tables: StandingTables, same: SameForTheFile) -> None:
        schema = delta_schema(ATTENDANCE_MARKS)
        tables.of(ATTENDANCE_MARKS).append_parts(self.marks.by_month(schema, {**same.__dict__, "version": 1}))

    def let_go(self) -> None:
        """Columns take no room but memory, and go with whoever read them."""


def are_all_new(marks: MarksOfAFile, tables: StandingTables, agency: str) -> bool:
    """Whether these marks can be kept as they are. A mark's month never changes, so only its months can hold an earlier one."""
    table = tables.of(ATTENDANCE_MARKS)
    return (
        marks.kept > 0
        and table.takes_parts(delta_schema(ATTENDANCE_MARKS))
        and not table.files_of(agency, marks.months())
        and marks.says_each_mark_once()
    )
