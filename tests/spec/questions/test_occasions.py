"""An occasion is a rule, a person, a date and evidence."""

from datetime import date

from rowan.questions.rules.child_arrested import RULE
from rowan.questions.tables.child_arrested import child_arrested, child_arrested_evidence
from rowan.questions.tables.occasions import named_occasions

title = "What an occasion is"


def occasions(arrests):
    return named_occasions(RULE, child_arrested(arrests), child_arrested_evidence(arrests), {})[0]


def names_over_time(arrests, later_replaces_earlier):
    """Occasions as they were in March, and as they were at the end of April."""
    april = date(2026, 4, 1)
    march = arrests.filter(arrests.received_on < april)
    now = arrests.filter(arrests.received_on >= april) if later_replaces_earlier else arrests
    both = occasions(march).union(occasions(now))
    return both.group_by("rule").agg(names=both.occasion.nunique(), occasions=both.count())


def test_it_says_rule_version_person_date_and_the_numbers_used(spec):
    spec(occasions, {"arrests": """
        person_id | arrest_id | arrested_at      | agency | record_kind    | source | record_id
        Ben       | a1        | 2026-03-01 11:00 | police | police_arrests | p      | K1
        """}, """
        person_id | rule           | rule_version | on         | audience | settings
        Ben       | child_arrested | 1            | 2026-03-01 | hub      | {"questions.child_arrested.due_working_days": 2, "questions.child_arrested.feed_reaches_within_days": 35}
        """)  # fmt: skip


def test_a_row_sent_again_with_other_content_is_the_same_occasion(spec):
    spec(names_over_time, {"arrests": """
        person_id | arrest_id | arrested_at      | company     | record_kind    | source | record_id | received_on
        Ben       | a1        | 2026-03-01 11:00 | alone       | police_arrests | p      | K1        | 2026-03-02
        Ben       | a1        | 2026-03-01 11:20 | with adults | police_arrests | p      | K1        | 2026-04-02
        """}, """
        rule           | names | occasions
        child_arrested | 1     | 2
        """, later_replaces_earlier=True)  # fmt: skip


def test_another_row_makes_another_occasion(spec):
    spec(names_over_time, {"arrests": """
        person_id | arrest_id | arrested_at      | record_kind    | source | record_id | received_on
        Ben       | a1        | 2026-03-01 11:00 | police_arrests | p      | K1        | 2026-03-02
        Ben       | a2        | 2026-03-01 21:00 | police_arrests | p      | K2        | 2026-04-02
        """}, """
        rule           | names | occasions
        child_arrested | 2     | 2
        """, later_replaces_earlier=False)  # fmt: skip
