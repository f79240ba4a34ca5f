"""The way in, in a real browser: a password, a second step made on the first day, and the same person the day after."""

import re

import pytest
from playwright.sync_api import Page, expect

from rowan.audit_trail.models import Entry
from tests import people_in_tests as invented
from tests.acceptance.counted_by_hand import HALF_A_MINUTE
from tests.signing_in import code_now, with_app

PIN_AND_ENTER = 7  # six figures, where the device knows no finger; a finger is quicker


def with_virtual_key(page: Page) -> None:
    """A device that holds passkeys and always says that its owner is there."""
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
    with_virtual_key(page)
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


@pytest.mark.django_db(transaction=True)
def test_signing_in_with_an_app_takes_less_than_half_a_minute(hand, world):
    """From the page of signing in; taking the telephone out and reading the code are not counted."""
    secret, page = with_app(world.triage), hand.page
    hand.open("/sign-in/", "Sign in to Rowan")
    hand.type("User name", "triage")
    hand.type("Password", invented.PASSWORD)
    hand.press(page.get_by_role("button", name="Sign in", exact=True), "Show that it is you")
    hand.type("Code", code_now(secret))
    hand.press(page.get_by_role("button", name="Continue"), "Questions for me")
    hand.done("Signing in with a password and an app")
    assert Entry.objects.filter(did="signed in", by_name="Tamsin Okoro").count() == 1
    assert (hand.clicks, hand.keys, hand.pages) == (5, 36, 3)
    assert hand.seconds < HALF_A_MINUTE


@pytest.mark.django_db(transaction=True)
def test_signing_in_with_a_passkey_takes_less_than_half_a_minute(scripted_hand, world):
    """A passkey is a script's work: without scripts the page offers none."""
    hand, page = scripted_hand, scripted_hand.page
    with_virtual_key(page)
    type_password(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("button", name="Sign out").click()

    hand.open("/sign-in/", "Sign in to Rowan")
    hand.type_at_the_device(PIN_AND_ENTER)
    hand.press(page.get_by_role("button", name="Sign in with a passkey"), "Questions for me")
    hand.done("Signing in with a passkey")
    assert Entry.objects.filter(did="signed in").last().particulars == {"with": "passkey"}
    assert (hand.clicks, hand.keys, hand.pages) == (1, PIN_AND_ENTER, 2)
    assert hand.seconds < HALF_A_MINUTE
