"""In a real browser: a red concern at eleven at night; and a concern about a child who is already open."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.concerns.models import Concern
from rowan.notices.models import Notice
from tests import concerns_in_tests
from tests import people_in_tests as invented
from tests.acceptance.conftest import keep_picture, sign_in, violations

AMINA = {"name": "Amina Larkfield", "age": "14", "school": "Larch Hill"}


@pytest.fixture
def desk(world):
    """Somebody at the triage desk, and a school's lead who raises concerns."""
    council, school = world.agencies[invented.COUNCIL], world.agencies[invented.SCHOOL]
    world.officer = invented.practitioner("desk", Role.TRIAGE_OFFICER, council, "Priya Nair")
    world.raiser = invented.practitioner("lead-who-raises", Role.SCHOOL_SAFEGUARDING_LEAD, school, "Mr Carr")
    invented.post(PostKind.TRIAGE, council, world.officer)
    return world


@pytest.mark.django_db(transaction=True)
def test_red_at_eleven_at_night(page, desk):
    """
    Given a concern that came in on a Friday at 23:00 and waits as amber until Monday
    When somebody at the desk says that it is red, and why
    Then it is to be decided that same night, and the queue says so.
    """
    friday = concerns_in_tests.at("2026-06-12T23:00")
    concern = concerns_in_tests.concern(by=desk.raiser, received_at=friday, details=AMINA)
    sign_in(page, "desk")
    page.get_by_role("link", name="Triage", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Triage: what waits")
    expect(page.get_by_role("row").filter(has_text=concern.reference)).to_contain_text("15 June 2026")
    keep_picture(page, "triage-queue")

    page.get_by_role("link", name=concern.reference).click()
    page.get_by_role("link", name="Say how urgent it is").click()
    page.get_by_label("Red: today, whatever the hour").check()
    page.get_by_role("button", name="Record how urgent it is").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("Red: today, whatever the hour")).to_be_checked()
    page.get_by_label("Why").fill("She told her friend it is tonight")
    keep_picture(page, "triage-urgency")
    page.get_by_role("button", name="Record how urgent it is").click()
    expect(page.get_by_text("She told her friend it is tonight")).to_be_visible()
    page.get_by_role("link", name="Triage", exact=True).click()
    expect(page.get_by_role("row").filter(has_text=concern.reference)).to_contain_text("13 June 2026")
    assert timezone.localtime(Concern.objects.get().due_at) == friday + timedelta(hours=4)


@pytest.mark.django_db(transaction=True)
def test_a_child_who_is_already_open_goes_to_her_worker(page, desk):
    """
    Given a concern about a girl whom a social worker works with
    When triage finds her among the likeliest and decides
    Then it goes to that worker, and the school's lead is told the decision.
    """
    concern = concerns_in_tests.concern(by=desk.raiser, details=AMINA)
    sign_in(page, "desk")
    page.goto(f"/concerns/triage/{concern.pk}/")
    page.get_by_role("button", name="Begin to screen it").click()
    expect(page.get_by_text("You are screening this concern.")).to_be_visible()
    page.get_by_role("link", name="Say which child it is about").click()
    expect(page.get_by_role("heading", name="Amina Larkfield, 14")).to_be_visible()
    keep_picture(page, "triage-who")
    page.get_by_role("link", name="It is this child").click()
    page.get_by_label("How you know").fill("Same name, age and school")
    page.get_by_role("button", name="Yes, it is about this child").click()
    expect(page.get_by_text("This child is already open.")).to_be_visible()
    keep_picture(page, "triage-one")

    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_label("Passed to the worker who already works with the child").check()
    page.get_by_label("Why").fill("Her worker is seeing her tomorrow")
    keep_picture(page, "triage-decide")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("link", name="Tell whoever raised it").click()
    expect(page.get_by_text("Why: Her worker is seeing her tomorrow")).to_be_visible()
    page.get_by_label("In Rowan, on their own page of it").check()
    page.get_by_role("button", name="They have been told").click()
    expect(page.get_by_text("Recorded: the referrer has been told.")).to_be_visible()
    assert Concern.objects.get().step == "referrer_told"
    assert Notice.objects.filter(
        practitioner=desk.worker, path__endswith=f"/concerns/triage/{concern.pk}/"
    ).exists()


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_triage_are_accessible(scripted_page, desk):
    page = scripted_page
    concern = concerns_in_tests.concern(
        by=desk.raiser,
        details=AMINA,
        noticed=[("ADU-04", "S")],
        names=[("Taz", "driver of a silver hatchback")],
    )
    sign_in(page, "desk")
    faults = {}
    for path in (
        "",
        "search/",
        *(
            f"{concern.pk}/{each}"
            for each in ("", "urgency/", "who/", "nobody-known/", "decide/", "social-care/")
        ),
    ):
        page.goto(f"/concerns/triage/{path}")
        if found := violations(page):
            faults[path] = found
    assert faults == {}
