"""How old somebody is on a day; a birthday on 29 February is kept on 1 March in other years."""

from datetime import date


def age_on(birth_date: date | None, day: date) -> int | None:
    if birth_date is None or birth_date > day:
        return None
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
