"""Promise 3: nothing protected reaches any rule. The columns each rule reads are listed, and with those alone it runs."""

import re

import ibis

from rowan.chronology.rules.week_sessions import SESSION_SUMS
from rowan.questions.tables import (
    absence_risen,
    child_arrested,
    facts_elsewhere,
    far_from_home,
    feeds_silent,
    left_for_no_school,
    marks_counted,
    missing_again,
    missing_and_absent,
    noted_again,
    same_days_missed,
    school_asked,
    seen_less_at_school,
    told_by_two_agencies,
)
from rowan.questions.tables.occasions import occasions_and_evidence

# Sex, ethnicity, nationality, religion, disability, neighbourhood, family history of care, school type; and names, which serve as identity only.
PROTECTED = re.compile(
    r"sex|gender|ethnic|nationalit|religi|faith|disab|language|ward|lsoa|msoa|depriv|imd|phase|school_type|free_meal|pupil_premium|"
    r"birth|name|surname|address|mother|parent|need|legal_status|reason_began"
)

CRITICAL = {"total", "share", "at_least", "at_most", "chance", "weight"}
READ = {
    "missing_episodes": {
        *missing_again.EPISODE,
        *far_from_home.EPISODE,
        *missing_and_absent.EPISODE,
        *facts_elsewhere.EPISODE,
    },
    "missing_episode_sources": {
        *missing_again.SOURCE,
        *far_from_home.SOURCE,
        *missing_and_absent.SOURCE,
        *facts_elsewhere.REPORT,
    },
    "arrests": {*child_arrested.ARREST, *facts_elsewhere.ARREST},
    "placements": {*far_from_home.PLACEMENT, *told_by_two_agencies.PLACEMENT},
    "homes": set(far_from_home.HOME),
    "coordinates": set(far_from_home.COORDINATES),
    "attendance_weeks": {
        *absence_risen.WEEK,
        *same_days_missed.WEEK,
        *seen_less_at_school.WEEK,
        *told_by_two_agencies.WEEK,
    },
    "school_week_sums": {*absence_risen.GROUP_WEEK, *same_days_missed.GROUP_WEEK, *feeds_silent.WEEK},
    "attendance_marks_current": set(marks_counted.MARK),
    "school_moves": {*school_asked.MOVE, *left_for_no_school.MOVE, *seen_less_at_school.MOVE},
    "school_leavings": set(left_for_no_school.LEAVING),
    "council_facts": set(facts_elsewhere.COUNCIL_FACT),
    "school_log": set(noted_again.NOTE),
    "agreements": set(school_asked.AGREEMENT),
    "open_cases": set(school_asked.OPEN_CASE),
    "known_to_hub": set(missing_and_absent.KNOWN),
    "critical_values": CRITICAL,
    "easily_critical_values": CRITICAL,
    "critical_day_values": CRITICAL,
}


def kind_of(column: str) -> str:
    if column.endswith("_on") or column == "on":
        return "date"
    if column.endswith("_at"):
        return "timestamp"
    if column in {"confirmed", "overnight", "own_watch", "withheld", "home_education"}:
        return "boolean"
    if column in {"chance", "weight"}:
        return "float64"
    numbers = {
        "line", "eastings", "northings", "counted_possible", "counted_absent", "ill", "medical", "part_time", "study_leave", "excluded",
        "custody", "total", "share", "at_least", "at_most", "counted_sessions", "missed_sessions", "ill_sessions", *SESSION_SUMS,
    }  # fmt: skip
    return "int64" if column in numbers else "string"


def test_no_column_a_rule_reads_is_protected():
    wrong = [
        f"{relation}.{column}"
        for relation, columns in READ.items()
        for column in columns
        if PROTECTED.search(column)
    ]
    assert not wrong


def test_the_guard_knows_a_protected_column_when_it_sees_one():
    for column in (
        "sex",
        "ethnicity_officer_defined",
        "birth_date",
        "ward",
        "home_address",
        "language",
        "surname",
    ):
        assert PROTECTED.search(column), column


def test_with_these_columns_alone_every_rule_runs():
    tables = {
        name: ibis.table({column: kind_of(column) for column in sorted(columns)}, name=name)
        for name, columns in READ.items()
    }
    occasions, evidence, not_measured = occasions_and_evidence(**tables, values={})
    for relation in (occasions, evidence, not_measured):
        assert ibis.to_sql(relation, dialect="duckdb")
    assert not PROTECTED.search(" ".join([*occasions.columns, *evidence.columns]))
