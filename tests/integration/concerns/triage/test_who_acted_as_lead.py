"""How urgent a concern is, which child it is about and who somebody turned out to be say who acted as lead."""

import pytest
from django.test import Client

from rowan.audit_trail.models import Entry as Line
from rowan.concerns.actions import part_known, triage
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(desk):
    return invented.acting_lead(desk.officer)


def page(who, path: str) -> str:
    client = Client()
    client.force_login(who)
    return client.get(path).content.decode()


def acting_on_the_trail(did: str) -> bool:
    return Line.objects.get(did=did, refused_because="").particulars["acting"]


def set_urgency(desk, concern, by):
    opened_on = triage.version_of(concern.urgencies.last())
    said = {"urgency": "red", "why": "She said tonight", "opened_on": opened_on}
    triage.set_urgency(concern.pk, **said, by=by, now=desk.now)
    return concern.urgencies.last()


def say_who(desk, concern):
    said = {"person_id": desk.girl.pk, "how_known": "Same school", "opened_on": "none"}
    triage.say_who(concern.pk, **said, by=desk.officer, now=desk.now)
    return concern.matched.get()


def test_how_urgent_it_is_says_it_and_so_does_its_page(desk, words):
    concern = desk.concern()
    assert set_urgency(desk, concern, desk.officer).acting_as == words
    assert acting_on_the_trail("set how urgent a concern is") is True
    assert f"Priya Nair ({words})" in page(desk.officer, f"/concerns/triage/{concern.pk}/")


def test_said_by_somebody_else_how_urgent_it_is_is_in_nobodys_place(desk, words):
    concern = desk.concern()
    assert set_urgency(desk, concern, desk.colleague).acting_as == ""
    assert acting_on_the_trail("set how urgent a concern is") is False


def test_which_child_it_is_about_says_it_and_so_does_its_page(desk, words):
    concern = desk.concern()
    assert say_who(desk, concern).acting_as == words
    assert acting_on_the_trail("said which child a concern is about") is True
    assert f"Priya Nair ({words})" in page(desk.officer, f"/concerns/triage/{concern.pk}/")


def test_who_somebody_turned_out_to_be_says_it_and_so_does_their_page(desk, words):
    concern = desk.concern(names=[("Taz", "driver of a silver hatchback")])
    by = {"by": desk.officer, "now": desk.now}
    part = part_known.found_part_known(concern.pk, name_id=concern.names_heard.get().pk, **by)
    resolved = part_known.resolve(part.pk, into=desk.boy.pk, how_known="The plate, looked up singly", **by)
    assert resolved.acting_as == words
    assert acting_on_the_trail("resolved a part-known person") is True
    assert f"Priya Nair ({words})" in page(desk.officer, f"/concerns/triage/part-known/{part.pk}/")
