"""When so much comes in by the public page that something has to give. Pictures go first, then reports wait their turn; no report is refused."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(minutes=10)
NO_PICTURES_NOW = (
    "We cannot take pictures just now; tell us in words, and say that you have a picture. Keep the picture."
)


class Flood(StrEnum):
    NONE = "none"
    PICTURES_GO = "pictures go"  # reports as ever, without pictures
    REPORTS_QUEUE = "reports queue"  # and those that can wait stand in a list of their own


def flood_at(
    now: datetime, received: Sequence[datetime], *, pictures_up_to: float, each_up_to: float
) -> Flood:
    """`received`: when the newest reports came, the one at hand among them. However the two numbers are set, pictures go first."""
    many = sum(now - WINDOW < moment <= now for moment in received)
    if many > each_up_to:
        return Flood.REPORTS_QUEUE
    return Flood.PICTURES_GO if many > pictures_up_to else Flood.NONE


def refusal_of_pictures(flood: Flood, *, lie_unsent: int, unsent_up_to: float) -> str | None:
    """Why no picture is taken now, or None. `lie_unsent`: files of reports that nobody has sent, or not yet."""
    if flood is not Flood.NONE or lie_unsent >= unsent_up_to:
        return NO_PICTURES_NOW
    return None
