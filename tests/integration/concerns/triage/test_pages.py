"""The pages of triage: who gets which, what stands on them, and what a refusal leaves typed."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from rowan.access.models import LetIn, Restriction, Why
from rowan.audit_trail.models import Entry as Line
from rowan.concerns.actions import adding, checks, deciding, protections, telling, triage
from rowan.concerns.actions.deciding import Deciding
from rowan.concerns.models import Concern, Matched, Referrer
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db


def get(client, name, *args):
    return client.get(reverse(f"concerns:{name}", args=args))


def post(client, name, *args, **data):
    return client.post(reverse(f"concerns:{name}", args=args), data)


@pytest.fixture
def officer(client, desk):
    client.force_login(desk.officer)
    return client


def test_the_queue_is_in_the_navigation_and_shows_no_name(officer, desk):
    concern = desk.concern(urgency="red")
    page = get(officer, "triage").content.decode()
    assert concern.reference in page and "Red: today" in page
    assert "Amina" not in page
    assert 'href="/concerns/triage/"' in officer.get("/", follow=True).content.decode()


def test_nobody_elses_role_has_the_queue(client, desk):
    client.force_login(desk.mentor)
    assert get(client, "triage").status_code == 403
    assert 'href="/concerns/triage/"' not in client.get("/", follow=True).content.decode()


def test_the_queue_costs_the_same_however_long_it_is(officer, desk):
    desk.concern()
    with CaptureQueriesContext(connection) as few:
        get(officer, "triage")
    for _ in range(20):
        desk.concern()
    with CaptureQueriesContext(connection) as many:
        get(officer, "triage")
    assert len(many) == len(few) <= 40


def test_from_received_to_told_by_its_pages(officer, desk):
    desk.open_girl()
    concern = desk.concern()
    assert post(officer, "begin_screening", concern.pk).status_code == 302
    found = get(officer, "who", concern.pk).content.decode()
    assert "Amina Larkfield, 14" in found and "Joan Eccles" in found
    assert "ZQ1" not in found and "A123456789012" not in found
    chosen = officer.get(reverse("concerns:say_who", args=[concern.pk]), {"person_id": desk.girl.pk})
    assert "Amina Larkfield" in chosen.content.decode()
    said = {"person_id": desk.girl.pk, "how_known": "Same name, age and school", "opened_on": "none"}
    assert post(officer, "say_who", concern.pk, **said).status_code == 302
    page = get(officer, "triage_one", concern.pk).content.decode()
    assert "This child is already open" in page
    without = post(officer, "decide", concern.pk, decided="to_worker", token=uuid4(), reason="")
    assert "Say why" in without.content.decode()
    decided = post(officer, "decide", concern.pk, decided="to_worker", token=uuid4(), reason="Already open")
    assert decided.status_code == 302
    words = get(officer, "tell_referrer", concern.pk).content.decode()
    assert "Children’s social care has not received a referral" in words
    assert post(officer, "tell_referrer", concern.pk, how="in_rowan").status_code == 302
    assert Concern.objects.get().step == "referrer_told"


def test_what_is_owed_stands_beside_its_box_with_everything_typed(officer, desk):
    concern = desk.concern(noticed=[("ADU-04", "S")])
    triage.say_who(
        concern.pk, person_id=desk.girl.pk, how_known="x", opened_on="none", by=desk.officer, now=desk.now
    )
    page = post(
        officer, "decide", concern.pk, decided="strategy", token=uuid4(), reason="Seen in a stranger’s car"
    )
    words = page.content.decode()
    assert page.status_code == 200
    assert "Name the manager who decided this with you" in words
    assert "Seen in a stranger’s car" in words


def test_a_single_box_to_tick_is_a_box_with_its_words_beside_it(officer, desk):
    concern = desk.concern()
    triage.begin_screening(concern.pk, by=desk.officer, now=desk.now)
    page = get(officer, "decide", concern.pk).content.decode()
    box = page[page.index('type="checkbox" name="early_help_agreed"') - 60 :][:300]
    assert "govuk-checkboxes__input" in box
    assert box.index("govuk-checkboxes__label") < box.index("The family agreed to early help")


def test_a_child_nobody_works_with_shows_name_age_and_school_only(officer, desk):
    concern = desk.concern(details={"first_name": "Kacper", "surname": "Holloway", "age": 15})
    page = get(officer, "who", concern.pk).content.decode()
    card = page[page.index("Kacper Holloway, 15") :][:400]
    assert "Larch Hill School" in card
    assert "Invented Row" not in page and "A123456789012" not in page


def test_a_restricted_child_answers_byte_for_byte_as_nobody(officer, desk):
    held = Restriction.objects.create(person_id=desk.boy.pk, why="x", owner=desk.manager, set_by="operator")
    LetIn.objects.create(restriction=held, practitioner=desk.manager, by="operator")
    told = desk.concern(details={"first_name": "Kacper", "surname": "Holloway", "age": 15})
    nobody = desk.concern(details={"first_name": "Zyx", "surname": "Qwerty", "age": 15})
    # The first page after a sign-in asks for what is then remembered, whomever it is about.
    get(officer, "who", nobody.pk)
    pages, queries = [], []
    for concern, name in ((told, ("Kacper", "Holloway")), (nobody, ("Zyx", "Qwerty"))):
        with CaptureQueriesContext(connection) as asked:
            page = get(officer, "who", concern.pk).content.decode()
        for part in (*name, str(concern.pk), concern.reference):
            page = page.replace(part, "-")
        pages.append(page.split("csrfmiddlewaretoken")[0])
        queries.append(len(asked))
    assert pages[0] == pages[1]
    assert queries[0] == queries[1]
    chosen = officer.get(reverse("concerns:say_who", args=[told.pk]), {"person_id": desk.boy.pk})
    assert "Kacper Holloway" not in chosen.content.decode().replace("Holloway, as told", "")
    assert (
        post(officer, "say_who", told.pk, person_id=desk.boy.pk, how_known="x", opened_on="none").status_code
        == 404
    )


def test_a_child_shown_by_an_address_alone_has_a_line_of_the_look_and_a_hidden_one_none(officer, desk):
    concern = desk.concern()
    address = reverse("concerns:say_who", args=[concern.pk])
    shown = "looked at the child a concern may be about: child shown"
    # Nobody looked for him: his id stands in the address.
    assert "Kacper Holloway" in officer.get(address, {"person_id": desk.boy.pk}).content.decode()
    assert Line.objects.get(did=shown).about_person == desk.boy.pk
    # Sent without how we know, the form comes back with him on it.
    again = officer.post(address, {"person_id": desk.boy.pk, "how_known": "", "opened_on": "none"})
    assert "Kacper Holloway" in again.content.decode() and Line.objects.filter(did=shown).count() == 2
    Restriction.objects.create(person_id=desk.girl.pk, why="refuge", set_by="test")
    for nobody in (desk.girl.pk, "0" * 32):
        assert "Amina Larkfield, 14" not in officer.get(address, {"person_id": nobody}).content.decode()
    assert Line.objects.filter(did=shown).count() == 2


def test_the_page_of_the_agency_shows_nothing_of_the_concern(client, desk):
    concern = desk.concern(agency=desk.police, by=None, raises="police")
    triage.begin_screening(concern.pk, by=desk.officer, now=desk.now)
    check = checks.ask_agency(
        concern.pk, token=uuid4(), agency=desk.school, asks="Attendance?", by=desk.officer, now=desk.now
    )
    client.force_login(desk.teacher)
    page = get(client, "agency_check", check.pk).content.decode()
    assert "Attendance?" in page and "Amina Larkfield" in page
    assert f'href="{reverse("notices:for_me")}" class="govuk-back-link"' in page
    assert "new phone" not in page and "Constabulary" not in page
    assert (
        "Say whether your agency knows" in post(client, "agency_check", check.pk, answer="").content.decode()
    )
    assert (
        post(
            client, "agency_check", check.pk, nothing_known="no", answer="Eleven absences in May"
        ).status_code
        == 302
    )
    client.force_login(desk.nurse)
    assert get(client, "agency_check", check.pk).status_code == 404
    client.force_login(desk.officer)
    assert "Eleven absences in May" in get(client, "triage_one", concern.pk).content.decode()


def test_the_desk_reads_why_telling_the_child_would_not_be_safe(officer, desk):
    concern = desk.concern(
        child_knows="no_not_safe", why_child_does_not_know="He reads her phone", told_by="Her aunt"
    )
    page = get(officer, "triage_one", concern.pk).content.decode()
    assert "He reads her phone" in page and "Her aunt" in page


def test_the_hubs_search(officer, desk):
    without = post(officer, "search", first_name="Amina", surname="Larkfield")
    assert "Say why you are looking" in without.content.decode()
    found = post(officer, "search", first_name="Amina", surname="Larkfield", why="A call to the desk")
    assert "Amina Larkfield, 14" in found.content.decode()
    line = Line.objects.get(did="searched for a child")
    assert line.why == "A call to the desk" and "Amina" not in str(line.particulars)


def test_every_other_page_opens(officer, client, desk):
    desk.open_girl()
    concern = desk.concern(names=[("Taz", "driver of a silver hatchback")])
    for name in (
        "urgency",
        "who",
        "nobody_known",
        "ask_for_check",
        "decide",
        "statutory_fact",
        "tell_referrer",
    ):
        assert get(officer, name, concern.pk).status_code == 200, name
    assert (
        post(
            officer,
            "urgency",
            concern.pk,
            urgency="red",
            why="Tonight",
            opened_on=str(concern.urgencies.get().pk),
        ).status_code
        == 302
    )
    triage.say_who(
        concern.pk, person_id=desk.girl.pk, how_known="x", opened_on="none", by=desk.officer, now=desk.now
    )
    deciding.decide(concern.pk, Deciding("referral", "Why"), token=uuid4(), by=desk.officer, now=desk.now)
    telling.tell_referrer(concern.pk, how="in_rowan", by=desk.officer, now=desk.now)
    heard = concern.names_heard.get()
    answer = post(officer, "part_known", concern.pk, heard.pk)
    assert "silver hatchback" in officer.get(answer["Location"]).content.decode()
    assert post(officer, "resolve", heard.part_known.pk, into="nobody", how_known="x").status_code == 200
    client.force_login(desk.teacher)
    assert "disagree" in get(client, "challenge", concern.pk).content.decode()
    assert post(client, "challenge", concern.pk, token=uuid4(), why="She is missing again").status_code == 302
    client.force_login(desk.manager)
    assert "The referrer disagreed" in get(client, "triage_one", concern.pk).content.decode()


def test_the_protections_page_asks_about_every_arrest(client, desk):
    desk.open_girl()
    invented.happened(
        desk.girl, invented.days_ago(3), "arrested", "Arrested", by=invented.POLICE, compartment="police"
    )
    client.force_login(desk.worker)
    page = get(client, "protections", desk.girl.pk).content.decode()
    assert "Could this child be being exploited?" in page
    assert "Enacted, not known to be in force" in page
    made = protections.begin(token=uuid4(), person_id=desk.girl.pk, about="nrm", by=desk.worker, now=desk.now)
    assert "does not consent" in get(client, "protection", made.pk).content.decode()
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    without = post(client, "protection", made.pk, to="referred", stood_at="considered", **day)
    assert "act and a purpose" in without.content.decode()
    client.force_login(desk.mentor)
    assert get(client, "protections", desk.girl.pk).status_code == 404


def test_an_arrest_that_still_asks_is_linked_from_the_childs_page_and_from_the_question_about_it(
    client, desk
):
    desk.open_girl()
    arrest = invented.happened(
        desk.girl, invented.days_ago(3), "arrested", "Arrested", by=invented.POLICE, compartment="police"
    )
    asked = invented.question(
        desk.girl, "child_arrested", rows=[(invented.POLICE, invented.days_ago(3), "Arrested")],
        to=desk.worker, figures={},
    )  # fmt: skip
    there = reverse("concerns:protections", args=[desk.girl.pk])
    client.force_login(desk.worker)
    for page in (f"/children/{desk.girl.pk}/", f"/questions/{asked.pk}/"):
        assert there in client.get(page).content.decode()
    assert "1 arrest still asks" in client.get(f"/children/{desk.girl.pk}/").content.decode()
    said = {"token": uuid4(), "person_id": desk.girl.pk, "about": "section_45", "entry_key": arrest.key}
    protections.begin(**said, by=desk.worker, now=desk.now)
    assert "still ask" not in client.get(f"/children/{desk.girl.pk}/").content.decode()
    invented.involve(desk.girl, desk.council, Why.WORKING_WITH, practitioner=desk.mentor)
    client.force_login(desk.mentor)
    assert there not in client.get(f"/children/{desk.girl.pk}/").content.decode()


TOLD_OF = {
    "child": {"address": "4 Larch Row", "family": "Lives with her nan", "cannot_say_why": True},
    "place": {"name": "The car park", "address": "Behind the station", "who": "Some of year 9, after dark"},
    "group": {"name": "They call it the crew", "where": "The skate park", "who": "Two boys of year 8"},
    "platform": {"name": "A game", "handle": "sunny_dan_4", "who": "A tutor group"},
}


@pytest.mark.parametrize("about", TOLD_OF)
def test_whoever_decides_reads_every_box_that_was_filled_in(officer, desk, about):
    concern = desk.concern(about=about, details=TOLD_OF[about], already_done="Rang the youth worker")
    page = get(officer, "triage_one", concern.pk).content.decode()
    for words in TOLD_OF[about].values():
        assert ("Worried, but cannot say why" if words is True else words) in page
    assert "Rang the youth worker" in page


def test_the_desk_reads_how_a_health_professional_is_reached_and_the_childs_own_worker_does_not(client, desk):
    desk.open_girl()
    reach = "The clinic’s duty line, weekdays till four"
    concern = desk.concern(
        by=desk.nurse, raises="health", please_contact=True, what_worries="", details={"name": "Amina", "reach": reach}
    )  # fmt: skip
    client.force_login(desk.officer)
    assert reach in get(client, "triage_one", concern.pk).content.decode()
    triage.say_who(
        concern.pk, person_id=desk.girl.pk, how_known="x", opened_on="none", by=desk.officer, now=desk.now
    )
    client.force_login(desk.worker)
    page = get(client, "triage_one", concern.pk).content.decode()
    assert "Amina" in page and reach not in page


def test_what_a_clinic_told_is_not_read_by_a_worker_whose_role_does_not_read_its_compartment(client, desk):
    desk.open_girl()
    concern = desk.concern(by=desk.nurse, raises="sexual_health", compartment="sexual_health")
    triage.say_who(
        concern.pk, person_id=desk.girl.pk, how_known="x", opened_on="none", by=desk.officer, now=desk.now
    )
    client.force_login(desk.worker)
    assert get(client, "triage_one", concern.pk).status_code == 404
    client.force_login(desk.officer)
    assert get(client, "triage_one", concern.pk).status_code == 200


def test_what_a_health_professional_adds_later_stands_without_their_name(officer, desk):
    concern = desk.concern(by=desk.nurse, raises="sexual_health", compartment="sexual_health")
    adding.add_words(concern, words="Ring before four", token=uuid4(), by=desk.nurse, now=desk.now)
    page = get(officer, "triage_one", concern.pk).content.decode()
    assert "Ring before four" in page and "A health professional" in page
    assert desk.nurse.display_name not in page and desk.health.name not in page


def test_a_health_professional_who_answered_a_question_with_a_concern_is_not_named_by_which_child_it_is(
    officer, desk
):
    desk.open_girl()
    concern = desk.concern(by=desk.nurse, raises="sexual_health", compartment="sexual_health")
    Matched.objects.create(
        concern=concern, person_id=desk.girl.pk, how_known="It answers a question", by=desk.nurse, at=desk.now
    )
    page = get(officer, "triage_one", concern.pk).content.decode()
    assert "It answers a question" in page and desk.nurse.display_name not in page


def a_neighbour_tells(desk, came_by="public", **left):
    concern = desk.concern(by=None, raises="resident", came_by=came_by)
    Referrer.objects.create(concern=concern, name="Mavis Thorne", works_at="The corner shop", **left)
    return concern


def test_whoever_left_a_number_can_be_rung_by_the_desk_with_a_reason_and_it_is_on_the_trail(officer, desk):
    concern = a_neighbour_tells(desk, phone="07700 900123", how_to_reach="Not after five: he is at home")
    page = get(officer, "triage_one", concern.pk).content.decode()
    assert "They left a way to be reached" in page and "07700" not in page
    asked = get(officer, "reach_referrer", concern.pk).content.decode()
    assert "07700" not in asked
    without = post(officer, "reach_referrer", concern.pk, why=" ").content.decode()
    assert "Say why you have to reach them" in without and "07700" not in without
    shown = post(officer, "reach_referrer", concern.pk, why="To ask which nights").content.decode()
    assert "07700 900123" in shown and "Not after five" in shown and "Do not tell the family" in shown
    assert "Mavis" not in shown and "corner shop" not in shown
    line = Line.objects.get(did="looked at how to reach whoever raised a concern")
    assert (line.by_id, line.why) == (str(desk.officer.pk), "To ask which nights")
    assert "07700" not in str(line.particulars)


def test_of_a_colleague_at_an_agency_the_name_stands_with_the_number(officer, desk):
    concern = a_neighbour_tells(desk, came_by="link", phone="01632 960001")
    shown = post(officer, "reach_referrer", concern.pk, why="To ask which nights").content.decode()
    assert "01632 960001" in shown and "Mavis Thorne" in shown


def test_where_nothing_was_left_there_is_nothing_to_open(officer, desk):
    concern = a_neighbour_tells(desk)
    assert "a way to be reached" not in get(officer, "triage_one", concern.pk).content.decode()
    answer = post(officer, "reach_referrer", concern.pk, why="To ask")
    assert answer.status_code == 409 and "left nothing" in answer.content.decode()


def test_the_childs_own_worker_does_not_learn_how_to_reach_whoever_raised_it(client, desk):
    desk.open_girl()
    concern = a_neighbour_tells(desk, phone="07700 900123")
    triage.say_who(
        concern.pk, person_id=desk.girl.pk, how_known="x", opened_on="none", by=desk.officer, now=desk.now
    )
    client.force_login(desk.worker)
    assert get(client, "triage_one", concern.pk).status_code == 200
    assert post(client, "reach_referrer", concern.pk, why="To ask").status_code == 403
    assert not Line.objects.filter(did__startswith="looked at how to reach", refused_because="").exists()
