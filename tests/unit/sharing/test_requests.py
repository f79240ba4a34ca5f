"""When a request is due, chased, taken to a lead, and closed."""

from datetime import date

import pytest

from rowan.sharing.rules.requests import (
    Asked,
    Step,
    due_unless_said,
    goes_to_the_lead,
    is_to_be_chased,
    refusal_to_close,
    what_is_missing_to_ask,
)
from rowan.sharing.rules.settings import SETTINGS

VALUES = {setting.name: setting.default for setting in SETTINGS}
MONDAY = date(2026, 6, 1)
WHOLE = Asked(True, "Her attendance in May", "missing", "", "public_task", "ca2004_s10", MONDAY)


def test_a_whole_request_lacks_nothing_and_each_box_is_asked_for():
    assert what_is_missing_to_ask(WHOLE, today=MONDAY, settings=VALUES) == {}
    empty = Asked(False, "", "", due_on=None)
    assert set(what_is_missing_to_ask(empty, today=MONDAY, settings=VALUES)) == {
        "asked_agency",
        "what",
        "purpose",
        "article6",
        "duty",
        "due_on",
    }


def test_it_rests_on_no_law_that_is_not_known_to_be_in_force():
    asked = Asked(True, "x", "missing", "", "public_task", "ca2004_s16la", MONDAY)
    assert set(what_is_missing_to_ask(asked, today=MONDAY, settings=VALUES)) == {"duty"}


def test_it_is_due_in_working_days():
    assert due_unless_said(date(2026, 6, 4), VALUES) == date(2026, 6, 11)


@pytest.mark.parametrize(
    ("today", "last", "chased"),
    [
        (date(2026, 6, 1), None, False),
        (date(2026, 6, 2), None, True),
        (date(2026, 6, 3), date(2026, 6, 2), False),
        (date(2026, 6, 4), date(2026, 6, 2), True),
        # Friday's chase comes again on Tuesday.
        (date(2026, 6, 8), date(2026, 6, 5), False),
        (date(2026, 6, 9), date(2026, 6, 5), True),
    ],
)
def test_it_is_chased_when_late_and_then_every_two_working_days(today, last, chased):
    assert is_to_be_chased(MONDAY, last, today=today, settings=VALUES) is chased


def test_it_goes_to_the_lead_once_three_working_days_after_it_was_due():
    assert not goes_to_the_lead(MONDAY, escalated=False, today=date(2026, 6, 3), settings=VALUES)
    assert goes_to_the_lead(MONDAY, escalated=False, today=date(2026, 6, 4), settings=VALUES)
    assert not goes_to_the_lead(MONDAY, escalated=True, today=date(2026, 6, 5), settings=VALUES)


def test_only_an_open_request_closes_and_only_the_asker_withdraws():
    assert refusal_to_close(Step.OPEN, asker=False, to=Step.ANSWERED) is None
    assert "already" in refusal_to_close(Step.ANSWERED, asker=True, to=Step.WITHDRAWN)
    assert "Only the agency that asked" in refusal_to_close(Step.OPEN, asker=False, to=Step.WITHDRAWN)
