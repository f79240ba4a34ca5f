"""The long assurance runs in short: whole Rowans in scratch folders, killed at work and visited at night."""

from tests.soak.a_night_at_work import visits_during_a_night
from tests.soak.killed_nights import kill_runs
from tests.soak.killed_workers import kill_workers


def test_a_night_killed_at_three_random_moments_shows_nothing_half_written(tmp_path):
    kill_runs(tmp_path, children=200, kills=3, seed=3)


def test_nothing_fails_while_a_small_night_runs(tmp_path):
    """The short form counts failures only: how long a visit takes is measured in the long one, not on a busy test machine."""
    visits = visits_during_a_night(tmp_path, children=200)
    assert len(visits) > 20
    assert any("/children/" in visit.path for visit in visits)
    assert not [visit for visit in visits if visit.status >= 500]


def test_a_worker_killed_at_three_random_moments_loses_and_repeats_nothing_that_matters(tmp_path):
    kill_workers(tmp_path, people=150, kills=3, seed=3)
