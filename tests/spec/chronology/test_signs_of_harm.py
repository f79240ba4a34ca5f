"""Signs of harm that the reports show: missing overnight repeatedly, or found far away and nobody knows how."""

import pytest

from rowan.chronology.tables.signs_of_harm import found_far_away, overnight_repeatedly

title = "Missing overnight repeatedly, or found far away with no known means of travel (MISS-03)"


@pytest.mark.spark
def test_the_second_night_within_ninety_days_is_a_sign_and_names_both(spec):
    spec(overnight_repeatedly, {"missing_episodes": """
        episode_id | person_id | kind    | began_at         | overnight | confirmed
        -----------+-----------+---------+------------------+-----------+----------
        a          | Ada       | missing | 2026-01-10 22:00 | yes       | yes
        b          | Ada       | missing | 2026-03-10 22:00 | yes       | yes
        c          | Ben       | missing | 2026-01-10 22:00 | yes       | yes
        d          | Ben       | missing | 2026-03-10 22:00 | no        | yes
        e          | Cal       | missing | 2026-01-10 22:00 | yes       | yes
        f          | Cal       | missing | 2026-04-11 22:00 | yes       | yes
        """}, """
        person_id | on         | episode_id | title
        ----------+------------+------------+---------------------------------------
        Ada       | 2026-03-10 | a          | Missing overnight 2 times within 90 days
        Ada       | 2026-03-10 | b          | Missing overnight 2 times within 90 days
        """, episodes_needed=2, within_days=90)  # fmt: skip


def test_away_from_placement_and_an_unconfirmed_night_are_not_counted(spec):
    spec(overnight_repeatedly, {"missing_episodes": """
        episode_id | person_id | kind    | began_at         | overnight | confirmed
        a          | Ada       | missing | 2026-01-10 22:00 | yes       | yes
        b          | Ada       | away    | 2026-01-20 22:00 | yes       | yes
        c          | Ada       | missing | 2026-01-30 22:00 | yes       | no
        d          | Ada       | missing | 2026-02-03 22:00 |           | yes
        """}, """
        person_id | on
        """, episodes_needed=2, within_days=90)  # fmt: skip


HOMES = """
    person_id | postcode
    Ada       | ZQ1 1AA
    Ben       | ZQ1 1AA
    Cal       | ZQ1 1AA
    """
COORDINATES = """
    postcode | eastings | northings
    ZQ1 1AA  | 400000   | 200000
    ZQ9 9ZZ  | 400000   | 221000
    ZQ9 1AA  | 400000   | 219000
    ZQ8 8AA  | 400000   | 220500
    """
PLACED = """
    person_id | began_on   | ended_on | placement_postcode | home_postcode
    Ben       | 2026-01-01 |          | ZQ8 8AA            |
    """


def test_far_from_a_home_that_is_withheld_makes_no_sign_that_would_tell_where_it_is(spec):
    spec(found_far_away, {
        "missing_episodes": """
            episode_id | person_id | kind    | began_at         | confirmed | found_postcode
            a          | Ada       | missing | 2026-03-10 22:00 | yes       | ZQ9 9ZZ
            """,
        "homes": """
            person_id | postcode | withheld
            Ada       | ZQ1 1AA  | no
            Ada       |          | yes
            """,
        "coordinates": COORDINATES, "placements": PLACED,
    }, """
        person_id | on | episode_id
        """, far_km=20)  # fmt: skip


def test_found_twenty_kilometres_from_home_and_placement_and_nobody_knows_how(spec):
    spec(found_far_away, {
        "missing_episodes": """
            episode_id | person_id | kind    | began_at         | confirmed | found_postcode | means_of_travel
            -----------+-----------+---------+------------------+-----------+----------------+----------------
            a          | Ada       | missing | 2026-03-10 22:00 | yes       | zq99zz         | not known
            b          | Ben       | missing | 2026-03-10 22:00 | yes       | ZQ9 9ZZ        |
            c          | Cal       | missing | 2026-03-10 22:00 | yes       | ZQ9 1AA        |
            d          | Cal       | missing | 2026-04-10 22:00 | yes       | ZQ9 9ZZ        | train
            e          | Cal       | missing | 2026-05-10 22:00 | yes       | ZQ7 7ZZ        |
            """,
        "homes": HOMES, "coordinates": COORDINATES, "placements": PLACED,
    }, """
        person_id | on         | episode_id | title
        ----------+------------+------------+------
        Ada       | 2026-03-10 | a          | Found 21 km from home and placement, with no known means of travel
        """, far_km=20)  # fmt: skip
