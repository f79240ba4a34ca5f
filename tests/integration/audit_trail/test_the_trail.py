"""The trail is added to, never changed, and outlives what it names."""

import pytest
from django.db import DatabaseError, connection, transaction

from rowan.agencies.models import Agency, Practitioner
from rowan.audit_trail import writing
from rowan.audit_trail.actions import OPERATOR, ROWAN, record, record_list_shown
from rowan.audit_trail.guards import what_could_change_the_trail
from rowan.audit_trail.models import Entry


@pytest.mark.django_db
def test_a_line_says_who_did_what_about_whom():
    agency = Agency.objects.create(code="council-899", name="Council", kind="council")
    by = Practitioner.objects.create_user("tam", display_name="Tam Ode", agency=agency, role="triage_officer")
    record(by=by, did="answered a question", about_person="c" * 32, about_kind="question", about_id=7)
    line = Entry.objects.get()
    assert (line.by_name, line.by_role, line.by_agency, line.about_id) == (
        "Tam Ode",
        "triage_officer",
        "council-899",
        "7",
    )


@pytest.mark.django_db
def test_a_list_leaves_one_line_and_one_for_each_child():
    record_list_shown(by=ROWAN, did="saw a list", person_ids=["a" * 32, "b" * 32, "a" * 32])
    assert Entry.objects.count() == 3
    assert Entry.objects.first().particulars == {"children": 2}


@pytest.mark.django_db
def test_positions_run_from_one_without_a_gap_though_some_acts_were_rolled_back():
    record(by=ROWAN, did="first")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(by=ROWAN, did="never was")
        raise ZeroDivisionError
    record_list_shown(by=ROWAN, did="saw a list", person_ids=["a" * 32])
    assert list(Entry.objects.values_list("position", "did")) == [
        (1, "first"),
        (2, "saw a list"),
        (3, "saw a list: child shown"),
    ]


@pytest.mark.django_db
def test_a_line_of_a_step_that_was_taken_back_is_not_written_with_the_rest():
    with transaction.atomic():
        record(by=ROWAN, did="kept")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(by=ROWAN, did="taken back")
            raise ZeroDivisionError
        record(by=ROWAN, did="kept too")
        assert not Entry.objects.exists()  # the chain is locked last, not from the first line on
    assert list(Entry.objects.values_list("did", flat=True)) == ["kept", "kept too"]


@pytest.mark.django_db(transaction=True)
def test_when_the_line_cannot_be_written_the_act_is_rolled_back(monkeypatch):
    def no_trail(*_):
        raise DatabaseError("The trail is not to be had.")

    monkeypatch.setattr(writing, "write", no_trail)
    monkeypatch.setattr("rowan.audit_trail.databases.writing_last.write", no_trail)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.objects.create(code="council-899", name="Council", kind="council")
        record(by=ROWAN, did="made an agency")
    assert not Agency.objects.exists()
    monkeypatch.undo()
    record(by=ROWAN, did="went on")
    assert list(Entry.objects.values_list("did", flat=True)) == ["went on"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.get().save(),
        lambda: Entry.objects.get().delete(),
        lambda: Entry.objects.update(why=""),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.create(did="something", position=2),
        lambda: Entry.objects.bulk_create([Entry(did="something", position=2)]),
    ],
)
def test_a_line_is_never_changed_or_taken_away(change):
    record(by=OPERATOR, did="made an account")
    with pytest.raises(TypeError, match=r"never changed|audit_trail\.actions"):
        change()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update audit_trail_entry set did = 'looked away'",
        "delete from audit_trail_entry",
        "truncate audit_trail_entry",
        "insert or replace into audit_trail_entry select * from audit_trail_entry",
    ],
)
def test_the_database_refuses_to_change_it(statement):
    if ("truncate" in statement) > (connection.vendor == "postgresql"):
        statement = "delete from audit_trail_entry where position > 0"  # SQLite's only way to empty a table
    if ("replace" in statement) > (connection.vendor == "sqlite"):
        statement = "alter table audit_trail_entry disable trigger user"
    record(by=OPERATOR, did="made an account")
    with (
        pytest.raises(DatabaseError, match=r"never changed|permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.get().did == "made an account"


@pytest.mark.django_db
def test_on_postgresql_the_application_signs_in_as_a_plain_role_that_may_add_and_read_and_nothing_else():
    assert what_could_change_the_trail(connection) == []
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False)
        cursor.execute(
            "select p, has_table_privilege('audit_trail_entry', p) from unnest(array['SELECT', 'INSERT',"
            " 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p"
        )
        assert {right for right, held in cursor.fetchall() if held} == {"SELECT", "INSERT"}


@pytest.mark.django_db
def test_nobody_in_particular_cannot_act():
    with pytest.raises(ValueError, match="practitioner, Rowan itself"):
        record(by="somebody", did="something")
