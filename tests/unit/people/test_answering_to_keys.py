"""Who answers to a key is read by their ids, however many others there are."""

import sqlite3
from datetime import date
from types import SimpleNamespace

from rowan.people import answering_to_keys
from rowan.people.finding import _keys, _spelt
from rowan.people.rules.finding import Sought

SOUGHT = Sought(first_name="Mia", surname="Ode", birth_date=date(2011, 5, 3), postcode="ZQ1 2AB")
# The tables as far as the query reads them, with the indexes it goes by, as a county of 400,000 leaves them.
TABLES = """
    create table people_name (person_id, first_name, surname, sounds, since_run, until_run);
    create table people_knownas (person_id, first_name, surname, birth_date, school_code, since_run, until_run);
    create table people_address (person_id, postcode, withheld, since_run, until_run);
    create table people_identifier (person_id, kind, value, since_run, until_run);
    create index name_of on people_name (person_id);
    create index name_sounds on people_name (sounds);
    create index known_as_of on people_knownas (person_id, since_run);
    create index known_as_born on people_knownas (birth_date, surname, first_name, person_id, since_run, until_run);
    create index known_as_first on people_knownas (first_name);
    create index known_as_surname on people_knownas (surname, first_name);
    create index lives_at on people_address (postcode);
    create index numbered on people_identifier (kind, value);
    analyze;
    insert into sqlite_stat1 values
        ('people_name', 'name_of', '400000 1'), ('people_name', 'name_sounds', '400000 20'),
        ('people_knownas', 'known_as_of', '400000 1 1'), ('people_knownas', 'known_as_born', '400000 60 2 1 1 1 1'),
        ('people_knownas', 'known_as_first', '400000 400'), ('people_knownas', 'known_as_surname', '400000 100 2'),
        ('people_address', 'lives_at', '400000 15'), ('people_identifier', 'numbered', '800000 100000 1');
    analyze sqlite_schema;
"""


def test_nobody_is_read_who_does_not_answer(monkeypatch):
    asked = []

    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def __iter__(self):
            return iter(())

        def execute(self, sql, values):
            asked.append((sql, values))

    said = SimpleNamespace(cursor=Cursor, ops=SimpleNamespace(adapt_datefield_value=str))
    monkeypatch.setattr(answering_to_keys, "connection", said)
    answering_to_keys.answers(_keys(SOUGHT, set(), 1, ()), "-", _spelt(SOUGHT), 400)
    [(sql, values)] = asked
    county = sqlite3.connect(":memory:")
    county.executescript(TABLES)
    steps = [row[3] for row in county.execute("explain query plan " + sql.replace("%s", "?"), values)]
    county.close()
    theirs = [step for step in steps if " their" in step]
    assert len(theirs) == 2 and all(step.startswith("SEARCH their USING INDEX") for step in theirs), steps
    assert not [step for step in steps if "BLOOM" in step or step.startswith("SCAN people_")], steps
