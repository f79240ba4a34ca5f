"""Which rows stood on a night."""

from datetime import date

from rowan.records.tables.current_rows import current_rows, with_superseded_on

title = "What we knew that night"

ROWS = """
    import_id | source | record_id | version | received_on | grade
    ----------+--------+-----------+---------+-------------+-------
    a         | police | M1        |       1 | 2026-03-01  | low
    b         | police | M1        |       2 | 2026-03-09  | medium
    a         | police | M2        |       1 | 2026-03-01  | high
    killed    | police | M3        |       1 | 2026-03-02  | low
    """
IMPORTS = """
    import_id
    ---------
    a
    b
    """


def test_a_correction_stands_from_the_day_it_was_received(spec):
    spec(
        current_rows,
        {"rows": ROWS, "imports": IMPORTS},
        """
        record_id | grade
        ----------+-------
        M1        | medium
        M2        | high
        """,
        as_of=date(2026, 3, 9),
    )


def test_before_the_correction_came_the_first_version_stood(spec):
    spec(
        current_rows,
        {"rows": ROWS, "imports": IMPORTS},
        """
        record_id | grade
        ----------+------
        M1        | low
        M2        | high
        """,
        as_of=date(2026, 3, 8),
    )


def test_each_version_says_when_it_was_superseded(spec):
    spec(
        with_superseded_on,
        {"rows": ROWS, "imports": IMPORTS},
        """
        record_id | version | superseded_on
        ----------+---------+--------------
        M1        |       1 | 2026-03-09
        M1        |       2 |
        M2        |       1 |
        """,
    )
