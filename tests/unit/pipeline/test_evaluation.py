"""The figures of an evaluation, followed by hand."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.pipeline.evaluated_matching import pairs_across
from rowan.pipeline.evaluation import evaluate
from rowan.pipeline.evaluation_figures import figures, share
from rowan.pipeline.evaluation_kinds import Counts, LinkedRow, Person, PutOccasion, Story, Truth
from rowan.pipeline.evaluation_pooled import pooled
from rowan.questions.rules.asking_again import Occasion

DAY = date(2026, 3, 1)


def place(line, file="police/missing_incidents.csv"):
    return (file, line)


def story(name="s1", person="ada", sex="F", harm=DAY + timedelta(days=40)):
    return Story(name, person, "a shape", DAY, DAY + timedelta(days=60), harm, sex, "WBRI")


def truth(people, stories=(), signs=None):
    return Truth(people, tuple(stories), {at: frozenset({s}) for at, s in (signs or {}).items()}, months=10)


def row(rid, person_id, line, agency="police"):
    return LinkedRow(rid, person_id, agency, place(line))


def put(name, line, on=DAY + timedelta(days=10), person="P1", rule="missing_again"):
    at = place(line)
    return PutOccasion(
        Occasion(name, rule, person, on, "hub", {name: frozenset({("police_missing", "police", str(line))})}),
        frozenset({at}),
    )


def test_pairs_are_of_records_of_different_agencies():
    people = {place(n): "ada" for n in (1, 2, 3)} | {place(4): "ben"}
    links = [
        row("r1", "P1", 1, "council"), row("r2", "P1", 2, "police"), row("r3", "P2", 3, "school"), row("r4", "P1", 4, "school"),
    ]  # fmt: skip
    found = figures(evaluate(truth(people), links, 1, [], []))["matching"]
    # Linked: council-police, council-school, police-school. Truly one child: council-police, council-school, police-school of Ada.
    assert found["precision"] == pytest.approx(1 / 3, abs=1e-6)
    assert found["recall"] == pytest.approx(1 / 3, abs=1e-6)
    assert found["children_with_a_wrong_row_per_10000"] == 5000
    assert found["unsure_per_1000_records"] == 250


def test_many_rows_of_one_record_are_one_record():
    people = {place(n): "ada" for n in range(1, 9)}
    links = [row("r1", "P1", n) for n in range(1, 8)] + [row("r2", "P1", 8, "council")]
    counts = evaluate(truth(people), links, 0, [], [])
    assert (counts.records, counts.linked_pairs, counts.true_pairs) == (2, 1, 1)


@given(st.lists(st.sampled_from(["council", "police", "school-1", "school-2"]), max_size=12))
def test_pairs_across_agencies_are_counted_as_by_hand(agencies):
    by_hand = sum(one != other for one, other in combinations(agencies, 2))
    assert pairs_across([Counter(agencies)]) == by_hand


def test_a_question_is_true_with_the_right_child_in_time_and_a_sign_as_evidence():
    people = {place(1): "ada", place(2): "ada", place(3): "ben"}
    links = [row("r1", "P1", 1), row("r1", "P1", 2), row("r3", "P2", 3)]
    told = truth(people, [story()], {place(1): "s1"})
    counts = evaluate(
        told,
        links,
        0,
        [
            put("a", 1),
            put("too late", 1, on=DAY + timedelta(days=151), rule="far_from_home"),
            put("no sign", 2, on=DAY + timedelta(days=30), rule="child_arrested"),
            put("another child", 3, person="P2"),
        ],
        ["missing_again", "absence_risen"],
    )
    found = figures(counts)
    by_rule = {rule["rule"]: (rule["questions"], rule["true"], rule["false"]) for rule in found["rules"]}
    assert by_rule == {
        "missing_again": (2, 1, 1), "far_from_home": (1, 0, 1), "child_arrested": (1, 0, 1), "absence_risen": (0, 0, 0),
    }  # fmt: skip
    assert found["stories"]["recall"] == 1
    assert found["stories"]["median_lead_days"] == 30
    assert found["burden"]["questions_per_1000_children_month"] == pytest.approx(4 / (2 * 10 / 1000))


def test_a_story_nobody_saw_anything_of_counts_as_not_found():
    unseen = Story("s9", "ada", "nothing visible", None, None, None, "F", "")
    found = figures(evaluate(truth({place(1): "ada"}, [unseen]), [row("r1", "P1", 1)], 0, [put("a", 1)], []))
    assert (found["stories"]["recall"], found["stories"]["recall_any_sign"]) == (0, None)
    assert list(found["stories"]["by_ethnic_group"]) == ["not known"]


def test_a_question_after_harm_was_recorded_finds_no_story():
    people = {place(1): "ada"}
    told = truth(people, [story()], {place(1): "s1"})
    found = figures(evaluate(told, [row("r1", "P1", 1)], 0, [put("a", 1, on=DAY + timedelta(days=40))], []))
    assert found["rules"][0]["true"] == 1
    assert found["stories"]["recall"] == 0
    assert found["stories"]["median_lead_days"] is None


def test_recall_is_told_by_sex_and_by_how_many_signs_there_were():
    people = {place(1): "ada", place(2): "ben", place(3): "cal"}
    stories = [story(), story("s2", "ben", "M"), story("s3", "cal", "M")]
    told = truth(people, stories, {place(1): "s1", place(11): "s1", place(2): "s2"})
    links = [row("r1", "P1", 1), row("r2", "P2", 2), row("r3", "P3", 3)]
    found = figures(evaluate(told, links, 0, [put("a", 1)], []))["stories"]
    assert (found["count"], found["recall"], found["recall_any_sign"]) == (
        3,
        pytest.approx(1 / 3, abs=1e-6),
        0.5,
    )
    assert {sex: group["recall"] for sex, group in found["by_sex"].items()} == {"F": 1, "M": 0}
    assert {signs: group["count"] for signs, group in found["by_signs"].items()} == {"0": 1, "1": 1, "2+": 1}


def test_a_question_answered_after_seven_days_takes_in_what_is_new_meanwhile():
    people = {place(n): "ada" for n in (1, 2, 3)}
    links = [row("r1", "P1", n) for n in (1, 2, 3)]
    occasions = [
        put("a", 1),
        put("b", 2, on=DAY + timedelta(days=16)),
        put("c", 3, on=DAY + timedelta(days=17)),
    ]
    assert evaluate(truth(people), links, 0, occasions, []).questions == 2


def test_a_story_of_which_nothing_showed_before_harm_was_on_record_could_not_be_found():
    stories = [story(), story("s2", harm=DAY), story("s3", harm=None)]
    told = truth({place(1): "ada"}, stories, {place(1): "s1", place(2): "s2", place(3): "s3"})
    counts = evaluate(told, [row("r1", "P1", 1)], 0, [], [])
    assert [each.in_time for each in counts.stories] == [True, False, True]
    assert pooled([counts])["stories"]["with a sign before harm was on record"]["recall"]["of"] == 2


def test_counties_are_pooled_by_adding_counts_up():
    people = {place(1): "ada", place(2): "ada"}
    one = evaluate(
        truth(people, [story()]), [row("r1", "P1", 1), row("r2", "P1", 2, "council")], 0, [put("a", 1)], ["x"]
    )
    both = figures(one + one)
    assert both["stories"]["count"] == 2
    assert both["matching"]["precision"] == 1
    assert both["burden"] == figures(one)["burden"]
    assert {rule["rule"]: rule["questions"] for rule in both["rules"]} == {"missing_again": 2, "x": 0}


def test_a_share_of_nothing_is_not_shown_as_nought():
    assert share(0, 0) is None
    assert figures(Counts())["matching"]["precision"] is None


def test_who_is_who_is_told_by_sex_and_by_age():
    people = {place(n): "ada" for n in range(1, 41)} | {place(n): "ben" for n in range(101, 121)} | {place(200): "cal"}  # fmt: skip
    # Ada's forty records of forty agencies: all but one on one page, where Cal's stands too.
    links = [row(f"a{n}", "P1" if n < 40 else "P2", n, f"agency-{n}") for n in range(1, 41)]
    links += [row(f"b{n}", "P3", n, f"agency-{n}") for n in range(101, 121)] + [row("c", "P1", 200, "police")]
    known = {
        "ada": Person("british", "F", "WBRI", "10 to 12"),
        "ben": Person("british", "M", "WBRI", "13 to 15"),
        "cal": Person("british", "M", "WBRI", "13 to 15"),
    }
    told = pooled([evaluate(replace(truth(people), people=known), links, 0, [], [])])["who_is_who_by_group"]
    girls, boys = told["sex: F"], told["sex: M"]
    assert girls["recall"]["value"] == pytest.approx((39 * 38 / 2) / (40 * 39 / 2), abs=1e-6)
    assert girls["recall"]["low"] < girls["recall"]["value"] < girls["recall"]["high"]
    assert (boys["recall"]["value"], boys["recall"]["of"]) == (1.0, 190)
    assert girls["children_with_a_wrong_row_per_10000"]["value"] == 10_000
    assert boys["children_with_a_wrong_row_per_10000"]["value"] == 5_000
    assert told["age: 10 to 12"] == girls and told["age: 13 to 15"] == boys


def test_a_county_counted_before_ages_were_kept_tells_nothing_by_age():
    people = {place(1): "ada", place(2): "ada"}
    known = {"ada": Person("british", "F", "WBRI")}
    counts = evaluate(replace(truth(people), people=known), [row("r1", "P1", 1), row("r2", "P1", 2, "school")], 0, [], [])  # fmt: skip
    assert pooled([counts])["who_is_who_by_group"] == {}


def test_stories_that_were_lost_are_pooled_by_reason_and_shape_and_only_where_every_county_looked():
    from rowan.pipeline.evaluation_kinds import Counts, FoundStory

    def told(why, *, found=False, shape="a shape", readable=True):
        return FoundStory("F", "", 3, found, None, shape, 2, True, "police, school", readable, why)

    one = Counts(stories=[told("", found=True), told("too few"), told("too few", shape="another", readable=False)])  # fmt: skip
    losses = pooled([one])["losses"]
    assert (losses["stories"], losses["may_be_read"], losses["why"]) == (3, 2, {"too few": 2})
    assert losses["found_of_those"]["value"] == 0.5
    assert losses["by_shape"]["another"] == {
        "stories": 1, "seen_by": {"police, school": 1}, "may_be_read": 0, "found": 0, "lost": {"too few": 1},
    }  # fmt: skip
    assert pooled([one, Counts(stories=[told(None)])])["losses"] is None
