"""The way in, in a real browser: a password, a second step made on the first day, and the same person the day after."""

import re

import pytest
from playwright.sync_api import Page, expect

from rowan.audit_trail.models import Entry
from tests import people_in_tests as invented
from tests.signing_in import code_now


def type_password(page: Page, username: str = "triage") -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(invented.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_on_the_first_day_and_asked_for_on_the_second(page, world):
    type_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Make your second step")
    page.get_by_role("link", name="Set up an authenticator app").click()
    secret = page.locator("code.rowan-key").inner_text().replace(" ", "")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("The code is not right")
    page.get_by_label("Code").fill(code_now(secret))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    expect(page.locator("code.rowan-key")).to_have_count(10)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions for me")

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to Rowan")
    type_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Show that it is you")
    page.get_by_label("Code").fill(code_now(secret, steps_on=1))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions for me")
    assert Entry.objects.filter(did="signed in", by_name="Tamsin Okoro").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_passkey_signs_in_by_itself(scripted_page, world):
    page = scripted_page
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    key.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    type_password(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.goto("/account/second-factor/")
    expect(page.get_by_role("rowheader", name="Work laptop")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/questions/$"))
    assert Entry.objects.filter(did="signed in").last().particulars == {"with": "passkey"}

    # After a password it is the second step.
    page.get_by_role("button", name="Sign out").click()
    type_password(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/questions/$"))
    assert Entry.objects.filter(did="signed in").last().particulars == {"with": "password and passkey"}
