"""The model card says what the stored weights are and what the record of the evaluation holds, and changes with both."""

import json

from django.conf import settings

from rowan.matching.weighing import VERSION, WEIGHTS, stored_weights
from rowan.website import generated
from rowan.website.model_card_page import page

BYTES = (WEIGHTS / f"{VERSION}.json").read_bytes()
RECORD = json.loads((settings.CHECKOUT / "docs" / "measured" / "evaluation.json").read_text())
CARD = page(BYTES, RECORD)


def test_the_card_in_the_documents_is_of_these_weights_and_this_record():
    assert (generated.folder() / "model_card.md").read_text() == generated.MADE + CARD.rstrip() + "\n"
    assert "model_card.md" not in generated.stale()


def test_it_changes_when_one_weight_changes():
    weights = stored_weights()
    level = weights["comparisons"][0]["comparison_levels"][1]
    level["m_probability"] = 0.5
    changed = page(json.dumps(weights).encode(), RECORD)
    assert "| first name | same | 89.9% |" in CARD and "| first name | same | 50% |" in changed
    assert CARD.split("SHA-256")[1][:20] != changed.split("SHA-256")[1][:20]


def test_every_agreement_stands_with_what_it_is_worth():
    for comparison in stored_weights()["comparisons"]:
        what = comparison["output_column_name"].replace("_", " ")
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                assert f"| {what} | {level['label_for_charts']} | " in CARD
    assert "very strong evidence that they are one child; more for a rare name, less for a common one" in CARD
    assert "evidence that they are two |" in CARD


def test_it_says_for_whom_it_errs_and_what_it_misses():
    largest = max(RECORD.values(), key=lambda run: run["figures"]["records"])["figures"]
    for origin in largest["recall_by_origin"]:
        assert f"| {origin} | " in CARD
    lowest = min(largest["recall_by_origin"], key=lambda name: largest["recall_by_origin"][name]["value"])
    assert f"it misses most among {lowest} names" in CARD
    missed = largest["matching"] | {"precision": {"value": 0.99, "low": 0.98, "high": 0.995, "of": 100}}
    record = {"a run": {**next(iter(RECORD.values())), "figures": {**largest, "matching": missed}}}
    assert "at least 0.997: **missed**" in page(BYTES, record)


def test_by_sex_and_age_it_tells_what_is_on_record_and_says_when_nothing_is():
    run = next(iter(RECORD.values()))
    share = {"value": 0.98, "low": 0.97, "high": 0.99, "of": 1234.0}
    groups = {
        name: {"recall": share, "children_with_a_wrong_row_per_10000": {**share, "value": 1.5}}
        for name in ("sex: F", "age: 10 to 12")
    }
    told = page(BYTES, {"a run": {**run, "figures": {**run["figures"], "who_is_who_by_group": groups}}})
    assert "| girls | 0.98 (0.97 to 0.99) | 1,234 | 1.50 (0.97 to 0.99) |" in told
    assert "| 10 to 12 | 0.98" in told
    assert "By sex and by age nothing is on record yet." in page(BYTES, {"a run": {**run, "figures": {k: v for k, v in run["figures"].items() if k != "who_is_who_by_group"}}})  # fmt: skip


def test_with_nothing_on_record_it_says_so():
    assert "Nothing is on record yet" in page(BYTES, {})


def test_it_says_what_it_must_not_be_used_for():
    assert "must not be used" in CARD
    for never in ("danger", "suspect", "adoption order"):
        assert never in CARD
