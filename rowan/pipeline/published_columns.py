"""A night's cells on their way to the day's database, a column at a time: a county has millions of cells, and few columns."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils import timezone

from rowan.encryption import SealedTextField, unseal
from rowan.records.rules.sealing import MARK, is_sealed, parts_of

# One of a model's fields: Django's own types say no more.
Field = Any
# A row's values, in the order of the fields.
Values = tuple[Any, ...]


def rows_as_shown(batches: Iterable[pa.RecordBatch], fields: Sequence[Field]) -> Iterator[Values]:
    """Rows as the model's own values: missing words are empty, moments carry their zone."""
    for batch in batches:
        columns = {name: batch.column(name) for name in batch.schema.names}
        nothing = pa.nulls(batch.num_rows)
        yield from zip(
            *(_as_shown(columns.get(field.attname, nothing), field) for field in fields), strict=True
        )


def rows_as_stored(rows: Sequence[Values], fields: Sequence[Field]) -> Iterator[Values]:
    """The same rows as the database takes them."""
    return zip(
        *(_as_stored(values, field) for values, field in zip(zip(*rows, strict=True), fields, strict=True)),
        strict=True,
    )


def _as_shown(column: pa.Array, field: Field) -> list[Any]:
    missing = _missing(field)
    if pa.types.is_null(column.type):
        return [missing] * len(column)
    if isinstance(field, SealedTextField):
        return [missing if cell is None else _opened(cell) for cell in column.to_pylist()]
    if isinstance(field, models.JSONField):
        return [missing if cell is None else _told(cell) for cell in _never_sealed(column, field).to_pylist()]
    if isinstance(field, models.DateTimeField):
        return [missing if cell is None else _with_zone(cell) for cell in column.to_pylist()]
    if isinstance(field, models.CharField | models.TextField):
        column = _cut(_never_sealed(column, field), field.max_length)
    cells = column.to_pylist()
    return [missing if cell is None else cell for cell in cells] if column.null_count else cells


def _missing(field: Field) -> Any:
    if isinstance(field, models.CharField | models.TextField) and not field.null:
        return ""
    return field.get_default()


def _never_sealed(column: pa.Array, field: Field) -> pa.Array:
    """A field that does not seal shows nothing sealed: a table that let it through is wrong, and the night stops."""
    if _is_text(column) and pc.any(pc.match_substring(column, MARK)).as_py():
        raise ValueError(f"Something sealed was on its way into {field}. Nothing of this night was shown.")
    return column


def _cut(column: pa.Array, longest: int | None) -> pa.Array:
    return pc.utf8_slice_codeunits(column, 0, longest) if longest else column


def _is_text(column: pa.Array) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _opened(cell: str) -> str:
    """A sealed cell in clear, in memory only, for a field that seals it under its own purpose."""
    if not is_sealed(cell):
        return cell
    sealed = parts_of(cell)
    return unseal(sealed.token, purpose=sealed.purpose)


def _told(cell: Any) -> Any:
    return json.loads(cell) if isinstance(cell, str) else cell


def _with_zone(moment: datetime) -> datetime:
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _as_stored(values: Sequence[Any], field: Field) -> Sequence[Any]:
    # Not the stand-in for it: that is looked up anew for every cell.
    database = connections[DEFAULT_DB_ALIAS]
    if isinstance(field, SealedTextField):
        return [field.get_db_prep_save(value, database) for value in values]
    if isinstance(field, models.CharField | models.TextField | models.IntegerField | models.ForeignKey):
        return values
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        stored = {value: field.get_db_prep_save(value, database) for value in set(values)}
        return [stored[value] for value in values]
    return [field.get_db_prep_save(value, database) for value in values]
