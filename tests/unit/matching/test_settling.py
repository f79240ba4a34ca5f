"""Who is who among records that have something to do with each other, held against a slow and obvious version."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowan.matching.rules.by_machine import CLEARLY_CLOSER_BITS
from rowan.matching.rules.gathering import Gathering, Standing, Word
from rowan.matching.rules.identity import founded_by
from rowan.matching.rules.judgement import (
    Judged,
    Verdict,
    a_number_is_mistaken,
    contradict,
    judge,
    only_a_number_differs,
)
from rowan.matching.rules.settling import settle
from tests.people_to_match import BORN, OTHER_UPN, UPN, person, record

title = "Joined by the machine where it may, as people judged where they did"

KEY = b"a key for tests"
POLICE, CASES, SCHOOL = "police-x:person", "council-899:cin", "school-8994001:admission"
# So few names, dates, numbers and homes that records meet, agree by halves and contradict each other.
RECORDS = st.fixed_dictionaries(
    {
        "source": st.sampled_from([POLICE, CASES, SCHOOL, "school-8994002:admission"]),
        "source_id": st.sampled_from(["1", "2", "3"]),
        "first_name": st.sampled_from(["Mia", "Tom", "Thomas", "Miah", "Ode", None]),
        "surname": st.sampled_from(["Ode", "Hart", "Ode-Hart", "Mia"]),
        "birth_date": st.sampled_from([BORN, date(2011, 3, 5), date(2014, 9, 20), None]),
        "upn": st.sampled_from([UPN, OTHER_UPN, None, None]),
        "postcode": st.sampled_from(["ZQ1 2AB", "ZQ1 9XY", None]),
    }
)
SOME = st.lists(RECORDS, min_size=1, max_size=7)
BITS = st.integers(-6, 24)


@st.composite
def gatherings(draw, upns=(UPN, OTHER_UPN, None, None)):
    """People, and what the machine thinks of every pair of them."""
    sent = [said | {"upn": draw(st.sampled_from(upns))} for said in draw(SOME)]
    people = [person(place, rid=f"r{place}", **said) for place, said in enumerate(sent)]
    pairs = {
        (one.place, other.place): judge(one, other, float(draw(BITS)))
        for n, one in enumerate(people)
        for other in people[n + 1 :]
    }
    founds = {
        place: founded_by(KEY, record(**said) | {"source_id": f"{said['source_id']}/{place}"})
        for place, said in enumerate(sent)
    }
    return Gathering(people=people, pairs=pairs, founds=founds, another_id=lambda text: f"another {text}")


def again(gathering, settled=None, touched=False, words=(), **more):
    """The next night: people stand as the last one left them."""
    standing = {
        link.place: Standing(link.person_id, touched, link.judged_by == "person", link.before)
        for link in (settled.links if settled else ())
    }
    given = {name: getattr(gathering, name) for name in ("people", "pairs", "founds", "another_id")}
    return Gathering(**given | more, standing=standing, words=words)


def persons(settled):
    return {link.place: link.person_id for link in settled.links}


def as_sets(settled):
    groups = {}
    for place, person_id in persons(settled).items():
        groups.setdefault(person_id, set()).add(place)
    return sorted(map(sorted, groups.values()))


def holds_together(members, people):
    """Whether records may be one person: none contradicts another, but for a number that others show to be mistaken."""
    pairs = [(people[a], people[b]) for a in members for b in members if a < b]
    against = [pair for pair in pairs if contradict(*pair)]
    if all(only_a_number_differs(*pair) for pair in against):
        return not against or any(a_number_is_mistaken(*pair) for pair in pairs)
    return False


def slow_and_obvious(gathering):
    """Join the strongest pair that may be joined, over and over; then the same without those who are torn."""
    people, pairs = {p.place: p for p in gathering.people}, gathering.pairs

    def may_join(one, other):
        across = [(people[min(a, b)], people[max(a, b)]) for a in one for b in other]
        against = [pair for pair in across if contradict(*pair)]
        if not against:
            return True
        return all(only_a_number_differs(*p) for p in against) and any(
            a_number_is_mistaken(*p) for p in across
        )

    def joined(without):
        clusters = [{place} for place in people]
        while True:
            best = None
            for (left, right), judged in pairs.items():
                one = next(c for c in clusters if left in c)
                other = next(c for c in clusters if right in c)
                if judged.verdict is not Verdict.SAME or one is other or {left, right} & without:
                    continue
                if may_join(one, other) and (best is None or (-judged.strength, (left, right)) < best[0]):
                    best = ((-judged.strength, (left, right)), one, other)
            if best is None:
                return clusters
            _, one, other = best
            clusters = [c for c in clusters if c is not one and c is not other] + [one | other]

    clusters = joined(set())
    torn = set()
    for (left, right), judged in pairs.items():
        one, other = (next(c for c in clusters if place in c) for place in (left, right))
        if judged.verdict is Verdict.SAME and one is not other and not may_join(one, other):
            for place, its in ((left, one), (right, other)):
                support = max(
                    (
                        pairs[min(place, friend), max(place, friend)].strength
                        for friend in its - {place}
                        if pairs[min(place, friend), max(place, friend)].verdict is Verdict.SAME
                    ),
                    default=0.0,
                )
                if len(its) > 1 and support < judged.strength + CLEARLY_CLOSER_BITS:
                    torn.add(place)
    return sorted(map(sorted, joined(torn) if torn else clusters))


@given(gatherings())
@settings(max_examples=300, deadline=None)
def test_records_are_joined_as_the_slow_and_obvious_version_joins_them(gathering):
    assert as_sets(settle(gathering)) == slow_and_obvious(gathering)


@given(gatherings())
@settings(deadline=None)
def test_every_record_is_in_one_person_and_every_doubt_is_listed_once(gathering):
    settled = settle(gathering)
    assert [link.place for link in settled.links] == list(range(len(gathering.people)))
    person_of = persons(settled)
    doubts = [tuple(sorted((person_of[u.left], person_of[u.right]))) for u in settled.unsure]
    assert len(set(doubts)) == len(doubts)
    assert all(one != other for one, other in doubts)


@given(gatherings(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_in_which_records_are_named_changes_nothing(gathering, chance):
    people, pairs = list(gathering.people), list(gathering.pairs.items())
    chance.shuffle(people)
    chance.shuffle(pairs)
    assert settle(again(gathering, people=people, pairs=dict(pairs))) == settle(gathering)


@given(gatherings(), st.booleans())
@settings(deadline=None)
def test_a_second_night_changes_nothing(gathering, touched):
    first = settle(gathering)
    second = settle(again(gathering, first, touched))
    assert persons(second) == persons(first)
    assert second.joined == []


@given(gatherings(), st.data())
@settings(deadline=None, max_examples=200)
def test_ids_stay_when_records_are_added(gathering, data):
    """Whoever stood still stands, under her id or joined to an older one; who was worked with is not even joined."""
    count = data.draw(st.integers(1, len(gathering.people)))
    earlier = again(
        gathering,
        people=gathering.people[:count],
        pairs={pair: judged for pair, judged in gathering.pairs.items() if max(pair) < count},
    )
    first = settle(earlier)
    touched = data.draw(st.booleans())
    second = settle(again(gathering, first, touched))
    is_now, before, after = dict(second.joined), persons(first), persons(second)
    assert all(after[place] == is_now.get(before[place], before[place]) for place in before)
    if touched:
        assert second.joined == []


@given(gatherings(), st.data())
@settings(deadline=None, max_examples=300)
def test_judgements_are_respected_night_after_night(gathering, data):
    before = settle(gathering)
    if len(gathering.people) < 2:
        return
    one, other, verdict = somebody_judges(data, gathering)
    word = Word(f"r{one}", f"r{other}", persons(before)[other], verdict)
    judged = before
    for touched in (data.draw(st.booleans()), True, True):
        judged = settle(again(gathering, judged, touched, [word]))
        assert (persons(judged)[one] == persons(judged)[other]) == (verdict == "same")


def somebody_judges(data, gathering):
    one, other = data.draw(
        st.lists(st.integers(0, len(gathering.people) - 1), min_size=2, max_size=2, unique=True)
    )
    return one, other, data.draw(st.sampled_from(["same", "not_same"]))


@pytest.mark.parametrize("touched", [False, True])
@pytest.mark.parametrize("verdict", ["same", "not_same"])
def test_a_judgement_undone_gives_the_earlier_state(verdict, touched):
    """For two records and the people around them; among many, random sequences are held against a model (test_sequences_of_judgements)."""
    people = [
        person(n, rid=f"r{n}", first_name=name, surname="Ode", birth_date=BORN)
        for n, name in enumerate(["Mia", "Mia", "Tom"])
    ]
    pairs = {(0, 1): sure()} if verdict == "not_same" else {}
    gathering = Gathering(people=people, pairs=pairs, founds={n: f"founded by r{n}" for n in range(3)})
    before = settle(gathering)
    word = Word("r1", "r0", persons(before)[0], verdict)
    judged = settle(again(gathering, before, touched, [word]))
    assert (persons(judged)[0] == persons(judged)[1]) == (verdict == "same")
    judged = settle(again(gathering, judged, True, [word]))
    undone = settle(again(gathering, judged, True))
    assert persons(undone) == persons(before)


def sure(strength=30.0):
    return Judged(Verdict.SAME, strength, "same NHS number and name")


def two(standing, **more):
    people = [person(n, rid=f"r{n}", first_name="Mia", surname="Ode", birth_date=BORN) for n in range(2)]
    return Gathering(
        people=people,
        pairs={(0, 1): sure()},
        founds={0: "first", 1: "second"},
        standing=standing,
        another_id=lambda text: text,
        **more,
    )


def test_two_standing_people_are_joined_and_the_older_id_stays():
    settled = settle(two({0: Standing("older"), 1: Standing("younger")}))
    assert persons(settled) == {0: "older", 1: "older"}
    assert settled.joined == [("younger", "older")]


def test_somebody_a_person_has_worked_with_is_not_joined_to_another_but_asked_about():
    settled = settle(two({0: Standing("older"), 1: Standing("younger", touched=True)}))
    assert persons(settled) == {0: "older", 1: "younger"}
    [doubt] = settled.unsure
    assert "somebody has worked with one of them" in doubt.reasons


def test_a_new_record_joins_somebody_a_person_has_worked_with():
    assert persons(settle(two({0: Standing("hers", touched=True)}))) == {0: "hers", 1: "hers"}


def test_a_restricted_person_gains_no_record_by_machine():
    settled = settle(two({0: Standing("hers", touched=True)}, restricted=frozenset({"hers"})))
    assert persons(settled) == {0: "hers", 1: "second"}
    assert "only a person may join" in settled.unsure[0].reasons


def test_an_adoption_order_keeps_records_apart_and_asks_nobody():
    settled = settle(two({}, barred=frozenset({1})))
    assert persons(settled) == {0: "first", 1: "second"}
    assert settled.unsure == []


def test_a_person_who_contradicts_herself_is_split_only_when_nobody_has_worked_with_her():
    def gathering(touched):
        people = [
            person(0, rid="r0", first_name="Mia", birth_date=BORN, upn=UPN),
            person(1, rid="r1", first_name="Tom", birth_date=date(2014, 9, 20)),
        ]
        return Gathering(
            people=people,
            pairs={},
            founds={0: "first", 1: "second"},
            standing={0: Standing("first", touched), 1: Standing("first", touched)},
        )

    assert persons(settle(gathering(False))) == {0: "first", 1: "second"}
    assert persons(settle(gathering(True))) == {0: "first", 1: "first"}


def test_a_record_as_close_to_two_people_of_one_name_is_nobodys_by_machine():
    people = [
        person(0, rid="r0", first_name="Mia", surname="Ode", birth_date=BORN, upn=UPN, postcode="ZQ1 2AB"),
        person(
            1,
            "school-8994002:admission",
            rid="r1",
            first_name="Mia",
            surname="Ode",
            birth_date=BORN,
            upn=OTHER_UPN,
        ),
        person(2, POLICE, rid="r2", first_name="Mia", surname="Ode", birth_date=BORN),
    ]
    pairs = {(0, 1): judge(people[0], people[1], 8.0), (0, 2): sure(12.0), (1, 2): sure(11.0)}
    settled = settle(Gathering(people=people, pairs=pairs, founds={0: "a", 1: "b", 2: "c"}))
    assert persons(settled) == {0: "a", 1: "b", 2: "c"}
    assert any("as close to somebody else" in doubt.reasons for doubt in settled.unsure)
