"""What a concern must say, how a pregnancy is graded, how urgent it is at first, and which pages are asked."""

from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rowan.chronology.rules.observations import BY_CODE
from rowan.concerns.rules.first_urgency import first_urgency
from rowan.concerns.rules.form_steps import Teller, steps_for
from rowan.concerns.rules.kept_in_health import THINK_OF_ENDED, THINK_OF_SEXUAL_HEALTH, tells_of_an_end
from rowan.concerns.rules.pregnancy import GROUNDS, Pregnancy
from rowan.concerns.rules.receipts import (
    CODE_LETTERS,
    LETTERS,
    code_of,
    digest_of,
    is_a_code,
    says_of_referral,
)
from rowan.concerns.rules.told import (
    HeardName,
    Told,
    tells_of_an_ended_pregnancy,
    to_think_of,
    what_is_missing,
)
from rowan.concerns.rules.urgency import Urgency
from rowan.concerns.rules.what_it_is_about import About
from rowan.concerns.rules.who_raises import Raises, ToldOf, may_be_told
from rowan.concerns.rules.who_they_are import compartment_of, raises_as

PLAIN = Told(about="child", raises="resident", details=(("name", "Somebody"),), what_worries="Something")


@pytest.mark.parametrize(
    "more",
    [
        {"what_worries": "", "childs_words": "Help"},
        {"what_worries": "", "cannot_say_why": True},
        {"what_worries": "", "noticed": ("ADU-04",)},
    ],
)
def test_one_reason_of_any_kind_is_enough(more):
    assert what_is_missing(replace(PLAIN, **more)) == {}


@pytest.mark.parametrize(
    ("more", "box"),
    [
        ({"about": ""}, "about"),
        ({"raises": "nobody"}, "raises"),
        ({"what_worries": " "}, "what_worries"),
        ({"details": ()}, "detail_name"),
        ({"child_knows": "no_not_safe"}, "why_child_does_not_know"),
        ({"about_a_professional": True}, "professionals_name"),
        ({"what_worries": "x" * 9_000}, "what_worries"),
        ({"please_contact": True}, "please_contact"),
    ],
)
def test_what_is_lacking_is_said_at_its_box(more, box):
    assert list(what_is_missing(replace(PLAIN, **more))) == [box]


def test_every_ground_makes_a_pregnancy_a_sign_of_harm_and_none_makes_it_an_indicator():
    assert Pregnancy().observation() == {}
    assert Pregnancy(False, frozenset(GROUNDS)).observation() == {}
    assert Pregnancy(True).observation() == {"HLT-04": "I"}
    for grounds in chain.from_iterable(combinations(GROUNDS, size) for size in (1, 2, 3, 4)):
        [(code, kind)] = Pregnancy(True, frozenset(grounds)).observation().items()
        assert (kind, BY_CODE[code].kind.value) == ("S", "S")
        assert (code == "HLT-03") == ("under_13" in grounds)


@given(
    some.builds(
        Told,
        about=some.sampled_from(list(About)),
        raises=some.sampled_from(list(Raises)),
        immediate_danger=some.booleans(),
        about_a_professional=some.booleans(),
        noticed=some.lists(some.sampled_from(sorted(BY_CODE)), max_size=4).map(tuple),
        what_worries=some.text(max_size=20),
    )
)
def test_danger_and_a_sign_of_harm_are_always_red_and_who_tells_it_never_matters(told):
    urgency, why = first_urgency(told)
    assert why
    harmed = any(BY_CODE[code].kind == "S" for code in told.noticed)
    assert (urgency == Urgency.RED) == (told.immediate_danger or harmed)
    for raises in Raises:
        assert first_urgency(replace(told, raises=raises.value))[0] == urgency


def test_words_of_an_ended_pregnancy_are_named_at_their_box_outside_health_only():
    told = replace(PLAIN, childs_words="She said the pregnancy was terminated")
    assert list(tells_of_an_ended_pregnancy(told)) == ["childs_words"]
    assert tells_of_an_ended_pregnancy(replace(told, raises="health")) == {}
    for innocent in ("The tenancy was terminated", "She is pregnant", "aborting the trip"):
        assert tells_of_an_ended_pregnancy(replace(PLAIN, what_worries=innocent)) == {}


ENDED = "She was booked in for a termination"


@pytest.mark.parametrize(
    "box",
    ["when_words", "where_words", "already_done", "told_by", "why_child_does_not_know", "professionals_name"],
)
def test_every_box_of_words_is_looked_at(box):
    assert list(tells_of_an_ended_pregnancy(replace(PLAIN, **{box: ENDED}))) == [box]


def test_the_details_and_the_names_are_looked_at_too():
    told = replace(
        PLAIN, details=(("family", ENDED),), names=(HeardName("Jay"), HeardName(description=ENDED))
    )
    assert set(tells_of_an_ended_pregnancy(told)) == {"detail_family", "name_2_description"}


@pytest.mark.parametrize(
    "words", ["after a termination", "get rid of the baby", "wanted a termination", "had an abortion"]
)
def test_it_is_found_as_people_say_it(words):
    assert tells_of_an_end(f"Her friend says she {words} last month.")


@pytest.mark.parametrize(
    "words",
    [
        "after the termination of the tenancy",
        "she had a termination of placement",
        "get rid of her phone",
        "the contract was terminated",
    ],
)
def test_what_is_no_pregnancy_is_left_alone(words):
    assert not tells_of_an_end(words)


@pytest.mark.parametrize("raises", ["health", "resident", "school_lead"])
def test_whoever_writes_is_asked_to_think_of_it_and_nothing_is_changed(raises):
    told = replace(
        PLAIN, raises=raises, what_worries="She went to the sexual health clinic", childs_words=ENDED
    )
    assert to_think_of(told) == [THINK_OF_SEXUAL_HEALTH, THINK_OF_ENDED]
    assert told.childs_words == ENDED
    assert to_think_of(replace(PLAIN, what_worries="Health visitor rang; she was sexually assaulted")) == []


@given(some.integers(0, 2**100 - 1), some.integers(0, 2**100 - 1))
def test_a_code_has_a_hundred_bits_and_survives_being_copied_by_hand(one, another):
    code = code_of(one)
    assert (digest_of(code) == digest_of(code_of(another))) == (one == another)
    assert len(LETTERS) ** CODE_LETTERS == 2**100
    copied = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert is_a_code(copied)
    assert digest_of(copied) == digest_of(code)


@pytest.mark.parametrize("code", ["", "ABCDE", "ABCDE-" * 5, "!" * 20])
def test_what_is_no_code_is_none(code):
    assert not is_a_code(code)


def test_whoever_is_told_nothing_of_a_child_is_not_told_of_a_referral_made_later():
    from datetime import date

    for raises in Raises:
        of = may_be_told(raises, vouched=True).of
        same = says_of_referral(of, None) == says_of_referral(of, date(2026, 6, 3))
        assert same == (of in {ToldOf.THANKS, ToldOf.PASSED_ON})


@given(
    some.dictionaries(
        some.sampled_from(["about", "please_contact", "about_a_professional", "name_3_as_said"]),
        some.lists(some.text(max_size=8), max_size=2),
    ),
    some.booleans(),
    some.sampled_from(["", *Raises]),
)
def test_every_form_begins_with_what_it_is_about_and_asks_no_box_twice(boxes, signed_in, raises):
    steps = steps_for(boxes, Teller(signed_in, raises))
    asked = [box for step in steps for box in step.boxes]
    assert steps[0].name == "about"
    assert "about" in asked
    assert len(asked) == len(set(asked))


def test_the_name_of_a_sexual_health_service_stays_in_its_compartment():
    assert compartment_of(Raises.SEXUAL_HEALTH, please_contact=False) == "sexual_health"
    assert compartment_of(Raises.HEALTH, please_contact=True) == "health"
    assert compartment_of(Raises.POLICE, please_contact=False) == "core"
    assert raises_as("sexual_health_clinician", "health") == Raises.SEXUAL_HEALTH
    assert raises_as("referrer", "school") == Raises.SCHOOL_STAFF
    assert raises_as("no such role", "no such kind") == Raises.OTHER_PROFESSIONAL
