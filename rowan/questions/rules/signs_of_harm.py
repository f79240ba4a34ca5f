"""A sign of harm asks the same day: *strategy discussion?* Design hard case 8; domain 2.2.

Neither the window of days nor the currency of a feed applies. But the first file of a feed does not flood: what lies further back than the
window comes as one list for each worker, *known and acted on?*
"""

from datetime import date, timedelta

from rowan.timescales.rules.working_days import add_working_days

QUESTION = "Strategy discussion today?"
OLD_QUESTION = "Known and acted on?"


def came_with_a_first_file(
    *, happened_on: date, known_on: date, feed_began_on: date | None, window_days: int
) -> bool:
    """Whether a sign belongs to the one list: it came with a feed's first file and was older than the window by then."""
    return known_on == feed_began_on and happened_on < known_on - timedelta(days=window_days)


def sign_due_on(known_on: date, *, old: bool, old_due_working_days: int) -> date:
    """The day it reached Rowan, weekend or not; for the list of old ones, ten working days later."""
    return add_working_days(known_on, old_due_working_days) if old else known_on
