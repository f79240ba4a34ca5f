"""At every step of what people send at work the server is killed (`kill -9`)."""

from tests.killed_at_work import AtWork


def test_at_every_step(tmp_path, django_db_setup, measured):
    """A triage decision, a missing report, an answer to a question, minutes and their approval, each killed at every step of its writing: all or nothing, and done once."""
    found = measured(postgresql=False)
    at_work = AtWork(tmp_path)
    try:
        for name, work in at_work.everything().items():
            found[f"kills while saving {name}"] = at_work.survives(work, lambda step: step + 1)
        at_work.server.home.run("audit-trail", "verify")
    finally:
        at_work.server.end()
    found["half saved"] = 0
