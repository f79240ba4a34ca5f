"""Every name, number, address and school a person has had."""

from rowan.people.tables.addresses import homes, people_addresses
from rowan.people.tables.identifiers import people_identifiers
from rowan.people.tables.known_as import known_as
from rowan.people.tables.names import people_names
from rowan.people.tables.schools import people_schools

title = "Who a person is, with the source and dates of everything"

NOBODY = """
    person_id
    """
LINKS = """
    rid | person_id
    r1  | mia
    r2  | mia
    """
RECORDS_HEAD = (
    "rid | source | source_id | agency | first_name | middle_names | surname | preferred_first_name | preferred_surname | birth_date "
    "| sex | ethnicity | upn | former_upn | nhs_number | cross_903 | address | postcode | first_received_on | last_received_on\n"
)


def records(rows: str) -> str:
    return RECORDS_HEAD + rows


MIA = records("""
    r1 | school-1:admission | 7  | school-1 | Mia |  | Hart | Mimi |  | 2012-05-01 | F | WBRI | B801200005001 |  |  |  | 1 Elm Road | ZQ1 2AB | 2026-09-01 | 2026-11-01
    r2 | council-899:cin    | L1 | council-899 | Mia |  | Ode |  |  | 2012-05-01 | 2 | APKN | X801200005001 |  | 9990000018 | 55 | 2 Oak Way | ZQ1 2AC | 2026-01-01 | 2026-10-01
    """)


def test_each_agency_keeps_the_name_it_uses_and_a_preferred_name_stands_beside_it(spec):
    spec(
        people_names,
        {"identity_records": MIA, "links": LINKS},
        """
        person_id | agency_code | first_name | surname | kind        | first_on   | last_on
        mia       | school-1    | Mia        | Hart    | as recorded | 2026-09-01 | 2026-11-01
        mia       | school-1    | Mimi       | Hart    | preferred   | 2026-09-01 | 2026-11-01
        mia       | council-899 | Mia        | Ode     | as recorded | 2026-01-01 | 2026-10-01
        """,
    )


def test_every_number_is_kept_and_what_is_odd_about_it_is_said(spec):
    spec(
        people_identifiers,
        {"identity_records": MIA, "links": LINKS},
        """
        agency_code | kind       | value         | note
        school-1    | upn        | B801200005001 |
        school-1    | school_id  | 7             |
        council-899 | upn        | X801200005001 | check letter is wrong
        council-899 | nhs_number | 9990000018    |
        council-899 | child_903  | 55            |
        council-899 | council_id | L1            |
        """,
    )


def test_every_address_says_who_held_it_and_when(spec):
    spec(
        people_addresses,
        {"identity_records": MIA, "links": LINKS, "withheld_people": NOBODY},
        """
        agency_code | address    | postcode | sealed_address | withheld | first_on   | last_on
        school-1    | 1 Elm Road | ZQ1 2AB  |                | no       | 2026-09-01 | 2026-11-01
        council-899 | 2 Oak Way  | ZQ1 2AC  |                | no       | 2026-01-01 | 2026-10-01
        """,
    )


def test_where_her_home_is_withheld_every_address_stands_sealed(spec):
    spec(
        people_addresses,
        {"identity_records": MIA, "links": LINKS, "withheld_people": "person_id\nmia"},
        """
        agency_code | address | postcode | sealed_address | sealed_postcode | withheld
        school-1    |         |          | 1 Elm Road     | ZQ1 2AB         | yes
        council-899 |         |          | 2 Oak Way      | ZQ1 2AC         | yes
        """,
    )


def test_a_withheld_home_has_no_postcode_to_measure_from(spec):
    spec(
        homes,
        {
            "people_addresses": """
                person_id | agency_code | postcode | sealed_address   | sealed_postcode
                mia       | school-1    |          | §sealed:abc:x:y  |
                leo       | school-1    | ZQ1 2AB  |                  |
                eva       | school-1    |          |                  |
                """
        },
        """
        person_id | postcode | withheld | agency
        mia       |          | yes      | school-1
        leo       | ZQ1 2AB  | no       | school-1
        """,
    )


def test_a_child_is_called_what_her_school_calls_her_and_stands_on_the_roll_she_joined_last(spec):
    spec(
        known_as,
        {
            "identity_records": MIA,
            "links": LINKS,
            "people_schools": """
                key | person_id | agency_code | year_group | first_on   | last_on
                a   | mia       | school-9    | 8          | 2024-09-01 | 2026-07-20
                b   | mia       | school-1    | 9          | 2026-09-01 |
                """,
            "cin_children": """
                person_id | disabilities
                mia       | AUT
                """,
        },
        """
        person_id | first_name | surname | birth_date | sex | ethnic_group | disabled | school_code | year_group
        mia       | Mia        | Hart    | 2012-05-01 | F   | WBRI         | yes      | school-1    | 9
        """,
    )


def test_a_school_place_has_the_schools_name_and_where_she_went(spec):
    spec(
        people_schools,
        {
            "school_pupils": """
                person_id | record_id | agency   | laestab | year_group | entry_on   | left_on    | leaving_reason | destination
                mia       | 7a        | school-1 | 8990001 | 8          | 2024-09-01 | 2026-07-20 | moved          |
                mia       | 3a        | school-2 | 8990002 | 9          | 2026-09-01 |            |                |
                """,
            "schools": """
                laestab | name
                8990001 | Elm Park School
                """,
        },
        """
        person_id | agency_code | school_name     | year_group | destination | first_on   | last_on
        mia       | school-1    | Elm Park School | 8          | moved       | 2024-09-01 | 2026-07-20
        mia       | school-2    | School 8990002  | 9          |             | 2026-09-01 |
        """,
    )
