"""The page of rules is made from their declarations and specs."""

from rowan.questions.rules.register import RULES
from rowan.website.questions_page import questions_page, read_spec

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
    assert "None" not in page and "{" not in page.split("### ")[0]
