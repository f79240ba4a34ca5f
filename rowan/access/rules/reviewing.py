"""When the review of an emergency access is overdue, and who in the chain of leads is asked next: never whoever opened the record."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from rowan.agencies.rules.chain import Absences, Chair, Reached, in_words, who_answers
from rowan.timescales.rules.working_days import add_working_days, is_working_day

REVIEW_CLOCK = "review of an emergency access"
ALL_HAVE_HAD_IT = "Everybody in the chain of leads has had it, and it is not reviewed."


def goes_up(due_on: date, last_step_on: date | None, today: date, working_days: int) -> bool:
    """The first step is on the working day after it was due; each further one so many working days after the one before."""
    if not is_working_day(today):
        return False
    if last_step_on is None:
        return today > due_on
    return today >= add_working_days(last_step_on, working_days)


def next_up(
    chain: Iterable[Chair], absences: Absences, day: date, *, opener: int, had_it: Collection[int]
) -> tuple[Reached, str]:
    """Who in the chain is there and has not had it yet, and how they were reached, in words that colleagues read."""
    passed_over = {opener, *had_it}
    left, openers = [], []
    for chair in chain:
        free = tuple(sitting for sitting in chair.sittings if sitting.person not in passed_over)
        if free or not chair.sittings:
            left.append(replace(chair, sittings=free))
        elif any(sitting.person == opener for sitting in chair.sittings):
            openers.append(chair)
    willing = {
        person: [
            replace(away, stands_in=None if away.stands_in in passed_over else away.stands_in)
            for away in times
        ]
        for person, times in absences.items()
    }
    reached = who_answers(left, willing, day)
    said = [f"{chair.title} opened the record and does not review it." for chair in openers]
    if reached.chair is None and had_it:
        said.append(ALL_HAVE_HAD_IT)
    if reached.chair is not None or reached.passed or not had_it:
        said.append(in_words(reached))
    return reached, " ".join(said)
