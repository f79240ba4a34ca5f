"""The public page: for anybody, without a cookie, nothing on the device or in an address; a code brings somebody back to replies only."""

import logging
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from rowan.concerns.actions import deciding, telling, triage
from rowan.concerns.actions.deciding import Deciding
from rowan.concerns.actions.drafts import forget_old_drafts
from rowan.concerns.models import Concern, ConcernDraft, Receipt, Reply
from tests.strangers import BEGIN, CODE, COME_BACK, FORM, PAGES, TELL_US, Stranger


def test_999_comes_first_then_childline_and_101_and_when_somebody_reads_it(hub):
    page = Client().get(TELL_US).content.decode()
    assert page.index("999") < page.index("101") < page.index("0800 1111")
    assert "Somebody next reads what comes in on" in page
    assert "Exit this page" in page


def test_a_resident_tells_of_a_place_without_a_name_and_gets_a_code(hub):
    stranger = Stranger().whole()
    assert "Check what you have written" in stranger.text
    code = stranger.sent()
    concern = Concern.objects.get()
    assert (concern.about, concern.came_by, concern.by, concern.raises) == (
        "place",
        "public",
        None,
        "resident",
    )
    assert concern.names_heard.get().description == "driver of a silver hatchback"
    assert concern.referrer.name == ""
    assert code.replace("-", "") not in str(vars(Receipt.objects.get()))
    assert "had not received a referral" in stranger.text
    assert not ConcernDraft.objects.exists()


def test_no_page_sets_a_cookie_and_none_is_kept_by_a_browser(hub):
    stranger = Stranger().whole()
    code = stranger.sent()
    pages = [
        *stranger.pages,
        Client().get(TELL_US),
        Client().get(COME_BACK),
        Client().post(COME_BACK, {"receipt": code}),
    ]
    for page in pages:
        assert not page.cookies
        assert "no-store" in page.headers["Cache-Control"]
        assert "csrfmiddlewaretoken" not in page.content.decode()
    assert not stranger.client.cookies


def test_no_code_and_no_draft_stands_in_an_address(hub):
    stranger = Stranger().whole()
    code = stranger.sent()
    back = Client().post(COME_BACK, {"receipt": code})
    for page in [*stranger.pages, back]:
        addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page.content.decode())
        assert not [address for address in addresses if CODE.search(address) or "draft=" in address]
    assert "Location" not in back.headers
    assert "silver hatchback" not in Client().get(COME_BACK, {"receipt": code}).content.decode()
    assert "Replies" not in Client().get(COME_BACK, {"receipt": code}).content.decode()


def test_the_desk_and_a_stranger_write_to_and_fro(client, hub):
    code = Stranger().whole().sent()
    concern = Concern.objects.get()
    client.force_login(hub.triage)
    page = f"/concerns/triage/{concern.pk}/reply/"
    assert "Write the reply" in client.post(page, {"token": uuid4(), "words": " "}).content.decode()
    said = {"token": uuid4(), "words": "Which nights was it?"}
    assert [client.post(page, said).status_code for _ in range(2)] == [302, 302]
    assert Reply.objects.get().by == hub.triage
    token = uuid4()
    theirs = {"receipt": code, "then": "add", "token": token, "words": "Fridays."}
    assert "Which nights was it?" in Client().post(COME_BACK, theirs).content.decode()
    both = client.get(f"/concerns/triage/{concern.pk}/").content.decode()
    assert "Which nights was it?" in both and "Fridays." in both
    other = {"token": said["token"], "words": "Something else"}
    assert "sent already with other words" in client.post(page, other).content.decode()


def test_coming_back_shows_replies_and_lets_them_add_and_never_shows_the_report(hub):
    code = Stranger().whole().sent()
    concern = Concern.objects.get()
    Reply.objects.create(concern=concern, words="Which nights was it?", by=hub.triage, at=hub.now)
    typed = code.lower().replace("-", " ").replace("0", "o")
    page = Client().post(COME_BACK, {"receipt": typed}).content.decode()
    assert "Which nights was it?" in page
    token = uuid4()
    for _ in range(2):
        page = (
            Client()
            .post(COME_BACK, {"receipt": code, "then": "add", "token": token, "words": "Fridays."})
            .content.decode()
        )
        assert "What you added has been received." in page
    assert Reply.objects.get(by=None).words == "Fridays."
    for told in ("Cars come", "old mill", "silver hatchback", "Fridays.", "Tamsin Okoro"):
        assert told not in page
    assert hub.triage.notices.filter(about="Something was added to a concern").exists()


def test_a_wrong_code_gets_a_sentence_beside_its_box_and_no_other_answer(hub):
    Stranger().whole().sent()
    for code, says in [
        ("", "Enter the code"),
        ("ABC", "Enter the code"),
        ("00000-00000-00000-00000", "No report has this code"),
    ]:
        page = Client().post(COME_BACK, {"receipt": code}).content.decode()
        assert says in page
        assert code in page


def test_a_taxi_driver_is_told_nothing_of_a_child_even_when_one_was_found_and_referred(hub):
    from rowan.concerns.models import Decision, StatutoryFact

    stranger = Stranger()
    for boxes in [
        {"about": "child", "raises": "taxi_driver", "about_a_professional": "no"},
        {"immediate_danger": "no", "what_worries": "I drove a girl who cried."},
        {"detail_looks": "About 14, red coat"}, {}, {}, {},
    ]:  # fmt: skip
        stranger.send(boxes)
    code = stranger.sent()
    concern = Concern.objects.get()
    before = Client().post(COME_BACK, {"receipt": code}).content.decode()
    Decision.objects.create(
        concern=concern, decided="referral", reason="Found: Amina Larkfield", by=hub.triage, at=hub.now
    )
    StatutoryFact.objects.create(
        concern=concern, fact="referral", on=hub.now.date(), by=hub.triage, at=hub.now
    )
    Concern.objects.filter(pk=concern.pk).update(step="decided", person=hub.girl)
    page = Client().post(COME_BACK, {"receipt": code}).content.decode()
    for word in ("Amina", "referred to", "received a referral on", "Found"):
        assert word.lower() not in page.lower()
    assert "We cannot tell you what happens next." in page
    assert "when you sent this report" in page.lower()
    assert "when you sent this report" in before.lower()


def test_bad_input_stays_in_its_box_with_a_sentence_beside_it(hub):
    stranger = Stranger().send({"raises": "resident"})
    assert "Choose what you are worried about." in stranger.text
    stranger.send(PAGES[0]).send({"when_words": "At night"})
    assert "Say what worries you, or tick that you cannot say why." in stranger.text
    assert "At night" in stranger.text
    stranger.send(PAGES[1]).send(PAGES[2]).send({}).send({"ref_email": "nobody", "ref_name": "Ola"})
    assert "Enter an email address such as name@example.com" in stranger.text
    assert 'value="Ola"' in stranger.text


def test_nobody_without_an_account_is_turned_back_for_a_word(hub):
    stranger = Stranger().send(PAGES[0]).send({"what_worries": "She said she had an abortion"})
    assert "Which place?" in stranger.text
    for boxes in PAGES[2:]:
        stranger.send(boxes)
    assert "Before you send it" in stranger.text and "it need not be said here" in stranger.text
    stranger.sent()
    assert Concern.objects.get().what_worries == "She said she had an abortion", (
        "nothing that was written is changed"
    )


def test_a_page_sent_twice_and_a_press_on_back_lose_nothing(hub):
    stranger = Stranger().send(PAGES[0])
    second = stranger.page
    stranger.send(PAGES[1])
    stranger.page = second
    stranger.send(PAGES[1])
    assert "Which place?" in stranger.text
    stranger.send({"detail_name": "The mill"}, then="back")
    assert "Cars come at night" in stranger.text
    stranger.send(PAGES[1])
    assert "The mill" in stranger.text


def test_sent_twice_it_is_one_with_the_same_receipt(hub):
    stranger = Stranger().whole()
    check = stranger.page
    code = stranger.sent()
    stranger.page = check
    assert stranger.sent() == code
    assert Concern.objects.count() == 1


def test_a_draft_is_reached_by_its_own_token_for_a_day_and_by_nothing_else(hub):
    stranger = Stranger().send(PAGES[0])
    draft = ConcernDraft.objects.get()
    for token in ("", "x", signing.dumps([str(draft.pk), "A" * 20], salt="another"), str(draft.pk)):
        answer = Client().post(FORM, {"draft": token, "step": "what", "what_worries": "Typed words"})
        assert answer.status_code == 409
        assert "Typed words" in answer.content.decode()
    assert forget_old_drafts(timezone.now() + timedelta(hours=25)) == 1
    answer = stranger.send({"what_worries": "Typed words"})
    assert "Start again" in answer.text
    assert "Typed words" in answer.text


def test_no_address_of_a_caller_stands_in_any_log_or_table(hub, caplog):
    caplog.set_level(logging.DEBUG)
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.post(BEGIN)
    client.post(COME_BACK, {"receipt": "00000-00000-00000-00000"})
    client.post(FORM, {"draft": "x"})
    from rowan.audit_trail.models import Entry

    assert "203.0.113.77" not in caplog.text
    assert "203.0.113.77" not in str(list(Entry.objects.values_list()))
    with connection.cursor() as cursor:
        # Where tries are counted.
        cursor.execute("select cache_key, value from agencies_remembered")
        kept = cursor.fetchall()
    assert kept
    assert "203.0.113.77" not in str(kept)


def test_a_signed_in_practitioner_who_tells_it_here_stays_unknown(hub, client):
    client.force_login(hub.teacher)
    page = client.post(BEGIN)
    assert hub.teacher.display_name not in page.content.decode()
    assert ConcernDraft.objects.get().by is None


@pytest.mark.parametrize("raises", ["school_lead", "police", "health", "social_care", "carer"])
def test_whatever_somebody_says_they_are_the_public_page_tells_nobody_what_was_decided(hub, raises):
    """Whoever harms a child may report her, to learn what is known."""
    told = hub.told(raises=raises)
    concern = hub.raised_by_a_stranger(told, code="A" * 20)
    triage.begin_screening(concern.pk, by=hub.triage, now=hub.now)
    triage.say_who(
        concern.pk, person_id=hub.girl.pk, how_known="x", opened_on="none", by=hub.triage, now=hub.now
    )
    said = Deciding(
        decided="referral", reason="Two men wait at the gate", referral_on=hub.now.date(), referral_reference="R-7"
    )  # fmt: skip
    deciding.decide(concern.pk, said, token=uuid4(), by=hub.triage, now=hub.now)
    for _ in range(2):
        page = Client().post(COME_BACK, {"receipt": "A" * 20}).content.decode()
        assert (
            "Two men wait" not in page and "eferred to" not in page and "received a referral on" not in page
        )
        assert "had not received a referral" in page
        telling.tell_referrer(concern.pk, how="by_code", by=hub.triage, now=hub.now)
