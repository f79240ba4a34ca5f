"""Decide to share, decide not to, share in two taps, ask and answer: in a real browser, with scripts and without, counted by the hand."""

from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.sharing.actions import set_up_standing
from rowan.sharing.models import Request, SharingDecision
from rowan.sharing.rules.deciding import Said
from tests import people_in_tests as invented
from tests.acceptance.conftest import keep_picture, sign_in
from tests.acceptance.counted_by_hand import HALF_A_MINUTE, Hand


@pytest.fixture
def hand(hand, world):
    sign_in(hand.page, "social-worker")
    return hand


@pytest.mark.django_db(transaction=True)
def test_a_decision_to_share_takes_less_than_half_a_minute(hand, world):
    page = hand.page
    page.goto(f"/sharing/children/{world.girl.id}/")
    hand.press(page.get_by_role("button", name="Decide to share", exact=True), "Decide to share")
    keep_picture(page, "sharing-share-empty")
    page.set_viewport_size({"width": 1280, "height": 900})
    hand.choose("Which agency receives it", "Invented Constabulary")
    hand.type("Which person there", "Duty sergeant")
    hand.pick("What is shared", "Name and date of birth")
    hand.pick("What it is for", "Protect the child from exploitation")
    hand.type("Why this much is needed, and no less would do", "To know her tonight")
    hand.pick("Has the child been told?", "Yes, told")
    hand.pick("Has a parent or carer been told?", "Yes, told")
    hand.pick("Is it fact or opinion?", "Facts only")
    hand.pick("How it gets there", "Secure e-mail between government or NHS addresses")
    hand.press(page.get_by_role("button", name="Record: shared"), "Share: Invented Constabulary")
    hand.done("A decision to share")
    made = SharingDecision.objects.get()
    assert (made.decided, made.necessary, made.duty) == ("share", "To know her tonight", "ca2004_s11")
    assert (hand.clicks, hand.pages) == (12, 2)
    assert hand.seconds < HALF_A_MINUTE


@pytest.mark.django_db(transaction=True)
def test_a_decision_not_to_share_takes_less_than_half_a_minute(hand, world):
    page = hand.page
    page.goto(f"/sharing/children/{world.girl.id}/")
    hand.press(page.get_by_role("button", name="Decide not to share"), "Decide not to share")
    hand.choose("Which agency does not receive it", "Invented Constabulary")
    hand.pick("Why it is not shared", "Sharing would be more detrimental to the child than not sharing")
    hand.type("How that applies to this child", "Her stepfather works there")
    hand.press(page.get_by_role("button", name="Record: not shared"), "Do not share: Invented Constabulary")
    hand.done("A decision not to share")
    made = SharingDecision.objects.get()
    assert (made.decided, made.reason_not) == ("not_share", "more_detrimental")
    assert made.review_on > timezone.localdate()
    assert (hand.clicks, hand.pages) == (6, 2)
    assert hand.seconds < HALF_A_MINUTE


@pytest.mark.django_db(transaction=True)
def test_under_a_standing_decision_it_takes_two_taps(hand, world):
    now = timezone.now()
    set_up_standing(
        Said(**invented.WHOLE), token=uuid4(), name="Daily huddle", kind="meeting", agreement=None,
        recipient_agency=world.agencies[invented.POLICE], families_told="At the first visit", from_on=now.date(), until_on=now.date(),
        by=world.coordinator, now=now,
    )  # fmt: skip
    page = hand.page
    page.goto(f"/sharing/children/{world.girl.id}/")
    hand.press(page.get_by_role("link", name="Daily huddle"), "Share what is below about Amina Larkfield?")
    hand.press(page.get_by_role("button", name="Share", exact=True), "Share: Invented Constabulary")
    hand.done("Sharing under a standing decision")
    assert SharingDecision.objects.get().standing.name == "Daily huddle"
    assert (hand.clicks, hand.keys, hand.pages) == (2, 0, 2)


@pytest.mark.django_db(transaction=True)
def test_an_agency_is_asked_and_answers(hand, world):
    page = hand.page
    page.goto(f"/sharing/children/{world.girl.id}/")
    hand.press(page.get_by_role("button", name="Ask an agency"), "Ask an agency")
    hand.choose("Which agency to ask", "Larch Hill School")
    hand.type("What you ask for", "Her attendance in May")
    hand.choose("What it is for", "Persistent absence from school")
    hand.choose("Duty or power", "Children Act 2004 section 10")
    hand.press(page.get_by_role("button", name="Record the request"), "asks Larch Hill School")
    hand.done("Asking an agency")
    assert (hand.clicks, hand.pages) == (9, 2)

    page.context.clear_cookies()
    sign_in(page, "school-lead")
    page.goto("/sharing/requests/")
    answering = Hand(page, hand.look)
    answering.press(page.get_by_role("link", name="asks Larch Hill School"), "asks Larch Hill School")
    answering.press(page.get_by_role("button", name="Answered"), "What came of the request?")
    answering.type("What they answered", "Sent by secure e-mail today")
    answering.press(page.get_by_role("button", name="Record: answered"), "asks Larch Hill School")
    answering.done("Answering a request")
    assert Request.objects.get().step == "answered"
    assert (answering.clicks, answering.pages) == (4, 3)
    assert answering.seconds < HALF_A_MINUTE
