"""The third absence from a placement in ninety days asks a question; going missing is another rule's."""

import pytest

from rowan.questions.tables.missing_again import away_again, away_again_evidence

title = "A child is away from the placement again and again"
rule = "away_again"

THREE = """
    person_id | episode_id | kind | began_at         | overnight | confirmed
    Ada       | e1         | away | 2026-01-10 22:00 | no        | yes
    Ada       | e2         | away | 2026-02-01 19:30 | yes       | yes
    Ada       | e3         | away | 2026-04-10 23:15 | no        | yes
    """
NOBODY = """
    person_id | on
    """


@pytest.mark.spark
def test_the_third_absence_within_ninety_days_asks(spec):
    spec(away_again, {"missing_episodes": THREE}, """
        person_id | on         | audience | figures
        Ada       | 2026-04-10 | hub      | {"episodes": 3, "first_on": "2026-01-10", "last_on": "2026-04-10", "overnight": 1}
        """, values={})  # fmt: skip


def test_three_absences_spread_over_more_than_ninety_days_do_not(spec):
    spec(away_again, {"missing_episodes": THREE.replace("2026-04-10", "2026-04-11")}, NOBODY, values={})


def test_a_missing_episode_is_no_absence_and_an_unconfirmed_one_does_not_count(spec):
    spec(away_again, {"missing_episodes": THREE.replace("e2         | away", "e2         | missing")}, NOBODY, values={})  # fmt: skip
    spec(away_again, {"missing_episodes": THREE.replace("yes       | yes", "yes       | no")}, NOBODY, values={})  # fmt: skip


def test_the_evidence_is_the_councils_rows(spec):
    def rows(missing_episodes, missing_episode_sources, values):
        return away_again_evidence(
            away_again(missing_episodes, values), missing_episodes, missing_episode_sources, values
        )

    spec(rows, {"missing_episodes": THREE, "missing_episode_sources": """
        episode_id | agency  | record_kind     | record_id | happened_on
        e1         | council | ssda903_missing | A1        | 2026-01-10
        e3         | council | ssda903_missing | A3        | 2026-04-10
        """}, """
        on         | agency  | record_id | happened_on | what
        2026-04-10 | council | A1        | 2026-01-10  | Away from the placement from 10 January 2026
        2026-04-10 | council | A3        | 2026-04-10  | Away from the placement from 10 April 2026
        """, values={})  # fmt: skip
