"""What can be tried on the past year and what cannot; two answers held against each other child by child; and files that come in meanwhile."""

from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest
from django.core.management import CommandError, call_command

from rowan.pipeline import dry_run as trying
from rowan.questions.rules.dry_run import WouldAsk, year_before
from rowan.refusals import NotPossible

EPISODES = "questions.missing_again.episodes"
TODAY = date(2026, 6, 3)
FROM_ON, UNTIL_ON = year_before(TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "says"),
    [
        (EPISODES, "NAME=VALUE"),
        ("questions.missing_again.no_such=3", "No room declares"),
        (f"{EPISODES}=90", "must be at most"),
        (f"{EPISODES}=many", "is a number"),
        ("questions.missing_again.due_working_days=3", "nothing to try"),
        ("concerns.hub_opens_at=09:00", "can be tried"),
    ],
)
def test_what_cannot_be_tried_is_refused_with_the_reason(setting, says):
    with pytest.raises((CommandError, NotPossible), match=says):
        call_command("dry_run", "--setting", setting)


def asks(person, after=0):
    on = FROM_ON + timedelta(days=after)
    return WouldAsk(person, "hub", on, "missing_again", frozenset({"missing_again"}), frozenset({f"{person} {after}"}))  # fmt: skip


def test_children_of_one_side_alone_and_of_both_are_held_against_each_other():
    now = {"a": [asks("a")], "c": [asks("c")], "d": []}
    changed = {"b": [asks("b")], "c": [asks("c"), asks("c", 90)], "e": [asks("e")]}
    found = trying.compare(iter(now.items()), iter(changed.items()), FROM_ON, UNTIL_ON)
    assert [one.person for one, _ in found.stays] == ["c"]
    assert [each.person for each in found.goes] == ["a"]
    assert [each.person for each in found.new] == ["b", "c", "e"]


@pytest.mark.django_db
def test_files_that_come_in_meanwhile_make_it_begin_again_and_then_refuse(tmp_path, monkeypatch):
    """Told in versions of what is in: what stood at the beginning, at the end, and so on."""
    stands = iter([(1, 0), (2, 0), (2, 0), (2, 1)])
    monkeypatch.setattr(trying, "_what_is_in", lambda home: next(stands))
    begun = []
    monkeypatch.setattr(trying, "_once", lambda *given, **more: begun.append(given))
    with pytest.raises(NotPossible, match="Try it again"):
        trying.dry_run(
            EPISODES, 4, home=tmp_path, keys=tmp_path, today=TODAY, now=datetime.now(UTC), hear=lambda *told: None
        )  # fmt: skip
    assert len(begun) == 2


@pytest.mark.django_db
def test_a_file_that_a_purge_took_away_makes_it_begin_again(tmp_path, monkeypatch):
    stands = iter([(1, 0), (1, 1), (1, 1), (1, 1)])
    monkeypatch.setattr(trying, "_what_is_in", lambda home: next(stands))
    gone = [duckdb.IOException("a file that is no longer there")]

    def once(*given, **more):
        if gone:
            raise gone.pop()
        return "compared"

    monkeypatch.setattr(trying, "_once", once)
    told = trying.dry_run(
        EPISODES, 4, home=tmp_path, keys=tmp_path, today=TODAY, now=datetime.now(UTC), hear=lambda *told: None
    )  # fmt: skip
    assert told == "compared"
