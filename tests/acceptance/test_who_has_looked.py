"""Information governance in a real browser: from a question about looks to who has looked at that record, and to its answer."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rowan.agencies.rules.roles import Role
from rowan.single_view.models import LooksQuestion
from rowan.single_view.patterns import look_for_patterns
from tests import people_in_tests as invented
from tests.acceptance.conftest import sign_in, violations
from tests.lines_in_tests import Left, leave

HOW_KNOWN = "No relation: she and her manager both say so"


@pytest.mark.django_db(transaction=True)
def test_governance_opens_who_has_looked_and_answers_a_question(scripted_page, world):
    page, council = scripted_page, world.agencies[invented.COUNCIL]
    invented.practitioner("governance", Role.INFORMATION_GOVERNANCE, council, "Gwen Farrow")
    cousin = invented.practitioner("cousin", Role.LEAD_PROFESSIONAL, council, "Carys Larkfield")
    leave([Left(cousin, timezone.now(), world.girl.id, "reason")])
    look_for_patterns(timezone.now())

    sign_in(page, "governance")
    page.get_by_role("link", name="Questions about looks").first.click()
    expect(page).to_have_title(re.compile("^Questions about looks"))
    assert violations(page) == []
    page.get_by_role("link", name="Looked at a child who shares their surname").click()
    expect(page.get_by_text("One child known to the hub bears it")).to_be_visible()
    assert violations(page) == [] and "Amina" not in page.content()

    page.get_by_role("link", name=f"Who has looked at record {world.girl.id}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who has looked at this record")
    expect(page.get_by_role("table", name="Everybody who has looked")).to_contain_text("Carys Larkfield")
    page.get_by_label("Kind of look").select_option(label="Refused")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Nothing here matches what you asked for.")).to_be_visible()
    assert violations(page) == [] and "Amina" not in page.content()

    page.get_by_role("link", name="Questions about looks").first.click()
    page.get_by_role("link", name="Looked at a child who shares their surname").click()
    page.get_by_role("button", name="Save the answer").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert violations(page) == []
    page.get_by_label("Explained", exact=True).check()
    page.get_by_label("How you know, what was looked into, or whom you told").fill(HOW_KNOWN)
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("No question is waiting.")).to_be_visible()
    assert LooksQuestion.objects.get().words == HOW_KNOWN
