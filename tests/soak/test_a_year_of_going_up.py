"""300 practitioners and 20,000 clocks over a year, and 1,500 reds at any hour: what nobody sees to goes up."""

from .a_year_of_going_up import RANKS, Year, nothing_stayed_below


def test_nothing_is_overdue_without_having_gone_up(db, measured):
    """A year of 300 practitioners and 20,000 clocks, with absences every day: none overdue without having gone up as far as its lateness asks, none to somebody who was away, none coming down.

    1,500 reds come at any minute of any day; what nobody looks at goes up by the hour, at night to the duty team first, to each level once. Who was there and how late each was says the test's own calendar, which shares no code with the ladder.
    """
    found = measured()
    year = Year(2026, people=300, agencies=6).live(days=365, clocks=20_000, reds=1_500)
    found["clocks"], found["absences"] = year.clocks, year.absences
    found["steps taken up"] = year.steps
    found["of these, to"] = dict(year.went_to)
    found["checks of an overdue clock on a day"] = year.checks
    found["overdue without having gone up"] = len(year.not_gone_up)
    found["taken up to somebody who was away"] = len(year.to_somebody_away)
    found["came down again"] = len(year.came_down)
    found["taken up twice in a day"] = year.twice_a_day
    found["without anybody at the end of a day"] = year.without_anybody
    found["reds that came at any hour"], found["checks of a red at a quarter of an hour"] = (
        year.reds,
        year.red_checks,
    )
    found["of reds, taken up to"] = dict(year.red_steps)
    found["red without having gone up in its hours"] = len(year.red_not_gone_up)
    found["red at night left to a desk that is closed"] = len(year.red_at_a_closed_desk)
    found["red, a level twice"] = len(year.a_level_twice)
    nothing_stayed_below(year)
    assert year.clocks == 20_000
    assert set(year.went_to) == set(year.red_steps) == set(RANKS)
