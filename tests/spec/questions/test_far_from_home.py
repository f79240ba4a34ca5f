"""A child who was missing is found far from home and placement, or in another authority."""

import pytest

from rowan.questions.tables.far_from_home import far_from_home, far_from_home_not_measured, found_places

title = "A missing child is found far from home, or out of the area"
rule = "far_from_home"

MAP = """
    postcode | eastings | northings | authority
    ---------+----------+-----------+----------
    HO1 1AA  |   400000 |    300000 | Here
    PL1 1AA  |   430000 |    300000 | There
    NE1 1AA  |   405000 |    300000 | Here
    EX1 1AA  |   400000 |    320000 | Here
    BO1 1AA  |   403000 |    300000 | Beyond
    """
HOME = """
    person_id | postcode | agency | first_on
    Ada       | HO1 1AA  | school | 2020-01-01
    """
NO_PLACEMENT = """
    person_id | began_on
    """


def asked(missing_episodes, placements, homes, coordinates, values):
    return far_from_home(found_places(missing_episodes, placements, homes, coordinates), values)


def not_measured(missing_episodes, placements, homes, coordinates):
    return far_from_home_not_measured(found_places(missing_episodes, placements, homes, coordinates))


@pytest.mark.spark
def test_found_twenty_kilometres_from_home_asks_and_says_how_far(spec):
    spec(asked, {
        "missing_episodes": """
            person_id | episode_id | began_at         | ended_at         | found_postcode | means_of_travel | confirmed
            ----------+------------+------------------+------------------+----------------+-----------------+----------
            Ada       | e1         | 2026-03-01 20:00 | 2026-03-02 09:00 | EX1 1AA        | train           | yes
            Ada       | e2         | 2026-04-01 20:00 | 2026-04-01 23:00 | NE1 1AA        | walked          | yes
            """,
        "placements": NO_PLACEMENT, "homes": HOME, "coordinates": MAP,
    }, """
        person_id | on         | audience | figures
        Ada       | 2026-03-02 | hub      | {"found_on": "2026-03-02", "km_home": 20, "km_placement": null, "other_authority": false, "travel_known": true}
        """, values={})  # fmt: skip


def test_going_home_from_a_placement_far_away_does_not_ask(spec):
    spec(asked, {
        "missing_episodes": """
            person_id | episode_id | began_at         | ended_at         | found_postcode | confirmed
            Ada       | e1         | 2026-03-01 20:00 | 2026-03-02 09:00 | NE1 1AA        | yes
            Ada       | e2         | 2026-04-01 20:00 | 2026-04-02 09:00 | PL1 1AA        | yes
            """,
        "placements": """
            person_id | began_on   | ended_on | placement_postcode | home_postcode
            Ada       | 2026-01-01 |          | PL1 1AA            | HO1 1AA
            """,
        "homes": HOME, "coordinates": MAP,
    }, """
        person_id | on
        """, values={})  # fmt: skip


def test_far_from_the_placement_and_from_home_asks(spec):
    spec(asked, {
        "missing_episodes": """
            person_id | episode_id | began_at         | ended_at         | found_postcode | means_of_travel | confirmed
            Ada       | e1         | 2026-03-01 20:00 | 2026-03-02 09:00 | EX1 1AA        | not known       | yes
            """,
        "placements": """
            person_id | began_on   | ended_on | placement_postcode | home_postcode
            Ada       | 2026-01-01 |          | PL1 1AA            | HO1 1AA
            """,
        "homes": HOME, "coordinates": MAP,
    }, """
        person_id | on         | figures
        Ada       | 2026-03-02 | {"found_on": "2026-03-02", "km_home": 20, "km_placement": 36, "other_authority": false, "travel_known": false}
        """, values={})  # fmt: skip


def test_another_authority_than_home_and_placement_asks_however_near(spec):
    spec(asked, {
        "missing_episodes": """
            person_id | episode_id | began_at         | ended_at         | found_postcode | confirmed
            Ada       | e1         | 2026-03-01 20:00 | 2026-03-01 23:00 | BO1 1AA        | yes
            """,
        "placements": NO_PLACEMENT, "homes": HOME, "coordinates": MAP,
    }, """
        person_id | on         | figures
        Ada       | 2026-03-01 | {"found_on": "2026-03-01", "km_home": 3, "km_placement": null, "other_authority": true, "travel_known": false}
        """, values={})  # fmt: skip


def test_only_the_home_and_placement_of_that_day_are_measured_from(spec):
    spec(asked, {
        "missing_episodes": """
            person_id | episode_id | began_at         | ended_at         | found_postcode | confirmed
            Ada       | e1         | 2026-03-01 20:00 | 2026-03-02 09:00 | EX1 1AA        | yes
            """,
        "placements": """
            person_id | began_on   | ended_on   | placement_postcode | home_postcode
            Ada       | 2025-01-01 | 2025-12-31 | EX1 1AA            | HO1 1AA
            """,
        "homes": """
            person_id | postcode | agency | first_on
            Ada       | EX1 1AA  | school | 2019-01-01
            Ada       | HO1 1AA  | school | 2026-02-02
            """,
        "coordinates": MAP,
    }, """
        person_id | on
        Ada       | 2026-03-02
        """, values={})  # fmt: skip


def test_an_address_first_told_later_serves_for_the_days_before_it_when_nothing_older_is_known(spec):
    spec(asked, {
        "missing_episodes": """
            person_id | episode_id | began_at         | ended_at         | found_postcode | confirmed
            Ada       | e1         | 2026-03-01 20:00 | 2026-03-02 09:00 | EX1 1AA        | yes
            """,
        "placements": NO_PLACEMENT,
        "homes": """
            person_id | postcode | agency | first_on
            Ada       | HO1 1AA  | school | 2026-09-01
            """,
        "coordinates": MAP,
    }, """
        person_id | on
        Ada       | 2026-03-02
        """, values={})  # fmt: skip


def test_without_co_ordinates_nothing_is_asked_and_the_reason_is_counted(spec):
    tables = {
        "missing_episodes": """
            person_id | episode_id | began_at         | ended_at         | found_postcode | confirmed
            Ada       | e1         | 2026-03-01 20:00 | 2026-03-02 09:00 |                | yes
            Ada       | e2         | 2026-03-03 20:00 | 2026-03-04 09:00 | ZZ9 9ZZ        | yes
            Ben       | e3         | 2026-03-01 20:00 | 2026-03-02 09:00 | EX1 1AA        | yes
            Cal       | e4         | 2026-03-01 20:00 | 2026-03-02 09:00 | EX1 1AA        | yes
            Ada       | e5         | 2026-03-05 20:00 | 2026-03-06 09:00 | EX1 1AA        | no
            """,
        "placements": """
            person_id | began_on   | ended_on | placement_postcode | home_postcode
            Cal       | 2026-01-01 |          | ZZ9 9ZZ            | HO1 1AA
            """,
        "homes": HOME, "coordinates": MAP,
    }  # fmt: skip
    spec(asked, tables, """
        person_id | on
        """, values={})  # fmt: skip
    spec(not_measured, tables, """
        because                                                                | episodes
        No family home with a postcode on the map is known for that day.       | 1
        The child was in a placement whose postcode is not on the map.         | 1
        The postcode where the child was found is not on the map.              | 1
        The report gives no postcode for where the child was found.            | 1
        """)  # fmt: skip


@pytest.mark.spark
def test_of_a_child_whose_home_is_withheld_no_distance_is_worked_out_from_any_home(spec):
    """From the homes that are known it would tell where the other one is."""
    tables = {
        "missing_episodes": """
            person_id | episode_id | began_at         | ended_at         | found_postcode | confirmed
            Ada       | e1         | 2026-03-01 20:00 | 2026-03-02 09:00 | EX1 1AA        | yes
            Ben       | e2         | 2026-03-01 20:00 | 2026-03-02 09:00 | EX1 1AA        | yes
            Cal       | e3         | 2026-03-01 20:00 | 2026-03-02 09:00 | EX1 1AA        | yes
            """,
        "placements": """
            person_id | began_on   | ended_on | placement_postcode | home_postcode
            Ben       | 2026-01-01 |          | §sealed:abc:x:y    | HO1 1AA
            """,
        "homes": """
            person_id | postcode | withheld | agency      | first_on
            Ada       | HO1 1AA  | no       | school-1    | 2026-01-01
            Ada       |          | yes      | council-899 | 2026-02-01
            Cal       | HO1 1AA  | no       | school-1    | 2026-01-01
            """,
        "coordinates": MAP,
    }  # fmt: skip
    spec(asked, tables, """
        person_id | on
        Cal       | 2026-03-02
        """, values={})  # fmt: skip
    spec(not_measured, tables, """
        because                                                    | episodes
        The address is withheld: no distance was worked out.       | 2
        """)  # fmt: skip
