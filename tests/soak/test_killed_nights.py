"""Fifty times `kill -9` of an overnight run."""

from .killed_nights import kill_runs


def test_fifty_random_moments(tmp_path, measured):
    """50 nights of 500 children killed (`kill -9`) at random moments: pages show the last finished night, whole, and the next run completes."""
    found = measured(postgresql=False)
    found["children"] = 500
    kill_runs(tmp_path, children=500, kills=50, seed=50)
    found["killed"], found["left something half-written"] = 50, 0
