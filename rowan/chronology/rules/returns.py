"""Which year of a council's yearly return a row belongs to (1 April to 31 March)."""

from datetime import date

RETURN_YEAR_BEGINS = (4, 1)


def return_year(day: date) -> int:
    """The year in which the return's year ends: 31 March 2026 and 1 April 2025 belong to 2026."""
    return day.year + (1 if (day.month, day.day) >= RETURN_YEAR_BEGINS else 0)
