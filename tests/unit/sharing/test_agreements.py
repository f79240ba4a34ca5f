"""What an agreement has to say, how it stands on a day, and what a standing decision may still rest on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rowan.sharing.rules.agreements import (
    Agreed,
    How,
    how_it_stands,
    is_chased,
    is_taken_to_the_lead,
    is_told_of,
    refusal_to_rest_on,
    what_is_missing,
)
from rowan.sharing.rules.settings import SETTINGS

VALUES = {setting.name: setting.default for setting in SETTINGS}
MONDAY = date(2026, 6, 1)
WHOLE = Agreed(
    name="Missing children", parties=frozenset({1, 2}), purpose="To find them", what="Reports", article6="public_task",
    condition="safeguarding_children", duty="ca2004_s10", document_reference="ISA 7", from_on=MONDAY,
    review_on=MONDAY + timedelta(days=300), owners_agency=1,
)  # fmt: skip


def lacks(said: Agreed, *, maker: int | None = 1, replaced_from: date | None = None) -> set[str]:
    return set(
        what_is_missing(said, makers_agency=maker, replaced_from=replaced_from, today=MONDAY, settings=VALUES)
    )


def test_a_whole_one_lacks_nothing_and_each_box_is_asked_for():
    assert lacks(WHOLE) == set()
    assert lacks(Agreed()) == {
        "name", "purpose", "what", "document_reference", "parties", "article6", "condition", "duty", "owner", "from_on", "review_on",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "lacking"),
    [
        ({"parties": frozenset({1}), "other_parties": "A charity"}, set()),
        ({"owners_agency": 3}, {"owner"}),
        ({"until_on": MONDAY - timedelta(days=1)}, {"until_on", "review_on"}),
        ({"until_on": MONDAY + timedelta(days=299)}, {"review_on"}),
        ({"review_on": MONDAY}, {"review_on"}),
        ({"review_on": MONDAY + timedelta(days=367)}, {"review_on"}),
        ({"duty": "ca2004_s16la"}, {"duty"}),
    ],
)
def test_what_it_may_not_say(changed, lacking):
    assert lacks(replace(WHOLE, **changed)) == lacking


def test_nobody_records_what_others_agreed_but_whoever_its_review_passed_to():
    assert lacks(WHOLE, maker=3) == {"parties"}
    assert lacks(WHOLE, maker=None) == set()


def test_a_new_version_says_why_and_holds_from_no_earlier_than_the_one_before():
    assert lacks(WHOLE, replaced_from=MONDAY) == {"why"}
    assert lacks(replace(WHOLE, why="x"), replaced_from=MONDAY + timedelta(days=1)) == {"from_on"}


def test_how_it_stands():
    def stands(today, *, until_on=None, ended=False):
        return how_it_stands(
            from_on=MONDAY, until_on=until_on, review_on=date(2026, 9, 1), ended=ended, today=today
        )

    assert stands(MONDAY - timedelta(days=1)) is How.NOT_BEGUN
    assert stands(MONDAY) is How.IN_FORCE
    assert stands(date(2026, 9, 1)) is How.DUE
    assert stands(date(2026, 9, 3), until_on=date(2026, 9, 2)) is How.LAPSED
    assert stands(MONDAY, ended=True) is How.ENDED


def test_a_standing_decision_rests_on_what_was_agreed_and_not_on_its_name_owner_or_review():
    same = replace(WHOLE, name="Other", owners_agency=2, review_on=None, document_reference="ISA 8", why="x")
    assert refusal_to_rest_on(WHOLE, same) is None
    assert "ended or lapsed" in refusal_to_rest_on(WHOLE, None)
    for box, value in (
        ("parties", frozenset({1, 3})),
        ("what", "More"),
        ("purpose", "Other"),
        ("duty", "ca1989_s47"),
    ):
        assert "has changed" in refusal_to_rest_on(WHOLE, replace(WHOLE, **{box: value}))


def test_told_weeks_before_then_chased_then_taken_to_the_lead():
    def on(rule, day, *more):
        return rule(MONDAY, *more, today=day, settings=VALUES)

    assert not on(is_told_of, MONDAY - timedelta(days=29))
    assert on(is_told_of, MONDAY - timedelta(days=28))
    assert not on(is_chased, MONDAY, None)
    assert on(is_chased, MONDAY + timedelta(days=1), None)
    assert not on(is_chased, MONDAY + timedelta(days=7), MONDAY + timedelta(days=1))
    assert on(is_chased, MONDAY + timedelta(days=8), MONDAY + timedelta(days=1))
    assert not on(is_taken_to_the_lead, MONDAY + timedelta(days=11))
    assert on(is_taken_to_the_lead, MONDAY + timedelta(days=14))
