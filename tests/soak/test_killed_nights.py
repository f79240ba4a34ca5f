"""Fifty times `kill -9` of an overnight run."""

from .killed_nights import kill_runs


def test_fifty_random_moments(tmp_path):
    kill_runs(tmp_path, children=500, kills=50, seed=50)
