"""Somebody has room while everything can be dealt out among those it was put to: held to a slow way of saying so."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from rowan.questions.rules.dealt import Dealt

ALICE, BEN, CAL = 1, 2, 3
MOST = 3


def can_be_borne(groups: list[frozenset[int]], most: int) -> bool:
    """Hall (1935): nowhere is more put to some people alone than they could have together."""
    everybody = sorted(set(chain(*groups)))
    for many in range(len(everybody) + 1):
        for some in map(set, combinations(everybody, many)):
            if sum(group <= some for group in groups) > most * many:
                return False
    return True


def test_what_two_share_may_be_the_others_when_one_is_given_more():
    dealt = Dealt(MOST)
    assert dealt.deal(frozenset({ALICE, BEN}), MOST) == MOST
    assert dealt.deal(frozenset({ALICE}), MOST) == MOST
    assert not dealt.has_room(frozenset({ALICE, BEN}))
    assert dealt.has_room(frozenset({ALICE, BEN, CAL}))


def test_nobody_has_no_room():
    assert not Dealt(MOST).has_room(frozenset())


@given(
    st.lists(
        st.tuples(st.frozensets(st.integers(1, 4), min_size=1, max_size=3), st.integers(1, 5)), max_size=12
    )
)
def test_a_question_finds_room_exactly_when_all_that_were_put_and_this_one_can_be_borne(put):
    dealt, borne = Dealt(MOST), []
    for people, many in put:
        room = 0
        while room < many and can_be_borne([*borne, people], MOST):
            borne.append(people)
            room += 1
        assert dealt.has_room(people) == (room > 0)
        assert dealt.deal(people, many) == room
