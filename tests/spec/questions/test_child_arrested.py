"""Every arrest of a child asks whether the child could be being exploited."""

import pytest

from rowan.questions.tables.child_arrested import child_arrested, child_arrested_evidence

title = "A child is arrested or charged"
rule = "child_arrested"

ARRESTS = """
    person_id | arrest_id | arrested_at      | company     | charged_on | agency | record_id
    ----------+-----------+------------------+-------------+------------+--------+----------
    Ben       | a1        | 2026-03-01 23:10 | With adults |            | police | K1
    Ben       | a2        | 2026-05-20 16:00 | alone       | 2026-05-21 | police | K2
    Ada       | a3        | 2026-03-01 11:00 |             |            | police | K3
    """


@pytest.mark.spark
def test_every_arrest_asks_once_whatever_the_offence(spec):
    spec(child_arrested, {"arrests": ARRESTS}, """
        person_id | on         | audience | figures
        ----------+------------+----------+--------
        Ben       | 2026-03-01 | hub      | {"arrested_on": "2026-03-01", "charged_on": null, "company": "with adults"}
        Ben       | 2026-05-20 | hub      | {"arrested_on": "2026-05-20", "charged_on": "2026-05-21", "company": "alone"}
        Ada       | 2026-03-01 | hub      | {"arrested_on": "2026-03-01", "charged_on": null, "company": "not known"}
        """)  # fmt: skip


def test_two_arrests_of_one_day_are_one_occasion_with_two_rows(spec):
    tables = {"arrests": """
        person_id | arrest_id | arrested_at      | agency | record_id
        Ben       | a1        | 2026-03-01 11:00 | police | K1
        Ben       | a2        | 2026-03-01 23:10 | police | K2
        """}  # fmt: skip
    spec(child_arrested, tables, """
        person_id | on
        Ben       | 2026-03-01
        """)  # fmt: skip
    spec(child_arrested_evidence, tables, """
        person_id | on         | event | record_id | what
        Ben       | 2026-03-01 | a1    | K1        | Arrested on 1 March 2026
        Ben       | 2026-03-01 | a2    | K2        | Arrested on 1 March 2026
        """)  # fmt: skip
