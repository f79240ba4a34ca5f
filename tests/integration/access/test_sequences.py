"""Random sequences of parts, restrictions, letting in, taking off, handing over, keeping out, emergencies, reasons, joins and undone joins, against a plain model."""

import pytest

from rowan.access import models as access_models
from rowan.access import restricted, standing
from rowan.asked_alike import asked_alike
from tests.access_sequences import CHILDREN, STEPS, live_once, make_world

LIVES = 20


def test_rowan_says_who_sees_whom_as_the_model_says(db):
    world = make_world()
    assert sum(live_once(seed, world) for seed in range(LIVES)) == LIVES * STEPS * len(CHILDREN)


@pytest.mark.parametrize("broken", ["kept_out", "named", "restricted", "emergency"])
def test_a_broken_answer_is_found(db, monkeypatch, broken):
    """The model would be no guard if it agreed with anything."""
    real = standing.Standing

    def wrong(**facts):
        return real(**facts | {broken: not facts[broken]})

    monkeypatch.setattr(standing, "Standing", wrong)
    world = make_world()
    with pytest.raises(AssertionError, match="ought by"):
        for seed in range(LIVES):
            live_once(seed, world)


@pytest.mark.parametrize(
    ("broken", "life"), [("refusal_to_take_off", 14), ("refusal_to_let_in", 28), ("refusal_to_manage", 0)]
)
def test_a_broken_rule_of_who_is_let_in_is_found(db, monkeypatch, broken, life):
    """In the first life that meets it; change the acts, and look for another."""
    monkeypatch.setattr(restricted, broken, lambda *args, **more: None)
    with pytest.raises(AssertionError, match="ought by"):
        live_once(life, make_world())


@pytest.fixture
def asked_without_the_day(monkeypatch):
    holdings = access_models.PostHolding.objects.__class__
    monkeypatch.setattr(holdings, "on", lambda holdings, day: holdings.all(), raising=False)
    asked_alike.put_anew()
    yield
    monkeypatch.undo()
    asked_alike.put_anew()


def test_a_post_that_somebody_held_once_is_found_when_it_opens_a_record_still(db, asked_without_the_day):
    """As it once did: who holds a post was asked without the day."""
    world = make_world()
    with pytest.raises(AssertionError, match="ought by"):
        for seed in range(1, 4 * LIVES, 2):
            live_once(seed, world)
