"""Two thousand children, six people at work, and a night that runs meanwhile."""

from .a_night_at_work import SECONDS_ALLOWED, visits_during_a_night
from .visitors import percentile


def test_two_thousand_children(tmp_path, measured):
    """Six people look and answer while the night of 2,000 children runs: no visit fails, and 95 of 100 are answered within a second."""
    found = measured(postgresql=False)
    visits = visits_during_a_night(tmp_path, children=2000)
    seconds = [visit.seconds for visit in visits]
    found["visits"] = len(visits)
    found["failed"] = sum(visit.status >= 500 for visit in visits)
    for part in (0.5, 0.95, 1):
        found[f"{100 * part:.0f} of 100 within, milliseconds"] = round(1000 * percentile(seconds, part))
    assert found["visits"] > 100
    assert found["failed"] == 0
    assert percentile(seconds, 0.95) < SECONDS_ALLOWED
