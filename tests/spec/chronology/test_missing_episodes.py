"""One missing episode, however many agencies report it."""

import pytest

from rowan.chronology.tables.missing_episodes import missing_episodes, missing_reports_together
from rowan.chronology.tables.missing_reports import missing_reports

title = "Reports of one missing episode are told once"


def episodes(police_missing, ssda903_missing, overnight_hour=3):
    reports = missing_reports(police_missing, ssda903_missing)
    return missing_episodes(missing_reports_together(reports), overnight_hour)


NO_POLICE = """
    person_id | record_id | reported_at
    """
NO_COUNCIL = """
    person_id | record_id | began_on
    """


@pytest.mark.spark
def test_a_police_report_and_a_council_row_that_overlap_by_date_are_one_episode(spec):
    spec(episodes, {
        "police_missing": """
            person_id | agency | source | record_id | last_seen_at     | reported_at      | found_at         | received_on
            ----------+--------+--------+-----------+------------------+------------------+------------------+------------
                    1 | police | p      | M1        | 2026-03-01 19:00 | 2026-03-01 22:10 | 2026-03-02 09:30 | 2026-03-05
            """,
        "ssda903_missing": """
            person_id | agency  | source | record_id | missing_kind | began_on   | ended_on   | still_held | received_on
            ----------+---------+--------+-----------+--------------+------------+------------+------------+------------
                    1 | council | c      | 7|M       | M            | 2026-03-01 | 2026-03-03 | yes        | 2026-04-10
            """.replace("7|M", "7M"),
    }, """
        person_id | kind    | began_at         | ended_at         | overnight | confirmed | reported_by    | last_received_on
        ----------+---------+------------------+------------------+-----------+-----------+----------------+-----------------
                1 | missing | 2026-03-01 19:00 | 2026-03-02 09:30 | yes       | yes       | police;council | 2026-04-10
        """)  # fmt: skip


def test_away_from_placement_is_kept_apart_from_missing(spec):
    spec(episodes, {
        "police_missing": """
            person_id | agency | source | record_id | last_seen_at     | reported_at      | found_at
                    1 | police | p      | M1        | 2026-03-01 19:00 | 2026-03-01 22:10 | 2026-03-02 09:30
            """,
        "ssda903_missing": """
            person_id | agency  | source | record_id | missing_kind | began_on   | ended_on   | still_held
                    1 | council | c      | A1        | A            | 2026-03-01 | 2026-03-02 | yes
            """,
    }, """
        person_id | kind    | reported_by
                1 | missing | police
                1 | away    | council
        """)  # fmt: skip


def test_two_police_reports_on_one_day_are_two_episodes_and_the_councils_row_joins_the_nearer(spec):
    spec(episodes, {
        "police_missing": """
            person_id | agency | source | record_id | last_seen_at     | reported_at      | found_at
                    1 | police | p      | M1        | 2026-03-01 21:00 | 2026-03-01 22:00 | 2026-03-02 07:00
                    1 | police | p      | M2        | 2026-03-02 20:00 | 2026-03-02 22:00 | 2026-03-03 08:00
            """,
        "ssda903_missing": """
            person_id | agency  | source | record_id | missing_kind | began_on   | ended_on   | still_held
                    1 | council | c      | X1        | M            | 2026-03-02 | 2026-03-03 | yes
            """,
    }, """
        person_id | began_at         | ended_at         | reported_by
                1 | 2026-03-01 21:00 | 2026-03-02 07:00 | police
                1 | 2026-03-02 20:00 | 2026-03-03 08:00 | police;council
        """)  # fmt: skip


def test_two_police_reports_that_overlap_in_time_are_one_episode(spec):
    spec(episodes, {
        "police_missing": """
            person_id | agency | source | record_id | last_seen_at     | reported_at      | found_at
                    1 | north  | n      | M1        | 2026-03-01 21:00 | 2026-03-01 22:00 | 2026-03-02 07:00
                    1 | south  | s      | M2        | 2026-03-01 23:00 | 2026-03-02 01:00 | 2026-03-02 08:00
                    2 | south  | s      | M3        | 2026-03-01 23:00 | 2026-03-02 01:00 | 2026-03-02 08:00
            """,
        "ssda903_missing": NO_COUNCIL,
    }, """
        person_id | began_at         | ended_at
                1 | 2026-03-01 21:00 | 2026-03-02 08:00
                2 | 2026-03-01 23:00 | 2026-03-02 08:00
        """)  # fmt: skip


@pytest.mark.spark
def test_a_903_row_that_a_later_return_no_longer_holds_is_unconfirmed(spec):
    spec(episodes, {
        "police_missing": NO_POLICE,
        "ssda903_missing": """
            person_id | agency  | source | record_id | missing_kind | began_on   | ended_on   | still_held
                    1 | council | c      | X1        | M            | 2026-03-02 | 2026-03-03 | no
                    1 | council | c      | X2        | M            | 2026-05-02 | 2026-05-02 | yes
            """,
    }, """
        person_id | began_at            | times_known | overnight | confirmed
                1 | 2026-03-02 00:00:00 | no          | yes       | no
                1 | 2026-05-02 00:00:00 | no          | no        | yes
        """)  # fmt: skip


def test_a_903_row_no_longer_held_counts_when_the_police_reported_it_too(spec):
    spec(episodes, {
        "police_missing": """
            person_id | agency | source | record_id | last_seen_at     | reported_at      | found_at
                    1 | police | p      | M1        | 2026-03-01 19:00 | 2026-03-01 22:10 | 2026-03-02 09:30
            """,
        "ssda903_missing": """
            person_id | agency  | source | record_id | missing_kind | began_on   | ended_on   | still_held
                    1 | council | c      | X1        | M            | 2026-03-02 | 2026-03-03 | no
            """,
    }, """
        person_id | confirmed
                1 | yes
        """)  # fmt: skip


def test_an_evening_out_is_not_a_night_though_the_date_changed(spec):
    spec(episodes, {
        "police_missing": """
            person_id | agency | source | record_id | last_seen_at     | reported_at      | found_at         | received_on
                    1 | police | p      | M1        | 2026-03-01 19:00 | 2026-03-01 22:10 | 2026-03-02 01:30 | 2026-03-09
                    2 | police | p      | M2        | 2026-03-01 19:00 | 2026-03-01 22:10 | 2026-03-02 03:30 | 2026-03-09
                    3 | police | p      | M3        | 2026-03-01 19:00 | 2026-03-01 22:10 |                  | 2026-03-09
                    4 | police | p      | M4        | 2026-03-01 19:00 | 2026-03-01 22:10 |                  | 2026-03-02
            """,
        "ssda903_missing": NO_COUNCIL,
    }, """
        person_id | overnight
                1 | no
                2 | yes
                3 | yes
                4 |
        """)  # fmt: skip


def test_a_report_that_ends_before_it_begins_is_over(spec):
    spec(episodes, {
        "police_missing": """
            person_id | agency | source | record_id | last_seen_at     | reported_at      | found_at
                    1 | police | p      | M1        | 2026-03-01 19:00 | 2026-03-01 22:10 | 2026-02-02 01:30
                    2 | police | p      | M2        | 2026-03-04 19:00 | 2026-03-01 22:10 | 2026-03-02 01:30
            """,
        "ssda903_missing": NO_COUNCIL,
    }, """
        person_id | began_at         | ended_at
                1 | 2026-03-01 19:00 | 2026-03-01 19:00
                2 | 2026-03-01 22:10 | 2026-03-02 01:30
        """)  # fmt: skip
