"""A leaving with no school named, and another agency's fact near that day, ask a question."""

import pytest

from rowan.questions.tables.facts_elsewhere import facts_elsewhere, told_elsewhere
from rowan.questions.tables.left_for_no_school import (
    beside_a_leaving,
    left_for_no_school,
    left_for_no_school_evidence,
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
NOT_MISSING = """
    person_id | episode_id
    """
NO_ARREST = """
    person_id | arrest_id | arrested_at
    """
NOTHING_OF_THE_COUNCIL = """
    person_id | told | happened_on
    """
NO_NOTES = """
    person_id | on
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
    "council_facts": NOTHING_OF_THE_COUNCIL,
    "notes_counted": NO_NOTES,
    "open_cases": OPEN,
}
NOBODY = """
    person_id | on
    """


def beside(
    school_leavings,
    school_moves,
    missing_episodes,
    missing_episode_sources,
    arrests,
    council_facts,
    notes_counted,
    open_cases,
    values,
    known_to_hub=None,
):
    known = open_cases.limit(0) if known_to_hub is None else known_to_hub
    told = facts_elsewhere(
        told_elsewhere(missing_episodes, missing_episode_sources, arrests),
        missing_episodes,
        missing_episode_sources,
        council_facts,
        notes_counted,
        open_cases,
        known,
    )
    return beside_a_leaving(school_leavings, told, school_moves, open_cases, known, values)


def asked(values, **tables):
    return left_for_no_school(beside(values=values, **tables))


def evidence(values, **tables):
    return left_for_no_school_evidence(beside(values=values, **tables))


@pytest.mark.spark
def test_leaving_with_no_school_named_and_a_missing_report_within_six_weeks_ask_the_hub(spec):
    spec(asked, TABLES, """
        person_id | on         | audience | figures
        Ada       | 2026-03-20 | hub      | {"left_on": "2026-03-02", "home_education": false, "other_on": "2026-03-20", "missing": 1}
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
        Ben       | 2026-03-02 | {"left_on": "2026-03-02", "home_education": true, "other_on": "2026-02-20", "arrests": 1}
        """, values={})  # fmt: skip


@pytest.mark.parametrize(
    ("told", "kind", "figure"),
    [
        ("placed", "ssda903_episodes", "placements"),
        ("referred", "cin_referrals", "referrals"),
        ("assessed", "cin_assessments", "assessments"),
        ("enquired", "cin_section47", "enquiries"),
        ("conferred", "cin_section47", "conferences"),
        ("need_plan", "cin_plans", "plans"),
        ("protection_plan", "cin_protection_plans", "plans"),
        ("need_plan_ended", "cin_plans", "plans_ended"),
        ("protection_plan_ended", "cin_protection_plans", "plans_ended"),
        ("case_opened", "council_cases", "cases_opened"),
        ("case_closed", "council_cases", "cases_closed"),
    ],
)
def test_any_fact_of_the_council_asks_as_a_missing_report_does(spec, told, kind, figure):
    spec(asked, {
        **TABLES,
        "missing_episodes": NOT_MISSING,
        "council_facts": f"""
            person_id | told   | agency  | record_kind | record_id | happened_on
            Ada       | {told} | council | {kind}      | C1        | 2026-03-10
            Ada       | {told} | council | {kind}      | C9        | 2026-07-10
            """,
    }, f"""
        person_id | on         | figures
        Ada       | 2026-03-10 | {{"left_on": "2026-03-02", "home_education": false, "other_on": "2026-03-10", "{figure}": 1}}
        """, values={})  # fmt: skip


def test_two_returns_that_tell_of_one_plan_tell_of_one(spec):
    spec(asked, {
        **TABLES,
        "missing_episodes": NOT_MISSING,
        "council_facts": """
            person_id | told      | agency  | source | record_id | happened_on
            Ada       | need_plan | council | cin-26 | C1        | 2026-03-02
            Ada       | need_plan | council | cin-27 | C2        | 2026-03-02
            Ada       | referred  | council | cin-27 | C3        | 2026-02-20
            """,
    }, """
        person_id | on         | figures
        Ada       | 2026-03-02 | {"left_on": "2026-03-02", "home_education": false, "other_on": "2026-03-02", "referrals": 1, "plans": 1}
        """, values={})  # fmt: skip


def test_a_note_of_another_school_is_a_fact_of_another_agency_and_one_of_the_same_school_is_not(spec):
    spec(asked, {
        **TABLES,
        "missing_episodes": NOT_MISSING,
        "notes_counted": """
            person_id | on         | category | agency   | record_id
            Ada       | 2026-03-03 | welfare  | school-1 | N1
            Ada       | 2026-03-04 | welfare  | school-2 | N2
            """,
    }, """
        person_id | on         | figures
        Ada       | 2026-03-04 | {"left_on": "2026-03-02", "home_education": false, "other_on": "2026-03-04", "notes": 1}
        """, values={})  # fmt: skip


def test_an_absence_from_the_placement_is_a_fact_of_the_council(spec):
    spec(asked, {
        **TABLES,
        "missing_episodes": """
            person_id | episode_id | kind | confirmed
            Ada       | e1         | away | yes
            """,
        "missing_episode_sources": """
            episode_id | agency  | record_kind     | record_id | happened_on
            e1         | council | ssda903_missing | A1        | 2026-03-20
            """,
    }, """
        person_id | on         | figures
        Ada       | 2026-03-20 | {"left_on": "2026-03-02", "home_education": false, "other_on": "2026-03-20", "away": 1}
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


def test_reports_that_were_taken_back_are_not_counted(spec):
    spec(asked, {
        **TABLES,
        "missing_episodes": """
            person_id | episode_id | kind    | confirmed
            Ada       | e1         | away    | no
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


def test_of_the_councils_facts_and_of_notes_the_evidence_says_which_and_when_and_nothing_else(spec):
    spec(evidence, {
        **TABLES,
        "missing_episodes": NOT_MISSING,
        "council_facts": """
            person_id | told        | agency  | record_kind   | record_id | happened_on
            Ada       | enquired    | council | cin_section47 | C1        | 2026-03-01
            Ada       | case_closed | council | council_cases | C2        | 2026-03-02
            """,
        "notes_counted": """
            person_id | on         | category | agency   | record_id
            Ada       | 2026-03-01 | welfare  | school-2 | N1
            """,
    }, """
        on         | agency   | record_kind   | record_id | happened_on | what
        2026-03-02 | school-1 | school_pupils | P1        | 2026-03-02  | Left school on 2 March 2026, with no next school named
        2026-03-02 | council  | cin_section47 | C1        | 2026-03-01  | Enquiry into whether the child was being harmed (section 47) began on 1 March 2026
        2026-03-02 | council  | council_cases | C2        | 2026-03-02  | Children's social care stopped working with the child on 2 March 2026
        2026-03-02 | school-2 | school_log    | N1        | 2026-03-01  | Note of 1 March 2026 (welfare)
        """, values={})  # fmt: skip
