"""How soon a concern is decided: red counts every hour, the others the hours the hub is open."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from rowan.concerns.rules.settings import SETTINGS
from rowan.concerns.rules.urgency import Urgency, due_at, next_read_at
from rowan.timescales.rules.settings import DatedValue, values_on
from rowan.timescales.rules.working_days import is_working_day

LONDON = ZoneInfo("Europe/London")
AS_AGREED = values_on(SETTINGS, [], datetime(2026, 11, 27).date())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_red_at_eleven_at_night_is_due_in_the_night():
    assert due_at(at("2026-11-27 23:00"), Urgency.RED, AS_AGREED) == at("2026-11-28 03:00")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-25 09:00", "2026-11-25 17:00"),
        ("2026-11-25 16:55", "2026-11-26 16:25"),
        ("2026-11-27 16:55", "2026-11-30 16:25"),  # Friday: the weekend does not count
        ("2026-11-27 23:00", "2026-11-30 16:30"),
        ("2026-12-24 16:00", "2026-12-29 15:30"),  # Christmas Day, Boxing Day's substitute and the weekend
    ],
)
def test_amber_counts_the_hours_the_hub_is_open(received, due):
    assert due_at(at(received), Urgency.AMBER, AS_AGREED) == at(due)


def test_an_area_sets_its_own_hours():
    settings = values_on(
        SETTINGS,
        [
            DatedValue("concerns.hub_closes_at", "20:00", datetime(2026, 1, 1).date()),
            DatedValue("concerns.amber_decided_within_hours", 2, datetime(2026, 1, 1).date()),
        ],
        datetime(2026, 11, 27).date(),
    )
    assert due_at(at("2026-11-27 17:30"), Urgency.AMBER, settings) == at("2026-11-27 19:30")


moments = some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=LONDON)
)


@given(moments, some.sampled_from(Urgency))
def test_what_waits_longer_is_never_due_earlier(received, urgency):
    assert due_at(received, urgency, AS_AGREED) >= received
    later = due_at(received + timedelta(hours=1), urgency, AS_AGREED)
    assert later >= due_at(received, urgency, AS_AGREED)


@given(moments)
def test_somebody_reads_next_when_the_hub_is_open(moment):
    reads = next_read_at(moment, AS_AGREED)
    assert is_working_day(reads.date())
    assert "08:30" <= f"{reads:%H:%M}" <= "17:00"
    assert reads >= moment
