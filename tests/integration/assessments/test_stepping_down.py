"""Step-down and closing take evidence, a second person, the child's view and a day to look back; nothing does it by itself."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest

from rowan.assessments.actions import (
    approve,
    ask_to_step_down,
    decide_step_down,
    look_back,
    open_strand,
    record_transition,
)
from rowan.assessments.models import LookBack, StepDown, Strand
from rowan.assessments.rules.step_down import NO_TRANSITION, NOT_APPROVED, STRATEGY_WAITS
from rowan.assessments.rules.steps import OWED, Step
from rowan.audit_trail.models import Entry as Trail
from rowan.people.models import KnownAs
from rowan.refusals import NotAllowed, NotPossible, Refusal, SomebodyWasFirst
from rowan.timescales.models import Clock

from .conftest import HARM


@pytest.mark.parametrize("box", ["evidence", "childs_view", "look_back_on"])
def test_without_evidence_the_childs_view_or_a_day_to_look_back_it_is_refused_and_nothing_moves(hub, box):
    strand = hub.assessed()
    with pytest.raises(NotPossible):
        hub.ask(**{box: None if box == "look_back_on" else " "})
    assert not StepDown.objects.exists()
    strand.refresh_from_db()
    assert (strand.step, strand.state) == ("review", "significant_concern")
    assert Trail.objects.about(hub.girl.pk).refused().filter(did="asked for a step-down or closing").exists()


def test_nothing_moves_before_a_second_person_agrees_and_then_there_is_a_day_to_look_back(hub):
    strand = hub.assessed()
    asked = hub.ask()
    strand.refresh_from_db()
    assert strand.step == "review"
    assert hub.clocks(strand)["a second person on a step-down"].owner == hub.manager
    with pytest.raises(NotAllowed, match="other than who wrote it"):
        decide_step_down(asked, agreed=True, words="Yes", by=hub.worker, now=hub.now)
    decide_step_down(asked, agreed=True, words="I spoke to her school", by=hub.manager, now=hub.now)
    strand.refresh_from_db()
    assert (strand.step, strand.state, strand.state_by) == ("watched", "emerging_concern", hub.worker)
    running = hub.clocks(strand)
    assert running["a look back after a step-down"].due_on == asked.look_back_on == strand.due_on
    assert "a review of where a child stands" not in running


def test_not_agreed_everything_stays_as_it_is_and_the_reason_stays_on_record(hub):
    strand = hub.assessed()
    asked = hub.ask()
    said = decide_step_down(asked, agreed=False, words="Two weeks are too short", by=hub.manager, now=hub.now)
    strand.refresh_from_db()
    assert (strand.step, strand.state) == ("review", "significant_concern")
    assert "a review of where a child stands" in hub.clocks(strand)
    assert decide_step_down(asked, agreed=False, words="Two weeks are too short", by=hub.manager, now=hub.now) == said  # fmt: skip
    with pytest.raises(SomebodyWasFirst):
        decide_step_down(asked, agreed=True, words="Yes", by=hub.coordinator, now=hub.now)


def test_an_unapproved_version_cannot_be_stepped_down(hub):
    hub.assessed()
    hub.write(written_as="assessment")
    with pytest.raises(NotPossible, match=NOT_APPROVED):
        hub.ask()


def test_a_sign_that_waits_for_its_answer_stops_it_also_when_it_came_after_it_was_asked_for(hub):
    hub.assessed()
    asked = hub.ask()
    version = hub.write(written_as="assessment", state="experiencing_harm", **HARM)
    approve(version, approved=True, by=hub.manager, now=hub.now)
    with pytest.raises(NotPossible, match=STRATEGY_WAITS[:40]):
        decide_step_down(asked, agreed=True, words="Yes", by=hub.manager, now=hub.now)
    assert not Strand.objects.exclude(step="review").exists()


def test_where_past_harm_is_on_the_record_the_second_person_is_a_manager(hub):
    hub.assessed(state="experiencing_harm", **HARM)
    hub.answer_signs()
    with pytest.raises(NotPossible, match="a manager has to decide"):
        hub.ask(second=hub.coordinator, state="significant_concern")
    hub.ask(state="significant_concern")


def test_one_waits_at_a_time_and_sent_twice_it_is_one(hub):
    hub.assessed()
    token = uuid4()
    assert hub.ask(token=token) == hub.ask(token=token)
    with pytest.raises(SomebodyWasFirst) as first:
        hub.ask(by=hub.coordinator, evidence="Mine")
    assert "Mine" in [row.typed for row in first.value.both]


def test_a_look_back_closes_nothing_and_names_the_next_day(hub):
    strand = hub.assessed()
    hub.stepped_down()
    said = {
        "token": uuid4(),
        "person_id": hub.girl.pk,
        "works_again": False,
        "by": hub.worker,
        "now": hub.now,
    }
    with pytest.raises(NotPossible, match="how the child is"):
        look_back(found=" ", **said)
    with pytest.raises(NotPossible, match="not closed by a look back"):
        look_back(found="Well", **said)
    again_on = hub.today + timedelta(days=30)
    look_back(found="Well", again_on=again_on, **said)
    strand.refresh_from_db()
    assert (strand.step, strand.due_on) == ("watched", again_on)
    with pytest.raises(SomebodyWasFirst):
        look_back(found="Mine", again_on=again_on, opened_on="", **(said | {"token": uuid4()}))
    assert LookBack.objects.count() == 1


def test_closed_it_is_still_looked_back_at_and_opened_again_with_its_history(hub):
    strand = hub.assessed()
    hub.stepped_down(to="closed", state="not_indicated")
    assert Strand.objects.open().count() == 0
    assert hub.clocks(strand)["a look back after closing"].owner == hub.worker
    look_back(token=uuid4(), person_id=hub.girl.pk, found="He is back", works_again=True, by=hub.worker, now=hub.now)  # fmt: skip
    strand.refresh_from_db()
    assert strand.step == "screening"
    assert set(hub.clocks(strand)) == {"a screening", "a move to adult services"}
    assert [step.to for step in strand.steps.all()] == ["screening", "assessment", "review", "closed", "screening"]  # fmt: skip
    assert strand.versions.count() == 2


def test_once_looked_back_at_a_closed_childs_work_owes_nothing_more(hub):
    strand = hub.assessed()
    hub.stepped_down(to="closed", state="not_indicated")
    look_back(token=uuid4(), person_id=hub.girl.pk, found="Well", works_again=False, by=hub.worker, now=hub.now)  # fmt: skip
    assert "a look back after closing" not in hub.clocks(strand)
    open_strand(token=uuid4(), person_id=hub.girl.pk, lead=hub.worker, why="New", by=hub.worker, now=hub.now)
    assert "a screening" in hub.clocks(strand)


def test_at_18_it_is_a_move_and_not_an_ending(hub):
    born = hub.today.replace(year=hub.today.year - 18, day=1)
    KnownAs.objects.filter(person=hub.girl).update(birth_date=born)
    strand = hub.assessed()
    with pytest.raises(NotPossible, match=NO_TRANSITION[:30]):
        hub.ask(to="closed", state="not_indicated")
    assert hub.clocks(strand)["a move to adult services"].due_on == hub.today
    record_transition(
        token=uuid4(), person_id=hub.girl.pk, to_whom="GET THERE, Lou Marsh", plan="Meets her weekly from July",
        young_persons_view="Glad to keep somebody", by=hub.worker, now=hub.now,
    )  # fmt: skip
    strand.refresh_from_db()
    assert (strand.step, "a move to adult services" in hub.clocks(strand)) == ("review", False)
    hub.ask(to="closed", state="not_indicated")


def test_time_alone_moves_nothing(hub):
    """Every piece of scheduled work, run a year late, leaves the child where she stands."""
    from importlib import import_module

    from rowan.timescales.declared import declared_schedule

    strand = hub.assessed()
    before = Strand.objects.values().get()
    for name, _ in declared_schedule():
        module, function = name.rsplit(".", 1)
        if not name.startswith(("rowan.audit_trail", "rowan.records", "rowan.notices")):
            getattr(import_module(module), function)(now=hub.now + timedelta(days=365))
    assert Strand.objects.values().get() == before
    assert hub.clocks(strand)["a review of where a child stands"].stopped_at is None


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_in_whatever_order_no_child_stands_without_an_owner_and_a_date(hub, seed):
    """A walk over the state machine, taking any act at any time: what is refused changes nothing."""
    drawn = random.Random(seed)
    strand = hub.begin()
    for _ in range(14):
        try:
            _something(hub, strand, drawn)
        except Refusal:
            pass
        strand.refresh_from_db()
        assert strand.lead_id and strand.due_on
        assert not strand.state or (strand.state_by_id and strand.state_at)
        running = Clock.objects.running().filter(about_person=hub.girl.pk)
        owed = {OWED[Step(strand.step)], "an approval of where a child stands"}
        ours = [clock for clock in running if clock.what in owed]
        if strand.is_open:
            assert ours, strand.step
            assert min(clock.due_on for clock in ours) == strand.due_on
        assert all(clock.owner_id or clock.owner_post_id for clock in ours)


def _something(hub, strand, drawn) -> None:
    newest = strand.versions.order_by("number").last()
    waiting = strand.step_downs.filter(decided=None).first()
    states = ["not_indicated", "emerging_concern", "significant_concern", "experiencing_harm"]
    acts = [
        lambda: hub.write(written_as=drawn.choice(["screen", "assessment"]), state=drawn.choice(states)),
        lambda: newest and approve(newest, approved=drawn.random() < 0.8, words="x", by=hub.manager, now=hub.now),
        lambda: ask_to_step_down(
            hub.asked(to=drawn.choice(["watched", "closed"]), state=drawn.choice(states)), token=uuid4(), person_id=hub.girl.pk,
            second=hub.manager, by=hub.worker, now=hub.now,
        ),
        lambda: waiting and decide_step_down(waiting, agreed=drawn.random() < 0.8, words="x", by=hub.manager, now=hub.now),
        lambda: look_back(
            token=uuid4(), person_id=hub.girl.pk, found="x", works_again=drawn.random() < 0.5,
            again_on=hub.today + timedelta(days=9), by=hub.worker, now=hub.now,
        ),
        lambda: hub.begin(),
    ]  # fmt: skip
    drawn.choice(acts)()
