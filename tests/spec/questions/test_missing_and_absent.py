"""A missing report and absence in the school's marks, within six weeks of each other and by two agencies, ask a question."""

from functools import reduce

import ibis
import pytest

from rowan.questions.rules.missing_and_absent import critical_rows
from rowan.questions.tables.absence_risen import counted_weeks
from rowan.questions.tables.missing_and_absent import (
    missing_and_absent,
    missing_and_absent_evidence,
    missing_beside_absence,
    reported_missing,
    rises,
    runs,
    unexplained_marks,
)
from tests.spec.critical import drawn
from tests.spec.questions.test_absence_risen import PAST, QUIET, weeks

title = "A child is reported missing and absent from school"
rule = "missing_and_absent"

OPEN = """
    person_id | opened_on  | closed_on
    Ada       | 2026-01-05 |
    Ben       | 2026-01-05 |
    """
NOBODY = """
    person_id | on
    """
# Six sessions in a row: a run from Wednesday 4 March.
RUN = """
    person_id | on         | morning | afternoon
    Ada       | 2026-02-27 | /       | \\
    Ada       | 2026-03-02 | N       | N
    Ada       | 2026-03-03 | N       | O
    Ada       | 2026-03-04 | O       | O
    Ada       | 2026-03-05 | /       | \\
    """
EASILY_CRITICAL = drawn(critical_rows({}))


def marks_of(register):
    """The marks of a register drawn a day a line."""

    def half(session, code):
        mark = ibis.literal(" ") + register["on"].cast("string") + ibis.literal(f" {session}")
        return register.select(
            "person_id", "on", agency=ibis.literal("school-1"), source=ibis.literal("roll-1"), source_id=register.person_id,
            rid=register.person_id, session=ibis.literal(session), code=code, record_id=register.person_id + mark,
            received_on=register["on"], file=ibis.literal("register"), line=ibis.literal(1),
        )  # fmt: skip

    return half("AM", register.morning).union(half("PM", register.afternoon))


def episodes_of(reports_of_missing):
    """Each report is an episode of its own, unless it names another one's."""
    had = reports_of_missing.columns
    told = reports_of_missing.mutate(
        kind=reports_of_missing.kind if "kind" in had else ibis.literal("missing"),
        confirmed=reports_of_missing.confirmed if "confirmed" in had else ibis.literal(True),
    )
    sources = reports_of_missing.select(
        "record_id", "agency", episode_id="record_id", record_kind=ibis.literal("police_missing"), source="agency", rid="person_id",
        happened_on=reports_of_missing.began_at.date(), received_on=reports_of_missing.began_at.date(), file=ibis.literal("reports"),
        line=ibis.literal(1),
    )  # fmt: skip
    return told.mutate(episode_id=told.record_id), sources


def beside_runs(register, reports_of_missing, open_cases, known_to_hub, values):
    episodes, sources = episodes_of(reports_of_missing)
    known = open_cases.limit(0) if known_to_hub is None else known_to_hub
    away = reported_missing(episodes, open_cases, known)
    missed = unexplained_marks(marks_of(register), away)
    return missing_beside_absence(runs(missed, values), away, sources, open_cases, known, values), missed


def asked(register, reports_of_missing, open_cases, values, known_to_hub=None):
    return missing_and_absent(*beside_runs(register, reports_of_missing, open_cases, known_to_hub, values))


def asked_by_rise(
    attendance_weeks, school_week_sums, reports_of_missing, open_cases, easily_critical_values, values
):
    episodes, sources = episodes_of(reports_of_missing)
    nobody = open_cases.limit(0)
    away = reported_missing(episodes, open_cases, nobody)
    counted = counted_weeks(attendance_weeks, school_week_sums, values)
    risen = rises(counted, easily_critical_values, away, values)
    beside = missing_beside_absence(risen, away, sources, open_cases, nobody, values)
    no_marks = marks_of(ibis.memtable([{"person_id": "nobody", "on": None, "morning": "/", "afternoon": "/"}]).cast({"on": "date"}))  # fmt: skip
    return missing_and_absent(beside, unexplained_marks(no_marks, away))


def evidence(register, reports_of_missing, open_cases, attendance_weeks, school_week_sums, easily_critical_values, values):  # fmt: skip
    episodes, sources = episodes_of(reports_of_missing)
    nobody = open_cases.limit(0)
    away = reported_missing(episodes, open_cases, nobody)
    marks = marks_of(register)
    missed = unexplained_marks(marks, away)
    counted = counted_weeks(attendance_weeks, school_week_sums, values)
    both = reduce(lambda one, other: one.union(other), [runs(missed, values), rises(counted, easily_critical_values, away, values)])  # fmt: skip
    beside = missing_beside_absence(both, away, sources, open_cases, nobody, values)
    return missing_and_absent_evidence(beside, missed, counted, marks, away, sources)


@pytest.mark.spark
def test_one_missing_report_and_three_days_of_unexplained_absence_ask_the_hub(spec):
    spec(asked, {
        "register": RUN,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-02-20 22:00 | 2026-02-21 03:00
            """,
        "open_cases": OPEN,
    }, """
        person_id | on         | audience | figures
        Ada       | 2026-03-04 | hub      | {"episodes": 1, "missing_on": "2026-02-20", "unexplained": 6, "run_from": "2026-03-02", "weeks": null, "weeks_to": null, "absent": null, "possible": null, "expected": null}
        """, values={})  # fmt: skip


def test_the_day_is_that_of_the_later_of_the_two(spec):
    spec(asked, {
        "register": RUN,
        "reports_of_missing": """
            person_id | agency  | record_id | began_at   | ended_at
            Ada       | council | C1        | 2026-03-14 | 2026-03-15
            """,
        "open_cases": OPEN,
    }, """
        person_id | on
        Ada       | 2026-03-14
        """, values={})  # fmt: skip


def test_the_forty_second_day_still_counts_and_the_next_does_not(spec):
    spec(asked, {
        "register": RUN.rstrip() + """
    Ben       | 2026-03-02 | N       | N
    Ben       | 2026-03-03 | N       | O
    Ben       | 2026-03-04 | O       | O
            """,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-01-21 22:00 | 2026-01-21 23:00
            Ben       | police | M2        | 2026-01-20 22:00 | 2026-01-20 23:00
            Ben       | police | M3        | 2026-04-16 22:00 | 2026-04-16 23:00
            """,
        "open_cases": OPEN,
    }, """
        person_id | on
        Ada       | 2026-03-04
        """, values={})  # fmt: skip


def test_five_sessions_in_a_row_are_no_run_and_what_is_explained_ends_one(spec):
    spec(asked, {
        "register": """
            person_id | on         | morning | afternoon
            Ada       | 2026-03-02 | N       | N
            Ada       | 2026-03-03 | N       | N
            Ada       | 2026-03-04 | N       | U
            Ben       | 2026-03-02 | N       | N
            Ben       | 2026-03-03 | N       | I
            Ben       | 2026-03-04 | N       | N
            Ben       | 2026-03-05 | N       | M
            """,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-02-20 22:00 | 2026-02-21 03:00
            Ben       | police | M2        | 2026-02-20 22:00 | 2026-02-21 03:00
            """,
        "open_cases": OPEN,
    }, NOBODY, values={})  # fmt: skip


def test_religious_observance_travelling_and_closed_days_neither_make_a_run_nor_end_one(spec):
    spec(asked, {
        "register": """
            person_id | on         | morning | afternoon
            Ada       | 2026-03-02 | N       | N
            Ada       | 2026-03-03 | R       | R
            Ada       | 2026-03-04 | N       | T
            Ada       | 2026-03-05 | #       | N
            Ada       | 2026-03-06 | N       | N
            Ben       | 2026-03-02 | N       | N
            Ben       | 2026-03-03 | R       | R
            Ben       | 2026-03-04 | N       | T
            Ben       | 2026-03-05 | #       | N
            """,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-02-20 22:00 | 2026-02-21 03:00
            Ben       | police | M2        | 2026-02-20 22:00 | 2026-02-21 03:00
            """,
        "open_cases": OPEN,
    }, """
        person_id | on
        Ada       | 2026-03-06
        """, values={})  # fmt: skip


def test_sessions_missed_while_reported_missing_are_the_same_thing_told_twice(spec):
    spec(asked, {
        "register": RUN,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-03-01 22:00 | 2026-03-02 15:00
            """,
        "open_cases": OPEN,
    }, NOBODY, values={})  # fmt: skip


def test_it_must_be_two_agencies(spec):
    spec(asked, {
        "register": RUN,
        "reports_of_missing": """
            person_id | agency   | record_id | began_at         | ended_at
            Ada       | school-1 | S1        | 2026-02-20 22:00 | 2026-02-21 03:00
            """,
        "open_cases": OPEN,
    }, NOBODY, values={})  # fmt: skip


def test_away_from_placement_and_unconfirmed_reports_are_not_counted(spec):
    spec(asked, {
        "register": RUN,
        "reports_of_missing": """
            person_id | agency  | record_id | began_at   | ended_at   | kind    | confirmed
            Ada       | council | C1        | 2026-02-20 | 2026-02-21 | away    | yes
            Ada       | council | C2        | 2026-02-24 | 2026-02-25 | missing | no
            """,
        "open_cases": OPEN,
    }, NOBODY, values={})  # fmt: skip


def test_marks_of_children_with_whom_the_hub_does_not_work_are_held_against_nothing(spec):
    spec(asked, {
        "register": RUN,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-02-20 22:00 | 2026-02-21 03:00
            """,
        "open_cases": """
            person_id | opened_on  | closed_on
            Ada       | 2025-01-05 | 2026-03-03
            Ben       | 2025-01-05 |
            """,
    }, NOBODY, values={})  # fmt: skip


def test_of_a_child_who_became_known_since_the_night_says_whether_anybody_may_be_asked(spec):
    spec(asked, {
        "register": RUN,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-02-20 22:00 | 2026-02-21 03:00
            """,
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
        Ada       | 2026-03-04 |
        """, values={})  # fmt: skip


def test_a_hub_may_ask_from_four_sessions_within_a_fortnight(spec):
    spec(asked, {
        "register": """
            person_id | on         | morning | afternoon
            Ada       | 2026-03-02 | N       | N
            Ada       | 2026-03-03 | N       | N
            Ben       | 2026-03-02 | N       | N
            Ben       | 2026-03-03 | N       | N
            """,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-02-17 22:00 | 2026-02-17 23:00
            Ben       | police | M2        | 2026-02-16 22:00 | 2026-02-16 23:00
            """,
        "open_cases": OPEN,
    }, """
        person_id | on
        Ada       | 2026-03-03
        """, values={"questions.missing_and_absent.run_sessions": 4, "questions.missing_and_absent.within_days": 14})  # fmt: skip


def test_a_rise_too_small_to_ask_alone_asks_beside_a_missing_report(spec):
    spec(asked_by_rise, {
        "attendance_weeks": weeks(Ada=PAST + "2 2 3 4", Ben=PAST + "1 0 1 1"),
        "school_week_sums": QUIET,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-03-14 22:00 | 2026-03-14 23:00
            Ben       | police | M2        | 2026-03-14 22:00 | 2026-03-14 23:00
            """,
        "open_cases": OPEN,
        "easily_critical_values": EASILY_CRITICAL,
    }, """
        person_id | on         | audience | figures
        Ada       | 2026-04-10 | hub      | {"episodes": 1, "missing_on": "2026-03-14", "unexplained": 0, "run_from": null, "weeks": 4, "weeks_to": "2026-04-10", "absent": 11, "possible": 40, "expected": 1.6}
        """, values={})  # fmt: skip


def test_a_school_week_in_which_the_child_was_reported_missing_is_left_out_of_a_rise(spec):
    spec(asked_by_rise, {
        "attendance_weeks": weeks(Ada=PAST + "0 0 8 9"),
        "school_week_sums": QUIET,
        "reports_of_missing": """
            person_id | agency | record_id | began_at         | ended_at
            Ada       | police | M1        | 2026-03-31 22:00 | 2026-04-08 11:00
            """,
        "open_cases": OPEN,
        "easily_critical_values": EASILY_CRITICAL,
    }, NOBODY, values={})  # fmt: skip


def test_the_evidence_is_the_reports_and_the_marks_of_the_run_dated_by_that_day(spec):
    spec(evidence, {
        "register": """
            person_id | on         | morning | afternoon
            Ada       | 2026-02-26 | N       | /
            Ada       | 2026-03-02 | N       | N
            Ada       | 2026-03-03 | I       | N
            Ada       | 2026-03-04 | N       | N
            Ada       | 2026-03-05 | O       | O
            Ada       | 2026-03-06 | O       | O
            """,
        "reports_of_missing": """
            person_id | agency  | record_id | began_at         | ended_at
            Ada       | police  | M0        | 2025-12-01 22:00 | 2025-12-02 03:00
            Ada       | police  | M1        | 2026-02-20 22:00 | 2026-02-21 03:00
            Ada       | council | C1        | 2026-02-21 00:00 | 2026-02-21 00:00
            Ada       | police  | M2        | 2026-03-09 22:00 | 2026-03-09 23:00
            """,
        "open_cases": OPEN,
        "attendance_weeks": weeks(Ada=PAST + "0 0"),
        "school_week_sums": QUIET,
        "easily_critical_values": EASILY_CRITICAL,
    }, """
        person_id | on         | agency   | record_id         | what
        Ada       | 2026-03-06 | police   | M1                | Missing from 20 February 2026
        Ada       | 2026-03-06 | council  | C1                | Missing from 21 February 2026
        Ada       | 2026-03-06 | school-1 | Ada 2026-03-03 PM | Afternoon: reason not yet known (N)
        Ada       | 2026-03-06 | school-1 | Ada 2026-03-04 AM | Morning: reason not yet known (N)
        Ada       | 2026-03-06 | school-1 | Ada 2026-03-04 PM | Afternoon: reason not yet known (N)
        Ada       | 2026-03-06 | school-1 | Ada 2026-03-05 AM | Morning: no reason, or one not accepted (O)
        Ada       | 2026-03-06 | school-1 | Ada 2026-03-05 PM | Afternoon: no reason, or one not accepted (O)
        Ada       | 2026-03-06 | school-1 | Ada 2026-03-06 AM | Morning: no reason, or one not accepted (O)
        Ada       | 2026-03-06 | school-1 | Ada 2026-03-06 PM | Afternoon: no reason, or one not accepted (O)
        Ada       | 2026-03-09 | police   | M2                | Missing from 9 March 2026
        Ada       | 2026-03-09 | school-1 | Ada 2026-03-03 PM | Afternoon: reason not yet known (N)
        Ada       | 2026-03-09 | school-1 | Ada 2026-03-04 AM | Morning: reason not yet known (N)
        Ada       | 2026-03-09 | school-1 | Ada 2026-03-04 PM | Afternoon: reason not yet known (N)
        Ada       | 2026-03-09 | school-1 | Ada 2026-03-05 AM | Morning: no reason, or one not accepted (O)
        Ada       | 2026-03-09 | school-1 | Ada 2026-03-05 PM | Afternoon: no reason, or one not accepted (O)
        Ada       | 2026-03-09 | school-1 | Ada 2026-03-06 AM | Morning: no reason, or one not accepted (O)
        Ada       | 2026-03-09 | school-1 | Ada 2026-03-06 PM | Afternoon: no reason, or one not accepted (O)
        """, values={})  # fmt: skip
