"""`rowan agencies add-person`: an account where there is no demonstration, and its agency where Rowan does not know it yet."""

import io

import pytest
from django.core.management import CommandError, call_command

from rowan.agencies.models import Agency, Practitioner
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db
ADA = ("agencies", "add-person", "ada", "--name", "Ada Minton", "--role", Role.ADMINISTRATOR.value)


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{invented.PASSWORD}\n"))


def test_an_agency_made_by_the_command_has_a_line_as_its_account_has():
    call_command(
        *ADA, "--agency", "council-899", "--agency-name", "Invented Council", "--agency-kind", "council"
    )
    assert Practitioner.objects.get().agency == Agency.objects.get(
        code="council-899", name="Invented Council"
    )
    added, made = Entry.objects.order_by("position")
    assert (added.did, added.by_kind, added.about_id) == ("added an agency", "operator", "council-899")
    assert made.did == "made an account"


def test_an_agency_that_is_known_is_not_added_again():
    invented.three_agencies()
    call_command(*ADA, "--agency", invented.COUNCIL)
    assert not Entry.objects.filter(did="added an agency").exists()


def test_an_agency_that_is_not_known_is_not_made_without_its_name_and_kind():
    with pytest.raises(CommandError, match="Give --agency-name and --agency-kind"):
        call_command(*ADA, "--agency", "council-899")
    assert not Agency.objects.exists() and not Entry.objects.exists()
