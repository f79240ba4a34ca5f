"""How long somebody stays signed in: until she has done nothing for a while, and never longer than a working day."""

from datetime import datetime, timedelta
from enum import StrEnum

# Written down once a minute, not at every page: a page that is only read need not wait for a write.
SEEN_EVERY = timedelta(minutes=1)


class Ended(StrEnum):
    IDLE = "idle"
    DAY_OVER = "day_over"


ENDED_IN_WORDS = {
    Ended.IDLE: "You were signed out because nothing was done here for a while. What you had typed is kept for you.",
    Ended.DAY_OVER: "You were signed out because your working day with Rowan is over. What you had typed is kept for you.",
}


def why_ended(
    *, started_at: datetime, last_seen_at: datetime, now: datetime, idle: timedelta, longest: timedelta
) -> Ended | None:
    """Why a session is over, or None while it goes on."""
    if now - started_at >= longest:
        return Ended.DAY_OVER
    if now - last_seen_at >= idle:
        return Ended.IDLE
    return None
