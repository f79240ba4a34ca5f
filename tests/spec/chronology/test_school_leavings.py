"""Which leavings of a school's roll name no school."""

import pytest

from rowan.chronology.tables.school_leavings import school_leavings

title = "Leaving school with no school named"


@pytest.mark.spark
def test_nowhere_known_or_home_education_is_such_a_leaving_and_a_named_school_is_not(spec):
    spec(school_leavings, {"school_pupils": """
        person_id | record_id | left_on    | leaving_reason           | destination
        Ada       | P1        | 2026-03-02 | Moved                    |
        Ben       | P2        | 2026-03-02 | Moved                    | Not known
        Cal       | P3        | 2026-03-02 | Moved                    | 8992001
        Dee       | P4        | 2026-03-02 | Elective home education  |
        Eve       | P5        | 2026-03-02 |                          | Home educated
        Fay       | P6        |            |                          |
        """}, """
        person_id | record_id | left_on    | home_education
        Ada       | P1        | 2026-03-02 | no
        Ben       | P2        | 2026-03-02 | no
        Dee       | P4        | 2026-03-02 | yes
        Eve       | P5        | 2026-03-02 | yes
        """)  # fmt: skip


def test_a_year_group_that_ends_its_phase_leaves_for_a_school_not_written_down_yet(spec):
    spec(school_leavings, {"school_pupils": """
        person_id | record_id | left_on    | leaving_reason | destination
        Ada       | P1        | 2026-07-20 | End of phase   |
        Ben       | P2        | 2026-07-20 | End of phase   | Home education
        """}, """
        person_id | home_education
        Ben       | yes
        """)  # fmt: skip
