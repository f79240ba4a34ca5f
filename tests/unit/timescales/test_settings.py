"""Settings with dates: which value held on a day, and which values are refused."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rowan.timescales.rules.settings import DatedValue, Setting, refusal_beside, values_on

EPISODES = Setting(
    name="room.episodes",
    unit="episodes",
    default=3,
    least=2,
    most=20,
    source="test",
    owner="test",
    explanation="How many.",
)


def test_without_a_row_the_default_holds():
    assert values_on([EPISODES], [], date(2026, 1, 1)) == {"room.episodes": 3}


def test_a_value_holds_from_its_date_on_and_not_the_day_before():
    rows = [DatedValue("room.episodes", 4, date(2026, 6, 1))]
    assert values_on([EPISODES], rows, date(2026, 5, 31))["room.episodes"] == 3
    assert values_on([EPISODES], rows, date(2026, 6, 1))["room.episodes"] == 4


def test_of_two_values_from_one_date_the_later_written_holds():
    rows = [
        DatedValue("room.episodes", 4, date(2026, 6, 1)),
        DatedValue("room.episodes", 5, date(2026, 6, 1)),
    ]
    assert values_on([EPISODES], rows, date(2026, 7, 1))["room.episodes"] == 5


def test_a_setting_nobody_declares_is_left_alone():
    assert "room.other" not in values_on(
        [EPISODES], [DatedValue("room.other", 1, date(2026, 1, 1))], date(2026, 2, 1)
    )


def test_a_value_out_of_range_is_refused_with_its_range():
    assert EPISODES.refusal(1) == "room.episodes must be at least 2 episodes."
    assert EPISODES.refusal(21) == "room.episodes must be at most 20 episodes."
    assert EPISODES.refusal(True) and EPISODES.refusal("three")
    assert EPISODES.refusal(3) is None


@given(st.lists(st.tuples(st.integers(2, 20), st.integers(0, 400))), st.integers(0, 400))
def test_only_rows_that_have_begun_matter(rows, day):
    start = date(2026, 1, 1)
    dated = [DatedValue("room.episodes", value, start + timedelta(days=after)) for value, after in rows]
    today = start + timedelta(days=day)
    begun = [row for row in dated if row.from_on <= today]
    assert values_on([EPISODES], dated, today) == values_on([EPISODES], begun, today)


def test_every_default_is_a_value_that_would_be_taken():
    from rowan.timescales.declared import declared_settings

    declared = declared_settings()
    assert len(declared) > 100
    values = values_on(declared, [], date(2026, 1, 1))
    for setting in declared:
        assert setting.refusal(setting.default) is None
        assert refusal_beside(setting, setting.default, declared, values) is None
