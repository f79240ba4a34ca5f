"""The main job, in a real browser: somebody signs in, reads a question with its evidence, answers it, and sees what came of it."""

import re

import pytest
from playwright.sync_api import expect

from rowan.audit_trail.models import Entry
from tests.acceptance.conftest import sign_in
from tests.people_in_tests import days_ago


@pytest.mark.django_db(transaction=True)
def test_a_girl_missing_again_is_explained_and_the_answer_can_be_corrected(page, world):
    sign_in(page, "missing")
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions for me")
    expect(page.get_by_text("Joan Eccles")).to_be_visible()
    page.get_by_role("link", name="Amina Larkfield, 14").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amina Larkfield, 14")
    expect(
        page.get_by_role("cell", name="Reported missing, found in a town 34 km away").first
    ).to_be_visible()
    expect(page.get_by_text("Same name, birth date and postcode").first).to_be_visible()
    expect(page.get_by_text("Has joined the football club")).to_be_visible()
    expect(page.get_by_text("Bullying reported")).to_be_visible()

    page.get_by_label("Explained", exact=True).check()
    page.get_by_label("What explains it").fill("Stayed with her grandmother each time")
    page.get_by_role("button", name="Save the answer").click()
    # Nothing typed is lost when something is missing.
    expect(page.get_by_role("alert")).to_contain_text("Say how we know")
    expect(page.get_by_label("What explains it")).to_have_value("Stayed with her grandmother each time")
    page.get_by_label("How we know").fill("Spoke to her grandmother today")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("Your answer is recorded")).to_be_visible()
    expect(page.get_by_text("Stayed with her grandmother each time")).to_be_visible()

    page.get_by_role("link", name="Correct this answer").click()
    page.get_by_label("Raise or join a concern").check()
    page.get_by_label("What worries you, or which concern this joins (optional)").fill(
        "The grandmother moved away in May"
    )
    page.get_by_role("button", name="Save the correction").click()
    expect(page.get_by_text("The grandmother moved away in May")).to_be_visible()
    # The first answer stays, and what is owed stands beneath the new one.
    expect(page.get_by_text("Stayed with her grandmother each time")).to_be_visible()
    expect(page.get_by_text("raise or join a concern with children's social care").first).to_be_visible()
    expect(page.get_by_text("Children’s social care has not received a referral from Rowan")).to_be_visible()
    assert Entry.objects.about(world.girl.id).filter(by_name="Mirela Hughes").count() >= 4


@pytest.mark.django_db(transaction=True)
def test_a_boy_who_was_arrested_is_asked_about_as_a_child_to_protect(page, world):
    sign_in(page, "youth-justice")
    page.get_by_role("link", name="Kacper Holloway, 15").click()
    expect(page.get_by_text("Could this child be being exploited?").first).to_be_visible()
    page.get_by_label("Ask an agency, look again on a date").check()
    page.get_by_label("Which agency to ask").select_option(label="Larch Hill School")
    page.get_by_label("What to ask (optional)").fill("Who collects him after school?")
    again_on = days_ago(-14)
    for part in ("day", "month", "year"):
        page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(again_on, part)))
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text(f"look again on {again_on.day} {again_on:%B %Y}").first).to_be_visible()
    # It stays open and comes back on that day; answered for good, it leaves the list.
    page.get_by_label("Already in the plan").check()
    page.get_by_label("Which plan, and what it says about this").fill("The child in need plan of 3 June")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("The child in need plan of 3 June")).to_be_visible()
    page.get_by_role("link", name="Say what came of it").click()
    page.get_by_label("What came of it").fill("His aunt collects him")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("His aunt collects him")).to_be_visible()
    page.get_by_role("link", name="Rowan", exact=True).click()
    expect(
        page.get_by_text("No question is waiting for you. That is not the same as no concern.")
    ).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_a_sign_of_harm_comes_first_and_asks_for_a_manager(page, world):
    sign_in(page, "social-worker")
    page.get_by_role("link", name="Found far away with no known means of travel").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("strategy discussion?")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Say which manager decided")
    page.get_by_label("Held", exact=True).check()
    page.get_by_label("Why, and what was decided").fill("Section 47 enquiry begins today")
    page.get_by_label("The manager who decided").fill("Pat Invented, team manager")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Section 47 enquiry begins today")).to_be_visible()
    page.goto(f"/children/{world.girl.id}/")
    # Past harm stays in view.
    expect(page.get_by_text("Found far away with no known means of travel").first).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_a_schools_page_shows_no_other_agencys_row_and_not_who_else_was_asked(page, world):
    sign_in(page, "school-lead")
    # The name her school knows her by, not the council's.
    page.get_by_role("link", name="Mina Larkfield").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mina Larkfield")
    for hidden in ("Mirela Hughes", "Constabulary", "Joan Eccles", "Also asked", "missing, found"):
        # Whom one may ask is a list of every agency; what they sent is not on the page.
        assert hidden not in re.sub(r"<option.*?</option>", "", page.content()), hidden
    page.goto(f"/children/{world.girl.id}/")
    for hidden in ("Mirela Hughes", "Constabulary", "Joan Eccles", "L1234", "Went missing", "Amina"):
        assert hidden not in page.content(), hidden
    page.goto(f"/questions/{world.about_girl.id}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing here that you may see")


@pytest.mark.django_db(transaction=True)
def test_somebody_without_a_part_in_the_childs_life_is_refused_and_told_why(page, world):
    sign_in(page, "youth-justice")
    page.goto(f"/children/{world.girl.id}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing here that you may see")
    expect(page.get_by_text("you are not working with this child")).to_be_visible()
    assert Entry.objects.about(world.girl.id).refused().exists()


@pytest.mark.django_db(transaction=True)
def test_a_row_about_another_child_is_marked_until_tonights_run(page, world):
    sign_in(page, "missing")
    page.get_by_role("link", name="Amina Larkfield, 14").click()
    page.get_by_role("button", name="Not this child").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("about somebody other than Amina Larkfield?")
    page.get_by_label("How you know it is somebody else").fill(
        "The officer says the other child lives in Exham"
    )
    page.get_by_role("button", name="It is not this child").click()
    expect(page.get_by_text("Mirela Hughes said on").first).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_older_signs_of_a_first_file_are_one_list_with_one_answer(page, world):
    sign_in(page, "triage")
    page.get_by_role("link", name="Look through them").click()
    expect(page.get_by_role("rowheader", name="Kacper Holloway, 15")).to_be_visible()
    page.get_by_label("Known and acted on").check()
    page.get_by_label("How you know, or what happens now").fill("Each is in the closed case file")
    page.get_by_label("The manager who decided").fill("Pat Invented, team manager")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Every sign stays on its child’s page")).to_be_visible()
    expect(page.get_by_text("Look through them")).to_have_count(0)
