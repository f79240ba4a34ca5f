"""Between two full runs, what hangs by less than a week may change is asked about and not joined."""

from rowan.matching.rules.judgement import (
    BITS_OF_A_WEEK,
    JOIN_FROM_BITS,
    Verdict,
    judge,
    judge_until_all_are_weighed,
)
from tests.people_to_match import BORN, UPN, person

title = "What hangs by a little waits for the full run"

HERE = {"first_name": "Mia", "surname": "Oakworth", "birth_date": BORN, "postcode": "ZQ1 2AB"}
ONE, OTHER = person(0, source_id="1", **HERE), person(1, "police-x:person", "2", **HERE)


def test_a_pair_on_the_edge_waits_and_says_so():
    on_the_edge = JOIN_FROM_BITS + BITS_OF_A_WEEK / 2
    assert judge(ONE, OTHER, on_the_edge).verdict is Verdict.SAME
    waits = judge_until_all_are_weighed(ONE, OTHER, on_the_edge)
    assert waits.verdict is Verdict.UNSURE
    assert waits.words.endswith("weighed again at the next full run")


def test_a_pair_that_nothing_of_a_week_can_change_is_judged_as_always():
    for bits in (JOIN_FROM_BITS + BITS_OF_A_WEEK, JOIN_FROM_BITS - 0.1, -9.0, 20.0):
        assert judge_until_all_are_weighed(ONE, OTHER, bits) == judge(ONE, OTHER, bits)


def test_a_shared_number_does_not_hang_by_names():
    numbered = (
        person(0, source_id="1", **HERE, upn=UPN),
        person(1, "police-x:person", "2", **HERE, upn=UPN),
    )
    assert judge_until_all_are_weighed(*numbered, JOIN_FROM_BITS).verdict is Verdict.SAME
