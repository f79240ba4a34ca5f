"""Publishes a night to the day: only what changed, in small transactions, seen by nobody until one last row (docs/adr/0010)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from rowan.audit_trail.actions import ROWAN, record
from rowan.records.models import OvernightRun, PublishedRow

from .published_columns import Field, Values, rows_as_shown, rows_as_stored

# A published row as the model's own values, by column; and a standing one as key, primary key and values.
Row = dict[str, Any]
Standing = tuple[str, int, Values]
# A field made of the row's other fields.
Make = Callable[[Row], object]
# Given a chunk's rows by key, the keys whose standing row must stay.
Keeps = Callable[[Mapping[str, Row]], Collection[str]]
# A model's class, whichever room's it is: Django's own types say no more.
Model = Any

# Small enough that a transaction holds the write lock for well under a second on a small server's disk.
ROWS_A_TRANSACTION = 1_000
ROWS_READ = 2_000


@dataclass
class Published:
    """What publishing one kind of row did."""

    written: int = 0
    ended: int = 0
    unchanged: int = 0


def begin_run(*, as_of: date, engine: str) -> OvernightRun:
    """Number a new run, on the trail, and clear what a killed one left: rows nobody has seen. Without the line there is no night."""
    current = OvernightRun.current_number()
    with transaction.atomic():
        # Numbers only grow: an unfinished run's number is never used for another night's rows.
        newest = OvernightRun.objects.aggregate(newest=models.Max("number"))["newest"] or 0
        run: OvernightRun = OvernightRun.objects.create(
            number=max(current, newest) + 1, as_of=as_of, engine=engine, started_at=timezone.now()
        )
        _leave_line("began to publish a night", run)
    for model in published_models():
        clear_unfinished(model, current)
    return run


def finish_run(run: OvernightRun, counts: dict[str, Any]) -> None:
    """The one last row: from here on every page shows this run. Its line on the trail is written with it, or neither is."""
    with transaction.atomic():
        run.counts = counts
        run.finished_at = timezone.now()
        run.save(update_fields=["counts", "finished_at"])
        _leave_line("published a night", run)


def _leave_line(did: str, run: OvernightRun) -> None:
    as_of = run.as_of.isoformat()
    record(by=ROWAN, did=did, about_kind="overnight run", about_id=run.number, particulars={"as_of": as_of})


def forget_ended(model: Model, people: Sequence[str]) -> None:
    """Rows about these people that no page shows any more, for good: what they said in clear goes from the disk too."""
    for start in range(0, len(people), ROWS_A_TRANSACTION // 2):
        some = people[start : start + ROWS_A_TRANSACTION // 2]
        ended = model.of_the_night().filter(person_id__in=some, until_run__isnull=False)
        while ids := list(ended.values_list("pk", flat=True)[:ROWS_A_TRANSACTION]):
            model._default_manager.filter(pk__in=ids).delete()
    if people and connection.vendor == "sqlite" and not connection.in_atomic_block:
        # The write-ahead log still holds the pages as they were.
        with connection.cursor() as cursor:
            cursor.execute("pragma wal_checkpoint(truncate)")


def published_models() -> list[type[PublishedRow]]:
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, PublishedRow)]


def clear_unfinished(model: Model, current: int) -> None:
    """Delete what runs after the current one wrote, and let stand again what they ended; in small steps."""
    rows = model.of_the_night()
    while ids := list(rows.filter(since_run__gt=current).values_list("pk", flat=True)[:ROWS_A_TRANSACTION]):
        rows.filter(pk__in=ids).delete()
    while ids := list(rows.filter(until_run__gt=current).values_list("pk", flat=True)[:ROWS_A_TRANSACTION]):
        rows.filter(pk__in=ids).update(until_run=None)


def publish_rows(
    model: Model, batches: Iterable[pa.RecordBatch], *, run: int, key: str = "key", keeps: Keeps | None = None
) -> Published:
    """Write the difference between the standing rows and a night's rows. Both come in order of `key`, once each.

    `keeps(rows)`, when given, names the keys of a chunk whose standing row must stay as it is, because somebody decided
    otherwise since the snapshot: it is asked inside the chunk's own transaction.
    """
    fields = _compared_fields(model)
    writer = _Writer(model, run, keeps, fields)
    standing = _standing(model, key, fields)
    place = [field.attname for field in fields].index(_attname(model, key))
    old = next(standing, None)
    for row in rows_as_shown(batches, fields):
        name = row[place]
        while old is not None and old[0] < name:
            writer.end(old)
            old = next(standing, None)
        if old is not None and old[0] == name:
            if old[2] == row:
                writer.done.unchanged += 1
            else:
                writer.end(old)
                writer.write(name, row)
            old = next(standing, None)
        else:
            writer.write(name, row)
    while old is not None:
        writer.end(old)
        old = next(standing, None)
    writer.flush()
    return writer.done


class _Writer:
    """Gathers changes and writes them a chunk at a time; a row's end and its new form go in one transaction."""

    def __init__(self, model: Model, run: int, keeps: Keeps | None, fields: Sequence[Field]) -> None:
        self.model, self.run, self.keeps, self.fields = model, run, keeps, fields
        self.done = Published()
        self.ending: dict[str, int] = {}
        self.writing: dict[str, Values] = {}

    def end(self, old: Standing) -> None:
        # Before, not after: a row's end and its new form stay in one chunk, so that `keeps` holds for both.
        if len(self.ending) >= ROWS_A_TRANSACTION:
            self.flush()
        self.ending[old[0]] = old[1]

    def write(self, name: str, row: Values) -> None:
        self.writing[name] = row
        if len(self.writing) >= ROWS_A_TRANSACTION:
            self.flush()

    def flush(self) -> None:
        if not self.ending and not self.writing:
            return
        with transaction.atomic():
            kept = set(self.keeps(self._by_name())) if self.keeps else set()
            ends = [pk for name, pk in self.ending.items() if name not in kept]
            rows = [row for name, row in self.writing.items() if name not in kept]
            self.model._default_manager.filter(pk__in=ends).update(until_run=self.run)
            _insert(self.model, self.fields, rows, self.run)
        self.done.ended += len(ends)
        self.done.written += len(rows)
        self.done.unchanged += len(kept)
        self.ending, self.writing = {}, {}

    def _by_name(self) -> Mapping[str, Row]:
        return {name: _by_column(row, self.fields) for name, row in self.writing.items()}


def _insert(model: Model, fields: Sequence[Field], rows: Sequence[Values], run: int) -> None:
    """Straight into the table: building a model for each of a county's rows takes ten times as long."""
    if not rows:
        return
    quote = connection.ops.quote_name
    made = model.MADE_OF_THE_ROW
    columns = ", ".join(quote(name) for name in ["since_run", *(field.column for field in fields), *made])
    places = ", ".join(["%s"] * (len(fields) + len(made) + 1))
    stored = zip(rows_as_stored(rows, fields), _made(made, rows, fields), strict=True)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"insert into {quote(model._meta.db_table)} ({columns}) values ({places})",
            [(run, *values, *more) for values, more in stored],
        )


def _made(made: Mapping[str, Make], rows: Sequence[Values], fields: Sequence[Field]) -> Iterable[Values]:
    if not made:
        return [()] * len(rows)
    named = (_by_column(row, fields) for row in rows)
    return (tuple(make(row) for make in made.values()) for row in named)


def _by_column(row: Values, fields: Sequence[Field]) -> Row:
    return dict(zip((field.attname for field in fields), row, strict=True))


def _standing(model: Model, key: str, fields: Sequence[Field]) -> Iterator[Standing]:
    """(key, primary key, values) of the rows that stand, in order of key, read a page at a time: no cursor stays open over a write."""
    attname, last = _attname(model, key), ""
    columns = [attname, "pk", *(field.attname for field in fields)]
    while True:
        page = list(
            model.of_the_night()
            .filter(Q(until_run__isnull=True), **{f"{attname}__gt": last})
            .order_by(attname)
            .values_list(*columns)[:ROWS_READ]
        )
        for row in page:
            yield row[0], row[1], tuple(row[2:])
        if len(page) < ROWS_READ:
            return
        last = page[-1][0]


def _compared_fields(model: Model) -> list[Field]:
    own = {"id", "since_run", "until_run"} | model.OF_THE_DAY | set(model.MADE_OF_THE_ROW)
    return [field for field in model._meta.concrete_fields if field.name not in own]


def _attname(model: Model, key: str) -> str:
    return str(model._meta.get_field(key).attname)
