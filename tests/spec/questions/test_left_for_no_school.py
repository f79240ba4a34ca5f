"""A leaving with no school named, and another agency's fact near that day, ask a question."""

import pytest

from rowan.questions.tables.left_for_no_school import (
    beside_a_leaving,
    left_for_no_school,
    left_for_no_school_evidence,
    told_elsewhere,
)

title = "A child leaves school with no school named"
rule = "left_for_no_school"

OPEN = """
    person_id | opened_on  | closed_on
    Ada       | 2026-01-05 |
    Ben       | 2026-01-05 |
    """
LEFT = """
    person_id | agency   | record_kind   | record_id | left_on    | home_education
    Ada       | school-1 | school_pupils | P1        | 2026-03-02 | no
    """
MISSING = """
    person_id | episode_id | kind    | confirmed
    Ada       | e1         | missing | yes
    """
REPORTED = """
    episode_id | agency | record_kind    | record_id | happened_on
    e1         | police | police_missing | M1        | 2026-03-20
    """
NO_ARREST = """
    person_id | arrest_id | arrested_at
    """
ON_ROLL = """
    person_id | agency   | joined_on  | left_on
    Ada       | school-1 | 2023-09-04 | 2026-03-02
    """
TABLES = {
    "school_leavings": LEFT,
    "school_moves": ON_ROLL,
    "missing_episodes": MISSING,
    "missing_episode_sources": REPORTED,
    "arrests": NO_ARREST,
    "open_cases": OPEN,
}
NOBODY = """
    person_id | on
    """


def beside(school_leavings, school_moves, missing_episodes, missing_episode_sources, arrests, open_cases, values, known_to_hub=None):  # fmt: skip
    known = open_cases.limit(0) if known_to_hub is None else known_to_hub
    told = told_elsewhere(missing_episodes, missing_episode_sources, arrests)
    return beside_a_leaving(school_leavings, told, school_moves, open_cases, known, values)


def asked(values, **tables):
    return left_for_no_school(beside(values=values, **tables))


def evidence(values, **tables):
    return left_for_no_school_evidence(beside(values=values, **tables))


@pytest.mark.spark
def test_leaving_with_no_school_named_and_a_missing_report_within_six_weeks_ask_the_hub(spec):
    spec(asked, TABLES, """
        person_id | on         | audience | figures
        Ada       | 2026-03-20 | hub      | {"left_on": "2026-03-02", "home_education": false, "missing": 1, "arrests": 0, "other_on": "2026-03-20"}
        """, values={})  # fmt: skip


def test_leaving_alone_asks_nobody_whatever_the_reason(spec):
    spec(asked, {
        **TABLES,
        "school_leavings": """
            person_id | agency   | record_id | left_on    | home_education
            Ada       | school-1 | P1        | 2025-03-02 | no
            Ben       | school-1 | P2        | 2026-03-02 | yes
            """,
    }, NOBODY, values={})  # fmt: skip


def test_an_arrest_before_the_leaving_asks_on_the_day_of_leaving(spec):
    spec(asked, {
        **TABLES,
        "school_leavings": """
            person_id | agency   | record_id | left_on    | home_education
            Ben       | school-1 | P2        | 2026-03-02 | yes
            """,
        "arrests": """
            person_id | arrest_id | arrested_at      | agency | record_kind    | record_id
            Ben       | a1        | 2026-02-20 15:00 | police | police_arrests | K1
            """,
    }, """
        person_id | on         | figures
        Ben       | 2026-03-02 | {"left_on": "2026-03-02", "home_education": true, "missing": 0, "arrests": 1, "other_on": "2026-02-20"}
        """, values={})  # fmt: skip


def test_the_forty_second_day_still_counts_and_the_next_does_not(spec):
    spec(asked, {
        **TABLES,
        "missing_episodes": """
            person_id | episode_id | kind    | confirmed
            Ada       | e1         | missing | yes
            Ada       | e2         | missing | yes
            """,
        "missing_episode_sources": """
            episode_id | agency | record_kind    | record_id | happened_on
            e1         | police | police_missing | M1        | 2026-04-13
            e2         | police | police_missing | M2        | 2026-04-14
            """,
    }, """
        person_id | on
        Ada       | 2026-04-13
        """, values={})  # fmt: skip


def test_a_child_whom_another_school_has_by_then_is_not_asked_about(spec):
    spec(asked, {
        **TABLES,
        "school_moves": """
            person_id | agency   | joined_on  | left_on
            Ada       | school-1 | 2023-09-04 | 2026-03-02
            Ada       | school-2 | 2026-03-20 |
            """,
    }, NOBODY, values={})  # fmt: skip


def test_a_school_that_has_the_child_only_later_was_not_known_by_then(spec):
    spec(asked, {
        **TABLES,
        "school_moves": """
            person_id | agency   | joined_on  | left_on
            Ada       | school-1 | 2023-09-04 | 2026-03-02
            Ada       | school-2 | 2026-03-21 |
            """,
    }, """
        person_id | on
        Ada       | 2026-03-20
        """, values={})  # fmt: skip


def test_away_from_placement_and_unconfirmed_reports_are_not_counted(spec):
    spec(asked, {
        **TABLES,
        "missing_episodes": """
            person_id | episode_id | kind    | confirmed
            Ada       | e1         | away    | yes
            Ada       | e1         | missing | no
            """,
    }, NOBODY, values={})  # fmt: skip


def test_it_must_be_two_agencies(spec):
    spec(asked, {
        **TABLES,
        "missing_episode_sources": """
            episode_id | agency   | record_kind    | record_id | happened_on
            e1         | school-1 | police_missing | S1        | 2026-03-20
            """,
    }, NOBODY, values={})  # fmt: skip


def test_leavings_of_children_with_whom_the_hub_does_not_work_are_held_against_nothing(spec):
    spec(asked, {
        **TABLES,
        "open_cases": """
            person_id | opened_on  | closed_on
            Ada       | 2025-01-05 | 2026-03-19
            """,
    }, NOBODY, values={})  # fmt: skip


def test_of_a_child_who_became_known_since_the_night_says_whether_anybody_may_be_asked(spec):
    spec(asked, {
        **TABLES,
        "open_cases": """
            person_id | opened_on  | closed_on
            Ben       | 2025-01-05 |
            """,
        "known_to_hub": """
            person_id
            Ada
            """,
    }, """
        person_id | on         | audience
        Ada       | 2026-03-20 |
        """, values={})  # fmt: skip


def test_a_hub_may_look_a_fortnight_around_the_leaving(spec):
    spec(asked, TABLES, NOBODY, values={"questions.left_for_no_school.within_days": 14})


def test_the_evidence_is_the_rolls_row_and_the_other_agencies_rows(spec):
    spec(evidence, {
        **TABLES,
        "arrests": """
            person_id | arrest_id | arrested_at      | agency | record_kind    | record_id
            Ada       | a1        | 2026-03-20 15:00 | police | police_arrests | K1
            """,
    }, """
        person_id | on         | agency   | record_kind    | record_id | happened_on | what
        Ada       | 2026-03-20 | school-1 | school_pupils  | P1        | 2026-03-02  | Left school on 2 March 2026, with no next school named
        Ada       | 2026-03-20 | police   | police_missing | M1        | 2026-03-20  | Missing from 20 March 2026
        Ada       | 2026-03-20 | police   | police_arrests | K1        | 2026-03-20  | Arrested on 20 March 2026
        """, values={})  # fmt: skip
