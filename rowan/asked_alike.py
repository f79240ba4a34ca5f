"""A question that pages ask alike every time is put into SQL once, and after that only asked.

    lines_of = asked_alike(lambda run, person_id: Entry.objects.current(run).filter(person_id=person_id))
    lines_of(run=7, person_id="...")

Putting a question into SQL costs Django more than its answer does. What differs from one asking to the next is told by name, never
written into the words, so that PostgreSQL plans them once on each connection. Who may see what is answered afresh each time.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from inspect import signature
from typing import Any, ClassVar
from uuid import UUID

from django.db import connections
from django.db.models import Expression, Field, ForeignObject, Lookup, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)

# Ids, codes and numbers: nothing that an array's own commas, quotes or braces could be taken for.
PLAIN = re.compile(r"(\w[\w-]*(,\w[\w-]*)*)?", re.ASCII)


class Told(Expression):
    """Where a value will stand that is told when the question is asked."""

    def __init__(self, name: str):
        super().__init__()
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """One of many values, however many: `__in` writes each of them into the question."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        lhs, of_lhs = self.process_lhs(compiler, connection)
        rhs, of_rhs = self.process_rhs(compiler, connection)
        return among(lhs, rhs.strip("()"), of=connection), (*of_lhs, *of_rhs)

    def get_db_prep_lookup(self, value, connection):
        return "%s", [_adapted(value, connection)]


def among(column: str, values: str = "%s", *, of=None) -> str:
    """That a column is one of many values, however many, in the words of this kind of database. For questions that are SQL already."""
    vendor = (of or connections["default"]).vendor
    return (
        f"{column} = any ({values})"
        if vendor == "postgresql"
        else f"{column} in (select value from json_each({values}))"
    )


def as_told(value: Any) -> Any:
    """A value, or a list of them, as this database takes it beside such a question: of one kind, whatever they are, so that it is planned once."""
    connection = connections["default"]
    if not isinstance(value, list):
        return _adapted(value, connection)
    words = [str(_adapted(one, connection)) for one in value]
    return f"{{{','.join(map(_quoted, words))}}}" if connection.vendor == "postgresql" else json.dumps(words)


def _quoted(word: str) -> str:
    """As a word stands in an array."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class asked_alike:
    """What `put` asks. It is called once, with a `Told` for each of its values, and may do nothing with them but hand them on."""

    # Kept so that a test can hold each of them to that.
    every_one: ClassVar[list["asked_alike"]] = []

    def __init__(self, put: Callable[..., QuerySet]):
        self._put = put
        self.names = list(signature(put).parameters)
        self._in_sql: dict[str, _InSql] = {}
        self.name = f"{put.__module__}.{put.__qualname__}"
        self.every_one.append(self)

    def __call__(self, **told: Any) -> list:
        return list(self._answer(told))

    def first(self, **told: Any) -> Any:
        """The first of the answers, or None. The question itself says how many it wants."""
        return next(iter(self._answer(told)), None)

    def _answer(self, told: dict[str, Any]) -> Iterator:
        connection = connections["default"]
        asked = self._in_sql.get(connection.vendor)
        if asked is None:
            asked = self._in_sql[connection.vendor] = self.in_sql()
        return asked.answer(connection, told)

    @classmethod
    def put_anew(cls) -> None:
        """For tests that change what a question is put with: each is put once more when it is asked next."""
        for each in cls.every_one:
            each._in_sql.clear()

    def in_sql(self) -> "_InSql":
        return _InSql(self._put(*map(Told, self.names)))


class _InSql:
    """A question in the words of one kind of database, and how its rows are read."""

    def __init__(self, question: QuerySet):
        self.compiler = question.query.get_compiler(using="default")
        sql, params = self.compiler.as_sql()
        self.sql, self.params = self.compiler.connection.with_what_never_differs(sql, list(params), Told)
        fields = [each[0] for each in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(fields)
        self.made: Callable[[Iterable], Iterator] = {
            ModelIterable: self._models,
            ValuesListIterable: partial(map, tuple),
            FlatValuesListIterable: partial(map, lambda row: row[0]),
        }[question._iterable_class]
        if question._iterable_class is ModelIterable:
            self._how_models_are_made()

    def answer(self, connection, told: dict[str, Any]) -> Iterator:
        params = [
            _adapted(told[each.name], connection) if isinstance(each, Told) else each for each in self.params
        ]
        with connection.cursor_for_what_is_asked_alike() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return self.made(self._converted(rows, connection) if self.converters else rows)

    def _converted(self, rows: Iterable, connection) -> Iterator[list]:
        for row in rows:
            values = list(row)
            for place, (converters, expression) in self.converters.items():
                for convert in converters:
                    values[place] = convert(values[place], expression, connection)
            yield values

    def _how_models_are_made(self) -> None:
        info, select = self.compiler.klass_info, self.compiler.select
        self.model, places = info["model"], info["select_fields"]
        self.own = slice(places[0], places[-1] + 1)
        self.names = [each[0].target.attname for each in select[self.own]]
        self.related = get_related_populators(info, select, "default")
        self.annotations = list(self.compiler.annotation_col_map.items())

    def _models(self, rows: Iterable) -> Iterator:
        for row in rows:
            made = self.model.from_db("default", self.names, row[self.own])
            for each in self.related:
                each.populate(row, made)
            for name, place in self.annotations:
                setattr(made, name, row[place])
            yield made


def _adapted(value: Any, connection) -> Any:
    """As this database takes it."""
    if isinstance(value, Collection) and not isinstance(value, str):
        words = [one.hex if isinstance(one, UUID) else one for one in value if one is not None]
        return _array(words) if connection.vendor == "postgresql" else json.dumps(words)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and connection.vendor != "postgresql":
        return value.hex
    return value


def _array(values: list) -> str | list:
    """As PostgreSQL writes an array. A thousand ids are written at once, and only what could be misread one by one."""
    words = ",".join(map(str, values))
    each_is_one = words.count(",") == len(values) - 1 if words else not values
    plain = each_is_one and PLAIN.fullmatch(words) and "null" not in words.lower()
    return f"{{{words}}}" if plain else list(map(str, values))
