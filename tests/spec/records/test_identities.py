"""Each agency's records of people."""

from rowan.records.tables.identities import identity_records, row_rids, source_rids

title = "Who somebody is, according to one source"


def roll(rows: str) -> str:
    return (
        "source | source_id | agency | record_id | received_on | file | line | first_name | surname | birth_date | upn\n"
        + rows
    )


def header(rows: str) -> str:
    return "source | source_id | agency | record_id | received_on | file | line | birth_date | upn\n" + rows


def identities(first, second=None):
    return identity_records(
        {"school_pupils": first} | ({"ssda903_header": second} if second is not None else {})
    )


def test_one_pupil_on_two_rolls_of_one_school_is_one_record_with_the_newest_details(spec):
    spec(
        identities,
        {
            "first": roll("""
                school | 7 | s | 7a | 2025-09-01 | f | 2 | Mia | Ode  | 2012-05-01 |
                school | 7 | s | 7b | 2026-09-01 | f | 2 | Mia | Hart | 2012-05-01 | X1
                """)
        },
        """
        source_id | first_name | surname | upn | first_received_on | last_received_on
        7         | Mia        | Hart    | X1  | 2025-09-01        | 2026-09-01
        """,
    )


def test_one_number_given_to_two_people_is_two_records(spec):
    spec(
        identities,
        {
            "first": roll("""
                school | 12323232 | s | a | 2026-01-01 | f | 2 | Dave | Ives | 2010-01-01 |
                school | 12323232 | s | b | 2026-01-01 | f | 3 | Fred | Ives | 2009-01-01 |
                """)
        },
        """
        source_id | first_name
        12323232  | Dave
        12323232  | Fred
        """,
    )


def test_a_council_id_without_names_is_one_record_though_its_birth_dates_disagree(spec):
    spec(
        lambda kinds_header: identity_records({"ssda903_header": kinds_header}),
        {
            "kinds_header": header("""
                c:903 | 55 | c | 55 | 2025-04-01 | f | 2 | 2012-05-01 |
                c:903 | 55 | c | 55 | 2026-04-01 | f | 2 | 2012-05-10 |
                """)
        },
        """
        source_id | birth_date
        55        | 2012-05-10
        """,
    )


def test_a_census_child_and_the_case_list_row_of_the_same_id_are_one_record(spec):
    spec(
        lambda case, census: identity_records({"council_cases": case, "cin_children": census}),
        {
            "case": roll("c:cin | L1 | c | L1 | 2026-01-01 | f | 2 | Omar | Aziz | 2011-02-03 |"),
            "census": header("c:cin | L1 | c | L1 | 2026-04-01 | g | 9 | 2011-02-03 | X9"),
        },
        """
        source_id | first_name | upn
        L1        | Omar       | X9
        """,
    )


def test_rows_without_names_belong_to_the_newest_record_of_their_id(spec):
    spec(
        lambda pupils, episodes: (
            row_rids({"school_pupils": pupils, "ssda903_episodes": episodes, "ssda903_header": episodes})
            .join(source_rids({"school_pupils": pupils, "ssda903_header": episodes}), "rid")
            .select("record_kind", "record_id", "source_id")
        ),
        {
            "pupils": roll("school | 7 | s | 7a | 2025-09-01 | f | 2 | Mia | Ode | 2012-05-01 |"),
            "episodes": header("c:903 | 55 | c | 55 | 2025-04-01 | f | 2 | 2012-05-01 |"),
        },
        """
        record_kind      | record_id | source_id
        school_pupils    | 7a        | 7
        ssda903_episodes | 55        | 55
        ssda903_header   | 55        | 55
        """,
    )


REUSED = roll("""
    c:cin | L1 | c | L1a | 2026-01-01 | f | 2 | Omar  | Aziz | 2011-02-03 |
    c:cin | L1 | c | L1b | 2026-01-01 | f | 3 | Grace | Hart | 2009-08-07 |
    """)


def test_of_two_children_with_one_council_number_a_census_child_is_the_one_born_that_day(spec):
    spec(
        lambda case, census: identity_records({"council_cases": case, "cin_children": census}),
        {
            "case": REUSED,
            "census": header("""
                c:cin | L1 | c | L1 | 2026-04-01 | g | 9  | 2011-02-03 | X9
                c:cin | L1 | c | L1 | 2026-04-01 | g | 30 | 2009-08-07 | Y8
                """),
        },
        """
        source_id | first_name | birth_date | upn
        L1        | Omar       | 2011-02-03 | X9
        L1        | Grace      | 2009-08-07 | Y8
        """,
    )


def test_born_on_neither_day_a_census_child_is_a_record_of_its_own_until_matching_says_whose(spec):
    spec(
        lambda case, census: identity_records({"council_cases": case, "cin_children": census}),
        {"case": REUSED, "census": header("c:cin | L1 | c | L1 | 2026-04-01 | g | 9 | 2011-03-02 | X9")},
        """
        source_id | first_name | birth_date | upn
        L1        | Omar       | 2011-02-03 |
        L1        | Grace      | 2009-08-07 |
        L1        |            | 2011-03-02 | X9
        """,
    )


def test_a_referral_of_two_children_with_one_council_number_is_hers_under_whom_it_stood(spec):
    spec(
        lambda case, referrals: (
            row_rids({"council_cases": case, "cin_referrals": referrals})
            .join(identity_records({"council_cases": case}), "rid")
            .select("record_kind", "record_id", "first_name")
        ),
        {
            "case": REUSED,
            "referrals": header("""
                c:cin | L1 | c | R1 | 2026-04-01 | g | 9  | 2011-02-03 |
                c:cin | L1 | c | R2 | 2026-04-01 | g | 30 | 2009-08-07 |
                c:cin | L1 | c | R3 | 2025-04-01 | e | 30 |            |
                """),
        },
        """
        record_kind   | record_id | first_name
        council_cases | L1a       | Omar
        council_cases | L1b       | Grace
        cin_referrals | R1        | Omar
        cin_referrals | R2        | Grace
        cin_referrals | R3        | Grace
        """,
    )


def test_a_referral_born_on_neither_day_stands_under_a_record_of_its_own(spec):
    spec(
        lambda case, referrals: (
            row_rids({"council_cases": case, "cin_referrals": referrals})
            .join(identity_records({"council_cases": case, "cin_referrals": referrals}), "rid")
            .select("record_kind", "record_id", "first_name", "birth_date")
        ),
        {"case": REUSED, "referrals": header("c:cin | L1 | c | R1 | 2026-04-01 | g | 9 | 2009-07-08 |")},
        """
        record_kind   | record_id | first_name | birth_date
        council_cases | L1a       | Omar       | 2011-02-03
        council_cases | L1b       | Grace      | 2009-08-07
        cin_referrals | R1        |            | 2009-07-08
        """,
    )


def test_of_one_child_in_the_case_list_every_census_row_is_hers_whatever_birth_date_it_gives(spec):
    spec(
        lambda case, referrals: (
            row_rids({"council_cases": case, "cin_referrals": referrals})
            .join(identity_records({"council_cases": case, "cin_referrals": referrals}), "rid")
            .select("record_id", "first_name")
        ),
        {
            "case": roll("c:cin | L1 | c | L1a | 2026-01-01 | f | 2 | Omar  | Aziz | 2011-02-03 |"),
            "referrals": header("c:cin | L1 | c | R1 | 2026-04-01 | g | 9 | 2011-03-02 |"),
        },
        """
        record_id | first_name
        L1a       | Omar
        R1        | Omar
        """,
    )
