"""To the council's own sign-in and back, in a real browser: two servers, one password, and never Rowan's."""

import os
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rowan.agencies import own_sign_in
from rowan.audit_trail.actions import OPERATOR
from rowan.audit_trail.models import Entry
from tests import councils_provider
from tests import people_in_tests as invented
from tests.acceptance.conftest import keep_picture, violations

BACK = f"/sign-in/agency/{invented.COUNCIL}/back/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory, live_server):
    with councils_provider.running(tmp_path_factory.mktemp("council"), live_server.url + BACK) as provider:
        yield provider


@pytest.fixture
def tamsin(world, provider):
    """Known to both: the council vouches for her address, and Rowan has an account with it."""
    provider.says(auth_time=int(time.time()), amr=["mfa"])
    own_sign_in.set_up(
        agency=world.agencies[invented.COUNCIL],
        issuer=provider.issuer,
        client_id=councils_provider.CLIENT_ID,
        client_secret=councils_provider.CLIENT_SECRET,
        domains=["council.example"],
        trusted_amr=["mfa"],
        by=OPERATOR,
        now=timezone.now(),
    )
    world.triage.email = "tamsin@council.example"
    world.triage.save()
    return world.triage


def sign_in_at_the_council(page, who: str) -> None:
    page.get_by_role("link", name="Sign in with your agency").click()
    page.get_by_role("link", name="Invented Council").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in with Invented Council")
    page.get_by_role("button", name="Continue").click()
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill(councils_provider.PASSWORD)
    page.locator("form button[type=submit]").click()


@pytest.mark.django_db(transaction=True)
def test_somebody_signs_in_at_her_council_and_is_back_at_the_page_she_wanted(page, tamsin):
    page.goto("/who-answers/")
    sign_in_at_the_council(page, "tamsin")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who answers now")
    line = Entry.objects.get(did="signed in")
    assert (line.by_name, line.particulars) == ("Tamsin Okoro", {"with": "own sign-in and its second step"})


@pytest.mark.django_db(transaction=True)
def test_whoever_has_no_account_and_whose_council_is_down_are_told_what_to_do(
    scripted_page, tamsin, provider
):
    """Each page of it is read by axe; the policy of the pages themselves is held by the journey above."""
    page, faults = scripted_page, []

    def look(name: str) -> None:
        faults.extend(f"{name}: {fault}" for fault in violations(page))
        if os.environ.get("ROWAN_SHOTS"):
            keep_picture(page, f"own-sign-in {name}".replace(" ", "-"))
            page.set_viewport_size({"width": 1280, "height": 900})

    page.goto("/sign-in/")
    look("sign in")
    sign_in_at_the_council(page, "nobody-in-rowan")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rowan does not let you in")
    look("no account")
    provider.says(fault="down")
    page.get_by_role("link", name="Try again with Invented Council").click()
    look("go")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your agency’s sign-in does not work now")
    look("trouble")
    page.get_by_role("link", name="Sign in with a password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Rowan")
    assert faults == []
