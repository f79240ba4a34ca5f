"""Who proves twice who she is, when a session is over, and a browser in plain words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.agencies.rules.devices import device_in_words
from rowan.agencies.rules.roles import Role
from rowan.agencies.rules.second_factor import needs_second_factor, refusal_to_remove
from rowan.agencies.rules.session_limits import ENDED_IN_WORDS, Ended, why_ended

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=10)


def test_everybody_who_can_reach_personal_data_needs_a_second_step():
    assert {role for role in Role if not needs_second_factor(role)} == {Role.COUNCILLOR}


def test_a_role_nobody_has_heard_of_needs_one_too():
    assert needs_second_factor("newly_invented")


def test_only_the_last_second_step_may_not_go():
    assert refusal_to_remove(Role.TRIAGE_OFFICER, left_after=0)
    assert refusal_to_remove(Role.TRIAGE_OFFICER, left_after=1) is None
    assert refusal_to_remove(Role.COUNCILLOR, left_after=0) is None


@given(st.integers(0, 24 * 60), st.integers(0, 24 * 60))
def test_a_session_is_over_after_an_idle_half_hour_or_ten_hours_and_goes_on_before(age, idle):
    ended = why_ended(
        started_at=NOON - timedelta(minutes=age),
        last_seen_at=NOON - timedelta(minutes=min(idle, age)),
        now=NOON,
        idle=IDLE,
        longest=LONGEST,
    )
    assert (ended is not None) == (age >= 600 or min(idle, age) >= 30)


def test_each_end_is_told_in_words():
    assert set(ENDED_IN_WORDS) == set(Ended)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 Chrome/130 Safari/537 Edg/130",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130) Gecko/20100101 Firefox/130", "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari/604", "Safari on an iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130 Mobile Safari/537", "Chrome on Android"),
        ("curl/8", "A browser"),
    ],
)
def test_a_browser_in_plain_words(user_agent, words):
    assert device_in_words(user_agent) == words
