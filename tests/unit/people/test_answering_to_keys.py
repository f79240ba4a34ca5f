"""Who answers to a key is read by their ids, in the indexes alone, however many others there are."""

import sqlite3
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import models

from rowan import asked_alike
from rowan.people import answering_to_keys
from rowan.people.finding import _keys, _spelt
from rowan.people.models import Address, Identifier, KnownAs, Name
from rowan.people.rules.finding import Sought

WHOLE = Sought(first_name="Mia", surname="Ode", birth_date=date(2011, 5, 3), postcode="ZQ1 2AB")
NO_BIRTH_DATE = Sought(first_name="Mia", surname="Ode", age=15)
AT_SCHOOL = Sought(first_name="Mia", surname="Ode", age=15, school="Larch Hill")
# What `analyze` says of a county of 400,000: of its rows, and how many of them share an index's first column, its first two, and so on.
COUNTED = {
    "names_of_somebody": "441784 2 2 2 1 1", "names_by_their_sound": "441784 6 1 1 1",
    "homes_of_somebody": "400000 1 1 1 1 1", "homes_by_their_postcode": "400000 15 15 1 1 1",
    "known_as_of_somebody": "400000 1 1 1 1 1 1 1", "known_as_born_and_first_name": "400000 59 2 1 1 1",
    "known_as_born_and_surname": "400000 59 1 1 1 1 1", "known_as_first_name": "400000 55 1", "known_as_surname": "400000 28 2 1",
}  # fmt: skip
BY_FIRST_COLUMN = {"person_id": "400000 1", "school_code": "400000 4445", "kind": "800000 100000 1"}


@pytest.mark.parametrize(
    "sought", [WHOLE, NO_BIRTH_DATE, AT_SCHOOL], ids=["whole", "no birth date", "school"]
)
def test_nobody_is_read_who_does_not_answer(monkeypatch, sought):
    [(sql, values)] = _asked(monkeypatch, sought)
    county = sqlite3.connect(":memory:")
    for model in (Name, KnownAs, Address, Identifier):
        _as_a_county_leaves_it(model, county)
    steps = [row[3] for row in county.execute("explain query plan " + sql.replace("%s", "?"), values)]
    county.close()
    theirs = [step for step in steps if step.startswith(("SEARCH its", "SEARCH also"))]
    assert len(theirs) == 3 and all("USING COVERING INDEX" in step for step in theirs), steps
    assert not [step for step in steps if "BLOOM" in step or step.startswith(("SCAN people_", "SCAN its", "SCAN also"))], steps  # fmt: skip
    assert "MATERIALIZE found" in steps, steps


def test_what_is_asked_has_the_same_words_whatever_the_names_and_days(monkeypatch):
    """So that PostgreSQL plans it once on a connection: planning it costs as much as answering it."""
    other = Sought(first_name="Elizabeth", surname="Baker-Hill", birth_date=date(2009, 12, 31))
    [(sql, _)], [(again, _)] = _asked(monkeypatch, WHOLE), _asked(monkeypatch, other)
    assert sql == again


def _asked(monkeypatch, sought):
    asked = []

    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def fetchall(self):
            return []

        def execute(self, sql, values):
            asked.append((sql, values))

    said = SimpleNamespace(
        vendor="sqlite",
        cursor_for_what_is_asked_alike=Cursor,
        ops=SimpleNamespace(adapt_datefield_value=str),
    )
    monkeypatch.setattr(answering_to_keys, "connection", said)
    monkeypatch.setattr(asked_alike, "connections", {"default": said})
    schools = {"school-1"} if sought.school else set()
    answering_to_keys.answers(_keys(sought, schools, 1, ()), "-", _spelt(sought), 400)
    return asked


def _as_a_county_leaves_it(model: type[models.Model], county: sqlite3.Connection) -> None:
    """The table with the indexes of its model, and what `analyze` would say of them."""
    table, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
    county.execute(f"create table {table} ({', '.join(columns)})")
    indexes = {"of_" + table: ["person_id"]}
    for index in model._meta.indexes:
        indexes[index.name] = [model._meta.get_field(name).column for name in index.fields]
    for name, of in indexes.items():
        county.execute(f"create index {name} on {table} ({', '.join(of)})")
    county.execute(f"analyze {table}")
    for name, of in indexes.items():
        counted = COUNTED.get(name) or BY_FIRST_COLUMN[of[0]]
        county.execute("insert into sqlite_stat1 values (?, ?, ?)", [table, name, counted])
    county.execute("analyze sqlite_schema")
