"""Imports are killed at fifty random moments: each leaves all of a file or none, and the next run has the rest."""

import random

import pytest

from tests.integration.records.killing import kill_an_import_and_finish_it


@pytest.mark.parametrize("seed", range(100, 150))
def test_an_import_killed_at_any_moment_leaves_a_file_whole_or_not_at_all(tmp_path, seed):
    kill_an_import_and_finish_it(tmp_path, random.Random(seed))
