"""100,000 absences, leavers and returns over a year of clocks."""

from .a_year_of_clocks import CAP, live_a_year, nothing_went_wrong


def test_a_hundred_thousand_events_strand_nothing(measured):
    """100,000 absences, leavers and returns over a year of clocks: none without an available owner, none passed in a circle, nobody above the cap.

    Who was there says the test's own calendar, which shares no code with the rule.
    """
    found = measured(postgresql=False)
    year = live_a_year(2026, agencies=40, clocks=6000, events_a_day=300)
    found["events"] = year.events.total()
    found["of these"] = dict(year.events)
    found["hand-overs"] = year.moves
    found["checks of a clock on a day"] = year.checks
    found["clocks without an available owner"] = len(year.without_owner)
    found["clocks passed in a circle"] = len(year.loops)
    found["clocks passed needlessly"] = len(year.needless)
    found["highest load"], found["the cap"] = year.highest_load, CAP
    found["passed to a chief officer beyond the cap"] = year.beyond_the_cap
    nothing_went_wrong(year)
    assert found["events"] >= 100_000
