"""From a sign of harm to its strategy discussion, and a step-down that is refused without evidence: with JavaScript and without, read by axe."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from rowan.assessments.models import Assessment, StepDown, Strand
from tests.acceptance.conftest import keep_picture, sign_in, violations
from tests.acceptance.test_every_page import broken_rules
from tests.acceptance.visits_of_assessments import (
    assess_something,
    somebody_to_look,
    visits_of_assessments,
)

HARM = "Adults: Taken to unknown addresses, hotels or other towns"


def type_day(page: Page, name: str, on) -> None:
    box = page.get_by_role("group", name=name, exact=True)
    for part in ("day", "month", "year"):
        box.get_by_label(part.capitalize(), exact=True).fill(str(getattr(on, part)))


@pytest.mark.django_db(transaction=True)
def test_a_sign_of_harm_leads_to_its_strategy_discussion_the_same_day(page, world):
    """Given a girl whose school is worried, when her worker writes down a sign of harm, then it is never filed as a concern,
    "strategy discussion?" is asked the same day, a manager looks at what was written, and the list says that it was held."""
    somebody_to_look(world)
    today = timezone.localdate()
    # Given
    sign_in(page, "social-worker")
    page.goto(f"/children/{world.girl.id}/")
    page.get_by_role("link", name="What was written, and what it rests on").click()
    page.get_by_role("button", name="Begin the hub’s work").click()
    page.get_by_label("Why the hub works with this child now").fill("Her form tutor is worried")
    page.get_by_role("button", name="Begin", exact=True).click()
    # Nothing typed is lost when something is missing.
    expect(page.get_by_role("alert")).to_contain_text("Choose the lead professional")
    expect(page.get_by_label("Why the hub works with this child now")).to_have_value(
        "Her form tutor is worried"
    )
    page.get_by_label("Lead professional").select_option(
        label="Joan Eccles, lead professional, Invented Council"
    )
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_text("The work is open. A screening is due.")).to_be_visible()
    # When
    page.get_by_role("button", name="Write where the child stands").click()
    page.get_by_label("What is the harm or worry, in your own words").fill("A man waits for her at the gate")
    page.get_by_label("What the child thinks of it").fill("She sees no harm in it")
    page.get_by_label("What a parent or carer thinks of it").fill("Her mother is worried")
    page.get_by_role("group", name="The school").get_by_label("Or: not sought, because").fill(
        "It is half term"
    )
    page.get_by_label(HARM).check()
    page.get_by_label("What was seen or said, and by whom").fill("She told her aunt of a hotel")
    type_day(page, "When it was last seen or said", today)
    page.get_by_label("Emerging concern (locally: Emerging)").check()
    page.get_by_label("Why it is this").fill("She was taken there by an adult she hardly knows")
    page.get_by_label("Within days").check()
    page.get_by_label("Mixed: some of it first hand").check()
    page.get_by_label("Getting worse").check()
    type_day(page, "When it is looked at again", today + timedelta(days=20))
    page.get_by_label("Who looks at it as the second person").select_option(
        label="Ann Poole, approving manager, Invented Council"
    )
    page.get_by_role("button", name="Save this version").click()
    # Then it is not filed as a concern
    expect(page.get_by_role("alert")).to_contain_text("It is never filed as a concern")
    expect(page.get_by_label("What was seen or said, and by whom")).to_have_value(
        "She told her aunt of a hotel"
    )
    assert not Assessment.objects.exists()
    page.get_by_label("Experiencing harm (locally: Experiencing)").check()
    page.get_by_role("button", name="Save this version").click()
    expect(page.get_by_text("“strategy discussion?” is asked today")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Screen, version 1")
    # and it is asked of her worker today
    page.get_by_role("link", name="Questions for me").click()
    page.get_by_role("link", name="Taken to unknown addresses, hotels or other towns").click()
    page.get_by_label("Held", exact=True).check()
    page.get_by_label("Why, and what was decided").fill("Section 47 enquiry begins today")
    page.get_by_label("The manager who decided").fill("Ann Poole")
    page.get_by_role("button", name="Save").click()
    # At every sign of harm: other children?
    expect(page.get_by_role("alert")).to_contain_text("other children")
    page.get_by_label("Other children").fill("A cousin goes there too; her school is told")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Recorded. The sign stays on the child’s page.")).to_be_visible()
    # and the list says so
    page.get_by_role("link", name="Children open").click()
    row = page.get_by_role("row", name="Amina Larkfield")
    for said in ("Experiencing harm", "Joan Eccles", f"Held {today.day} {today:%B %Y}"):
        expect(row).to_contain_text(said)
    page.goto(f"/children/{world.girl.id}/")
    expect(page.get_by_text("Not approved yet")).to_be_visible()
    # and somebody else looks at it
    page.context.clear_cookies()
    sign_in(page, "manager")
    page.goto(f"/assessments/versions/{Assessment.objects.get().pk}/")
    page.get_by_role("button", name="Look at it as the second person").click()
    page.get_by_label("Approve it").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Approved by Ann Poole")).to_be_visible()
    page.goto(f"/children/{world.girl.id}/")
    expect(page.get_by_text("Experiencing harm").first).to_be_visible()
    expect(page.get_by_text("Not approved yet")).to_have_count(0)


@pytest.mark.django_db(transaction=True)
def test_a_step_down_is_refused_without_evidence_and_moves_nothing_before_a_second_person_agrees(page, world):
    """Given a girl who was harmed, when her worker asks to step down without evidence, then it is refused and nothing typed is
    lost; with evidence it waits for a manager, who says why, and a day to look back is set."""
    assess_something(world, timezone.now())
    strand, today = Strand.objects.get(), timezone.localdate()
    _not_agreed(page, world)
    # When
    sign_in(page, "social-worker")
    page.goto(f"/assessments/children/{world.girl.id}/")
    page.get_by_role("link", name="Ask to step down or close").click()
    # Past harm stays in view.
    expect(page.get_by_role("heading", name="Signs of harm in this child’s record")).to_be_visible()
    page.get_by_label("Step down: less is done, and somebody looks back").check()
    page.get_by_label("Significant concern (locally: Significant)").check()
    page.get_by_label("What the child thinks of this").fill("She feels safe with her mentor")
    page.get_by_label("Who decides as the second person").select_option(
        label="Ann Poole, approving manager, Invented Council"
    )
    page.get_by_role("button", name="Ask", exact=True).click()
    # Then
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("evidence, not time that has passed")
    expect(alert).to_contain_text("Give the day somebody looks back")
    expect(page.get_by_label("What the child thinks of this")).to_have_value("She feels safe with her mentor")
    page.get_by_label("What has changed, and how you know").fill("His number is blocked; home every night")
    look_back_on = today + timedelta(days=60)
    type_day(page, "When somebody looks back", look_back_on)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Nothing moves before Ann Poole agrees")).to_be_visible()
    strand.refresh_from_db()
    assert (strand.step, strand.state) == ("review", "experiencing_harm")
    asked = StepDown.objects.order_by("at").last()
    page.goto(f"/assessments/step-downs/{asked.pk}/")
    expect(page.get_by_text("Somebody other than who wrote it has to decide this.")).to_be_visible()
    # and with the second person's word it happens
    page.context.clear_cookies()
    sign_in(page, "manager")
    page.goto(f"/assessments/step-downs/{asked.pk}/")
    page.get_by_label("I agree: it happens now").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why you agree or do not")
    page.get_by_label("Why", exact=True).fill("I spoke to her and to her school today")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Agreed. It has happened.")).to_be_visible()
    expect(page.get_by_text("Stepped down, and looked back at").first).to_be_visible()
    expect(page.get_by_text(f"{look_back_on.day} {look_back_on:%B %Y}").first).to_be_visible()


def _not_agreed(page: Page, world) -> None:
    """The one that waits already is decided first."""
    sign_in(page, "manager")
    page.goto(f"/assessments/step-downs/{world.step_down.pk}/")
    page.get_by_label("I do not agree: everything stays as it is").check()
    page.get_by_label("Why", exact=True).fill("Nobody has asked her school")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not agreed. Everything stays as it is.")).to_be_visible()
    page.context.clear_cookies()


@pytest.mark.django_db(transaction=True)
def test_each_page_reads_well_to_axe_and_on_a_telephone(scripted_page, world):
    page, faults = scripted_page, []
    assess_something(world, timezone.now())
    for name, path, who, *_ in sorted(visits_of_assessments(world), key=lambda visit: visit[2]):
        page.context.clear_cookies()
        sign_in(page, who)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        faults += [f"{path}: {fault}" for fault in [*violations(page), *broken_rules(page)]]
        keep_picture(page, name.replace(":", "-"))
    assert faults == [], "\n".join(faults)
