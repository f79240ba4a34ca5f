"""A 903 row that a later return over the same year no longer holds is unconfirmed; nothing is ever deleted."""

from datetime import date

from rowan.chronology.tables.held_by_returns import with_still_held

title = "Rows a council's later return leaves out"

ROWS = """
    source | record_id | began_on   | ended_on
    -------+-----------+------------+-----------
    c      | left out  | 2025-05-01 | 2025-05-02
    c      | kept      | 2025-06-01 | 2025-06-02
    c      | last year | 2025-01-01 | 2025-01-02
    c      | new       | 2025-09-01 |
    """
IMPORTS = """
    import_id | received_on | at
    ----------+-------------+-----------------
    july      | 2025-07-01  | 2025-07-01 09:00
    october   | 2025-10-01  | 2025-10-01 09:00
    """
HELD = """
    import_id | kind            | source | record_id | last_on
    ----------+-----------------+--------+-----------+-----------
    july      | ssda903_missing | c      | left out  | 2025-05-02
    july      | ssda903_missing | c      | kept      | 2025-06-02
    july      | ssda903_missing | c      | last year | 2025-01-02
    october   | ssda903_missing | c      | kept      | 2025-06-02
    october   | ssda903_missing | c      | new       | 2025-09-01
    """


def held(rows, held_by_returns, imports, as_of):
    return with_still_held(rows, held_by_returns, imports, "ssda903_missing", as_of)


def test_a_row_the_newest_return_of_its_year_leaves_out_is_no_longer_held(spec):
    spec(held, {"rows": ROWS, "held_by_returns": HELD, "imports": IMPORTS}, """
        record_id | still_held
        ----------+-----------
        left out  | no
        kept      | yes
        last year | yes
        new       | yes
        """, as_of=date(2025, 10, 2))  # fmt: skip


def test_before_the_later_return_came_it_was_held(spec):
    spec(held, {"rows": ROWS, "held_by_returns": HELD, "imports": IMPORTS}, """
        record_id | still_held
        left out  | yes
        kept      | yes
        last year | yes
        new       | no
        """, as_of=date(2025, 8, 1))  # fmt: skip


def test_without_a_return_nothing_is_doubted(spec):
    spec(held, {"rows": ROWS, "held_by_returns": "import_id | kind | source | record_id | last_on", "imports": IMPORTS}, """
        record_id | still_held
        left out  | yes
        kept      | yes
        last year | yes
        new       | yes
        """, as_of=date(2025, 8, 1))  # fmt: skip
