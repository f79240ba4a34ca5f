"""Two thousand children, six people at work, and a night that runs meanwhile."""

from .a_night_at_work import SECONDS_ALLOWED, report, visits_during_a_night
from .visitors import percentile


def test_two_thousand_children(tmp_path, record_property):
    visits = visits_during_a_night(tmp_path, children=2000)
    record_property("visits", report(visits))
    assert len(visits) > 100
    assert not [visit for visit in visits if visit.status >= 500]
    assert percentile([visit.seconds for visit in visits], 0.95) < SECONDS_ALLOWED, report(visits)
