"""Somebody is worried and tells it: a teacher, a nurse, a resident, a taxi driver, somebody whose colleague worries them. With scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from rowan.agencies.models import AgencyKind, SignedIn, TypedText
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.concerns.models import Concern, ConcernDraft, Decision, Reply
from rowan.notices.models import Notice
from tests import people_in_tests as invented
from tests.acceptance.conftest import keep_picture, sign_in, violations
from tests.bad_uploads import photograph

pytestmark = pytest.mark.django_db(transaction=True)
CODE = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}")


class Form:
    """A long form in a browser; axe reads every page of it."""

    def __init__(self, page: Page, look: Page):
        self.page, self.look, self.faults = page, look, []

    def go(self, button: str, then: str) -> "Form":
        self.page.get_by_role("button", name=button, exact=True).first.click()
        return self.at(then)

    def at(self, heading: str) -> "Form":
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        self.look.unroute_all()
        whole = self.page.content()
        self.look.route(self.page.url, lambda route: route.fulfill(body=whole, content_type="text/html"))
        self.look.goto(self.page.url)
        self.faults += [f"{heading}: {fault}" for fault in violations(self.look)]
        return self

    def choose(self, question: str, answer: str) -> "Form":
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
        return self

    def tick(self, answer: str) -> "Form":
        self.page.get_by_label(answer, exact=True).check()
        return self

    def type(self, label: str, words: str) -> "Form":
        self.page.get_by_label(label, exact=True).fill(words)
        return self

    def choose_file(self, name: str, content: bytes) -> "Form":
        chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.get_by_label("Choose a picture or document").set_input_files(chosen)
        return self

    def next(self, then: str) -> "Form":
        return self.go("Save and continue", then)


@pytest.fixture
def form(page, scripted_page):
    form = Form(page, scripted_page)
    yield form
    assert form.faults == []


CHILD = "A child or young person"
PLACE = "A place: a home, a shop, a park, a hotel, a street"
WORKS_WITH_CHILDREN = "Is it about somebody who works or volunteers with children?"


def test_a_teacher_reports_persistent_absence_and_learns_the_outcome(form, world):
    """Given a teacher whose pupil is often away; when she tells it, makes a mistake, goes away and comes back; then it is received and she is told."""
    teacher = invented.practitioner("teacher", Role.REFERRER, world.agencies[invented.SCHOOL], "Rhys Amoah")
    sign_in(form.page, "teacher")
    form.page.get_by_role("link", name="Raise a concern").first.click()
    form.at("Raise a concern").go("Start now", "What are you worried about?")
    form.choose("What are you worried about?", CHILD).choose(WORKS_WITH_CHILDREN, "No").next(
        "What worries you?"
    )
    form.type("When was it (optional)", "Most Fridays").next("What worries you?")
    expect(
        form.page.get_by_text("Say what worries you, or tick that you cannot say why.").first
    ).to_be_visible()
    expect(form.page.get_by_label("When was it (optional)")).to_have_value("Most Fridays")
    form.type("What worries you, in your own words", "She has missed most Fridays since half-term.")
    form.go("Save and come back later", "Raise a concern")
    form.page.get_by_role("link", name="Begun on").click()
    form.at("Check and send your concern")
    expect(form.page.get_by_text("something is missing on")).to_be_visible()
    form.page.get_by_role("link", name="Which child?", exact=True).click()
    form.at("Which child?").type("The child’s name, or what you know of it", "Amina Larkfield").next(
        "What has been noticed?"
    )
    form.tick("Persistent absence (a tenth of sessions or more)").next("Names you have heard")
    form.type("Name 1, as it was said", "Jay").go("Save and add another name", "Names you have heard")
    expect(form.page.get_by_label("Name 2, as it was said")).to_be_visible()
    form.next("What is known and done").choose("Does the child know that you are telling us?", "No, not yet")
    form.next("Check and send your concern")
    keep_picture(form.page, "concern-check")
    form.go("Send this concern", "Your concern has been received")
    expect(
        form.page.get_by_text("Children’s social care has not received a referral from this report.")
    ).to_be_visible()
    keep_picture(form.page, "concern-receipt")
    concern = Concern.objects.get()
    assert (concern.by, concern.urgency) == (teacher, "amber")
    assert Notice.objects.filter(practitioner=world.triage, about="A concern was raised").exists()

    form.type("What would you like to add?", "She came in today, tired.").go(
        "Add this", "Your concern has been received"
    )
    expect(form.page.get_by_text("She came in today, tired.")).to_be_visible()
    Decision.objects.create(
        concern=concern,
        decided="early_help",
        reason="Known to the family worker",
        by=world.triage,
        at=concern.received_at,
    )
    Concern.objects.update(step="decided")
    form.page.get_by_role("link", name="Concerns I raised").first.click()
    form.at("Concerns I raised")
    form.page.get_by_role("link", name=concern.reference).click()
    form.at("Your concern has been received")
    expect(form.page.get_by_text("early help, with the family’s agreement to the service")).to_be_visible()
    expect(form.page.get_by_text("Known to the family worker")).to_have_count(0)


def test_a_nurse_sends_please_contact_only(form, world):
    """Given a nurse of a sexual-health service; when she asks to be contacted about a child; then nobody is told why, nor of which service."""
    clinic = invented.agency("clinic-7", "Harbour Sexual Health", AgencyKind.HEALTH)
    invented.practitioner("nurse", Role.SEXUAL_HEALTH_CLINICIAN, clinic, "Nia Frost")
    sign_in(form.page, "nurse")
    form.page.goto("/concerns/")
    form.at("Raise a concern").go("Start now", "What are you worried about?")
    form.tick("Please contact me about this child. I will not write down why.")
    form.choose("What are you worried about?", CHILD).choose(WORKS_WITH_CHILDREN, "No").next(
        "Please contact me"
    )
    form.type("The child’s name, or what you know of it", "Amina Larkfield")
    form.type("How to reach you, and when", "07700 900123, mornings").next("Check and send your concern")
    form.go("Send this concern", "Your concern has been received")
    concern = Concern.objects.get()
    assert (concern.please_contact, concern.what_worries, concern.compartment) == (True, "", "sexual_health")
    assert not Notice.objects.filter(about__contains="Harbour").exists()


def test_a_resident_reports_a_place_anonymously_and_comes_back(form, world):
    """Given a resident who says no name; when they tell of a car park and come back with the code; then they read a reply, and never the report."""
    form.page.goto("/concerns/tell-us/")
    keep_picture(form.page, "tell-us")
    form.at("Worried about a child, or about a place?").go("Start now", "What are you worried about?")
    form.choose("What are you worried about?", PLACE).choose(
        "Which of these are you?", "I am a resident or neighbour"
    )
    form.choose(WORKS_WITH_CHILDREN, "No").next("What worries you?")
    form.type("What worries you, in your own words", "Cars come at night.").next("Which place?")
    form.next("Which place?")
    expect(form.page.get_by_text("“I do not know” is an answer too.").first).to_be_visible()
    form.type("What the place is called", "The old mill").next("Names you have heard")
    form.next("About you, if you like").go("Back to: Names you have heard", "Names you have heard")
    form.next("About you, if you like").next("Check what you have written")
    form.go("Send", "Thank you. It has been received")
    keep_picture(form.page, "public-receipt")
    code = CODE.search(form.page.get_by_text(CODE).inner_text())[0]
    concern = Concern.objects.get()
    Reply.objects.create(
        concern=concern, words="Which nights was it?", by=world.triage, at=concern.received_at
    )

    form.page.get_by_role("link", name="Come back with your code").click()
    form.at("Come back with a code").type("The code of your receipt", "wrong").go(
        "Continue", "Come back with a code"
    )
    expect(form.page.get_by_text("Enter the code of your receipt").first).to_be_visible()
    form.type("The code of your receipt", code.lower()).go("Continue", "Your report")
    expect(form.page.get_by_text("Which nights was it?")).to_be_visible()
    form.type("What would you like to add?", "Fridays.").go("Add this", "Your report")
    expect(form.page.get_by_text("What you added has been received.")).to_be_visible()
    keep_picture(form.page, "public-replies")
    for told in ("Cars come", "old mill", "Fridays."):
        expect(form.page.get_by_text(told)).to_have_count(0)
    assert form.page.context.cookies() == []
    assert form.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert code not in form.page.url


def test_a_resident_sends_a_photograph_which_triage_fetches(form, world):
    """Given a resident with a picture of a car; when they try a film, then send the picture; then nothing typed is lost and triage fetches it."""
    form.page.goto("/concerns/tell-us/")
    form.at("Worried about a child, or about a place?").go("Start now", "What are you worried about?")
    form.choose("What are you worried about?", PLACE).choose(
        "Which of these are you?", "I am a resident or neighbour"
    )
    form.choose(WORKS_WITH_CHILDREN, "No").next("What worries you?")
    form.type("What worries you, in your own words", "Cars come at night.").next("Which place?")
    form.type("What the place is called", "The old mill").next("Names you have heard")
    form.next("About you, if you like").next("Check what you have written")
    form.go("Add a picture or document", "Pictures and documents")
    keep_picture(form.page, "public-files")
    form.choose_file("film.mp4", b"a film").go("Add this file", "Pictures and documents")
    expect(form.page.get_by_text("This file is none of these by its name.").first).to_be_visible()
    form.choose_file("silver car.jpg", photograph()).go("Add this file", "Pictures and documents")
    expect(form.page.get_by_text("silver car.jpg").first).to_be_visible()
    form.choose_file("plate.txt", b"A number plate").go("Add this file", "Pictures and documents")
    form.page.get_by_role("button", name=re.compile(r"Take off.*plate\.txt")).click()
    expect(form.page.get_by_text("plate.txt")).to_have_count(0)
    keep_picture(form.page, "public-files-added")
    form.go("Continue to check and send", "Check what you have written")
    for told in ("Cars come at night.", "The old mill", "silver car.jpg"):
        expect(form.page.get_by_text(told)).to_be_visible()
    keep_picture(form.page, "public-check")
    form.go("Send", "Thank you. It has been received")
    concern = Concern.objects.get()
    assert concern.files.get().name == "silver car.jpg"
    assert form.page.context.cookies() == []

    sign_in(form.page, "triage")
    form.page.goto(f"/concerns/triage/{concern.pk}/")
    form.at("The old mill")
    keep_picture(form.page, "triage-files")
    with form.page.expect_download() as fetched:
        form.page.get_by_role("link", name="silver car.jpg").click()
    assert fetched.value.suggested_filename == "silver car.jpg"
    assert Entry.objects.filter(did="fetched a file sent with a concern").exists()


def test_a_taxi_driver_is_told_nothing(form, world):
    """Given a driver who told of a girl; when the hub has found and referred her; then the driver is thanked, and told nothing of any child."""
    form.page.goto("/concerns/tell-us/")
    form.at("Worried about a child, or about a place?").go("Start now", "What are you worried about?")
    form.choose("What are you worried about?", CHILD).choose(
        "Which of these are you?", "I drive a taxi or private hire car"
    )
    form.choose(WORKS_WITH_CHILDREN, "No").next("What worries you?")
    form.type("What worries you, in your own words", "A girl was crying in my car.").next("Which child?")
    form.type("What sets the child apart, if you do not know a name", "About 14, a red coat").next(
        "Names you have heard"
    )
    form.next("What is known and done").next("About you, if you like").next("Check what you have written")
    form.go("Send", "Thank you. It has been received")
    code = CODE.search(form.page.get_by_text(CODE).inner_text())[0]
    concern = Concern.objects.get()
    Decision.objects.create(
        concern=concern, decided="referral", reason="She is Amina", by=world.triage, at=concern.received_at
    )
    Concern.objects.update(step="referrer_told", person=world.girl)
    form.page.goto("/concerns/tell-us/come-back/")
    form.type("The code of your receipt", code).go("Continue", "Your report")
    expect(form.page.get_by_text("We cannot tell you what happens next.")).to_be_visible()
    for word in ("Amina", "girl", "Referred", "crying"):
        expect(form.page.get_by_role("main").get_by_text(word)).to_have_count(0)


def test_a_concern_about_a_colleague_goes_past_their_agency(form, world):
    """Given a teacher whom a colleague worries; when she tells it; then it goes to the designated officer, and that colleague learns nothing."""
    school, council = (world.agencies[code] for code in (invented.SCHOOL, invented.COUNCIL))
    invented.practitioner("teacher", Role.REFERRER, school, "Rhys Amoah")
    officer = invented.practitioner("lado", Role.APPROVING_MANAGER, council, "Lindiwe Fell")
    post = invented.post(PostKind.LADO, council, officer)
    sign_in(form.page, "teacher")
    form.page.goto("/concerns/")
    form.at("Raise a concern").go("Start now", "What are you worried about?")
    form.choose("What are you worried about?", CHILD).choose(WORKS_WITH_CHILDREN, "Yes").next(
        "What worries you?"
    )
    form.type("What worries you, in your own words", "Drives pupils home alone.").next("Which child?")
    form.type("The child’s name, or what you know of it", "Several in year 9").next(
        "Who works with children?"
    )
    form.type("Their name, or what you know of them", "Sian Blakemore")
    form.page.get_by_label("Where they work, if it is on this list").select_option(label=school.name)
    form.next("What has been noticed?").next("Names you have heard").next("What is known and done")
    form.next("Check and send your concern").go("Send this concern", "Your concern has been received")
    concern = Concern.objects.get()
    assert concern.professional == world.lead
    from rowan.timescales.models import Clock

    assert Clock.objects.running().get(about_id=str(concern.pk)).owner_post == post
    assert set(
        Notice.objects.filter(about="A concern was raised").values_list("practitioner", flat=True)
    ) == {officer.pk}


def test_what_somebody_types_saves_itself_and_is_there_after_a_crash(scripted_page, world):
    """Given somebody who types; when the browser dies without a press on any button; then every word is there."""
    page = scripted_page
    sign_in(page, "school-lead")
    page.goto("/concerns/")
    page.get_by_role("button", name="Start now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What are you worried about?")
    page.get_by_label(CHILD, exact=True).check()
    expect(page.get_by_text("Saved at")).to_be_visible()
    draft = ConcernDraft.objects.get()
    page.goto(f"/concerns/drafts/{draft.pk}/what/")
    page.get_by_label("What worries you, in your own words").fill("Half a sen")
    expect(page.get_by_text("Saved at")).to_be_visible()
    page.goto("about:blank")
    page.goto(f"/concerns/drafts/{draft.pk}/what/")
    expect(page.get_by_label("What worries you, in your own words")).to_have_value("Half a sen")
    page.get_by_label("What worries you, in your own words").fill("A whole sentence.")
    page.get_by_role("button", name="Save and continue", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Which child?")


def test_a_practitioner_signed_out_meanwhile_loses_nothing(scripted_page, world):
    """Given a session that is over; when a page is sent; then its words are kept for whoever signs in again (agencies gives them back)."""
    page = scripted_page
    sign_in(page, "school-lead")
    page.goto("/concerns/")
    page.get_by_role("button", name="Start now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What are you worried about?")
    draft = ConcernDraft.objects.get()
    page.goto(f"/concerns/drafts/{draft.pk}/what/")
    SignedIn.objects.all().delete()
    page.get_by_label("What worries you, in your own words").fill("Typed into a page whose session was over.")
    page.get_by_role("button", name="Save and continue", exact=True).last.click()
    expect(page.get_by_label("User name")).to_be_visible()
    kept = TypedText.objects.filter(practitioner=world.lead).last()
    assert "Typed into a page whose session was over." in kept.typed
    assert kept.page == f"/concerns/drafts/{draft.pk}/what/"
