"""What a mail says. It is the same for everybody: nothing of a child, of a question or of why can reach it, for nothing is put in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

SUBJECT = "Something in Rowan needs you"
BODY = """Something in Rowan needs you.

Sign in to see what it is:
{link}

This message says no more on purpose. Please do not reply to it.
"""
ATTEMPTS = 10
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=4)


@dataclass(frozen=True)
class Letter:
    """One mail as it is handed to a mail server: to whom, and a key by which a second copy is known as one."""

    to: str
    key: str
    link: str

    @property
    def subject(self) -> str:
        return SUBJECT

    @property
    def body(self) -> str:
        return BODY.format(link=self.link)


Deliver = Callable[[Letter], None]


def is_time(*, urgent: bool, last_mailed_at: datetime | None, now: datetime, window_minutes: float) -> bool:
    """Whether somebody is mailed now: at once when it is urgent, else once in a window, so that nobody is flooded."""
    return urgent or last_mailed_at is None or now - last_mailed_at >= timedelta(minutes=window_minutes)


def wait_before(tries: int) -> timedelta:
    """How long after so many tries the next is made."""
    return min(_FIRST_WAIT * (1 << min(tries - 1, 20)), _LONGEST_WAIT)


def is_given_up(tries: int) -> bool:
    return tries >= ATTEMPTS
