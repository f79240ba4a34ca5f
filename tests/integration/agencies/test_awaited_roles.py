"""One administrator alone gives nobody a role that approves what takes two people: a second person confirms it, and has the password."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from rowan.access.openings import REVIEWERS
from rowan.agencies import accounts, awaited_roles
from rowan.agencies.account_details import details_version
from rowan.agencies.models import AwaitedRole, Practitioner, SecondFactorReset
from rowan.agencies.rules.accounts import CONFIRMS_A_RESET
from rowan.agencies.rules.roles import APPROVES_FOR_TWO, Role
from rowan.assessments.rules.who import APPROVES as SECOND_OF_AN_ASSESSMENT
from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed, NotPossible, SomebodyWasFirst
from rowan.sharing.actions.approvals import approve, ask_for_two
from rowan.sharing.rules.approvals import APPROVES
from tests import people_in_tests as invented
from tests.signing_in import factors, with_app

GOVERNANCE = Role.INFORMATION_GOVERNANCE.value


@pytest.fixture
def council(db):
    return invented.three_agencies()[invented.COUNCIL]


@pytest.fixture
def people(council):
    roles = {
        "administrator": Role.ADMINISTRATOR,
        "second-administrator": Role.ADMINISTRATOR,
        "manager": Role.APPROVING_MANAGER,
        "mentor": Role.MENTOR,
    }
    return {name: invented.practitioner(name, role, council) for name, role in roles.items()}


def made(people, council, role=GOVERNANCE):
    return accounts.make_account(
        by=people["administrator"], now=timezone.now(), username="new.officer", display_name="Noor Officer", role=role, agency=council
    )  # fmt: skip


def wants(people, role=GOVERNANCE, **more):
    given = {"by": people["administrator"], "now": timezone.now(), "why": "Looks after it now"} | more
    accounts.change_role(people["mentor"], role=role, **given)
    return AwaitedRole.objects.get(practitioner=people["mentor"], decided_at=None)


def signs_in(username, password) -> bool:
    answer = Client().post("/sign-in/", {"login": username, "password": password})
    return answer.status_code == 302


def test_every_role_that_approves_is_among_them():
    approves = frozenset().union(*APPROVES.values())
    assert approves | SECOND_OF_AN_ASSESSMENT | CONFIRMS_A_RESET | set(REVIEWERS) <= APPROVES_FOR_TWO


def test_a_new_account_stays_shut_and_its_password_is_the_second_persons(client, people, council):
    client.force_login(people["administrator"])
    page = client.post(
        "/accounts/new/",
        {"username": "new.officer", "display_name": "Noor Officer", "role": GOVERNANCE, "agency": council.pk},
        follow=True,
    ).content.decode()
    officer = Practitioner.objects.get(username="new.officer")
    assert "a second person who approves already has to confirm it first" in page and "rowan-key" not in page
    assert not officer.is_active and not officer.has_usable_password()
    waits = AwaitedRole.objects.get()
    assert client.post(f"/accounts/roles/{waits.pk}/").status_code == 403, "whoever asked"
    assert "asked for this yourself" in client.get(f"/accounts/roles/{waits.pk}/").content.decode()

    second = Client()
    second.force_login(people["manager"])
    assert "Roles that wait" in second.get("/who-answers/").content.decode()
    assert "Noor Officer" in second.get("/accounts/roles/").content.decode()
    here = f"/accounts/roles/{waits.pk}/"
    opened = re.search(r'name="opened_on" value="(\w+)"', second.get(here).content.decode())[1]
    shown = second.post(here, {"opened_on": opened}, follow=True).content.decode()
    password = re.search(r'<code class="rowan-key">([a-z0-9-]{19})</code>', shown)[1]
    assert "rowan-key" not in second.get(here).content.decode()
    assert password not in client.get(f"/accounts/{officer.pk}/").content.decode()
    officer.refresh_from_db()
    assert officer.is_active and officer.password_to_change and signs_in("new.officer", password)
    line = Entry.objects.get(did="confirmed a role that approves", refused_because="")
    assert line.particulars == {"from": "", "to": GOVERNANCE, "asked by": people["administrator"].pk}
    assert password not in str(list(Entry.objects.values_list("particulars", "why")))


@pytest.mark.parametrize("role", sorted(APPROVES_FOR_TWO))
def test_each_of_those_roles_waits(people, council, role):
    person, password = made(people, council, role.value)
    assert not person.is_active and password == "" and AwaitedRole.objects.get().role == role


def test_a_role_is_not_held_until_a_second_person_confirms_it(people):
    mentor = people["mentor"]
    waits = wants(people)
    mentor.refresh_from_db()
    assert mentor.role == Role.MENTOR and mentor.is_active
    awaited_roles.confirm(waits, by=people["manager"], now=timezone.now())
    mentor.refresh_from_db()
    assert mentor.role == GOVERNANCE and mentor.check_password(invented.PASSWORD)
    with pytest.raises(SomebodyWasFirst, match="decided already"):
        awaited_roles.confirm(waits, by=people["second-administrator"], now=timezone.now())
    assert Entry.objects.filter(did="confirmed a role that approves", refused_because="").count() == 1


def test_whoever_waits_approves_nothing(people, council):
    """The way this is for: one administrator is to be both who asks and who approves."""
    asker = invented.practitioner("analyst", Role.ANALYST, council)
    approval = ask_for_two("bulk_export", token="00000000-0000-4000-8000-000000000001", about_kind="register", about_id="1", particulars={}, why="The yearly look", by=asker, now=timezone.now())  # fmt: skip
    waits = wants(people)
    with pytest.raises(NotAllowed, match="does not approve"):
        approve(approval, by=Practitioner.objects.get(pk=people["mentor"].pk), now=timezone.now())
    awaited_roles.confirm(waits, by=people["manager"], now=timezone.now())
    approve(approval, by=Practitioner.objects.get(pk=people["mentor"].pk), now=timezone.now())


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("administrator", "asked for this yourself"),
        ("mentor", "already approve"),
        ("other-mentor", "already approve"),
    ],
)
def test_who_cannot_be_the_second_person(people, council, who, why):
    people["other-mentor"] = invented.practitioner("other-mentor", Role.MENTOR, council)
    waits = wants(people)
    with pytest.raises(NotAllowed, match=why):
        awaited_roles.confirm(waits, by=people[who], now=timezone.now())
    assert AwaitedRole.objects.get().decided_at is None
    assert Entry.objects.refused().filter(did="confirmed a role that approves").count() == 1


def test_one_who_approves_already_does_not_confirm_another_role_of_her_own(people):
    accounts.change_role(people["manager"], role=GOVERNANCE, why="Moves", by=people["administrator"], now=timezone.now())  # fmt: skip
    with pytest.raises(NotAllowed, match="your own account"):
        awaited_roles.confirm(AwaitedRole.objects.get(), by=people["manager"], now=timezone.now())


def test_the_database_keeps_them_two(people):
    waits = wants(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        AwaitedRole.objects.filter(pk=waits.pk).update(
            decided_by=waits.asked_by, decided_at=timezone.now(), confirmed=True
        )


def test_what_was_put_in_its_place_meanwhile_is_not_confirmed(people, council):
    made(people, council)
    waits = AwaitedRole.objects.get()
    opened = awaited_roles.version(waits)
    Practitioner.objects.filter(pk=waits.practitioner_id).update(email="somebody-else@invented.example")
    with pytest.raises(NotPossible, match="was changed since"):
        awaited_roles.confirm(waits, by=people["manager"], now=timezone.now(), opened_on=opened)
    accounts.change_role(waits.practitioner, role=Role.MENTOR.value, why="x", by=people["administrator"], now=timezone.now())  # fmt: skip
    with pytest.raises(NotPossible, match="was changed since"):
        awaited_roles.confirm(waits, by=people["manager"], now=timezone.now())
    waits.practitioner.refresh_from_db()
    assert not waits.practitioner.is_active


def test_an_account_that_ended_meanwhile_gets_no_role(people):
    waits = wants(people)
    accounts.end_account(people["mentor"], why="Has left", by=people["administrator"], now=timezone.now())
    with pytest.raises(SomebodyWasFirst):
        awaited_roles.confirm(waits, by=people["manager"], now=timezone.now())


def test_it_is_turned_down_and_taken_back(client, people):
    first = wants(people)
    client.force_login(people["manager"])
    assert client.post(f"/accounts/roles/{first.pk}/turn-down/").status_code == 302
    assert client.post(f"/accounts/roles/{first.pk}/turn-down/").status_code == 409
    second = wants(people)
    awaited_roles.turn_down(second, by=people["administrator"], now=timezone.now())
    people["mentor"].refresh_from_db()
    assert people["mentor"].role == Role.MENTOR
    assert Entry.objects.filter(did="turned down a role that approves", refused_because="").count() == 2


def test_a_second_press_asks_once_and_another_asker_sees_what_waits(people):
    for _ in range(2):
        waits = wants(people)
    assert Entry.objects.filter(did="asked for a role that approves").count() == 1
    with pytest.raises(SomebodyWasFirst, match="waits for a second person already") as first:
        wants(people, Role.APPROVING_MANAGER.value, by=people["second-administrator"])
    assert first.value.both[0].now == "Information governance officer"
    assert AwaitedRole.objects.get() == waits


def test_in_an_empty_home_the_operator_confirms(people, council, capsys):
    made(people, council)
    call_command("agencies", "confirm-role", "new.officer")
    password = re.search(r"password  (\S+)", capsys.readouterr().out)[1]
    assert signs_in("new.officer", password)
    assert Entry.objects.get(did="confirmed a role that approves").by_kind == "operator"


# ---- the ways round it


def test_no_password_to_an_approver_who_has_no_second_step_is_one_administrators(client, people):
    client.force_login(people["administrator"])
    manager = people["manager"]
    opened = {"opened_on": accounts.password_version(manager)}
    page = client.post(f"/accounts/{manager.pk}/starting-password/", opened, follow=True).content.decode()
    assert "rowan-key" not in page and "Something waits for a second person" in page
    manager.refresh_from_db()
    assert manager.check_password(invented.PASSWORD)
    password = awaited_roles.confirm(
        AwaitedRole.objects.get(), by=people["second-administrator"], now=timezone.now()
    )
    manager.refresh_from_db()
    assert manager.check_password(password) and manager.password_to_change


def test_a_password_given_before_a_second_step_is_reset_is_worth_nothing_after(people):
    manager, admin, now = people["manager"], people["administrator"], timezone.now()
    with_app(manager)
    known = accounts.give_starting_password(manager, by=admin, now=now)
    assert known and not AwaitedRole.objects.exists()
    accounts.ask_for_reset(manager, why="Lost her phone", by=admin, now=now)
    accounts.confirm_reset(SecondFactorReset.objects.get(), by=people["second-administrator"], now=now + timedelta(hours=1))  # fmt: skip
    manager.refresh_from_db()
    assert factors(manager) == [] and not manager.check_password(known)
    assert not signs_in("manager", known)


def test_whom_an_agencys_own_sign_in_would_let_in_is_not_one_administrators_to_say(client, people):
    client.force_login(people["administrator"])
    manager = people["manager"]
    said = {
        "display_name": manager.display_name,
        "agency": manager.agency_id,
        "phone": manager.phone,
        "opened_on": details_version(manager),
    }
    address = f"/accounts/{manager.pk}/details/"
    refused = client.post(address, said | {"email": "me@invented.example"})
    assert refused.status_code == 409 and "a second person confirms it" in refused.content.decode()
    manager.refresh_from_db()
    assert manager.email == ""
    assert client.post(address, said | {"phone": "01632 960555"}).status_code == 302
