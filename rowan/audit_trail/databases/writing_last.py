"""Lines wait in memory while an act goes on, and are chained and written as the last thing before its commit.

The lock on the chain is then held for a few milliseconds, however long the act's transaction is, and always taken last, so
that no two acts can wait for one another. No line, no act: when the lines cannot be written, the whole transaction is
rolled back. Code and database see one commit: there is no moment in which the act stands and its line does not.
"""

from collections.abc import Sequence

from ..writing import Line, NotRecorded, write


class WritesTheTrailLast:
    """For a Django database: what waits, and when it is written. `commit` and `rollback` are Django's own words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Each with the savepoints open when it was left: if one of those is rolled back, so is the line.
        self.waiting: list[tuple[frozenset[str], Line]] = []

    def leave(self, lines: Sequence[Line]) -> None:
        """Keep lines until the act commits. Called inside a transaction."""
        savepoints = frozenset(self.savepoint_ids)
        self.waiting.extend((savepoints, line) for line in lines)

    def in_an_act(self) -> bool:
        """Whether a transaction of Rowan's is open. The one that Django's tests wrap around each test never commits: it does not count."""
        return any(not block._from_testcase for block in self.atomic_blocks)

    def commit(self):
        try:
            self._write_what_waits()
        except BaseException:
            self.rollback()
            raise
        super().commit()

    def savepoint_commit(self, sid):
        if not self.in_an_act():
            try:
                self._write_what_waits()
            except BaseException:
                self.savepoint_rollback(sid)
                raise
        super().savepoint_commit(sid)

    def savepoint_rollback(self, sid):
        super().savepoint_rollback(sid)
        self.waiting = [(savepoints, line) for savepoints, line in self.waiting if sid not in savepoints]

    def rollback(self):
        super().rollback()
        self.waiting = []

    def close(self):
        super().close()
        self.waiting = []

    def _write_what_waits(self) -> None:
        if lines := [line for _, line in self.waiting]:
            self.waiting = []
            try:
                write(self, lines)
            except Exception as error:
                # Whatever it was (the key, the disk, the lock, a right that is missing): no line, no act.
                raise NotRecorded("The audit trail could not be written.") from error
