"""On a telephone: what stood in columns stands in cards, and a child's page does not begin with twenty links."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.acceptance.conftest import sign_in
from tests.acceptance.visits_of_assessments import assess_something

PHONE = {"width": 390, "height": 844}


@pytest.mark.django_db(transaction=True)
def test_what_is_overdue_is_seen_on_a_phone_without_moving_the_list_sideways(page, world):
    assess_something(world, timezone.now())
    sign_in(page, "social-worker")
    page.set_viewport_size(PHONE)
    page.goto("/assessments/")
    cell = page.locator("td[data-column=Overdue]")
    expect(cell).to_be_visible()
    box = cell.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


@pytest.mark.django_db(transaction=True)
def test_the_groups_of_a_childs_contents_begin_closed_on_a_phone_and_open_at_a_desk(page, world):
    sign_in(page, "social-worker")
    groups = page.locator(".rowan-contents > details")
    page.goto(f"/children/{world.girl.pk}/")
    expect(page.get_by_role("link", name="Safety plan")).to_be_visible()
    page.set_viewport_size(PHONE)
    page.goto(f"/children/{world.girl.pk}/")
    if page.locator("body.js-enabled").count():
        expect(page.get_by_role("link", name="Safety plan")).to_be_hidden()
        groups.nth(1).locator("summary").click()
    expect(page.get_by_role("link", name="Safety plan")).to_be_visible()
