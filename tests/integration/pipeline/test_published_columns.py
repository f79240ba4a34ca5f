"""A night's cells become the values a page shows, a column at a time, and what the database stores of them."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from django.db import connection
from django.utils import timezone

from rowan.chronology.models import AttendanceTerm, Entry
from rowan.people.models import Identifier, Person
from rowan.pipeline.published_columns import rows_as_shown, rows_as_stored
from rowan.records.rules.sealing import MARK

pytestmark = pytest.mark.django_db


def field(model, name):
    return model._meta.get_field(name)


def shown(model, name, cells, kind=None):
    column = field(model, name)
    batch = pa.record_batch({column.attname: pa.array(cells, kind)})
    return [value for (value,) in rows_as_shown([batch], [column])]


def test_missing_words_are_empty_and_missing_days_are_missing():
    assert shown(Identifier, "value", ["1", None]) == ["1", ""]
    assert shown(Identifier, "first_on", [None, date(2026, 9, 7)]) == [None, date(2026, 9, 7)]


def test_a_column_that_no_table_made_is_missing_in_every_row():
    columns = [field(Identifier, "kind"), field(Identifier, "note")]
    assert list(rows_as_shown([pa.record_batch({"kind": ["upn", "nhs"]})], columns)) == [
        ("upn", ""),
        ("nhs", ""),
    ]


def test_words_longer_than_their_field_are_cut_by_letters_and_not_by_bytes():
    longest = field(Entry, "title").max_length
    assert shown(Entry, "title", ["é" * (longest + 5)]) == ["é" * longest]


@pytest.mark.parametrize(
    ("model", "name"), [(Identifier, "value"), (Entry, "particulars"), (AttendanceTerm, "weeks")]
)
def test_something_sealed_on_its_way_into_a_field_that_does_not_seal_stops_the_night(model, name):
    with pytest.raises(ValueError, match="Nothing of this night was shown"):
        shown(model, name, ["{}", f"{MARK}any-purpose:token"])


def test_a_moment_without_a_zone_gets_the_areas_and_one_with_a_zone_keeps_it():
    naive = datetime(2026, 7, 1, 9, 30)
    assert shown(Entry, "happened_at", [naive, None]) == [timezone.make_aware(naive), None]
    aware = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    assert shown(Entry, "happened_at", [aware]) == [aware]


def test_what_is_stored_is_shown_again(child_row):
    columns = [field(AttendanceTerm, name) for name in ("key", "term_on", "weeks", "codes")]
    weeks, codes = '[["2026-09-07", 10, 1, 0, 1]]', '{"2026-09-07": {"/": 9, "O": 1}}'
    batch = pa.record_batch({"key": ["k"], "term_on": [date(2026, 9, 1)], "weeks": [weeks], "codes": [codes]})
    [values] = rows_as_shown([batch], columns)
    [stored] = rows_as_stored([values], columns)
    child_row(stored)
    row = AttendanceTerm.objects.values_list("key", "term_on", "weeks", "codes").get()
    assert row == values == (
        "k", date(2026, 9, 1), [["2026-09-07", 10, 1, 0, 1]], {"2026-09-07": {"/": 9, "O": 1}},
    )  # fmt: skip


@pytest.fixture
def child_row():
    def insert(stored):
        Person.objects.create(pk="c" * 32)
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into chronology_attendanceterm (since_run, person_id, agency_code, key, term_on, weeks, codes) "
                "values (1, %s, 'school', %s, %s, %s, %s)",
                ["c" * 32, *stored],
            )

    return insert
