"""On a telephone: what stands in columns at a desk stands in cards."""

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
