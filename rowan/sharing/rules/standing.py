"""What a standing decision may cover, how long, and when one may share under it."""

from collections.abc import Iterable
from datetime import date, timedelta

from .items import holds_a_confidence, known
from .who_decides import Whose

LASTS_AT_MOST_DAYS = 366
NOT_UNDER_STANDING = (
    "What was told to a clinician in confidence is never shared under a standing decision. Use the full form."
)


HAS_ENDED = "This standing decision has ended. Use the full form, or ask for a new one."


def refusal_to_share_under(
    *,
    from_on: date,
    until_on: date,
    ended: bool,
    items: Iterable[str],
    same_agency: bool,
    whose: str,
    today: date,
    rests: str = "",
) -> str | None:
    """Why one may not share under it today, or None when one may. Whose the joint picture is, is asked with the decision.

    `rests`: why it rests on its agreement no longer.
    """
    if ended or today > until_on:
        return HAS_ENDED
    if today < from_on:
        return f"This standing decision begins on {from_on.day} {from_on:%B %Y}."
    if whose == Whose.OWN and not same_agency:
        return "This standing decision belongs to another agency."
    if rests:
        return rests
    if holds_a_confidence(items):
        return NOT_UNDER_STANDING
    return None


def what_is_missing_to_set_up(
    *, kind: str, from_on: date | None, until_on: date | None, items: Iterable[str], today: date
) -> dict[str, str]:
    """What a new standing decision lacks beyond what every decision to share has to say."""
    items = list(items)
    lacks = {}
    if not known(items):
        lacks["items"] = "Pick what is shared: a standing decision covers named items only"
    elif holds_a_confidence(items):
        lacks["items"] = NOT_UNDER_STANDING
    if from_on is None or from_on < today:
        lacks["from_on"] = "Give the first day it covers, today or later"
    if until_on is None or from_on is None or until_on < from_on:
        lacks["until_on"] = "Give the last day it covers"
    elif kind == "meeting" and until_on != from_on:
        lacks["until_on"] = "A meeting is on one day: give the same day twice"
    elif until_on > from_on + timedelta(days=LASTS_AT_MOST_DAYS):
        lacks["until_on"] = "It lasts a year at most; then somebody decides again"
    return lacks
