"""In a real browser: who is let into a restricted record is changed by whoever answers for it, and an overdue review reaches a lead."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rowan.access.hiding import restrict
from rowan.access.models import Opening, Restriction
from rowan.access.openings import open_in_emergency
from rowan.access.reviewing import take_overdue_up
from rowan.agencies.demonstration_leads import make_leads
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented
from tests.acceptance.conftest import keep_picture, sign_in, violations


@pytest.mark.django_db(transaction=True)
def test_the_owner_lets_somebody_in_hands_the_record_over_and_the_next_takes_her_off(scripted_page, world):
    page = scripted_page
    council = world.agencies[invented.COUNCIL]
    for name in ("robin-a", "robin-b"):
        invented.practitioner(name, Role.MENTOR, council, "Robin Ashdown")
    invented.practitioner("manager", Role.APPROVING_MANAGER, council, "Mina Overton")
    restrict(
        person_id=world.girl.id, kind="staff_family", why="Her aunt works at the desk", owner=world.worker,
        by=world.worker, now=timezone.now(),
    )  # fmt: skip
    sign_in(page, "social-worker")
    page.goto(f"/children/{world.girl.id}/")
    expect(page.get_by_text("This record is restricted")).to_be_visible()
    page.get_by_role("link", name="Who is let into this record").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is let into this record")
    expect(page.get_by_text("Her aunt works at the desk")).to_be_visible()

    page.get_by_role("link", name="Let somebody else in").click()
    page.get_by_label("Their name or user name").fill("Ashdown")
    page.get_by_label("Why").fill("Meets her every week")
    page.get_by_role("button", name="Let them in").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert violations(page) == []
    keep_picture(page, "let-in-which-of-them")
    # What was typed is still there; only the choice is missing.
    expect(page.get_by_label("Why")).to_have_value("Meets her every week")
    page.get_by_label("Robin Ashdown, mentor, Invented Council (robin-b)").check()
    page.get_by_role("button", name="Let them in").click()
    expect(page.get_by_text("Robin Ashdown is let in.")).to_be_visible()
    assert violations(page) == []

    page.get_by_role("link", name="Hand the record to somebody else to answer for").click()
    page.get_by_label("Their name or user name").fill("manager")
    page.get_by_label("Why").fill("On leave from Monday")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text("Mina Overton answers for this record now.")).to_be_visible()
    assert Restriction.objects.get().owner.username == "manager"
    expect(page.get_by_role("link", name="Let somebody else in")).to_have_count(0)
    keep_picture(page, "restriction-handed-over")

    page.context.clear_cookies()
    sign_in(page, "manager")
    page.goto(f"/children/{world.girl.id}/restriction/")
    page.get_by_role("link", name="Take off Joan Eccles").click()
    page.get_by_label("Why").fill("She no longer works with her")
    page.get_by_role("button", name="Take them off").click()
    expect(page.get_by_text("Joan Eccles is no longer let in.")).to_be_visible()
    keep_picture(page, "restriction-taken-off")
    page.context.clear_cookies()
    sign_in(page, "social-worker")
    page.goto(f"/children/{world.girl.id}/")
    assert "Nothing here that you may see" in page.title()


@pytest.mark.django_db(transaction=True)
def test_an_overdue_review_is_told_to_a_lead_who_reviews_it(scripted_page, world):
    page, today = scripted_page, timezone.localdate()
    council = world.agencies[invented.COUNCIL]
    invented.practitioner("governance", Role.INFORMATION_GOVERNANCE, council, "Gwen Farrow")
    make_leads(today=today, by=OPERATOR)
    long_ago = timezone.now() - timedelta(days=10)
    open_in_emergency(person_id=world.girl.id, why="Seen at the station", by=world.justice, now=long_ago)
    take_overdue_up(timezone.make_aware(datetime.combine(add_working_days(today, 0), time(9))))

    sign_in(page, "governance")
    page.goto("/emergency-access/")
    expect(page.get_by_text("Overdue")).to_be_visible()
    expect(page.get_by_text("Head of Community Services answers.")).to_be_visible()
    assert violations(page) == []
    keep_picture(page, "overdue-review-for-governance")

    page.context.clear_cookies()
    sign_in(page, "council-lead-1")
    page.goto("/notices/")
    page.get_by_role("link", name="A review of an emergency access is overdue and has come to you").click()
    expect(page.get_by_text("Now with you.")).to_be_visible()
    assert "Larkfield" not in page.content() and violations(page) == []
    page.get_by_role("link", name="Review the access of Yusuf Barrett").click()
    page.get_by_label("Justified", exact=True).check()
    page.get_by_label("How you know, and what happens now").fill("The home confirmed that they had rung")
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_text("None is waiting")).to_be_visible()
    assert Opening.objects.get().reviewed_by.username == "council-lead-1"
    assert not Clock.objects.running().filter(about_kind="opening").exists()
