"""A question that is put into SQL once is answered as if it were put anew each time, and holds nothing of the day on which it was put."""

import importlib
import pkgutil
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import rowan
from rowan.access.models import Involvement, Why
from rowan.agencies.models import Agency, Practitioner
from rowan.agencies.rules.roles import Role
from rowan.asked_alike import Told, asked_alike
from rowan.chronology.models import Entry
from rowan.people.models import KnownAs
from rowan.questions.models import Question
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db

AWKWARD = [
    "a,b",
    'a"b',
    "{a}",
    "a\\b",
    "NULL",
    "null",
    "",
    " ",
    "a b",
    "élan",
    "%s",
    "100%",
    "a'b",
    "plain-1",
]


@pytest.fixture
def agencies():
    Agency.objects.bulk_create(Agency(code=code, name=f"Called {code}", kind="school") for code in AWKWARD)


def _codes(codes):
    return Agency.objects.filter(code__among=codes).order_by("code").values_list("code", flat=True)


@pytest.mark.parametrize("wanted", [AWKWARD, ["plain-1"], [""], [], ["NULL"], ["a,b", "plain-1"], ["a", "b"]])
def test_among_many_finds_those_and_nobody_else_whatever_they_are_called(agencies, wanted):
    found = asked_alike(_codes)(codes=wanted)
    assert set(found) == set(wanted) & set(AWKWARD)
    assert set(_codes(wanted)) == set(found)


def test_a_thousand_are_asked_for_in_one_question_and_nothing_that_is_none(agencies):
    many = [f"code-{number}" for number in range(1_500)]
    assert asked_alike(_codes)(codes={*many, "plain-1", None}) == ["plain-1"]


def test_it_is_put_once_and_asked_with_other_values_each_time(agencies):
    put = []

    def of(code):
        put.append(code)
        return Agency.objects.filter(code=code)

    asked = asked_alike(of)
    assert [asked(code=code)[0].name for code in AWKWARD] == [f"Called {code}" for code in AWKWARD]
    assert asked.first(code="nobody's") is None
    assert len(put) == 1 and isinstance(put[0], Told)


def test_it_sees_what_was_changed_a_moment_ago(agencies):
    asked = asked_alike(lambda code: Agency.objects.filter(code=code).values_list("name", flat=True))
    assert asked(code="plain-1") == ["Called plain-1"]
    Agency.objects.filter(code="plain-1").update(name="Another")
    assert asked(code="plain-1") == ["Another"]


def test_its_rows_are_those_of_the_same_question_put_by_django():
    today, council = timezone.localdate(), invented.three_agencies()[invented.COUNCIL]
    child = invented.child(
        "Amina", "Invented", sex="F", age=14, school=invented.three_agencies()[invented.SCHOOL]
    )
    worker = invented.practitioner("worker", Role.LEAD_PROFESSIONAL, council)
    invented.involve(child, council, Why.ALLOCATED_WORKER, practitioner=worker)
    invented.happened(child, today, "arrested", "Arrested", by=invented.POLICE)
    Entry.objects.update(text="sealed words", happened_at=timezone.now())

    def parts(ids, day):
        hers = Involvement.objects.on(day).filter(person_id__among=ids)
        known = Exists(KnownAs.objects.filter(person_id=OuterRef("person_id")))
        return hers.annotate(known=known).select_related("agency", "practitioner__agency", "team")

    [made], [row] = asked_alike(parts)(ids=[child.pk], day=today), parts([child.pk], today)
    for part in (made, row):
        assert (part, part.known, part.team, part.agency) == (row, True, None, council)
        assert (part.opened_on, part.practitioner.agency) == (row.opened_on, council)
        with CaptureQueriesContext(connection) as more:
            assert part.practitioner.display_name == worker.display_name
        assert len(more) == 0
    assert asked_alike(parts)(ids=[child.pk], day=row.opened_on - timedelta(days=1)) == []

    def lines(since, who):
        return Entry.objects.filter(happened_at__gte=since, person=who)

    [line] = asked_alike(lines)(since=timezone.now() - timedelta(hours=1), who=child.pk)
    by_django = Entry.objects.get()
    assert (line.text, line.happened_at, line.happened_on, line.particulars) == ("sealed words", by_django.happened_at, today, {})  # fmt: skip
    assert asked_alike(lines)(since=timezone.now() + timedelta(hours=1), who=child.pk) == []

    def counted(ids):
        by_kind = Entry.objects.filter(person__among=ids).order_by().values("kind")
        return by_kind.annotate(many=Count("pk")).values_list("kind", "many")

    assert asked_alike(counted)(ids=[child.pk]) == [("arrested", 1)]


def test_ids_of_every_kind_are_found_among_others():
    school = invented.three_agencies()[invented.SCHOOL]
    child = invented.child("Amina", "Invented", sex="F", age=14, school=school)
    asked_of = invented.practitioner("worker", Role.LEAD_PROFESSIONAL, school)
    made = invented.question(
        child, "child_arrested", rows=[(invented.POLICE, timezone.localdate(), "Arrested")], to=asked_of
    )
    among = asked_alike(lambda ids: Question.objects.filter(pk__among=ids).values_list("pk", flat=True))
    assert among(ids=[uuid4(), made.pk]) == [made.pk] and among(ids=[uuid4()]) == []
    numbers = asked_alike(lambda ids: Practitioner.objects.filter(pk__among=ids))
    assert numbers(ids=[-1, 2**40]) == []


def test_postgresql_plans_it_once_on_each_connection(agencies):
    asked = asked_alike(
        lambda code: Agency.objects.filter(code=code, kind="school").order_by("phone", "name")
    )
    for code in AWKWARD:
        asked(code=code)
    if connection.vendor != "postgresql":
        assert not hasattr(connection.connection, "prepared_max")
        return
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_prepared_statements where statement like '%%phone\" ASC%%'")
        assert cursor.fetchone() == (1,)


def test_what_is_asked_so_is_counted_among_a_pages_queries(agencies):
    asked = asked_alike(lambda code: Agency.objects.filter(code=code))
    with CaptureQueriesContext(connection) as queries:
        asked(code="plain-1")
    assert len(queries) == 1 and "plain-1" in queries.captured_queries[0]["sql"]


LITERAL = re.compile(r"'([^']*)'")  # what never differs stands in PostgreSQL's words themselves


def is_a_day(value) -> bool:
    """SQLite is told days and moments as words; so is PostgreSQL what never differs."""
    return isinstance(value, date) or bool(re.match(r"\d{4}-\d\d-\d\d", str(value)))


def every_question() -> list[asked_alike]:
    for module in pkgutil.walk_packages(rowan.__path__, "rowan."):
        if not {"management", "migrations", "wsgi", "tables", "pipeline", "synthetic"} & set(module.name.split(".")):  # fmt: skip
            importlib.import_module(module.name)
    return [each for each in asked_alike.every_one if each.name.startswith("rowan.")]


def test_none_of_rowans_own_holds_a_moment_or_an_answer_of_the_time_when_it_was_put():
    questions = every_question()
    assert len(questions) > 50
    for each in questions:
        with CaptureQueriesContext(connection) as queries:
            put = each.in_sql()
        held = [*put.params, *LITERAL.findall(put.sql)]
        assert len(queries) == 0, f"{each.name} asks for something while it is put"
        assert not any(map(is_a_day, held)), f"{each.name} holds the day on which it was put"
        assert {value.name for value in held if isinstance(value, Told)} == set(each.names), each.name


def test_a_question_that_holds_a_moment_or_asks_while_it_is_put_is_found():
    """What the guard above looks for is there to be seen."""
    of_now = asked_alike(lambda: Entry.objects.filter(happened_at__lte=timezone.now()))
    put = of_now.in_sql()
    assert any(map(is_a_day, [*put.params, *LITERAL.findall(put.sql)]))
    of_a_run = asked_alike(lambda: Entry.objects.current())
    with CaptureQueriesContext(connection) as queries:
        of_a_run.in_sql()
    assert len(queries) == 1
