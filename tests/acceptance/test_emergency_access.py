"""Emergency access in a real browser: asked for with a reason, shown while it lasts, ended, and reviewed by somebody else."""

import re

import pytest
from playwright.sync_api import expect

from rowan.access.models import Opening
from rowan.agencies.rules.roles import Role
from tests import people_in_tests as invented
from tests.acceptance.conftest import keep_picture, sign_in, violations
from tests.acceptance.counted_by_hand import HALF_A_MINUTE

WHY = "Her home rang: she is not back and nobody answers"


@pytest.mark.django_db(transaction=True)
def test_a_worker_without_a_part_opens_a_record_in_an_emergency_and_governance_reviews_it(
    scripted_page, world
):
    page = scripted_page
    invented.practitioner(
        "governance", Role.INFORMATION_GOVERNANCE, world.agencies[invented.COUNCIL], "Gwen Farrow"
    )
    address = f"/children/{world.girl.id}/"
    sign_in(page, "youth-justice")
    page.goto(address)
    assert "Nothing here that you may see" in page.title()
    assert violations(page) == []
    page.get_by_role("link", name="use emergency access").click()
    page.get_by_role("button", name="Open the record").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert violations(page) == []
    page.get_by_label("What is the emergency?").fill(WHY)
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amina Larkfield")
    expect(page.get_by_text("You are here by emergency access").first).to_be_visible()
    assert violations(page) == []
    keep_picture(page, "emergency-access-childs-page")
    # The banner stands on every page while it lasts.
    page.goto("/questions/rules/")
    banner = page.get_by_role("region", name="Emergency access 1")
    assert banner.is_visible() and violations(page) == []
    banner.get_by_role("button", name="End it now").click()
    expect(page.get_by_role("region", name="Emergency access 1")).to_have_count(0)
    page.goto(address)
    assert "Nothing here that you may see" in page.title()

    page.context.clear_cookies()
    sign_in(page, "governance")
    page.goto("/emergency-access/")
    assert WHY in page.content() and "Larkfield" not in page.content() and violations(page) == []
    page.get_by_role("link", name="Review the access of Yusuf Barrett").click()
    page.get_by_label("Justified", exact=True).check()
    page.get_by_label("How you know, and what happens now").fill("The home confirmed that they had rung")
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_text("None is waiting")).to_be_visible()
    assert Opening.objects.get().justified is True


@pytest.mark.django_db(transaction=True)
def test_emergency_access_takes_less_than_half_a_minute(hand, world):
    """From the page that refuses the record to the record itself."""
    page = hand.page
    sign_in(page, "youth-justice")
    hand.open(f"/children/{world.girl.id}/", "Nothing here that you may see")
    hand.press(page.get_by_role("link", name="use emergency access"), "Emergency access")
    hand.type("What is the emergency?", WHY)
    hand.press(page.get_by_role("button", name="Open the record"), "Amina Larkfield")
    hand.done("Emergency access")
    opened = Opening.objects.get()
    assert (opened.why, opened.practitioner.username) == (WHY, "youth-justice")
    assert (hand.clicks, hand.keys, hand.pages) == (3, len(WHY), 3)
    assert hand.seconds < HALF_A_MINUTE
