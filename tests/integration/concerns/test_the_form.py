"""The form of somebody who signs in: kept page by page, never written over by an older page, checked, and sent once."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from rowan.agencies.rules.posts import PostKind
from rowan.concerns.models import AddedWords, Concern, ConcernDraft
from rowan.concerns.rules.prompts import PROMPTS
from rowan.questions.actions import answer
from tests import people_in_tests as invented


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


ABOUT = {"about": "child", "about_a_professional": "no"}
WHAT = {
    "immediate_danger": "no",
    "what_worries": "She has missed most Fridays and will not say where she goes.",
}
WHO = {"detail_name": "Amina Larkfield", "detail_age": "14"}
NOTICED = {"noticed_i": ["EDU-01", "EDU-03"], "noticed_p": ["EDU-07"]}
NAMES = {"name_1_as_said": "Jay", "name_1_said_by": "Amina’s friend", "name_1_child_calls_them": "J"}
KNOWN = {"child_knows": "no_not_yet", "already_done": "Rang home on Monday"}
PAGES = {"about": ABOUT, "what": WHAT, "who": WHO, "noticed": NOTICED, "names": NAMES, "known": KNOWN}


def begun(client: Client) -> ConcernDraft:
    path = client.post("/concerns/begin/").url
    return ConcernDraft.objects.get(pk=path.split("/")[3])


def page(draft, step: str) -> str:
    return reverse("concerns:draft", args=[draft.pk, step])


def filled(client: Client, pages=PAGES) -> ConcernDraft:
    draft = begun(client)
    for step, boxes in pages.items():
        answer = client.post(page(draft, step), {"version": "0", **boxes})
        assert answer.status_code == 302, answer.content.decode()
    return draft


def send(client: Client, draft):
    check = reverse("concerns:check", args=[draft.pk])
    shown = client.get(check).content.decode()
    opened_on = shown.split('name="opened_on" value="')[1].split('"')[0]
    return client.post(check, {"opened_on": opened_on})


def test_a_teacher_goes_from_page_to_page_and_gets_a_receipt(hub):
    client = signed_in(hub.teacher)
    answer = send(client, filled(client))
    concern = Concern.objects.get()
    assert answer.url == reverse("concerns:one_raised", args=[concern.pk])
    assert (concern.by, concern.raises, concern.child_knows) == (hub.teacher, "school_staff", "no_not_yet")
    assert sorted(concern.noticed.values_list("code", "kind")) == [
        ("EDU-01", "I"),
        ("EDU-03", "I"),
        ("EDU-07", "P"),
    ]
    assert concern.names_heard.get().child_calls_them == "J"
    receipt = client.get(answer.url).content.decode()
    assert concern.reference in receipt
    assert "Children’s social care has not received a referral from this report." in receipt
    assert not ConcernDraft.objects.exists()


def test_the_button_pressed_twice_leads_to_the_same_receipt(hub):
    client = signed_in(hub.teacher)
    draft = filled(client)
    first = send(client, draft)
    again = client.post(reverse("concerns:check", args=[draft.pk]), {"opened_on": "x"})
    assert first.url == again.url
    assert Concern.objects.count() == 1


def test_an_older_page_never_writes_over_a_newer_one_and_shows_both(hub):
    client = signed_in(hub.teacher)
    draft = begun(client)
    client.post(page(draft, "about"), {"version": "0", "page": "one", **ABOUT})
    client.post(page(draft, "what"), {"version": "0", "page": "one", **WHAT})
    answer = client.post(
        page(draft, "what"), {"version": "0", "page": "two", "what_worries": "Another window’s words"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "This page was saved since you opened it" in shown
    for words in ("Another window’s words", "missed most Fridays"):
        assert words in shown
    assert "missed most Fridays" in client.get(page(draft, "what")).content.decode()


def test_what_saves_itself_late_does_not_write_over_what_came_after_it(hub):
    client = signed_in(hub.teacher)
    draft = begun(client)
    client.post(page(draft, "about"), {"version": "0", **ABOUT})
    sent = {"version": "0", "page": "one", "by_itself": "yes"}
    assert client.post(page(draft, "what"), {**sent, "time": "2", "what_worries": "Whole words"}).json() == {
        "version": 1
    }
    client.post(page(draft, "what"), {**sent, "time": "1", "what_worries": "Who"})
    assert "Whole words" in client.get(page(draft, "what")).content.decode()
    elsewhere = client.post(
        page(draft, "what"), {**sent, "page": "two", "time": "1", "what_worries": "Other"}
    )
    assert elsewhere.status_code == 409


def test_bad_input_gets_a_sentence_beside_the_box_with_everything_typed_still_there(hub):
    client = signed_in(hub.teacher)
    draft = begun(client)
    nothing = client.post(
        page(draft, "about"), {"version": "0", "about_a_professional": "no"}
    ).content.decode()
    assert "Choose what you are worried about." in nothing
    client.post(page(draft, "about"), {"version": "1", **ABOUT})
    typed = {"version": "0", "what_worries": "", "when_words": "Last Friday", "where_words": "x" * 600}
    shown = client.post(page(draft, "what"), typed).content.decode()
    assert "Say what worries you, or tick that you cannot say why." in shown
    assert "This is longer than 500 letters." in shown
    assert "Last Friday" in shown
    assert "x" * 600 in shown
    assert "Last Friday" in client.get(page(draft, "what")).content.decode()
    ended = client.post(
        page(draft, "what"), {"version": "1", "what_worries": "She had an abortion"}
    ).content.decode()
    assert "kept in health" in ended
    assert "She had an abortion" in ended


def test_of_sexual_health_the_writer_is_asked_to_think_before_it_is_sent_as_it_was_written(hub):
    client, words = signed_in(hub.teacher), "Her friend says that she asked where to get contraception."
    draft = filled(client, PAGES | {"what": {"immediate_danger": "no", "what_worries": words}})
    shown = client.get(reverse("concerns:check", args=[draft.pk])).content.decode()
    assert "Before you send it" in shown and "Say only what worries you" in shown
    send(client, draft)
    assert Concern.objects.get().what_worries == words


def test_what_is_added_and_decided_afterwards_keeps_it_in_health_too(hub):
    concern, client, words = hub.raised(), signed_in(hub.teacher), "She had an abortion"
    path = reverse("concerns:one_raised", args=[concern.pk])
    shown = client.post(path, {"token": uuid4(), "words": words}).content.decode()
    assert "kept in health" in shown and words in shown
    desk = signed_in(hub.triage)
    for name, boxes in (
        ("decide", {"decided": "advice", "reason": words}),
        ("write_reply", {"words": words}),
    ):
        shown = desk.post(
            reverse(f"concerns:{name}", args=[concern.pk]), boxes | {"token": uuid4()}
        ).content.decode()
        assert "kept in health" in shown and words in shown
    assert not AddedWords.objects.exists() and not concern.decisions.exists() and not concern.replies.exists()


def test_worried_and_cannot_say_why_is_enough(hub):
    client = signed_in(hub.teacher)
    pages = PAGES | {"what": {"cannot_say_why": "yes"}, "noticed": {}, "names": {}, "known": {}}
    send(client, filled(client, pages))
    assert Concern.objects.get().what_worries == ""


def test_everybody_is_shown_the_same_prompts(hub):
    client = signed_in(hub.teacher)
    draft = begun(client)
    client.post(page(draft, "about"), {"version": "0", **ABOUT})
    shown = client.get(page(draft, "what")).content.decode()
    for prompt in PROMPTS:
        assert prompt in shown


def test_a_nurse_says_please_contact_and_is_asked_nothing_else(hub):
    client = signed_in(hub.nurse)
    draft = begun(client)
    client.post(page(draft, "about"), {"version": "0", "please_contact": "yes", **ABOUT})
    answer = client.post(page(draft, "contact"), {"version": "0", "detail_name": "Amina Larkfield"})
    assert "Say how you can be reached, and when." in answer.content.decode()
    answer = client.post(
        page(draft, "contact"),
        {"version": "1", "detail_name": "Amina Larkfield", "how_to_reach": "07700 900123"},
    )
    assert answer.url.endswith("/check/")
    send(client, draft)
    concern = Concern.objects.get()
    assert (concern.please_contact, concern.compartment, concern.what_worries) == (True, "sexual_health", "")


def test_a_teacher_is_not_offered_to_say_please_contact_only(hub):
    client = signed_in(hub.teacher)
    shown = client.get(page(begun(client), "about")).content.decode()
    assert "please contact me" not in shown.lower()


def test_another_persons_draft_and_concern_are_not_there(hub):
    draft = begun(signed_in(hub.teacher))
    other = signed_in(hub.lead)
    assert other.get(page(draft, "about")).status_code == 409
    concern = hub.raised()
    assert other.get(reverse("concerns:one_raised", args=[concern.pk])).status_code == 404
    assert other.get(reverse("concerns:one_raised", args=[uuid4()])).status_code == 404


def test_what_was_begun_is_found_again_on_the_first_page(hub):
    client = signed_in(hub.teacher)
    assert "Begun and not sent" not in client.get("/concerns/").content.decode()
    draft = begun(client)
    assert reverse("concerns:check", args=[draft.pk]) in client.get("/concerns/").content.decode()


def test_words_are_added_once_and_the_desk_is_told(hub):
    concern = hub.raised()
    client = signed_in(hub.teacher)
    path, sent = (
        reverse("concerns:one_raised", args=[concern.pk]),
        {"token": uuid4(), "words": "She came back today."},
    )
    for _ in range(2):
        assert client.post(path, sent).status_code == 302
    assert AddedWords.objects.get().words == "She came back today."
    assert hub.triage.notices.filter(about="Something was added to a concern").count() == 1
    assert "She came back today." in client.get(path).content.decode()
    nothing = client.post(path, {"token": uuid4(), "words": " "}).content.decode()
    assert "Write what you would like to add." in nothing


def test_an_answered_question_lands_here_with_whom_it_is_about_and_is_settled_by_sending(hub):
    asked = invented.question(
        hub.girl, "absence_risen", rows=[(invented.SCHOOL, invented.days_ago(3), "Absent")],
        audience=invented.SCHOOL, at_post=invented.post(PostKind.SCHOOL_LEAD, hub.school, hub.lead),
        figures={"absent": 22, "possible": 40, "weeks": 4, "weeks_to": str(invented.days_ago(3)), "past_weeks": 16, "past_absent": 9, "past_possible": 160, "expected": 3},
    )  # fmt: skip
    answer(asked, kind="concern", text="Her absence worries us.", by=hub.lead, now=hub.now)
    client = signed_in(hub.lead)
    shown = client.get(f"/questions/{asked.pk}/").content.decode()
    path = reverse("concerns:begin_from", args=[asked.pk])
    assert path in shown
    draft = ConcernDraft.objects.get(pk=client.post(path).url.split("/")[3])
    assert client.post(path).url.split("/")[3] == str(draft.pk), "begun twice, it is one draft"
    assert "Her absence worries us." in client.get(page(draft, "what")).content.decode()
    assert "Larkfield" in client.get(page(draft, "who")).content.decode()
    send(client, draft)
    concern = Concern.objects.get()
    assert (concern.came_by, concern.person) == ("question", hub.girl)
    owed = asked.answers.get().owed.get()
    assert concern.reference in owed.outcome
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("who", ["triage", "teacher"])
def test_nobody_begins_from_a_question_that_is_not_theirs(hub, who):
    path = reverse("concerns:begin_from", args=[uuid4()])
    assert signed_in(getattr(hub, who)).post(path).status_code in {403, 404}
