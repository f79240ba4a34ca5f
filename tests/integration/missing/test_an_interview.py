"""What an interview found: lines in their compartments, names as they were said, and a sign of harm that asks at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from rowan.chronology.models import Entry
from rowan.missing import actions
from rowan.missing.actions.interviews import names_in
from rowan.missing.models import HomeInterview, NameHeard
from rowan.questions.waiting import signs_for
from rowan.refusals import NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from tests.integration.missing.conftest import heard


def hear(hub, **more):
    return hub.step(actions.hear, hub.returned(), at=hub.ago(hours=1), heard=heard(**more), by=hub.worker)


def test_it_becomes_lines_each_in_its_own_compartment(hub):
    hear(
        hub,
        words={"where_words": "A flat above a shop", "with_whom": "Somebody called Stretch"},
        names=names_in("Stretch\n  big  Al \n\nStretch"),
        intelligence="A silver car, waiting",
        health="A cut on his hand",
    )
    lines = {line.compartment: line for line in Entry.objects.filter(kind="return_interview")}
    assert set(lines) == {"police", "intelligence", "health"}
    assert lines["intelligence"].text == "A silver car, waiting"
    assert lines["health"].text == "A cut on his hand"
    assert "silver" not in lines["police"].text
    assert "cut" not in lines["police"].text
    assert "A flat above a shop" in lines["police"].text
    assert (lines["police"].observed, lines["police"].observed_code) == ("I", "MISS-04")
    assert [name.as_said for name in NameHeard.objects.all()] == ["Stretch", "big Al"]


def test_intelligence_and_health_stand_nowhere_else(hub):
    hear(hub, intelligence="A silver car, waiting", health="A cut on his hand")
    stored = HomeInterview.objects.values().get()
    assert not any("silver" in str(value) or "cut on" in str(value) for value in stored.values())


def test_a_sign_of_harm_asks_for_a_strategy_discussion_the_same_day(hub):
    hear(hub, told_of_harm="yes", noticed=("ADU-05",), words={"harm_words": "Taken to a flat"})
    [sign] = Entry.objects.filter(kind="sign_of_harm", by_day=True)
    assert (sign.observed, sign.observed_code, sign.text) == ("S", "ADU-05", "Taken to a flat")
    clock = Clock.objects.running().get(what="a strategy question")
    assert (clock.due_on, clock.owner) == (hub.today, hub.worker)
    assert signs_for(hub.worker, today=hub.today) == [sign]


def test_harm_that_was_told_asks_though_nobody_picked_a_sign(hub):
    hear(hub, told_of_harm="yes")
    assert Entry.objects.get(kind="sign_of_harm").observed_code == "VOICE-01"


def test_without_harm_nothing_asks(hub):
    hear(hub, told_of_harm="not_sure")
    assert not Clock.objects.running().filter(what="a strategy question").exists()


def test_nothing_written_down_is_no_interview(hub):
    with pytest.raises(NotPossible, match="Write down something"):
        hear(hub, words={"childs_words": " "})


def test_it_is_not_held_before_the_return(hub):
    episode = hub.returned(hours=20)
    with pytest.raises(NotPossible, match="before the child came back"):
        hub.step(actions.hear, episode, at=hub.ago(hours=21), heard=heard())


def test_it_is_held_once(hub):
    episode, token = hub.returned(), uuid4()
    version = episode.version
    for _ in range(2):
        hub.step(
            actions.hear, episode, token=token, opened_on=version, at=hub.ago(hours=1), heard=heard(), by=hub.worker
        )  # fmt: skip
    assert HomeInterview.objects.count() == 1
    with pytest.raises(SomebodyWasFirst):
        hub.step(
            actions.hear, episode, opened_on=version, at=hub.ago(hours=1), heard=heard(), by=hub.coordinator
        )
    assert HomeInterview.objects.count() == 1


def test_what_is_to_do_after_it_has_an_owner_and_a_date_until_somebody_says_what_came_of_it(hub):
    episode = hear(hub)
    due_on = hub.today + timedelta(days=7)
    action = actions.add_action(
        episode, token=uuid4(), what="See him at the library", owner=hub.interviewer, due_on=due_on, by=hub.worker, now=hub.now
    )  # fmt: skip
    clock = Clock.objects.running().get(about_kind="missing action")
    assert (clock.owner, clock.due_on) == (hub.interviewer, due_on)
    done = actions.say_done(action, outcome="He came twice", by=hub.interviewer, now=hub.now)
    assert (done.outcome, Clock.objects.running().filter(about_kind="missing action").count()) == (
        "He came twice",
        0,
    )
    with pytest.raises(SomebodyWasFirst):
        actions.say_done(action, outcome="He did not come", by=hub.worker, now=hub.now)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"what": " "}, "what is to be done"),
        ({"owner": None}, "whose"),
        ({"due_on": "yesterday"}, "not over"),
    ],
)
def test_an_action_says_what_whose_and_by_when(hub, changed, says):
    said = {"what": "Ring", "owner": hub.worker, "due_on": hub.today} | changed
    if said["due_on"] == "yesterday":
        said["due_on"] = hub.today - timedelta(days=1)
    with pytest.raises(NotPossible, match=says):
        actions.add_action(hub.report(), token=uuid4(), by=hub.worker, now=hub.now, **said)
