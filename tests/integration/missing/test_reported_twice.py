"""A child reported by name and once more as nobody known is one absence when the desk says so: one clock, one line on the board, and two again if that was a mistake."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement
from rowan.audit_trail.models import Entry as Line
from rowan.chronology.models import Entry
from rowan.missing import actions
from rowan.missing.actions.feed import take_in_reports
from rowan.missing.models import Episode
from rowan.refusals import NotPossible
from rowan.timescales.models import Clock
from tests.integration.missing.conftest import heard


@pytest.fixture
def known(hub) -> Episode:
    return hub.report(hours=6, worry="He left after a call")


@pytest.fixture
def unknown(hub) -> Episode:
    return actions.report_nobody_known(
        token=uuid4(), called="Kac", known_by="About 15, a green coat", began_at=hub.ago(hours=4), by=hub.coordinator, now=hub.now
    )  # fmt: skip


def said_who(hub, episode, one_absence="", **more) -> Episode:
    newest = episode.unknown_child.found_to_be.last()
    said = {"into": hub.boy.pk, "how_known": "His school named him"} | more
    return actions.say_who(
        episode.pk, opened_on=str(newest.pk) if newest else "none", one_absence=one_absence, by=hub.triage, now=hub.now, **said
    )  # fmt: skip


def clocks(*episodes) -> list[str]:
    return [each.about_id for each in Clock.objects.running().filter(about_id__in=[str(e.pk) for e in episodes])]  # fmt: skip


def test_before_a_child_is_named_who_is_reported_already_both_reports_are_shown(hub, known, unknown, client):
    client.force_login(hub.triage)
    page = reverse("missing:who", args=[unknown.pk])
    sent = {"then": "choose", "into": hub.boy.pk, "how_known": "His school named him", "opened_on": "none"}
    warned = client.post(page, sent).content.decode()
    assert "This child is reported missing already" in warned and "Is it one absence?" in warned
    assert "He left after a call" in warned and "About 15, a green coat" in warned
    assert not unknown.unknown_child.found_to_be.exists()
    assert client.post(page, sent | {"one_absence": "one"}).status_code == 302
    assert Episode.objects.get(pk=unknown.pk).same_absence_as == known


def test_one_absence_has_one_clock_one_line_on_the_board_and_every_step_of_both(hub, known, unknown, client):
    hub.step(actions.grade, unknown, grade="high", at=hub.ago(hours=3))
    said_who(hub, unknown, "one")
    assert clocks(known, unknown) == [str(known.pk)]
    client.force_login(hub.triage)
    board = client.get("/missing/").content.decode()
    assert str(known.pk) in board and str(unknown.pk) not in board
    assert str(unknown.pk) not in client.get("/missing/huddle/").content.decode()
    assert str(unknown.pk) not in client.get(f"/missing/children/{hub.boy.pk}/").content.decode()
    both = client.get(f"/missing/{known.pk}/").content.decode()
    assert "Graded by the police: high" in both and "without knowing who it was" in both
    assert "About 15, a green coat" in both, "what the other report says is read here too"
    other = client.get(f"/missing/{unknown.pk}/").content.decode()
    assert f"/missing/{known.pk}/" in other and "What happened next?" not in other
    with pytest.raises(NotPossible, match="Record it there"):
        hub.step(actions.say_found, unknown, at=hub.now, words="At the bus station")
    with pytest.raises(NotPossible, match="not one absence"):
        hub.step(actions.say_not_missing, known, words="He was at his uncle’s")
    line = Line.objects.get(did="said who a missing child is", refused_because="")
    assert line.particulars["one_absence"] == str(known.pk)


def test_pressed_again_it_is_one_absence_once(hub, known, unknown):
    for _ in range(2):
        actions.say_who(
            unknown.pk, into=hub.boy.pk, how_known="His school named him", opened_on="none", one_absence="one", by=hub.triage, now=hub.now
        )  # fmt: skip
    assert unknown.unknown_child.found_to_be.count() == 1


def test_back_he_is_back_in_both_lines_of_the_timeline(hub, known, unknown):
    said_who(hub, unknown, "one")
    hub.step(actions.say_returned, known, at=hub.ago(hours=1))
    lines = Entry.objects.current().about(hub.boy.pk).filter(kind="went_missing")
    assert [line.ended_on is not None for line in lines] == [True, True]
    assert clocks(known, unknown) == [str(known.pk)]


def test_a_file_that_tells_of_either_report_moves_the_one_episode(hub, known, unknown):
    said_who(hub, unknown, "two")
    entry = hub.reported_in_a_file(began=unknown.began_at, ended=None)
    take_in_reports(now=hub.now)
    assert unknown.reports.count() == 1
    said_who(hub, unknown, "one")
    ended = timezone.localtime(hub.ago(hours=1)).strftime("%Y-%m-%d %H:%M:%S")
    Entry.objects.filter(pk=entry.pk).update(particulars=entry.particulars | {"ended_at": ended})
    take_in_reports(now=hub.now)
    assert Episode.objects.get(pk=unknown.pk).is_missing_now
    assert Episode.objects.get(pk=known.pk).interview == "required"
    assert clocks(known, unknown) == [str(known.pk)]


def test_said_to_be_two_they_stay_two_and_may_be_one_later(hub, known, unknown, client):
    with pytest.raises(NotPossible, match="Say whether it is one absence"):
        said_who(hub, unknown)
    said_who(hub, unknown, "two")
    assert sorted(clocks(known, unknown)) == sorted([str(known.pk), str(unknown.pk)])
    client.force_login(hub.triage)
    assert "Is it one absence?" in client.get(reverse("missing:who", args=[unknown.pk])).content.decode()
    said_who(hub, unknown, "one")
    assert clocks(known, unknown) == [str(known.pk)]


def test_taken_back_there_are_two_again_each_with_its_clock_and_its_parts(hub, known, unknown):
    said_who(hub, unknown, "one")
    hub.step(actions.say_returned, known, at=hub.ago(hours=1))
    back = said_who(hub, unknown, into="", how_known="It was his cousin")
    assert (back.same_absence_as, back.person_id, back.is_missing_now) == (
        None,
        unknown.person_id,
        True,
    )
    assert sorted(clocks(known, unknown)) == sorted([str(known.pk), str(unknown.pk)])
    [line] = Entry.objects.current().about(unknown.person_id).filter(kind="went_missing")
    assert line.ended_on is None
    open_parts = Involvement.objects.filter(person_id=unknown.person_id, closed_on=None)
    assert {row.rests_on for row in open_parts} >= {
        f"{unknown.rests_on} triage",
        f"{unknown.rests_on} reported",
    }


def test_an_earlier_absence_and_one_recorded_by_mistake_ask_nothing(hub, unknown):
    hub.step(actions.say_returned, hub.report(hours=90), at=hub.ago(hours=80))
    hub.step(actions.say_not_missing, hub.report(hours=6), words="He was at his uncle’s")
    assert said_who(hub, unknown).same_absence_as is None


def test_one_in_which_another_is_told_is_named_anew_only_when_they_are_two(hub, known, unknown):
    said_who(hub, unknown, "two")
    third = actions.report_nobody_known(
        token=uuid4(), called="", known_by="A boy in a green coat", began_at=unknown.began_at + timedelta(minutes=1), by=hub.coordinator, now=hub.now
    )  # fmt: skip
    assert said_who(hub, third, "one").same_absence_as == unknown
    with pytest.raises(NotPossible, match="that they are two"):
        said_who(hub, unknown, into="", how_known="It was his cousin")


def test_an_interview_that_was_held_keeps_an_episode_of_its_own(hub, known, unknown):
    hub.step(actions.say_returned, unknown, at=hub.ago(hours=2))
    hub.step(actions.hear, unknown, heard=heard(), at=hub.ago(hours=1))
    with pytest.raises(NotPossible, match="stays an episode of its own"):
        said_who(hub, unknown, "one")
    assert said_who(hub, unknown, "two").was_held
