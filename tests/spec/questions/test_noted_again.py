"""A third note of a school's staff about one pupil in ninety days asks the school's own lead."""

import pytest

from rowan.questions.tables.noted_again import noted_again, noted_again_evidence, notes_counted

title = "A pupil is noted again at school"
rule = "noted_again"

OWN_WATCH = """
    feed       | agency   | own_watch | until_on
    school_log | school-1 | yes       |
    """
NO_WATCH = """
    feed             | agency   | own_watch | until_on
    school_log       | school-1 | no        |
    attendance_marks | school-1 | yes       |
    """
NO_OPEN_CASE = """
    person_id | opened_on
    """
NOBODY = """
    person_id | on
    """
THREE = """
    person_id | agency   | on         | category    | record_id
    Ada       | school-1 | 2026-01-10 | Behaviour   | n1
    Ada       | school-1 | 2026-02-20 | Friendships | n2
    Ada       | school-1 | 2026-04-10 | Behaviour   | n3
    """


def asked(school_log, agreements, open_cases, values):
    return noted_again(notes_counted(school_log), agreements, open_cases, values)


def evidence(school_log, agreements, open_cases, values):
    counted = notes_counted(school_log)
    return noted_again_evidence(noted_again(counted, agreements, open_cases, values), counted, values)


def tables(school_log, agreements=OWN_WATCH, open_cases=NO_OPEN_CASE):
    return {"school_log": school_log, "agreements": agreements, "open_cases": open_cases}


@pytest.mark.spark
def test_the_third_note_within_ninety_days_asks_the_school(spec):
    spec(asked, tables(THREE), """
        person_id | on         | audience | window_from | window_to  | figures
        Ada       | 2026-04-10 | school-1 | 2026-01-10  | 2026-04-10 | {"notes": 3, "kinds": 2, "first_on": "2026-01-10", "last_on": "2026-04-10"}
        """, values={})  # fmt: skip


def test_three_notes_spread_over_more_than_ninety_days_do_not(spec):
    spec(asked, tables(THREE.replace("2026-04-10", "2026-04-11")), NOBODY, values={})


def test_notes_on_bullying_bereavement_family_breakdown_and_health_are_not_counted(spec):
    for context in ("Bullying", "Bereavement", "Family breakdown", "Health", "HEALTH"):
        spec(asked, tables(THREE.replace("Friendships", context)), NOBODY, values={})


def test_two_schools_notes_are_not_added_up(spec):
    spec(asked, tables(THREE.replace("school-1 | 2026-02-20", "school-2 | 2026-02-20")), NOBODY, values={})


def test_a_school_that_did_not_choose_its_own_watch_of_notes_is_asked_only_of_children_open_that_day(spec):
    spec(asked, tables(THREE, NO_WATCH), """
        person_id | on         | audience
        Ada       | 2026-04-10 |
        """, values={})  # fmt: skip
    spec(asked, tables(THREE, NO_WATCH, """
        person_id | opened_on  | closed_on
        Ada       | 2026-04-01 |
        """), """
        person_id | on         | audience
        Ada       | 2026-04-10 | school-1
        """, values={})  # fmt: skip


def test_the_evidence_is_each_note_by_its_day_and_kind_and_never_its_words(spec):
    spec(evidence, tables(THREE), """
        person_id | on         | agency   | record_kind | record_id | happened_on | what
        Ada       | 2026-04-10 | school-1 | school_log  | n1        | 2026-01-10  | Note of 10 January 2026 (behaviour)
        Ada       | 2026-04-10 | school-1 | school_log  | n2        | 2026-02-20  | Note of 20 February 2026 (friendships)
        Ada       | 2026-04-10 | school-1 | school_log  | n3        | 2026-04-10  | Note of 10 April 2026 (behaviour)
        """, values={})  # fmt: skip
