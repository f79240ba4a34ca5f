"""The line of an act that was refused while it was under way."""

from collections.abc import Iterator
from contextlib import contextmanager

from rowan.audit_trail.actions import record
from rowan.refusals import NotPossible


@contextmanager
def refused_on_the_trail(**line) -> Iterator[None]:
    """What is refused inside an act's transaction is undone with it; the line that says so is left after."""
    try:
        yield
    except NotPossible as refused:
        record(refused_because=refused.reason, **line)
        raise
