"""Whom a few details may be about: the true person among the first five, and nobody who is hidden."""

from dataclasses import replace
from datetime import date, timedelta

import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.agencies.rules.roles import Role
from rowan.people import finding
from rowan.people.answering_to_keys import Keys, answers
from rowan.people.finding import likely
from rowan.people.models import Identifier, KnownAs, Name, Person, SafeContact
from rowan.people.rules.finding import Sought
from rowan.people.rules.safe_contact import Flag
from rowan.pipeline.publish import publish_rows
from rowan.records.models import OvernightRun
from tests import people_in_tests as invented
from tests import told_of

pytestmark = pytest.mark.django_db
TODAY = told_of.UNTIL


@pytest.fixture
def county():
    invented.finished_run()
    return told_of.write_index(1_200, 5, ask_about=300)


def found(sought, hidden=frozenset()):
    return [one.person_id for one in likely(sought, hidden=hidden, today=TODAY)]


def test_the_true_person_is_among_the_first_five_of_a_countys_corrupted_records(county):
    answered = [told.person_id in found(told.sought) for told in county]
    assert sum(answered) / len(answered) >= 0.97


def test_a_name_and_an_age_are_often_all_that_is_told(county):
    said = [
        replace(told.sought, birth_date=None, postcode="", address="", age=(TODAY - told.sought.birth_date).days // 365)
        for told in county
    ]  # fmt: skip
    answered = [told.person_id in found(sought) for told, sought in zip(county, said, strict=True)]
    assert sum(answered) / len(answered) >= 0.95


def test_a_number_alone_finds_whoever_has_it_first_and_a_wrong_one_finds_nobody(county):
    told = county[0]
    Identifier.objects.create(
        person_id=told.person_id, kind="upn", value="H801200001001", key="a number", since_run=OvernightRun.current_number()
    )  # fmt: skip
    nothing_else = Sought(number="H80 1200001001")
    assert found(nothing_else) == [told.person_id]
    assert found(nothing_else, hidden={told.person_id}) == []
    assert found(replace(nothing_else, number="H801200001009")) == []
    # With somebody else's name beside it, both are shown: one of the two was heard wrong.
    other = next(each for each in county if each.sought.surname != told.sought.surname)
    assert {told.person_id, other.person_id} <= set(found(replace(other.sought, number="h801200001001")))


def test_a_hidden_person_leaves_no_trace_in_what_is_found(county):
    told = county[0]
    assert found(told.sought)[0] == told.person_id
    with CaptureQueriesContext(
        connection,
    ) as hiding:
        without = found(told.sought, hidden={told.person_id})
    Name.objects.filter(person_id=told.person_id).delete()
    for table in ("knownas", "address"):
        with connection.cursor() as cursor:
            cursor.execute(f"delete from people_{table} where person_id = %s", [told.person_id])
    with CaptureQueriesContext(connection) as not_there:
        nobody = found(told.sought)
    assert without == nobody
    assert len(hiding) == len(not_there)


def test_a_fixed_number_of_queries_at_most_however_many_answer(county):
    found(county[1].sought)  # the night's first search also counts everybody, once
    with CaptureQueriesContext(connection) as many:
        found(county[0].sought)
    assert len(many) <= 7


def test_how_many_people_another_county_had_is_not_taken_for_this_ones():
    invented.finished_run()
    found(Sought(first_name="Ada", surname="Day"))
    told = told_of.write_index(200, 5, ask_about=4)[0].sought
    OvernightRun.objects.update(finished_at=timezone.now() + timedelta(seconds=1))
    bits = [one.bits for one in likely(told, hidden=(), today=TODAY)]
    finding._how_many.cache_clear()
    assert bits
    assert bits == [one.bits for one in likely(told, hidden=(), today=TODAY)]


def test_of_a_key_that_too_many_answer_to_the_same_are_looked_at_however_they_were_written(monkeypatch):
    invented.finished_run()
    monkeypatch.setattr(finding, "BY_ONE_KEY", 1)
    ids = [letter * 32 for letter in "cab"]
    for person_id in ids:
        Person.objects.create(id=person_id, founded_run=1)
        for model, more in ((Name, {"key": person_id, "sounds": "a|da"}), (KnownAs, {"birth_date": TODAY})):
            model.objects.create(person_id=person_id, since_run=1, first_name="Ada", surname="Day", **more)
    looked_at = Keys(1)
    looked_at.add("people_name", "sounds = %s", ["a|da"], 2)
    assert set(answers(looked_at, "-", {"first_name": ["-"], "surname": ["-"]}, 1).known) == {"a" * 32, "b" * 32}  # fmt: skip
    assert found(Sought(first_name="Ada", surname="Day", birth_date=TODAY))[0] == "a" * 32


def test_signs_that_mean_any_letter_in_a_database_are_letters_here():
    invented.finished_run()
    school = invented.three_agencies()[invented.SCHOOL]
    invented.child("Kirsty", "Smith", sex="F", age=14, school=school)
    assert found(Sought(first_name="%", surname="_", birth_date=date(2011, 2, 3))) == []


def test_a_birth_date_a_slip_away_finds_her_by_how_one_name_begins_also_in_capitals():
    invented.finished_run()
    school = invented.three_agencies()[invented.SCHOOL]
    child = invented.child("KIRSTY", "PARKER", sex="F", age=14, school=school)
    born = KnownAs.objects.get(person=child).birth_date
    told = Sought(first_name="kirsty", surname="Barker", birth_date=born.replace(year=born.year - 1))
    assert found(told) == [child.id]
    assert found(replace(told, first_name="Kay")) == []


@pytest.mark.parametrize(
    "name", ["\ud7ff", "\U0010ffff", "a\U0010ffff", 'a"b', "a\\b", "{a,b}", "null", "%s"]
)
def test_no_sign_in_a_name_breaks_the_search(name):
    invented.finished_run()
    assert (
        found(Sought(first_name=name, surname=name, birth_date=date(2011, 2, 3), postcode=name, number=name))
        == []
    )


def test_a_nickname_and_a_swapped_name_find_her():
    invented.finished_run()
    school = invented.three_agencies()[invented.SCHOOL]
    child = invented.child("Elizabeth", "Larkfield", sex="F", age=14, school=school)
    assert found(Sought(first_name="Lizzie", surname="Larkfield", age=14)) == [child.id]
    assert found(Sought(first_name="Larkfield", surname="Elizabeth", age=14)) == [child.id]
    assert found(Sought(first_name="Lizzie", age=14, school="Larch Hill")) == [child.id]
    assert found(Sought(first_name="Elisabeth", surname="Larkfeild")) == [child.id]


def test_what_a_night_publishes_is_found_from_that_transaction_on():
    invented.finished_run()
    school = invented.three_agencies()[invented.SCHOOL]
    child = invented.child("Kirsty", "Smith", sex="F", age=14, school=school)
    rows = [
        {"key": "k" * 64, "person_id": child.id, "agency_code": "a", "first_on": date(2026, 1, 1), "last_on": None,
         "first_name": "Zofia", "middle_names": None, "surname": "Nowak", "kind": "as recorded"}
    ]  # fmt: skip
    publish_rows(Name, pa.Table.from_pylist(rows).to_batches(), run=1)
    assert found(Sought(first_name="Sofia", surname="Novak")) == [child.id]


def test_no_night_ends_the_name_of_somebody_founded_by_day():
    invented.finished_run()
    person = Person.objects.create(id="d" * 32, founded_by_day=True)
    Name.objects.create(key="day", person=person, since_run=1, by_day=True, first_name="Ada", surname="Day")
    publish_rows(Name, [], run=2)
    assert Name.objects.get(person=person).until_run is None


def test_a_home_withheld_by_day_finds_nobody_and_weighs_nothing(county):
    told = next(each for each in county if each.sought.postcode)
    by_home = Sought(postcode=told.sought.postcode, address=told.sought.address)
    bits = {one.person_id: one.bits for one in likely(told.sought, hidden=(), today=TODAY)}
    assert likely(by_home, hidden=(), today=TODAY, only={told.person_id})
    worker = invented.practitioner(
        "worker", Role.LEAD_PROFESSIONAL, invented.three_agencies()[invented.COUNCIL]
    )
    SafeContact.objects.create(
        person_id=told.person_id, flag=Flag.ADDRESS_WITHHELD, said_by="Her mother", said_on=TODAY, recorded_by=worker,
        recorded_at=timezone.now(),
    )  # fmt: skip
    assert not likely(by_home, hidden=(), today=TODAY, only={told.person_id})
    after = {one.person_id: one.bits for one in likely(told.sought, hidden=(), today=TODAY)}
    assert after[told.person_id] < bits[told.person_id]
