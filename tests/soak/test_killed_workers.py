"""Fifty times `kill -9` of a background worker."""

from .killed_workers import kill_workers


def test_fifty_random_moments(tmp_path):
    copies = kill_workers(tmp_path, people=3000, kills=50, seed=50)
    print(
        f"\n50 workers killed: {len(copies)} mails, none lost, {copies.total() - len(copies)} came twice as the same mail"
    )
