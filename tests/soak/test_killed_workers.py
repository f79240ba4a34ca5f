"""Fifty times `kill -9` of a background worker."""

from .killed_workers import kill_workers


def test_fifty_random_moments(tmp_path, measured):
    """50 workers killed (`kill -9`) while they send 3,000 mails by SMTP: none is lost, and none is repeated but one whose worker died between the mail server's taking it and its own note.

    A mail server cannot be asked what it took, so such a mail goes again under its one Message-ID. GOV.UK Notify is asked.
    """
    found = measured(postgresql=False)
    killed = kill_workers(tmp_path, people=3000, kills=50, seed=50)
    found["workers killed"], found["mails"] = killed.kills, len(killed.copies)
    found["lost"] = 0
    found["taken by the mail server when their worker died, and not yet noted"] = len(
        killed.taken_and_not_noted
    )
    found["of these came twice, under one Message-ID"] = killed.came_twice
    found["repeated for any other reason"] = 0
