"""Every arrest asks whether somebody exploited the child: those that nobody has asked about stand in one list, with whose move it is and by when."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Restriction, Why
from rowan.audit_trail.models import Entry as Line
from rowan.concerns import arrests
from rowan.concerns.actions import protections
from rowan.people.models import KnownAs
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented

PATH = "/concerns/arrests/"


def arrested(child, days=3, **more):
    return invented.happened(
        child, invented.days_ago(days), "arrested", "Arrested", by=invented.POLICE, compartment="police", **more
    )  # fmt: skip


def listed(client) -> str:
    page = client.get(PATH)
    assert page.status_code == 200
    return page.content.decode()


def test_an_arrest_waits_with_whom_the_rule_asks_until_section_45_is_considered(client, desk):
    desk.open_girl()
    arrest = arrested(desk.girl)
    client.force_login(desk.worker)
    page = listed(client)
    assert "Amina Larkfield" in page and "1 arrest still asks" in page
    assert "The youth justice service" in page
    assert reverse("concerns:protections", args=[desk.girl.pk]) in page
    [row] = arrests.waiting(desk.worker, timezone.localdate())
    assert row.due_on == add_working_days(arrest.known_on, 2)
    shown = Line.objects.filter(did="looked at the arrests that wait for their question").last()
    assert (shown.by_name, shown.by_role) == ("Joan Eccles", desk.worker.role)
    said = {"token": uuid4(), "person_id": desk.girl.pk, "about": "section_45", "entry_key": arrest.key}
    protections.begin(**said, by=desk.worker, now=desk.now)
    assert "No arrest of a child whose record you may see still asks" in listed(client)


def test_whoever_the_question_was_put_to_has_it_by_the_questions_day(client, desk):
    desk.open_girl()
    arrested(desk.girl)
    asked = invented.question(
        desk.girl, "child_arrested", rows=[(invented.POLICE, invented.days_ago(3), "Arrested")], to=desk.worker, figures={}
    )  # fmt: skip
    asked.reasons.update(happened_on=invented.days_ago(3))
    [row] = arrests.waiting(desk.worker, timezone.localdate())
    assert (row.whose, row.due_on) == ("Joan Eccles", asked.due_on)


def test_what_is_due_first_stands_on_top_and_what_is_over_is_late(client, desk):
    desk.open_girl()
    arrested(desk.girl, 2)
    arrested(desk.girl, 60, known_on=invented.days_ago(50))
    first, second = arrests.waiting(desk.worker, timezone.localdate())
    assert (first.happened_on, first.is_late(), second.is_late()) == (invented.days_ago(60), True, False)


def test_a_child_hidden_or_not_worked_with_and_a_role_without_police_reports_are_in_no_number(client, desk):
    desk.open_girl()
    arrested(desk.girl)
    arrested(desk.boy)
    invented.involve(desk.girl, desk.council, Why.WORKING_WITH, practitioner=desk.mentor)
    today = timezone.localdate()
    assert [row.child.person_id for row in arrests.waiting(desk.worker, today)] == [desk.girl.pk]
    assert arrests.waiting(desk.mentor, today) == []
    Restriction.objects.create(
        person_id=desk.girl.pk, why="staff family", owner=desk.manager, set_by="operator"
    )
    assert arrests.waiting(desk.worker, today) == []


def test_an_arrest_as_an_adult_asks_nothing_here_and_one_without_a_birth_date_does(desk):
    desk.open_girl()
    arrested(desk.girl)
    KnownAs.objects.filter(person=desk.girl).update(
        birth_date=invented.days_ago(3) - timedelta(days=19 * 366)
    )
    assert arrests.waiting(desk.worker, timezone.localdate()) == []
    KnownAs.objects.filter(person=desk.girl).update(birth_date=None)
    assert len(arrests.waiting(desk.worker, timezone.localdate())) == 1


def test_the_list_costs_as_many_queries_for_twelve_children_as_for_one(
    client, desk, django_assert_max_num_queries
):
    client.force_login(desk.worker)
    desk.open_girl()
    arrested(desk.girl)
    listed(client)
    with django_assert_max_num_queries(40) as one:
        listed(client)
    for number in range(11):
        child = invented.child(f"Child{number}", "Larkfield", sex="F", age=14, school=desk.school)
        invented.involve(child, desk.council, Why.ALLOCATED_WORKER, "Joan Eccles", practitioner=desk.worker)
        arrested(child, days=number + 2)
    with django_assert_max_num_queries(40) as twelve:
        assert "12 arrests still ask" in listed(client)
    assert len(twelve) == len(one)


def test_it_is_linked_from_triage_and_from_the_head_of_every_page_of_those_who_see_such_reports(client, desk):
    client.force_login(desk.officer)
    assert client.get("/concerns/triage/").content.decode().count(PATH) == 2
    client.force_login(desk.mentor)
    assert PATH not in client.get("/questions/").content.decode()
