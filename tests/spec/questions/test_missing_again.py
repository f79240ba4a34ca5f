"""The third missing episode in ninety days asks a question."""

import pytest

from rowan.questions.tables.missing_again import missing_again, missing_again_evidence

title = "A child who goes missing again and again"
rule = "missing_again"


@pytest.mark.spark
def test_the_third_episode_within_ninety_days_asks(spec):
    spec(missing_again, {"missing_episodes": """
        person_id | episode_id | kind    | began_at         | overnight | confirmed
        ----------+------------+---------+------------------+-----------+----------
        Ada       | e1         | missing | 2026-01-10 22:00 | yes       | yes
        Ada       | e2         | missing | 2026-02-01 19:30 | no        | yes
        Ada       | e3         | missing | 2026-03-01 23:15 | yes       | yes
        Ben       | e4         | missing | 2026-01-10 22:00 | no        | yes
        Ben       | e5         | missing | 2026-03-01 22:00 | no        | yes
        """}, """
        person_id | on         | audience | figures
        ----------+------------+----------+--------
        Ada       | 2026-03-01 | hub      | {"episodes": 3, "first_on": "2026-01-10", "last_on": "2026-03-01", "overnight": 2}
        """, values={})  # fmt: skip


def test_three_episodes_spread_over_more_than_ninety_days_do_not(spec):
    spec(missing_again, {"missing_episodes": """
        person_id | episode_id | kind    | began_at         | confirmed
        Ada       | e1         | missing | 2026-01-01 22:00 | yes
        Ada       | e2         | missing | 2026-02-01 19:30 | yes
        Ada       | e3         | missing | 2026-04-02 23:15 | yes
        """}, """
        person_id | on
        """, values={})  # fmt: skip


def test_the_ninetieth_day_still_counts(spec):
    spec(missing_again, {"missing_episodes": """
        person_id | episode_id | kind    | began_at         | confirmed
        Ada       | e1         | missing | 2026-01-01 22:00 | yes
        Ada       | e2         | missing | 2026-02-01 19:30 | yes
        Ada       | e3         | missing | 2026-04-01 01:15 | yes
        """}, """
        person_id | on
        Ada       | 2026-04-01
        """, values={})  # fmt: skip


def test_every_further_episode_is_an_occasion_of_its_own(spec):
    spec(missing_again, {"missing_episodes": """
        person_id | episode_id | kind    | began_at         | confirmed
        Ada       | e1         | missing | 2026-01-01 22:00 | yes
        Ada       | e2         | missing | 2026-01-08 22:00 | yes
        Ada       | e3         | missing | 2026-01-15 22:00 | yes
        Ada       | e4         | missing | 2026-01-22 22:00 | yes
        """}, """
        person_id | on         | figures
        Ada       | 2026-01-15 | {"episodes": 3, "first_on": "2026-01-01", "last_on": "2026-01-15", "overnight": 0}
        Ada       | 2026-01-22 | {"episodes": 4, "first_on": "2026-01-01", "last_on": "2026-01-22", "overnight": 0}
        """, values={})  # fmt: skip


def test_away_from_placement_and_unconfirmed_rows_are_not_counted(spec):
    spec(missing_again, {"missing_episodes": """
        person_id | episode_id | kind    | began_at         | confirmed
        Ada       | e1         | missing | 2026-01-01 22:00 | yes
        Ada       | e2         | away    | 2026-01-08 22:00 | yes
        Ada       | e3         | missing | 2026-01-15 22:00 | no
        Ada       | e4         | missing | 2026-01-22 22:00 | yes
        """}, """
        person_id | on
        """, values={})  # fmt: skip


def test_an_area_may_ask_from_the_second_episode_in_thirty_days(spec):
    spec(missing_again, {"missing_episodes": """
        person_id | episode_id | kind    | began_at         | confirmed
        Ada       | e1         | missing | 2026-01-01 22:00 | yes
        Ada       | e2         | missing | 2026-01-30 22:00 | yes
        """}, """
        person_id | on
        Ada       | 2026-01-30
        """, values={"questions.missing_again.episodes": 2, "questions.missing_again.within_days": 30})  # fmt: skip


def test_the_evidence_is_every_report_of_those_episodes_dated_by_that_day(spec):
    spec(missing_again_evidence, {
        "missing_again": """
            person_id | on         | scope
            Ada       | 2026-03-01 | hub
            """,
        "missing_episodes": """
            person_id | episode_id | kind    | began_at         | confirmed
            Ada       | e0         | missing | 2025-06-01 22:00 | yes
            Ada       | e1         | missing | 2026-01-10 22:00 | yes
            Ada       | e2         | missing | 2026-02-01 19:30 | yes
            Ada       | e3         | missing | 2026-03-01 23:15 | yes
            Ada       | e4         | missing | 2026-03-09 23:15 | yes
            """,
        "missing_episode_sources": """
            episode_id | agency  | record_id | happened_on
            e0         | police  | M0        | 2025-06-01
            e1         | police  | M1        | 2026-01-10
            e1         | council | C1        | 2026-01-10
            e2         | police  | M2        | 2026-02-01
            e3         | police  | M3        | 2026-03-01
            e3         | council | C3        | 2026-03-02
            e4         | police  | M4        | 2026-03-09
            """,
    }, """
        person_id | on         | event | agency  | record_id | what
        Ada       | 2026-03-01 | e1    | police  | M1        | Missing from 10 January 2026
        Ada       | 2026-03-01 | e1    | council | C1        | Missing from 10 January 2026
        Ada       | 2026-03-01 | e2    | police  | M2        | Missing from 1 February 2026
        Ada       | 2026-03-01 | e3    | police  | M3        | Missing from 1 March 2026
        """, values={})  # fmt: skip
