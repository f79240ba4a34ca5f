"""Two people open the same form. The second sees both versions, loses nothing, and decides herself; read by axe, and looked at."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rowan.access.models import KeptOut, Why
from rowan.agencies.rules.roles import Role
from rowan.questions.actions import answer, answer_strategy, settle_owed
from rowan.questions.models import StrategyAnswer
from tests import people_in_tests as invented
from tests.acceptance.conftest import keep_picture, sign_in, violations
from tests.acceptance.test_every_page import broken_rules

THEIRS = "Held at two with the police; she stays at her aunt’s"
MINE = "Not held: her social worker was on leave"


def looked_at(page, name: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page) == []
    assert broken_rules(page) == []
    keep_picture(page, name)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.django_db(transaction=True)
def test_the_second_sees_both_versions_and_puts_hers_in_its_place_on_purpose(scripted_page, world):
    page, council = scripted_page, world.agencies[invented.COUNCIL]
    second = invented.practitioner("second-worker", Role.LEAD_PROFESSIONAL, council, "Priya Vane")
    invented.involve(world.girl, council, Why.ALLOCATED_WORKER, "Priya Vane", practitioner=second)
    sign_in(page, "social-worker")
    page.goto(f"/questions/strategy/{world.sign.key}/")
    page.get_by_label("Not held").check()
    page.get_by_label("Why, and what was decided").fill(MINE)
    page.get_by_label("The manager who decided").fill("Lee Marsh, team manager")
    page.get_by_label("Other children?").fill("Her brother is seen at school")
    answer_strategy(
        world.sign,
        held=True,
        reason=THEIRS,
        manager="Ann Poole",
        other_children="None",
        by=second,
        now=timezone.now(),
    )
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost and nothing was overwritten")
    table = page.get_by_role("table", name="Both versions")
    for words in (THEIRS, MINE, "Priya Vane"):
        expect(table).to_contain_text(words)
    expect(page.get_by_label("Why, and what was decided")).to_have_value(MINE)
    expect(page.get_by_label("Not held")).to_be_checked()
    looked_at(page, "both-versions-strategy")
    assert StrategyAnswer.objects.count() == 1

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Recorded. The sign stays")).to_be_visible()
    assert [given.reason for given in StrategyAnswer.objects.order_by("pk")] == [THEIRS, MINE]


@pytest.mark.django_db(transaction=True)
def test_where_it_is_done_once_the_second_is_told_who_did_it_and_keeps_her_words(scripted_page, world):
    page = scripted_page
    answer(world.about_boy, kind="concern", text="Adults were there", by=world.justice, now=timezone.now())
    owed = world.about_boy.answers.get().owed.get()
    sign_in(page, "youth-justice")
    page.goto(f"/questions/owed/{owed.pk}/")
    page.get_by_label("What came of it").fill(MINE)
    settle_owed(owed, outcome=THEIRS, by=world.justice, now=timezone.now())
    page.get_by_role("button", name="Save").click()
    table = page.get_by_role("table", name="Both versions")
    expect(page.get_by_role("heading", name="This was done already")).to_be_visible()
    for words in (THEIRS, MINE, "Yusuf Barrett"):
        expect(table).to_contain_text(words)
    looked_at(page, "both-versions-done-once")
    owed.refresh_from_db()
    assert owed.outcome == THEIRS


@pytest.mark.django_db(transaction=True)
def test_where_the_record_was_closed_to_her_meanwhile_her_words_are_given_back(scripted_page, world):
    page = scripted_page
    sign_in(page, "social-worker")
    page.goto(f"/questions/strategy/{world.sign.key}/")
    page.get_by_label("Why, and what was decided").fill(MINE)
    KeptOut.objects.create(person_id=world.girl.id, practitioner=world.worker, why="x", set_by="operator")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Nothing here that you may see")).to_be_visible()
    expect(page.get_by_text(MINE)).to_be_visible()
    looked_at(page, "both-versions-closed-meanwhile")
