"""Two different things, told by two agencies within six weeks, ask the hub; one alone, or one told twice, asks nobody."""

import pytest

from rowan.questions.tables.facts_elsewhere import told_elsewhere
from rowan.questions.tables.noted_again import notes_counted
from rowan.questions.tables.told_by_two_agencies import (
    things_told,
    told_by_two_agencies,
    told_by_two_agencies_evidence,
    told_side_by_side,
    told_without_marks,
)

title = "Two agencies have each told something of one child"
rule = "told_by_two_agencies"

MISSING = """
    person_id | episode_id | kind    | confirmed
    Ada       | e1         | missing | yes
    """
REPORTED = """
    episode_id | agency | record_kind    | record_id | happened_on
    e1         | police | police_missing | M1        | 2026-03-03
    """
NOTES = """
    person_id | agency   | on         | category  | record_id
    Ada       | school-1 | 2026-02-16 | Behaviour | n1
    Ada       | school-1 | 2026-03-16 | Welfare   | n2
    """
OPEN = """
    person_id | opened_on  | closed_on
    Ada       | 2026-01-05 |
    """
MAP = """
    postcode | eastings | northings | authority
    HO1 1AA  |   400000 |    300000 | Here
    PL1 1AA  |   440000 |    310000 | There
    NE1 1AA  |   405000 |    300000 | Here
    """
EMPTY = {
    "missing_episodes": "person_id | episode_id",
    "missing_episode_sources": "episode_id | happened_on",
    "arrests": "person_id | arrest_id",
    "placements": "person_id | began_on",
    "homes": "person_id | postcode",
    "school_log": "person_id | on",
    "attendance_weeks": "person_id | week_on",
    "attendance_marks_current": "person_id | on",
}
NOBODY = """
    person_id | on
    """
COUNTS = '"placed_far": 0, "suspended": 0'


def tables(**given):
    return EMPTY | {"coordinates": MAP, "open_cases": OPEN} | given


def side_by_side(
    values, open_cases, arrests, school_log, missing_episodes, missing_episode_sources, attendance_weeks, attendance_marks_current, **others
):  # fmt: skip
    told = told_without_marks(
        told_elsewhere(missing_episodes, missing_episode_sources, arrests),
        missing_episodes=missing_episodes,
        missing_episode_sources=missing_episode_sources,
        notes_counted=notes_counted(school_log),
        open_cases=open_cases,
        known_to_hub=open_cases.limit(0),
        values=values,
        **others,
    )
    things = things_told(told, attendance_weeks, attendance_marks_current)
    return told_side_by_side(things, open_cases, open_cases.limit(0), values), things


def asked(values, **given):
    return told_by_two_agencies(*side_by_side(values, **given))


def evidence(values, **given):
    return told_by_two_agencies_evidence(*side_by_side(values, **given))


@pytest.mark.spark
def test_two_notes_of_a_school_and_a_missing_report_ask_the_hub(spec):
    spec(asked, tables(missing_episodes=MISSING, missing_episode_sources=REPORTED, school_log=NOTES), f"""
        person_id | on         | audience | figures
        Ada       | 2026-03-16 | hub      | {{"first_on": "2026-03-03", "last_on": "2026-03-16", "missing": 1, "away": 0, "arrested": 0, {COUNTS}, "noted": 2}}
        """, values={})  # fmt: skip


def test_either_alone_asks_nobody_and_nor_does_one_note(spec):
    spec(asked, tables(missing_episodes=MISSING, missing_episode_sources=REPORTED), NOBODY, values={})
    spec(asked, tables(school_log=NOTES), NOBODY, values={})
    one = "\n".join(NOTES.splitlines()[:3])
    spec(asked, tables(missing_episodes=MISSING, missing_episode_sources=REPORTED, school_log=one), NOBODY, values={})  # fmt: skip


def test_more_than_six_weeks_apart_is_too_far(spec):
    late = REPORTED.replace("2026-03-03", "2026-04-28")
    spec(asked, tables(missing_episodes=MISSING, missing_episode_sources=late, school_log=NOTES), NOBODY, values={})  # fmt: skip


def test_one_absence_told_by_the_police_as_missing_and_by_the_council_as_away_is_one_thing(spec):
    spec(asked, tables(
        missing_episodes=MISSING + "    Ada       | e2         | away    | yes\n",
        missing_episode_sources=REPORTED + "    e2         | council | ssda903_missing | A1       | 2026-03-03\n",
    ), NOBODY, values={})  # fmt: skip


def test_a_new_placement_far_from_home_and_an_arrest_ask_and_one_nearby_does_not(spec):
    arrest = """
        person_id | arrest_id | arrested_at      | agency | record_kind    | record_id
        Ada       | a1        | 2026-03-20 15:00 | police | police_arrests | K1
        """
    placed = """
        person_id | began_on   | placement_postcode | home_postcode | agency  | record_id
        Ada       | 2026-03-01 | PL1 1AA            | HO1 1AA       | council | P1
        """
    spec(asked, tables(arrests=arrest, placements=placed), """
        person_id | on         | audience
        Ada       | 2026-03-20 | hub
        """, values={})  # fmt: skip
    spec(asked, tables(arrests=arrest, placements=placed.replace("PL1", "NE1")), NOBODY, values={})


def test_of_a_child_whose_home_is_withheld_no_placement_is_measured(spec):
    spec(asked, tables(
        homes="""
            person_id | postcode | withheld
            Ada       |          | yes
            """,
        arrests="""
            person_id | arrest_id | arrested_at      | agency | record_kind    | record_id
            Ada       | a1        | 2026-03-20 15:00 | police | police_arrests | K1
            """,
        placements="""
            person_id | began_on   | placement_postcode | home_postcode | agency  | record_id
            Ada       | 2026-03-01 | PL1 1AA            | HO1 1AA       | council | P1
            """,
    ), NOBODY, values={})  # fmt: skip


def test_a_child_the_hub_does_not_work_with_is_not_held_side_by_side(spec):
    closed = OPEN.replace("2026-01-05 |", "2026-01-05 | 2026-02-01")
    spec(asked, tables(missing_episodes=MISSING, missing_episode_sources=REPORTED, school_log=NOTES, open_cases=closed), NOBODY, values={})  # fmt: skip


def test_a_suspension_counts_by_the_friday_of_its_first_week_and_its_marks_are_the_evidence(spec):
    spec(evidence, tables(
        missing_episodes=MISSING, missing_episode_sources=REPORTED,
        attendance_weeks="""
            person_id | agency   | source | source_id | week_on    | excluded
            Ada       | school-1 | roll-1 | Ada       | 2026-03-02 | 0
            Ada       | school-1 | roll-1 | Ada       | 2026-03-09 | 4
            Ada       | school-1 | roll-1 | Ada       | 2026-03-16 | 2
            """,
        attendance_marks_current="""
            person_id | agency   | source | source_id | on         | session | code | record_id
            Ada       | school-1 | roll-1 | Ada       | 2026-03-12 | AM      | E    | m1
            Ada       | school-1 | roll-1 | Ada       | 2026-03-12 | PM      | O    | m2
            Ada       | school-1 | roll-1 | Ada       | 2026-03-16 | AM      | E    | m3
            """,
    ), """
        on         | agency   | record_kind      | record_id | happened_on | what
        2026-03-13 | school-1 | attendance_marks | m1        | 2026-03-12  | Suspended or excluded on 12 March 2026
        2026-03-13 | police   | police_missing   | M1        | 2026-03-03  | Missing from 3 March 2026
        """, values={})  # fmt: skip


def test_a_suspension_beside_an_absence_from_the_placement_asks_too(spec):
    spec(asked, tables(
        missing_episodes=MISSING.replace("missing", "away   "), missing_episode_sources=REPORTED.replace("police ", "council "),
        attendance_weeks="""
            person_id | agency   | source | source_id | week_on    | excluded
            Ada       | school-1 | roll-1 | Ada       | 2026-03-09 | 4
            """,
        attendance_marks_current="""
            person_id | agency   | source | source_id | on         | session | code | record_id
            Ada       | school-1 | roll-1 | Ada       | 2026-03-12 | AM      | E    | m1
            """,
    ), f"""
        person_id | on         | figures
        Ada       | 2026-03-13 | {{"first_on": "2026-03-03", "last_on": "2026-03-13", "missing": 0, "away": 1, "arrested": 0, {COUNTS.replace('suspended": 0', 'suspended": 1')}, "noted": 0}}
        """, values={})  # fmt: skip


def test_the_evidence_of_notes_is_their_day_and_kind(spec):
    spec(evidence, tables(missing_episodes=MISSING, missing_episode_sources=REPORTED, school_log=NOTES), """
        on         | record_id | happened_on | what
        2026-03-16 | n1        | 2026-02-16  | Note of 16 February 2026 (behaviour)
        2026-03-16 | n2        | 2026-03-16  | Note of 16 March 2026 (welfare)
        2026-03-16 | M1        | 2026-03-03  | Missing from 3 March 2026
        """, values={})  # fmt: skip
