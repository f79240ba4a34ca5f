"""Imports are killed at fifty random moments: each leaves all of a file or none, and the next run has the rest."""

import random

from tests.integration.records.killing import kill_an_import_and_finish_it

KILLS = 50


def test_an_import_killed_at_any_moment_leaves_a_file_whole_or_not_at_all(tmp_path, measured):
    """50 imports killed (`kill -9`) at random moments: each leaves a file whole or not at all, and the next run has the rest."""
    found = measured(postgresql=False)
    found["killed and finished"] = 0
    for seed in range(100, 100 + KILLS):
        (folder := tmp_path / str(seed)).mkdir()
        kill_an_import_and_finish_it(folder, random.Random(seed))
        found["killed and finished"] += 1
