"""Somebody with full rights on the database changes the trail: it is found, and it is said where."""

import random

import pytest

from tests import tampering
from tests.tampering import a_trail, found, is_located, with_every_right

# The long form is `make soak`.
TIMES_EACH = 2
FEW_EACH = 1


@pytest.fixture
def anchors(tmp_path, settings):
    settings.ROWAN_HOME, settings.ROWAN_ANCHORS = tmp_path / "home", tmp_path / "elsewhere"


@pytest.mark.django_db(transaction=True)
def test_a_trail_nobody_changed_is_whole(anchors):
    anchored = a_trail()
    with with_every_right() as cursor:
        verdict = found(cursor)
    assert verdict.is_whole
    assert (verdict.anchored_to, verdict.head, verdict.lines) == (anchored, anchored + 12, anchored + 12)


@pytest.mark.django_db(transaction=True)
def test_up_to_the_last_anchor_every_tampering_is_found_and_located(anchors):
    anchored, chance = a_trail(), random.Random(3)
    for way in tampering.WAYS:
        for _ in range(TIMES_EACH):
            with with_every_right() as cursor:
                done = way(cursor, chance, 1, anchored)
                breaks = found(cursor).breaks
            assert is_located(breaks, done), (way.__name__, done, breaks)


@pytest.mark.django_db(transaction=True)
def test_after_the_last_anchor_it_is_found_by_the_key_and_told_apart(anchors):
    anchored, chance = a_trail(), random.Random(4)
    for way in tampering.WITHOUT_THE_KEY:
        for _ in range(FEW_EACH):
            with with_every_right() as cursor:
                done = way(cursor, chance, anchored + 1, anchored + 5)
                verdict = found(cursor)
            assert verdict.breaks == []
            assert is_located(verdict.after_the_last_anchor, done), (way.__name__, done, verdict)
