"""A night is published as what changed, and nobody sees any of it before its last row."""

from datetime import date

import pyarrow as pa
import pytest

from rowan.audit_trail.models import Entry as Line
from rowan.audit_trail.writing import NotRecorded
from rowan.people.models import Identifier, Person
from rowan.pipeline import publish
from rowan.records.models import OvernightRun, one_night_on_a_page
from tests.without_the_trail import NoTrail

TODAY = date(2026, 11, 23)
CHILD = "c" * 32


@pytest.fixture
def child(db):
    return Person.objects.create(pk=CHILD)


def night(values: dict[str, str]):
    """A night's identifiers: key and value."""
    rows = [
        {
            "key": key,
            "person_id": CHILD,
            "agency_code": "council-899",
            "kind": "upn",
            "value": value,
            "first_on": None,
            "last_on": None,
        }
        for key, value in sorted(values.items())
    ]
    schema = pa.schema(
        [
            ("key", pa.string()),
            ("person_id", pa.string()),
            ("agency_code", pa.string()),
            ("kind", pa.string()),
        ]
        + [("value", pa.string()), ("first_on", pa.date32()), ("last_on", pa.date32())]
    )
    yield pa.RecordBatch.from_pylist(rows, schema=schema)


def publish_night(values: dict[str, str], *, finish: bool = True) -> publish.Published:
    run = publish.begin_run(as_of=TODAY, engine="duckdb")
    done = publish.publish_rows(Identifier, night(values), run=run.number)
    if finish:
        publish.finish_run(run, {})
    return done


def shown() -> dict[str, str]:
    return dict(Identifier.objects.current().values_list("key", "value"))


def test_a_first_night_is_shown_when_it_has_finished(child):
    publish_night({"a": "1", "b": "2"})
    assert shown() == {"a": "1", "b": "2"}


def test_without_the_trail_no_night_begins_and_none_is_shown(child):
    publish_night({"a": "1"})
    with NoTrail(), pytest.raises(NotRecorded):
        publish_night({"a": "9"})
    assert OvernightRun.objects.count() == 1
    run = publish.begin_run(as_of=TODAY, engine="duckdb")
    publish.publish_rows(Identifier, night({"a": "9"}), run=run.number)
    with NoTrail(), pytest.raises(NotRecorded):
        publish.finish_run(run, {})
    assert shown() == {"a": "1"}
    publish.finish_run(run, {})
    assert shown() == {"a": "9"}
    assert list(Line.objects.values_list("did", flat=True))[-2:] == [
        "began to publish a night",
        "published a night",
    ]


def test_nothing_of_an_unfinished_night_is_seen(child):
    publish_night({"a": "1", "b": "2"})
    publish_night({"a": "9", "c": "3"}, finish=False)
    assert shown() == {"a": "1", "b": "2"}


def test_the_next_night_clears_what_a_killed_one_left_and_completes(child):
    publish_night({"a": "1", "b": "2"})
    publish_night({"a": "9", "c": "3"}, finish=False)
    publish_night({"a": "5", "b": "2"})
    assert shown() == {"a": "5", "b": "2"}
    assert Identifier.objects.filter(value="9").count() == 0


def test_an_unchanged_row_is_not_written_again(child):
    publish_night({"a": "1", "b": "2"})
    done = publish_night({"a": "1", "b": "3"})
    assert (done.unchanged, done.written, done.ended) == (1, 1, 1)
    assert Identifier.objects.get(key="a").since_run == 1


def test_what_an_earlier_night_showed_can_still_be_told(child):
    publish_night({"a": "1"})
    publish_night({"a": "2"})
    publish_night({})
    assert shown() == {}
    assert dict(Identifier.objects.current(1).values_list("key", "value")) == {"a": "1"}
    assert dict(Identifier.objects.current(2).values_list("key", "value")) == {"a": "2"}


def test_a_row_somebody_decided_about_since_the_snapshot_stays_as_it_is(child):
    publish_night({"a": "1", "b": "2"})
    run = publish.begin_run(as_of=TODAY, engine="duckdb")
    publish.publish_rows(
        Identifier, night({"a": "9", "b": "9"}), run=run.number, keeps=lambda rows: {"a"} & set(rows)
    )
    publish.finish_run(run, {})
    assert shown() == {"a": "1", "b": "9"}


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_chunks_of_any_size_come_to_the_same(child, monkeypatch, size):
    monkeypatch.setattr(publish, "ROWS_A_TRANSACTION", size)
    monkeypatch.setattr(publish, "ROWS_READ", size)
    publish_night({f"{n:02d}": str(n) for n in range(20)})
    publish_night({f"{n:02d}": str(n * (n % 3)) for n in range(5, 25)})
    assert shown() == {f"{n:02d}": str(n * (n % 3)) for n in range(5, 25)}


def test_runs_are_numbered_and_an_unfinished_number_is_not_used_again(child):
    publish_night({}, finish=False)
    publish_night({})
    assert [run.number for run in OvernightRun.objects.all()] == [2, 1]
    assert OvernightRun.current_number() == 2


def test_a_page_is_of_one_night_though_another_is_published_while_it_is_made(
    child, django_assert_num_queries
):
    publish_night({"a": "1"})
    with one_night_on_a_page():
        assert shown() == {"a": "1"}
        publish_night({"a": "2"})
        with django_assert_num_queries(1):
            assert shown() == {"a": "1"}
    assert shown() == {"a": "2"}
