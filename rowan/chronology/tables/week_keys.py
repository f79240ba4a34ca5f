"""Attendance weeks as a page shows them."""

from ibis.expr.types import Table

from .attendance_weeks import WEEK_OF_A_PUPIL
from .writing import digest


def published_weeks(attendance_weeks: Table, codes_by_week: Table) -> Table:
    """key, person_id, agency_code, week_on, and the week in sessions. A pupil with two numbers at one school has two."""
    possible = attendance_weeks.filter(attendance_weeks.possible > 0)
    weeks = possible.join(codes_by_week, WEEK_OF_A_PUPIL)
    return weeks.select(
        "person_id", "week_on", "possible", "absent", "authorised", "unauthorised", "codes",
        key=digest("week", weeks.source, weeks.source_id, weeks.week_on), agency_code=weeks.agency,
    )  # fmt: skip
