"""What a decision has to say: nothing more, nothing less; and what the law lets it rest on."""

from datetime import date, timedelta

import pytest

from rowan.agencies.rules.roles import SEES_NO_CHILD, Role
from rowan.sharing.rules.deciding import (
    HEALTH,
    SAFELY,
    WHAT,
    Decided,
    Said,
    boxes_of,
    steps_for,
    what_is_missing,
)
from rowan.sharing.rules.items import ITEMS, item_of_line
from rowan.sharing.rules.law import LAWS, S16LA_SETTING, is_in_force, law_named, standing_of
from rowan.sharing.rules.leaving import Covering, refusal_to_leave
from rowan.sharing.rules.settings import SETTINGS
from rowan.sharing.rules.who_decides import Whose, refusal_to_decide
from tests.people_in_tests import NOT_SHARED, WHOLE

TODAY = date(2026, 6, 3)
VALUES = {setting.name: setting.default for setting in SETTINGS}
LATER = {"review_on": TODAY + timedelta(days=28)}


def lacks(**said) -> set[str]:
    return set(what_is_missing(Said(**said), today=TODAY, settings=VALUES))


def test_a_whole_decision_either_way_lacks_nothing():
    assert lacks(**WHOLE) == set()
    assert lacks(**NOT_SHARED, **LATER) == set()


@pytest.mark.parametrize(
    "box",
    sorted(set(WHOLE) - {"decided", "recipient", "told_parent"}),
)
def test_each_box_of_a_decision_to_share_is_needed(box):
    empty = () if box == "items" else ""
    assert lacks(**{**WHOLE, box: empty}) == {box}


def test_the_reason_for_not_telling_is_needed_only_where_somebody_is_not_told():
    assert lacks(**{**WHOLE, "told_parent": "told", "why_not_told": ""}) == set()


def test_sharing_part_says_both_what_and_why_not_all():
    assert lacks(**{**WHOLE, "decided": "part"}) == {"reason_not"}
    assert lacks(**{**WHOLE, "decided": "part", "reason_not": "does_not_help", "why_not": "x"}) == set()


def test_waiting_says_when_it_is_looked_at_again():
    assert lacks(**{**NOT_SHARED, "decided": "later"}) == {"review_on"}
    assert lacks(**NOT_SHARED, review_on=TODAY) == {"review_on"}
    assert lacks(**NOT_SHARED, review_on=TODAY + timedelta(days=400)) == {"review_on"}


def test_what_was_told_in_confidence_asks_for_the_weighing_and_under_13_for_the_guardians_advice():
    health = {**WHOLE, "items": ("health_concern",)}
    assert lacks(**health) == {"weighing", "capacity", "under_13"}
    weighed = {**health, "weighing": "x", "capacity": "competent"}
    assert lacks(**weighed, under_13="no") == set()
    assert lacks(**weighed, under_13="yes") == {"caldicott"}


def test_consent_is_no_box_of_a_decision():
    assert not [box for box in Said.__dataclass_fields__ if "consent" in box]


def test_the_pages_are_those_the_decision_needs():
    share = Said(decided=Decided.SHARE)
    assert HEALTH not in steps_for(share)
    assert HEALTH in steps_for(Said(decided=Decided.SHARE, items=("health_concern",)))
    assert steps_for(Said(decided=Decided.NOT_SHARE)) == [WHAT, SAFELY]
    assert "reason_not" not in boxes_of(SAFELY, share)
    assert "route" not in boxes_of(SAFELY, Said(decided=Decided.LATER))


def test_section_16la_is_enacted_and_not_known_to_be_in_force_until_somebody_dates_it():
    law = law_named("ca2004_s16la")
    assert standing_of(law, VALUES, TODAY) == "Enacted, not known to be in force"
    assert not is_in_force(law, VALUES, TODAY)
    dated = {**VALUES, S16LA_SETTING: "2026-06-04"}
    assert not is_in_force(law, dated, TODAY)
    assert is_in_force(law, dated, TODAY + timedelta(days=1))
    assert not is_in_force(law, {**VALUES, S16LA_SETTING: "next spring"}, TODAY)


def test_laws_that_wait_for_a_date_have_a_setting_and_the_others_none():
    waiting = {law.from_setting for law in LAWS if law.from_setting}
    assert waiting == {name for name in VALUES if name.startswith("sharing.law.")}


@pytest.mark.parametrize("role", sorted(Role))
def test_who_sees_no_child_never_decides_and_everybody_else_decides_for_her_own_agency(role):
    refused = refusal_to_decide(role, Whose.OWN, sees_joint=True) is not None
    assert refused == (role in SEES_NO_CHILD)


def test_the_joint_picture_is_for_the_hubs_people_who_see_it():
    assert refusal_to_decide(Role.EXPLOITATION_COORDINATOR, Whose.JOINT, sees_joint=True) is None
    assert refusal_to_decide(Role.EXPLOITATION_COORDINATOR, Whose.JOINT, sees_joint=False)
    assert refusal_to_decide(Role.MENTOR, Whose.JOINT, sees_joint=True)


def test_a_line_leaves_only_under_an_item_and_whose_it_is():
    own = Covering("share", frozenset({"a"}), frozenset({"attendance"}), Whose.OWN, "school-1")
    assert refusal_to_leave(own, ["a"]) is None
    assert own.covers_line("attendance", "school-1")
    assert not own.covers_line("attendance", "council")
    assert not own.covers_line("", "school-1")
    joint = Covering("share", frozenset({"a"}), frozenset({"attendance"}), Whose.JOINT, "council")
    assert joint.covers_line("attendance", "school-1")


def test_every_item_names_a_compartment_and_a_line_of_any_other_is_under_no_item():
    assert len({item.key for item in ITEMS}) == len(ITEMS)
    assert item_of_line("anything", "sources") == ""
    assert item_of_line("went_missing", "social_care") == "missing_episodes"
