"""100,000 absences, leavers and returns over a year of clocks."""

from .a_year_of_clocks import live_a_year, nothing_went_wrong


def test_a_hundred_thousand_events_strand_nothing():
    found = live_a_year(2026, agencies=40, clocks=6000, events_a_day=300)
    nothing_went_wrong(found)
    assert found.events.total() >= 100_000
    print(
        f"\n{found.events.total()} events ({dict(found.events)}), {found.moves} hand-overs, {found.checks} checks of a clock on a day: "
        f"0 clocks without an available owner, 0 loops, highest load {found.highest_load}, to a chief officer beyond the cap "
        f"{found.beyond_the_cap}"
    )
