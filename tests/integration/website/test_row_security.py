"""The second wall on PostgreSQL: what `access` would never show is not there, and what it allows is never refused."""

import random

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from rowan.access.actions import join_records, seen_by
from rowan.access.models import KeptOut, LetIn, Restriction, Why
from rowan.access.reading import NOBODY, ROWAN, WALLED, reader_of, reading_as
from rowan.agencies.rules.roles import Role
from rowan.chronology.models import Entry
from rowan.people.models import KnownAs
from rowan.website.row_security import BEHIND_THE_WALL, NAME
from rowan.website.walled_tables import ABOUT_A_PERSON
from tests import people_in_tests as invented

TODAY = timezone.localdate()
on_postgresql = connection.vendor == "postgresql"
COMPARTMENTS = ["core", "education", *sorted(WALLED)]
# Random readers against random records; the soak of access holds more.
CASES = 120


@pytest.fixture
def county(db):
    """Children with an entry of each agency in each compartment, and people of every role."""
    invented.finished_run()
    agencies = invented.three_agencies()
    children = [
        invented.child(f"Child{n}", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])
        for n in range(5)
    ]
    for child in children:
        for at in agencies.values():
            invented.involve(child, at, Why.WORKING_WITH)
            for compartment in COMPARTMENTS:
                invented.happened(
                    child, invented.days_ago(9), f"a {compartment}", f"{compartment} of {at.code}", by=at.code,
                    compartment=compartment,
                )  # fmt: skip
    readers = [
        invented.practitioner(f"{role}-{code}"[:60], role, agencies[code])
        for role in Role
        for code in (invented.COUNCIL, invented.SCHOOL)
    ]
    return children, readers


def shown_by_the_wall(reader) -> set[tuple[str, str, str]]:
    with reading_as(reader_of(reader)):
        return set(Entry.objects.values_list("person_id", "agency_code", "compartment"))


def allowed_by_access(reader, children) -> set[tuple[str, str, str]]:
    seen = seen_by(reader, [child.id for child in children], TODAY)
    return {
        row
        for row in Entry.objects.values_list("person_id", "agency_code", "compartment")
        if row[0] in seen and seen[row[0]].shows(row[1], row[2])
    }


def restrict_let_in_keep_out_and_join(chance: random.Random, children, readers) -> None:
    for child in children:
        if chance.random() < 0.4:
            restriction = Restriction.objects.create(
                person_id=child.id,
                why="-",
                set_by="-",
                lifted_at=timezone.now() if chance.random() < 0.2 else None,
            )
            for reader in chance.sample(readers, 12):
                LetIn.objects.create(restriction=restriction, practitioner=reader, by="-")
        for reader in chance.sample(readers, 4):
            KeptOut.objects.create(person_id=child.id, practitioner=reader, why="-", set_by="-")
    if chance.random() < 0.7:
        was, into = chance.sample(children, 2)
        join_records([(was.id, into.id)])


@pytest.mark.parametrize("seed", range(3))
def test_the_wall_never_refuses_what_access_allows_and_hides_what_is_hidden(county, seed):
    children, readers = county
    chance = random.Random(seed)
    restrict_let_in_keep_out_and_join(chance, children, readers)
    compared = held_back = 0
    for reader in chance.sample(readers, CASES // 3):
        allowed, shown = allowed_by_access(reader, children), shown_by_the_wall(reader)
        assert allowed <= shown, reader.role
        compared += len(allowed)
        held_back += Entry.objects.count() - len(shown)
        if on_postgresql:
            opened = seen_by(reader, [child.id for child in children], TODAY)
            walled = {row for row in shown if row[0] in opened and row[2] in WALLED}
            assert walled <= allowed, f"{reader.role}: a walled compartment is shown only as access shows it"
    assert compared
    assert bool(held_back) is on_postgresql, "SQLite, for a first look, has the one wall"


def hidden_child(county):
    children, readers = county
    Restriction.objects.create(person_id=children[0].id, why="-", set_by="-")
    return children[0], readers[0]


def test_a_hidden_childs_name_address_and_history_are_not_there_for_a_page_that_forgot_to_ask(county):
    child, reader = hidden_child(county)
    with reading_as(reader_of(reader)):
        for table in ABOUT_A_PERSON:
            model = next(model for model in apps.get_models() if model._meta.db_table == table)
            assert model.objects.filter(person_id=child.id).exists() is (
                not on_postgresql and model._base_manager.filter(person_id=child.id).exists()
            ), table
    assert KnownAs.objects.filter(person_id=child.id).exists()


def test_what_is_told_about_a_hidden_child_is_taken_as_any_other(county):
    child, reader = hidden_child(county)
    with reading_as(reader_of(reader)):
        # As whoever takes in a concern does: the answer must not depend on who the child is.
        with reading_as(ROWAN):
            KnownAs.objects.create(person=child, since_run=2, first_name="Told")
        assert KnownAs.objects.filter(first_name="Told").exists() is not on_postgresql
    assert KnownAs.objects.filter(person_id=child.id, first_name="Told").exists()


def test_nobody_reads_nothing_and_rowan_reads_everything(county):
    everything = Entry.objects.count()
    with reading_as(NOBODY):
        assert Entry.objects.count() == (0 if on_postgresql else everything)
        with reading_as(ROWAN):
            assert Entry.objects.count() == everything
        assert Entry.objects.count() == (0 if on_postgresql else everything)
    assert Entry.objects.count() == everything


def test_whoever_read_before_is_forgotten_when_the_page_is_made_or_fails(county, client):
    children, _ = county
    worker = invented.practitioner(
        "worker", Role.LEAD_PROFESSIONAL, invented.three_agencies()[invented.COUNCIL]
    )
    KeptOut.objects.create(person_id=children[0].id, practitioner=worker, why="-", set_by="-")
    client.force_login(worker)
    assert client.get(f"/children/{children[1].id}/").status_code == 200
    assert client.get(f"/children/{children[0].id}/").status_code == 404
    assert reader_now() == "rowan"
    with pytest.raises(RuntimeError), reading_as(NOBODY):
        raise RuntimeError
    assert reader_now() == "rowan"


def reader_now() -> str:
    if not on_postgresql:
        return "rowan"
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('rowan.reader', true)")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_connection_made_anew_in_the_middle_still_reads_with_the_same_eyes():
    with reading_as(NOBODY):
        connection.close()
        assert Entry.objects.count() == 0
        if on_postgresql:
            assert reader_now() == ""
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError
    assert reader_now() == "rowan"


def test_the_wall_stands_on_every_table_for_the_owner_too_and_tests_are_nobody_special(db):
    if not on_postgresql:
        return
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute(
            "select c.relname from pg_class c join pg_policy p on p.polrelid = c.oid"
            " where c.relrowsecurity and c.relforcerowsecurity and p.polname = %s",
            [NAME],
        )
        assert {name for (name,) in cursor.fetchall()} == set(BEHIND_THE_WALL)


def test_a_connection_that_says_nothing_is_shown_nothing(county):
    if not on_postgresql:
        return
    with connection.cursor() as cursor:
        for setting in ("reader", "opens", "opens_own", "agency"):
            cursor.execute(f"set rowan.{setting} to default")
        cursor.execute("select count(*) from chronology_entry")
        assert cursor.fetchone() == (0,)
