"""`rowan matching train`: weights are learnt from invented counties, whose truth is known."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from rowan.matching.comparisons import COMPARISONS
from rowan.matching.weighing import stored_weights
from rowan.refusals import NotPossible
from rowan.synthetic.county import Asked, write_county
from rowan.synthetic.story_shapes import USUAL_FILE

pytestmark = pytest.mark.one_database

title = "Weights by which records are matched"


def test_weights_are_learnt_from_a_county(tmp_path):
    write_county(tmp_path / "county", Asked(300, 4, date(2026, 6, 30), 2, USUAL_FILE), tell=lambda line: None)
    out = tmp_path / "weights.json"
    call_command("matching", "train", str(tmp_path / "county"), out=out, about="a county of 300")
    weights = json.loads(out.read_text())
    assert weights["about"] == "a county of 300"
    assert weights["records"] > 250
    learnt = {comparison["output_column_name"]: comparison for comparison in weights["comparisons"]}
    assert list(learnt) == ["first_name", "surname", "birth_date", "home"]
    same = learnt["birth_date"]["comparison_levels"][1]
    assert same["m_probability"] > 0.9
    assert same["u_probability"] < 0.01


def test_a_folder_that_is_no_county_is_refused_in_plain_words(tmp_path):
    with pytest.raises(NotPossible, match="is not an invented county"):
        call_command("matching", "train", str(tmp_path), out=tmp_path / "weights.json")


def test_the_stored_weights_fit_the_comparisons_and_say_what_they_were_trained_on():
    """The levels are stored with what was learnt of each: a comparison changed without training would weigh nonsense."""
    weights = stored_weights()
    assert "--seed 9001" in weights["about"]
    for ours, stored in zip(COMPARISONS, weights["comparisons"], strict=True):
        ours = [level["sql_condition"] for level in ours["comparison_levels"]]
        assert ours == [level["sql_condition"] for level in stored["comparison_levels"]]


def test_neither_sex_nor_ethnicity_is_compared_or_looked_up():
    from rowan.matching.comparisons import BLOCKING
    from rowan.matching.weighing import WEIGHED

    whole = json.dumps([COMPARISONS, BLOCKING, stored_weights()["comparisons"], WEIGHED.names]).lower()
    for protected in (
        "sex",
        "gender",
        "ethnic",
        "nationality",
        "religion",
        "disab",
        "ward",
        "deprivation",
        "laestab",
    ):
        assert protected not in whole
