"""When scheduled work is due, and how long work that failed waits before it is tried again."""

from datetime import datetime, timedelta

ATTEMPTS = 6
# Longer than any of Rowan's background work takes: whoever still runs it after that was killed.
KILLED_AFTER = timedelta(minutes=10)
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)
_MIDNIGHT = datetime(2020, 1, 1)


def due_time(now: datetime, minutes: int) -> datetime:
    """The newest moment, up to now, at which work of every so many minutes was due. The same for every worker that asks."""
    began = _MIDNIGHT.replace(tzinfo=now.tzinfo)
    step = timedelta(minutes=minutes)
    return began + (now - began) // step * step


def wait_before(attempt: int) -> timedelta:
    """How long to wait before the next attempt: twice as long each time, up to an hour."""
    return min(_FIRST_WAIT * (1 << min(attempt - 1, 20)), _LONGEST_WAIT)


def is_given_up(attempts: int) -> bool:
    """Tried often enough: from here a person looks at it."""
    return attempts >= ATTEMPTS
