"""Terms as Rowan keeps attendance by: four months each, from September, January and May. Near enough a school's own, and the same for every school."""

from datetime import date

MONTHS_OF_A_TERM = 4


def term_of(monday: date) -> date:
    """The first day of the term that a week is in, by its Monday."""
    return date(monday.year, (monday.month - 1) // MONTHS_OF_A_TERM * MONTHS_OF_A_TERM + 1, 1)
