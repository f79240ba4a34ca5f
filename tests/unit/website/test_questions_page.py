"""The page of rules is made from their declarations and specs."""

from pathlib import Path

import pytest

from rowan.questions.rules.register import PUBLISHED, RULES
from rowan.website.questions_page import SPECS, questions_page
from rowan.website.reading_specs import read_spec

SPEC_FILES = sorted((Path(__file__).resolve().parents[3] / SPECS).glob("test_*.py"))

SPEC = '''"""A spec."""

title = "A rule"
rule = "missing_again"
HOME = """
    person_id | postcode
    Ada       | HO1 1AA
    """


def test_the_childs_own_past_counts(spec):
    spec(asked, {"homes": HOME, "episodes": """
        person_id | on
        ----------+-----------
        Ada       | 2026-01-01
        """}, """
        person_id | on
        """, values={})


def test_weeks_are_drawn_on_one_line(spec):
    spec(asked, tables(weeks(Ada="0 1 " * 2)), """
        person_id | on
        Ada       | 2026-04-10
        """, values={})
'''


def test_each_test_is_a_sentence_with_its_tables():
    spec = read_spec(SPEC)
    assert (spec["title"], spec["rule"]) == ("A rule", "missing_again")
    [(first, tables), (second, drawn)] = spec["tests"]
    assert first == "The child's own past counts"
    assert [name for name, _ in tables] == ["homes", "episodes", "gives"]
    assert tables[-1][1] == "Nothing is asked."
    assert second == "Weeks are drawn on one line"
    assert "Ada | 0 1 0 1" in drawn[0][1]


def test_the_page_shows_every_rule_with_whom_it_asks_and_its_spec():
    page = questions_page()
    for rule in RULES:
        assert f"## {rule.title}" in page
        assert rule.published({}) in page
    assert "The third episode within ninety days asks." in page
    assert "| Ada | 2026-03-01 |" in page
    assert "None" not in page and "Due within 1 working day." in page and "1 working days" not in page
    assert "{" not in page.split("### ")[0]


@pytest.mark.parametrize("file", SPEC_FILES, ids=lambda file: file.stem)
def test_no_example_is_without_the_rows_that_go_in_and_what_comes_out(file):
    """A new way of writing a spec is to be read too, or the page shows an answer to nothing."""
    spec = read_spec(file.read_text(encoding="utf-8"))
    if not spec["title"]:
        return
    assert spec["unread"] == []
    for sentence, tables in spec["tests"]:
        rows = {
            name: [line for line in text.strip().splitlines() if set(line) - set("-+| ")]
            for name, text in tables
        }
        assert any(len(lines) > 1 for name, lines in rows.items() if name != "gives"), sentence
        assert "gives" in rows and "None" not in str(rows), sentence


def test_every_published_rule_has_examples_on_the_page():
    told = {read_spec(file.read_text(encoding="utf-8"))["rule"] for file in SPEC_FILES}
    assert {rule.name for rule in PUBLISHED} <= told


HARD = '''
title = "A rule"
THREE = """
    person_id | on
    Ada       | 2026-01-01
    """
COUNTS = "one"


def tables(rows, agreements="none", **others):
    return {"rows": rows}


def test_it_reads_what_specs_are_written_with(spec):
    for day in ("2026-02-01", "2026-03-01"):
        spec(asked, tables(THREE.replace("2026-01-01", day)), f"""
            person_id | said
            Ada       | {COUNTS.replace("one", "two")} {{}}
            """, values={})
    head = "\\n".join(THREE.splitlines()[:2])
    more = "".join(f"Ada | 2026-04-0{n}\\n" for n in range(1, 3))
    spec(asked, {**tables(THREE, agreements=head), "more": THREE.rstrip(" ") + more}, THREE, values={})


def test_it_says_what_it_cannot_read(spec):
    spec(asked, tables(made_elsewhere(THREE)()), THREE, values={})
'''


def test_words_replaced_put_together_and_cut_are_read_as_they_stand_in_the_test():
    spec = read_spec(HARD)
    [(_, tables), _] = spec["tests"]
    assert [name for name, _ in tables] == [
        "rows",
        "gives",
        "rows",
        "gives",
        "rows",
        "agreements",
        "more",
        "gives",
    ]
    assert "2026-02-01" in tables[0][1] and "2026-03-01" in tables[2][1]
    assert "two {}" in tables[1][1]
    assert tables[5][1].strip() == "person_id | on"
    assert "2026-01-01" in tables[6][1] and "2026-04-02" in tables[6][1]
    assert spec["unread"] == ["test_it_says_what_it_cannot_read: rows"]
