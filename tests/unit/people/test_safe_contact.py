"""What may not go out against a safe-contact flag."""

import pytest

from rowan.people.rules.safe_contact import (
    AGAINST,
    FLAG_NAMES,
    NEEDS_WORDS,
    Flag,
    Way,
    refusal_of_flag,
    refusal_to_send,
)


@pytest.mark.parametrize("way", list(Way))
def test_nothing_stands_against_any_way_without_a_flag(way):
    assert refusal_to_send(set(), way) is None


@pytest.mark.parametrize(
    ("flag", "way"), [(flag, way) for flag in Flag for way in Way if way in AGAINST.get(flag, ())]
)
def test_a_flag_refuses_its_ways_and_is_named(flag, way):
    assert FLAG_NAMES[flag] in refusal_to_send({flag}, way)
    assert FLAG_NAMES[flag] in refusal_to_send(set(Flag), way)


def test_the_ways_that_domain_names_are_refused():
    assert refusal_to_send({Flag.DO_NOT_RING_HOME}, Way.PHONE)
    assert refusal_to_send({Flag.ADDRESS_WITHHELD}, Way.LETTER)
    assert refusal_to_send({Flag.DEVICE_WATCHED}, Way.EMAIL)
    assert refusal_to_send({Flag.LEAVE_NO_MESSAGE}, Way.MESSAGE)
    assert refusal_to_send({Flag.STAFF_SAFETY}, Way.VISIT)
    assert refusal_to_send({Flag.PREFERRED_NAME, Flag.TRUSTS, Flag.INTERPRETER}, Way.PHONE) is None


@pytest.mark.parametrize("flag", list(Flag))
def test_what_tells_nothing_by_its_heading_must_be_said_in_words_and_by_whom(flag):
    assert bool(refusal_of_flag(flag, "", "her mother")) == (flag in NEEDS_WORDS)
    assert refusal_of_flag(flag, "In words", "")
    assert refusal_of_flag(flag, "In words", "her mother") is None
