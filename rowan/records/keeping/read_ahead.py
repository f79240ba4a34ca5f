"""While one file is kept the next is read, on another core: only files of marks, of which there are most, and only their reading.

What is kept, and what the trail and the tables say of it, stays one file after the other.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from types import TracebackType
from typing import Self

from rowan.records.reading.marks_whole import MarksOfAFile, read_ahead
from rowan.records.reading.opening import Opened
from rowan.records.sources.kinds import ATTENDANCE_MARKS
from rowan.records.sources.profile import Circumstances

from .ledger import Ledger


class ReadAhead:
    """One file at most is read ahead of the one being kept, so that no more than two are in memory."""

    def __init__(self, files: Sequence[Opened], ledger: Ledger):
        self._next = {id(before): after for before, after in pairwise(files)}
        self._ledger = ledger
        self._worker = ThreadPoolExecutor(1, "reads-ahead")
        self._begun: dict[int, tuple[Circumstances, Future[MarksOfAFile | None]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None:
        self._worker.shutdown(wait=True, cancel_futures=True)

    def begin_next(self, now: Opened, around: Circumstances) -> None:
        after = self._next.get(id(now))
        if (
            after is not None
            and after.table is not None
            and after.table.recognised.source.kind == ATTENDANCE_MARKS
            # What is in already is not read again.
            and not self._ledger.knows(after.looked_at.digest)
        ):
            self._begun[id(after)] = (around, self._worker.submit(read_ahead, after, around))

    def of(self, opened: Opened, around: Circumstances) -> Future[MarksOfAFile | None] | None:
        """The reading of this file, if it was begun, and by what still holds."""
        by, begun = self._begun.pop(id(opened), (None, None))
        return begun if by is around else None
