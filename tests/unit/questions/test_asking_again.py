"""When a rule asks again, and how occasions become questions."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rowan.questions.rules.asking_again import Occasion, Put, is_new, questions_of

DAY = date(2026, 3, 2)


def row(name):
    return ("police_missing", "police", name)


def missing(number, *events, person="Ada", audience="hub", after=0):
    return Occasion(
        f"m{number}",
        "missing_again",
        person,
        DAY + timedelta(days=after),
        audience,
        {event: frozenset({row(event)}) for event in events},
    )


def risen(number, after, weeks=4):
    last = DAY + timedelta(days=after)
    window = (last - timedelta(days=7 * weeks - 3), last)
    return Occasion(f"r{number}", "absence_risen", "Ada", last, "school-1", {}, window)


def put(*occasions):
    before = Put()
    for occasion in occasions:
        before.add(occasion)
    return before


def test_nothing_put_before_is_new():
    assert is_new(missing(1, "e1", "e2", "e3"), Put())
    assert is_new(risen(1, 0), Put())


def test_a_rule_on_events_asks_again_when_an_event_is_new():
    before = put(missing(1, "e1", "e2", "e3"))
    assert not is_new(missing(2, "e1", "e2", "e3"), before)
    assert is_new(missing(3, "e2", "e3", "e4"), before)


def test_a_second_agencys_report_of_a_known_event_is_not_a_new_event():
    before = put(missing(1, "e1"))
    both = Occasion("x", "missing_again", "Ada", DAY, "hub", {"e1": frozenset({row("e1"), row("council")})})
    assert not is_new(both, before)


def test_a_rule_on_sums_asks_again_when_its_window_shares_no_week_with_one_put_before():
    before = put(risen(1, 0))
    assert not is_new(risen(2, 7), before)
    assert not is_new(risen(3, 21), before)
    assert is_new(risen(4, 28), before)


def test_one_open_question_a_child_an_audience_and_new_evidence_joins_it():
    asked = questions_of(
        [
            missing(1, "e1", "e2", "e3"),
            missing(2, "e2", "e3", "e4", after=6),
            missing(3, "e3", "e4", "e5", after=7),
            missing(4, "e1", "e2", "e3", person="Ben"),
            risen(5, 4),
        ],
        answered_after_days=7,
    )
    assert [(q.person, q.audience, len(q.occasions)) for q in asked] == [
        ("Ada", "hub", 2),
        ("Ben", "hub", 1),
        ("Ada", "school-1", 1),
        ("Ada", "hub", 1),
    ]


occasions = st.lists(
    st.builds(
        missing,
        st.integers(0, 999),
        st.sampled_from("abcdef"),
        st.sampled_from("abcdef"),
        person=st.sampled_from(["Ada", "Ben"]),
        audience=st.sampled_from(["hub", "school-1"]),
        after=st.integers(0, 60),
    ),
    max_size=25,
)


@given(occasions, st.integers(0, 30))
def test_questions_about_one_child_to_one_audience_are_never_open_at_once(found, days):
    last: dict = {}
    for question in questions_of(found, answered_after_days=days):
        who = (question.person, question.audience)
        if who in last:
            assert question.on >= last[who] + timedelta(days=days)
        last[who] = question.on


@given(occasions)
def test_a_longer_wait_for_answers_never_makes_more_questions(found):
    counts = [len(questions_of(found, answered_after_days=days)) for days in (0, 7, 30)]
    assert counts == sorted(counts, reverse=True)


@given(occasions)
def test_putting_the_same_occasions_twice_asks_once(found):
    assert len(questions_of(found + found, answered_after_days=7)) == len(
        questions_of(found, answered_after_days=7)
    )
