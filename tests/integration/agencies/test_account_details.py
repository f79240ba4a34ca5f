"""An administrator changes a name, phone, e-mail, team or agency; the trail says which, and never what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rowan.agencies import api_clients
from rowan.agencies.account_details import details_version
from rowan.agencies.models import ApiClient
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from rowan.timescales.actions import start_clock
from tests import people_in_tests as invented
from tests.signing_in import with_app


@pytest.fixture
def agencies(db):
    return invented.three_agencies()


@pytest.fixture
def council(agencies):
    return agencies[invented.COUNCIL]


@pytest.fixture
def mentor(council):
    return invented.practitioner("mentor", Role.MENTOR, council, "Idris Vale")


@pytest.fixture
def as_admin(client, council):
    client.force_login(invented.practitioner("administrator", Role.ADMINISTRATOR, council))
    return client


def said(person, **other):
    return {
        "display_name": person.display_name, "agency": person.agency_id, "team": "", "email": person.email, "phone": person.phone,
        "opened_on": details_version(person),
    } | other  # fmt: skip


def send(client, person, **other):
    return client.post(f"/accounts/{person.pk}/details/", said(person, **other))


def lines():
    return Entry.objects.filter(did="changed an account", refused_because="")


def test_the_trail_says_which_and_never_what(as_admin, mentor):
    page = as_admin.get(f"/accounts/{mentor.pk}/details/").content.decode()
    assert "Idris Vale" in page and "01632 960100" in page
    answer = send(as_admin, mentor, phone="01632 960777", email="idris@invented.example", team="Mentors")
    assert answer.status_code == 302
    mentor.refresh_from_db()
    assert (mentor.phone, mentor.email, mentor.team.name) == ("01632 960777", "idris@invented.example", "Mentors")  # fmt: skip
    assert (mentor.display_name, mentor.role, mentor.is_active) == ("Idris Vale", Role.MENTOR, True)
    assert lines().get().particulars == {"fields": ["email", "phone", "team"]}
    assert "960777" not in str(list(Entry.objects.values_list("particulars", "why", "refused_because")))


def test_the_same_again_is_nothing_more(as_admin, mentor):
    once = said(mentor, phone="01632 960777")
    for _ in range(2):
        assert as_admin.post(f"/accounts/{mentor.pk}/details/", once).status_code == 302
    assert lines().count() == 1


def test_the_second_of_two_sees_both_versions_and_may_send_hers(as_admin, mentor):
    opened = details_version(mentor)
    send(as_admin, mentor, phone="01632 960111")
    second = send(as_admin, mentor, phone="01632 960222", opened_on=opened)
    page = second.content.decode()
    assert second.status_code == 409 and "01632 960111" in page and "01632 960222" in page
    mentor.refresh_from_db()
    assert mentor.phone == "01632 960111"
    assert send(as_admin, mentor, phone="01632 960222").status_code == 302
    mentor.refresh_from_db()
    assert mentor.phone == "01632 960222"


@pytest.mark.parametrize("role", [Role.INFORMATION_GOVERNANCE, Role.MENTOR])
def test_nobody_else_and_nobody_her_own(client, council, mentor, role):
    other = invented.practitioner("other", role, council)
    client.force_login(other)
    assert send(client, mentor, phone="1").status_code == 403
    admin = invented.practitioner("administrator", Role.ADMINISTRATOR, council)
    client.force_login(admin)
    assert send(client, admin, phone="1").status_code == 403
    assert not lines().exists() and Entry.objects.refused().count() == 2


def test_who_moves_to_another_agency_leaves_the_work_and_signs_in_again(as_admin, client, agencies, mentor):
    council, police = agencies[invented.COUNCIL], agencies[invented.POLICE]
    now = timezone.now()
    clock = start_clock(
        what="a question", about_kind="invented", about_id=1, due_on=timezone.localdate() + timedelta(days=30), now=now, owner=mentor
    )  # fmt: skip
    api_clients.make_client(agency=council, name="Case management", scopes=["feeds:read"], answered_for_by=mentor, by=OPERATOR, now=now)  # fmt: skip
    refused = send(as_admin, mentor, agency=police.pk)
    assert refused.status_code == 409 and "would be left with nobody" in refused.content.decode()
    mentor.refresh_from_db()
    assert mentor.agency == council and not ApiClient.objects.get().ended_at
    chief = invented.practitioner("chief", Role.SAFEGUARDING_LEAD, council)
    invented.post(PostKind.CHIEF_OFFICER, council, chief)
    with_app(mentor)
    assert send(as_admin, mentor, agency=police.pk).status_code == 302
    mentor.refresh_from_db()
    clock.refresh_from_db()
    assert (mentor.agency, clock.owner) == (police, chief)
    assert ApiClient.objects.get().ended_at
    assert lines().get().particulars == {"fields": ["agency"], "passed on": 1}


def test_who_sits_in_a_post_of_the_agency_leaves_the_post_first(as_admin, agencies, mentor):
    invented.post(PostKind.TRIAGE, mentor.agency, mentor)
    answer = send(as_admin, mentor, agency=agencies[invented.POLICE].pk)
    assert answer.status_code == 409 and "End that seat first" in answer.content.decode()
