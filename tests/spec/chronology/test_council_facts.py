"""Which facts of the council's files have a day of their own, and what is left unread."""

import pytest

from rowan.chronology.tables.council_facts import council_facts

title = "What the council told, by the day"


@pytest.mark.spark
def test_every_kind_of_the_councils_work_is_a_fact_of_its_day(spec):
    spec(council_facts, {
        "placements": """
            person_id | record_id | agency  | began_on   | ended_on
            Ada       | E1        | council | 2026-01-05 | 2026-02-05
            """,
        "council_cases": """
            person_id | record_id | agency  | opened_on  | closed_on
            Ada       | L1        | council | 2025-12-01 |
            Ben       | L2        | council | 2025-12-02 | 2026-02-02
            """,
        "cin_referrals": """
            person_id | record_id | agency  | referred_on | closed_on
            Ada       | R1        | council | 2025-11-20  | 2026-05-01
            """,
        "cin_assessments": """
            person_id | record_id | agency  | began_on   | authorised_on
            Ada       | A1        | council | 2025-11-21 | 2025-12-20
            Ben       | A2        | council | 2026-01-21 |
            """,
        "cin_section47": """
            person_id | record_id | agency  | began_on   | conference_on
            Ada       | S1        | council | 2025-12-22 | 2026-01-04
            Ben       | S2        | council | 2025-12-23 |
            """,
        "cin_plans": """
            person_id | record_id | agency  | began_on   | ended_on
            Ada       | N1        | council | 2026-01-06 | 2026-02-06
            """,
        "cin_protection_plans": """
            person_id | record_id | agency  | began_on   | ended_on
            Ada       | P1        | council | 2026-02-07 | 2026-06-07
                      | P2        | council | 2026-02-08 |
            """,
    }, """
        person_id | told                  | happened_on | record_kind          | record_id
        Ada       | placed                | 2026-01-05  | ssda903_episodes     | E1
        Ada       | case_opened           | 2025-12-01  | council_cases        | L1
        Ben       | case_opened           | 2025-12-02  | council_cases        | L2
        Ben       | case_closed           | 2026-02-02  | council_cases        | L2
        Ada       | referred              | 2025-11-20  | cin_referrals        | R1
        Ada       | assessed              | 2025-12-20  | cin_assessments      | A1
        Ben       | assessed              | 2026-01-21  | cin_assessments      | A2
        Ada       | enquired              | 2025-12-22  | cin_section47        | S1
        Ada       | conferred             | 2026-01-04  | cin_section47        | S1
        Ben       | enquired              | 2025-12-23  | cin_section47        | S2
        Ada       | need_plan             | 2026-01-06  | cin_plans            | N1
        Ada       | need_plan_ended       | 2026-02-06  | cin_plans            | N1
        Ada       | protection_plan       | 2026-02-07  | cin_protection_plans | P1
        Ada       | protection_plan_ended | 2026-06-07  | cin_protection_plans | P1
        """)  # fmt: skip
