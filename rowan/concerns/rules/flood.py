"""When so much comes in by the public page that the desk is told once and files wait. A report is never refused for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)


def is_flood(received: Sequence[datetime], now: datetime, limit: float) -> bool:
    """`received`: when the newest reports came, the one at hand among them."""
    return sum(now - WINDOW < moment <= now for moment in received) > limit
