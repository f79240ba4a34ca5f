"""Which occasions are put tonight, and why the others are held back."""

from datetime import date

import pytest

from rowan.questions.tables.published_occasions import (
    held_back_occasions,
    judged_occasions,
    published_occasions,
)

title = "Which occasions are put to somebody"
TONIGHT = date(2026, 6, 30)

EVIDENCE = """
    occasion | record_kind      | agency
    o1       | police_missing   | police
    o2       | police_missing   | police
    o3       | police_arrests   | police
    o4       | attendance_marks | school-1
    o5       | attendance_marks | school-1
    o6       | attendance_marks | school-2
    o7       | attendance_marks | school-1
    """
REACHES = """
    feed             | agency   | reaches_to
    police_missing   | police   | 2026-06-28
    police_arrests   | police   | 2026-05-01
    attendance_marks | school-1 | 2026-06-26
    attendance_marks | school-2 | 2026-06-26
    """
OCCASIONS = """
    occasion | rule           | person_id | on         | audience
    o1       | missing_again  | Ada       | 2026-06-10 | hub
    o2       | missing_again  | Ben       | 2026-05-10 | hub
    o3       | child_arrested | Ben       | 2026-06-20 | hub
    o4       | absence_risen  | Cal       | 2026-06-19 | school-1
    o5       | absence_risen  | Dee       | 2026-06-19 |
    o6       | absence_risen  | Eve       | 2026-06-19 |
    o7       | absence_risen  | Fay       | 2026-07-03 | school-1
    """
KNOWN = """
    person_id
    Dee
    """
TABLES = {
    "occasions": OCCASIONS,
    "occasion_evidence": EVIDENCE,
    "feed_reaches": REACHES,
    "known_to_hub": KNOWN,
}


def published(values, **tables):
    return published_occasions(judged_occasions(**tables, as_of=TONIGHT, values=values))


def held_back(values, **tables):
    return held_back_occasions(judged_occasions(**tables, as_of=TONIGHT, values=values))


@pytest.mark.spark
def test_recent_occasions_from_feeds_current_enough_are_put_to_whoever_may_be_asked(spec):
    spec(published, TABLES, """
        occasion | audience
        o1       | hub
        o4       | school-1
        o5       | school-1
        """, values={})  # fmt: skip


def test_what_is_held_back_is_counted_with_the_reason(spec):
    spec(held_back, TABLES, """
        rule           | because                                | occasions
        missing_again  | older than the window                  | 1
        child_arrested | the feed does not reach far enough     | 1
        absence_risen  | no agreement lets anybody be asked     | 1
        absence_risen  | the week is not over                   | 1
        """, values={})  # fmt: skip


def test_the_demonstration_looks_back_ninety_days(spec):
    spec(published, TABLES, """
        occasion
        o1
        o2
        o4
        o5
        """, values={"questions.published_within_days": 90})  # fmt: skip


def test_what_joins_marks_and_another_agencys_rows_is_put_to_the_hub_and_never_to_a_school(spec):
    spec(published, {
        **TABLES,
        "occasions": """
            occasion | rule               | person_id | on         | audience
            o4       | missing_and_absent | Cal       | 2026-06-19 | hub
            o5       | missing_and_absent | Dee       | 2026-06-19 |
            o6       | missing_and_absent | Eve       | 2026-06-19 |
            """,
    }, """
        occasion | audience
        o4       | hub
        o5       | hub
        """, values={})  # fmt: skip
