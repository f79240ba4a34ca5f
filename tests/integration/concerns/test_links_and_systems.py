"""A one-time link and an agency's own system: nothing is used up by a look, nothing is read back but the receipt, sent twice is one."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from rowan.agencies.api_clients import let_in, make_client
from rowan.agencies.rules.api_scopes import Scope
from rowan.audit_trail.actions import OPERATOR
from rowan.concerns.actions.links import end_link, make_link
from rowan.concerns.models import Concern, OneTimeLink
from rowan.refusals import NotPossible
from tests.forms_on_pages import hidden_in

FORM, API = "/concerns/tell-us/form/", "/concerns/api/"


def link_for(hub, **more):
    said = {
        "agency": hub.clinic,
        "for_whom": "Reception",
        "raises": "health",
        "by": hub.triage,
        "now": hub.now,
    }
    token = str(uuid4())
    return make_link(token=token, **{**said, **more}), token


def raised_by(token: str, noticed: dict | None = None) -> Client:
    client = Client(enforce_csrf_checks=True)
    page = client.post(reverse("concerns:by_link", args=[token])).content.decode()
    for boxes in [
        {"about": "child", "about_a_professional": "no"},
        {"immediate_danger": "no", "what_worries": "Injuries she did not explain"},
        {"detail_name": "Amina"}, noticed or {}, {}, {}, {},
    ]:  # fmt: skip
        page = client.post(FORM, {**hidden_in(page, FORM), **boxes}).content.decode()
    last = page[page.rindex("<form") :]
    return client.post(FORM, {**hidden_in(last, FORM), "then": "send"})


def test_looking_at_a_link_uses_nothing_up_and_proves_nothing(hub):
    link, token = link_for(hub)
    for _ in range(3):
        page = Client().get(reverse("concerns:by_link", args=[token]))
        assert (page.status_code, "Start now" in page.content.decode()) == (200, True)
    Client().head(reverse("concerns:by_link", args=[token]))
    link.refresh_from_db()
    assert (link.used_at, Concern.objects.count()) == (None, 0)


def test_sending_the_form_uses_it_up(hub):
    link, token = link_for(hub)
    assert "Thank you. It has been received" in raised_by(token).content.decode()
    concern = Concern.objects.get()
    assert (concern.came_by, concern.agency, concern.raises) == ("link", hub.clinic, "health")
    link.refresh_from_db()
    assert link.used_at
    page = Client().get(reverse("concerns:by_link", args=[token]))
    assert (page.status_code, "has been used" in page.content.decode()) == (410, True)
    assert token not in str(list(OneTimeLink.objects.values_list()))


def test_what_was_noticed_may_be_ticked_by_a_link_each_with_its_kind(hub):
    _, token = link_for(hub)
    page = raised_by(
        token, {"noticed_s": "ADU-04", "noticed_i": "EDU-03", "noticed_v": "CARE-01", "noticed_p": "HLT-09"}
    )
    assert page.status_code == 200
    kinds = set(Concern.objects.get().noticed.values_list("code", "kind"))
    assert kinds == {("ADU-04", "S"), ("EDU-03", "I"), ("CARE-01", "V"), ("HLT-09", "P")}
    assert Concern.objects.get().urgency == "red", "a sign of harm is no risk that waits"


def test_a_form_begun_by_a_link_that_was_used_meanwhile_says_so_and_loses_nothing(hub):
    _, token = link_for(hub)
    client = Client()
    page = client.post(reverse("concerns:by_link", args=[token])).content.decode()
    raised_by(token)
    answer = client.post(FORM, {**hidden_in(page, FORM), "about": "child", "about_a_professional": "no"})
    assert answer.status_code == 200
    assert Concern.objects.count() == 1


def test_an_ended_one_an_old_one_and_none_open_nothing(hub):
    link, token = link_for(hub)
    end_link(link.pk, by=hub.triage, now=hub.now)
    _, old = link_for(hub)
    OneTimeLink.objects.exclude(pk=link.pk).update(expires_at=hub.now)
    for each in (token, old, "no-such-link"):
        for method in ("get", "post"):
            assert getattr(Client(), method)(reverse("concerns:by_link", args=[each])).status_code == 410


def test_links_are_made_by_those_who_work_at_the_hub(hub, client):
    with pytest.raises(NotPossible, match="works at the hub"):
        link_for(hub, by=hub.teacher)
    client.force_login(hub.teacher)
    assert client.get("/concerns/links/").status_code == 403
    client.force_login(hub.triage)
    drawn = hidden_in(client.get("/concerns/links/").content.decode())
    for _ in range(2):
        page = client.post("/concerns/links/", {**drawn, "for_whom": "Reception", "raises": "business"})
        assert "/concerns/by-link/" in page.content.decode()
    assert OneTimeLink.objects.count() == 1, "pressed twice, it is one"
    assert (
        client.post("/concerns/links/", {"drawn": "x", "for_whom": "R", "raises": "business"}).status_code
        == 409
    )
    assert "/concerns/by-link/" not in client.get("/concerns/links/").content.decode()
    wrong = client.post("/concerns/links/", {"for_whom": "Reception"}).content.decode()
    assert "Choose what they are" in wrong
    assert "Reception" in wrong


@pytest.fixture
def token(hub):
    system, secret = make_client(
        agency=hub.clinic, name="Records system", scopes=[Scope.CONCERNS.value], answered_for_by=hub.nurse, by=OPERATOR, now=hub.now
    )  # fmt: skip
    return let_in(client_id=system.client_id, secret=secret, scopes=[Scope.CONCERNS.value], now=hub.now)


def told(**more) -> dict:
    return {
        "id": str(uuid4()), "about": "child", "details": {"name": "Amina Larkfield"}, "what_worries": "Injuries she did not explain",
        "noticed": ["HLT-05"], "names": [{"as_said": "Jay"}], **more,
    }  # fmt: skip


def send(token: str, said):
    return Client().post(
        API, said, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )


def test_a_system_raises_a_concern_and_gets_a_receipt_and_sent_again_it_is_one(hub, token):
    said = told()
    first, again = send(token, said), send(token, said)
    assert (first.status_code, first.json()) == (200, again.json())
    concern = Concern.objects.get()
    assert (concern.came_by, concern.agency, concern.urgency) == ("api", hub.clinic, "red")
    assert set(first.json()) == {"id", "reference", "received_at", "referral"}
    assert "has not received a referral" in first.json()["referral"]


@pytest.mark.parametrize(
    ("said", "box"),
    [
        ({"id": "x"}, "id"),
        ({"about": "nothing"}, "about"),
        ({"what_worries": "", "noticed": []}, "what_worries"),
        ({"what_worries": 3}, "what_worries"),
        ({"noticed": ["XXX-01"]}, "noticed"),
        ({"noticed": "HLT-05"}, "noticed"),
        ({"details": {"nhs": "1"}}, "details"),
        ({"names": ["Jay"]}, "names"),
        ({"step": "decided"}, "step"),
        ({"please_contact": "yes"}, "please_contact"),
        ({"seen_or_heard": "perhaps"}, "seen_or_heard"),
        ({"what_worries": "a\x00b"}, "what_worries"),
    ],
)
def test_what_is_wrong_is_said_by_its_box_and_nothing_is_kept(hub, token, said, box):
    answer = send(token, told(**said))
    assert (answer.status_code, box in answer.json()["boxes"]) == (400, True)
    assert not Concern.objects.exists()


def test_what_is_no_thing_at_all_is_refused(hub, token):
    for said in ("[]", "not json", '"x"', b"\xff"):
        assert send(token, said).status_code == 400


def test_without_a_token_for_this_nothing_is_taken(hub, token):
    for wrong in ("", "wrong", "é"):
        assert send(wrong, told()).status_code == 401
    assert Client().get(API).status_code == 405
    assert not Concern.objects.exists()


def test_another_agencys_id_is_not_its_concern(hub, token):
    said = told()
    send(token, said)
    other, secret = make_client(
        agency=hub.school, name="School system", scopes=[Scope.CONCERNS.value], answered_for_by=hub.lead, by=OPERATOR, now=hub.now
    )  # fmt: skip
    others = let_in(client_id=other.client_id, secret=secret, scopes=[Scope.CONCERNS.value], now=hub.now)
    assert send(others, said).status_code == 409
