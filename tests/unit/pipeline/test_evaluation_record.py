"""What an evaluation leaves on record, and the page made of it."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rowan.pipeline.evaluation_kinds import COUNTERS, NUMBERS, Counts, FoundStory
from rowan.pipeline.evaluation_pooled import SMALLER, pooled
from rowan.pipeline.evaluation_record import counts_of, keep
from rowan.refusals import NotPossible
from rowan.website.evaluation_gaps import lead_in_words, wrong_in_words
from rowan.website.evaluation_page import page


def story(sex="F", found=True, signs=3, agencies=2, shape="quiet", ethnic_group="WBRI"):
    return FoundStory(sex, ethnic_group, signs, found, 40 if found else None, shape, agencies)


def counts(wrong_pages=0, found=6, **more) -> Counts:
    made = Counts(
        linked_pairs=990, true_pairs=1000, both_pairs=985, pages=4000, pages_with_a_wrong_row=wrong_pages, records=5000,
        unsure_pairs=10, children=4000, children_months=88_000.0, questions=100, wrong_questions=60,
    )  # fmt: skip
    made.by_rule["missing_again"] = Counter(questions=60, true=30, false=30)
    made.by_rule["silent"] = Counter(questions=0)
    made.by_group["sex: F"] = Counter(children=2000, questions=40, wrong=20)
    made.by_group["sex: M"] = Counter(children=2000, questions=60, wrong=40)
    made.by_group["ethnic_group: CHNE"] = Counter(children=20, questions=1, wrong=1)
    made.by_origin["british"] = Counter(true=700, found=690)
    made.by_origin["somali"] = Counter(true=270, found=265)
    made.by_origin["sikh"] = Counter(true=20, found=20)
    made.by_origin["chinese"] = Counter(true=10, found=10)
    made.splink["4"] = Counter(linked=1020, both=980, clusters=3980, clusters_of_two=30)
    made.splink["8"] = Counter(linked=900, both=890, clusters=4100, clusters_of_two=4)
    made.stories = [story(found=place < found) for place in range(10)]
    made.stories += [story("M", found=False, signs=0, agencies=0, shape="unseen")] * 2
    for name, value in more.items():
        setattr(made, name, value)
    return made


def county(tmp_path, seed, children=2000, **more):
    folder = tmp_path / f"county-{seed}"
    folder.mkdir()
    said = {
        "children": children,
        "seed": seed,
        "until": date(2026, 7, 17),
        "stories per 1000": 2,
        "stories file": "the usual one",
    } | more
    folder.joinpath("INVENTED").write_text(
        "".join(f"{key}: {value}\n" for key, value in said.items()), encoding="utf-8"
    )
    return folder


def test_every_count_comes_back_from_the_record_as_it_was(tmp_path):
    made = counts()
    keep(tmp_path / "record.json", "a run", {county(tmp_path, 1): made}, "abc")
    record = json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))
    back = counts_of(record["a run"]["counties"]["1"]["counts"])
    assert {name: getattr(back, name) for name in NUMBERS} == {name: getattr(made, name) for name in NUMBERS}
    assert all(dict(getattr(back, name)) == dict(getattr(made, name)) for name in COUNTERS)
    assert back.stories == made.stories


def test_a_run_can_be_made_in_several_sittings_and_a_county_counted_again_takes_its_own_place(tmp_path):
    file = tmp_path / "record.json"
    one, two = county(tmp_path, 1), county(tmp_path, 2)
    keep(file, "a run", {one: counts()}, "abc")
    keep(file, "a run", {two: counts(wrong_pages=8)}, "abc")
    keep(file, "a run", {one: counts(wrong_pages=4)}, "def")
    run = json.loads(file.read_text(encoding="utf-8"))["a run"]
    assert list(run["counties"]) == ["1", "2"]
    assert run["figures"]["counties"] == 2
    assert run["figures"]["matching"]["children_with_a_wrong_row_per_10000"]["value"] == 15


def test_counties_made_in_another_way_are_not_pooled(tmp_path):
    file = tmp_path / "record.json"
    keep(file, "a run", {county(tmp_path, 1): counts()}, "abc")
    with pytest.raises(NotPossible, match="Give another name"):
        keep(file, "a run", {county(tmp_path, 2, children=5000): counts()}, "abc")
    assert list(json.loads(file.read_text(encoding="utf-8"))["a run"]["counties"]) == ["1"]


def test_pooled_figures_are_those_of_the_sums(tmp_path):
    found = pooled([counts(found=6), counts(found=2, both_pairs=980)])
    assert found["matching"]["precision"]["value"] == pytest.approx(1965 / 1980, abs=1e-6)
    assert found["matching"]["f1"]["value"] == pytest.approx(2 * 1965 / 3980, abs=1e-6)
    assert found["stories"]["all"]["recall"]["value"] == pytest.approx(8 / 24, abs=1e-6)
    assert found["stories"]["with any sign"]["recall"]["of"] == 20
    assert found["stories"]["with two or more signs"]["recall"]["value"] == 0.4
    assert found["stories"]["gaps"]["girls less boys, all stories"]["value"] == 0.4
    assert found["questions"]["all_per_1000_children_a_month"]["value"] == pytest.approx(200 / 176, abs=1e-6)
    assert found["plain_splink"]["4"]["recall"]["value"] == 0.98


def test_small_groups_stand_together_and_a_ratio_is_of_groups_large_enough():
    found = pooled([counts()])
    assert set(found["recall_by_origin"]) == {"british", "somali", SMALLER}
    assert found["recall_by_origin"][SMALLER]["of"] == 30
    assert set(found["questions"]["wrong_per_1000_children_by_group"]) == {"sex: F", "sex: M"}
    assert found["questions"]["largest_ratio"]["sex"] == {"value": 2.0, "most": "M", "least": "F"}
    assert found["questions"]["largest_ratio"]["ethnic_group"]["value"] is None


def test_the_page_says_what_was_run_and_which_bars_were_missed(tmp_path):
    file = tmp_path / "record.json"
    keep(
        file,
        "a run of two",
        {county(tmp_path, 1): counts(wrong_pages=4), county(tmp_path, 2): counts()},
        "abc",
    )
    text = page(json.loads(file.read_text(encoding="utf-8")))
    assert "2 counties of 2,000 children each, seeds 1, 2" in text
    assert "Fewer than the ten counties" in text and "Smaller counties than the 20,000" in text
    assert "at most 1: **missed**" in text and "at least 0.85: **missed**" in text
    assert "| Rowan | asked | plain Splink, 4 bits |" in text
    assert "at least 0.985 |" in text
    assert (
        "By sex: 20 wrong questions per 1,000 children of boys, 10 of girls, the largest ratio, 2.00 times as many."
        in text
    )


def test_a_bar_that_is_met_is_not_said_to_be_missed(tmp_path):
    better = counts(linked_pairs=1000, both_pairs=1000, found=10)
    keep(tmp_path / "r.json", "good", {county(tmp_path, 1): better}, "abc")
    text = page(json.loads((tmp_path / "r.json").read_text(encoding="utf-8")))
    assert "at least 0.997 |" in text and "at least 0.85 |" in text and "at most 1 |" in text


def test_without_a_record_the_page_says_so():
    assert "Nothing is on record yet" in page({})


def test_for_whom_a_question_came_later_is_said_with_how_far_the_groups_are_apart():
    girls = [FoundStory("F", "WBRI", 3, True, days) for days in range(100, 120)]
    boys = [FoundStory("M", "BAFR", 3, True, days) for days in range(40, 60)]
    found = pooled([counts(stories=[*girls, *boys, story(found=False)])])
    gap = found["stories"]["lead_gaps"]["sex"]
    assert (gap["of_one"]["value"], gap["of_other"]["value"], gap["gap"]["value"]) == (109.5, 49.5, 60)
    assert 0 < gap["gap"]["low"] < 60 < gap["gap"]["high"] and gap["gap"]["of"] == 40
    [sex, ethnic_group] = lead_in_words(found["stories"])
    assert (
        "stories of girls that were found were found 109.5 days or more before harm was on record, of boys 49.5"
        in sex
    )
    assert "girls 60 days earlier (95% interval " in sex
    assert "White British children 60 days earlier" in ethnic_group


def test_a_record_from_before_the_gap_was_counted_says_what_its_groups_say():
    found = pooled([counts(stories=[story("F")] * 12 + [replace(story("M"), lead_days=30)] * 12)])
    del found["stories"]["lead_gaps"]
    [sex, ethnic_group] = lead_in_words(found["stories"])
    assert sex.endswith(
        "of girls that were found were found 40 days or more before harm was on record, of boys 30; girls 10 days earlier."
    )
    assert "too few stories" in ethnic_group


def test_where_nobody_was_asked_about_wrongly_there_is_no_ratio():
    found = pooled(
        [counts(by_group={"sex: F": Counter(children=2000), "sex: M": Counter(children=2000, wrong=4)})]
    )
    [sex, ethnic_group] = wrong_in_words(found["questions"])
    assert (
        sex
        == "By sex: 2 wrong questions per 1,000 children of boys, 0 of girls; where there is none, there is no ratio."
    )
    assert "too few groups" in ethnic_group


def test_the_record_that_is_kept_can_be_read_and_makes_its_page():
    file = Path(__file__).resolve().parents[3] / "docs" / "measured" / "evaluation.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    assert all(
        counts_of(kept["counts"]).records for run in record.values() for kept in run["counties"].values()
    )
    assert page(record).count("\n- By sex") == 2 * len(record)
