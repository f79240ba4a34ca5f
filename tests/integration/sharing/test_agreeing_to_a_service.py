"""Agreeing to a service: recorded with the child's own view, corrected by adding, read by few, and asked by no decision to share."""

import ast
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rowan.access.openings import look_with_a_reason
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from rowan.sharing.actions import may_leave, share_under
from rowan.sharing.actions.files import make_childs_record
from rowan.sharing.actions.requests import ask
from rowan.sharing.actions.service_consents import record_answer
from rowan.sharing.models import ServiceConsent
from rowan.sharing.rules.service_consents import Answer
from tests import people_in_tests as invented

ROWAN = Path(__file__).resolve().parents[3] / "rowan"
# The only modules that know of these records: their own, the page that shows them, the list of models and the addresses.
THEIR_OWN = {
    "sharing/models/service_consents.py",
    "sharing/models/__init__.py",
    "sharing/actions/service_consents.py",
    "sharing/forms/service_consents.py",
    "sharing/shown_service_consents.py",
    "sharing/views/service_consents.py",
    "sharing/views/decisions.py",
    "sharing/urls.py",
}


@pytest.fixture
def answered(hub):
    def answered(follows=None, *, by=None, token=None, child=None, corrects=False, **more):
        said = {
            "service": "Alder Mentoring", "compartment": "core", "what_for": "Somebody to talk to", "said": "declined", "asked": "both",
            "asked_words": "Her mother", "childs_view": "She would rather see her aunt", "understands": "competent", "under_13": "no",
            "on": hub.today,
        }  # fmt: skip
        return record_answer(
            Answer(**{**said, **more}), token=token or uuid4(), person_id=(child or hub.girl).pk, follows=follows, corrects=corrects,
            by=by or hub.worker, now=hub.now,
        )  # fmt: skip

    return answered


def test_it_says_who_was_asked_what_the_child_thinks_and_pressed_twice_is_one(hub, answered):
    token = uuid4()
    assert answered(token=token) == answered(token=token)
    assert Entry.objects.about(hub.girl.pk).filter(did="recorded an answer about a service").count() == 1
    for box, words in (("childs_view", "what the child thinks"), ("asked", "who was asked"), ("understands", "understands"), ("what_for", "is for")):  # fmt: skip
        with pytest.raises(NotPossible, match=words):
            answered(**{box: ""})
    with pytest.raises(NotPossible, match="why nobody was asked"):
        answered(said="not_asked")
    nobody = answered(said="not_asked", asked="", why="She is in hospital")
    assert (nobody.asked, nobody.asked_words) == ("nobody", "")


def test_a_child_under_13_or_who_does_not_understand_does_not_agree_alone_without_a_word_why(hub, answered):
    with pytest.raises(NotPossible, match="Ask a parent or carer too"):
        answered(said="given", asked="child", understands="not_assessed")
    with pytest.raises(NotPossible, match="Under 13"):
        answered(said="given", asked="child", under_13="yes")
    assert answered(said="given", asked="child", under_13="yes", why="Safeguarding lead advised so").pk
    # A child may always say no.
    assert answered(said="declined", asked="child", understands="not_competent", under_13="yes").pk


def test_only_what_was_agreed_is_withdrawn_and_history_stays(hub, answered):
    with pytest.raises(NotPossible, match="cannot be withdrawn"):
        answered(said="withdrawn")
    yes = answered(said="given")
    no_more = answered(yes, said="withdrawn")
    right = answered(no_more, said="withdrawn", childs_view="She moved school", corrects=True)
    with pytest.raises(TypeError):
        yes.save()
    with pytest.raises(TypeError):
        ServiceConsent.objects.update(said="given")
    assert (right.follows, right.corrects, list(ServiceConsent.objects.newest())) == (no_more, True, [right])


def test_two_people_at_once_lose_nothing(hub, answered, client):
    first = answered()
    answered(first, said="given", by=hub.coordinator, childs_view="She met him and likes him")
    assert answered(first, said="declined") is None
    client.force_login(hub.worker)
    sent = {
        "token": str(uuid4()), "after": str(first.pk), "service": "Alder Mentoring", "compartment": "core", "what_for": "To talk",
        "said": "declined", "asked": "child", "childs_view": "Not now", "understands": "competent", "under_13": "no",
        "on_day": hub.today.day, "on_month": hub.today.month, "on_year": hub.today.year,
    }  # fmt: skip
    path = f"/sharing/children/{hub.girl.pk}/services/"
    page = client.post(path, sent).content.decode()
    assert "She met him and likes him" in page and "Not now" in page
    assert ServiceConsent.objects.count() == 2
    newest = ServiceConsent.objects.newest().get()
    assert [client.post(path, sent | {"after": str(newest.pk)}).status_code for _ in range(2)] == [302, 302]
    assert ServiceConsent.objects.count() == 3


def test_it_is_shown_under_its_own_heading_which_says_what_it_is_not(hub, answered, client):
    answered(answered(said="given"), said="withdrawn", why="Wants her evenings")
    client.force_login(hub.worker)
    page = client.get(f"/sharing/children/{hub.girl.pk}/").content.decode()
    assert "Agreeing to a service</h2>" in page and "It is not a ground for sharing" in page
    assert "no longer agrees" in page and "Earlier answers" in page and "Agreed to the service" in page


def test_who_does_not_work_with_the_child_records_nothing_and_reads_nothing(hub, answered, client):
    first = answered()
    with pytest.raises(NothingThere):
        answered(by=hub.stranger)
    with pytest.raises(NotAllowed):
        answered(by=hub.administrator)
    with pytest.raises(NotAllowed, match="agency that recorded"):
        answered(first, by=hub.lead)
    client.force_login(hub.lead)
    page = client.get(f"/sharing/children/{hub.girl.pk}/").content.decode()
    assert "Alder Mentoring" not in page
    assert client.get(f"/sharing/children/{hub.girl.pk}/services/?after={first.pk}").status_code == 404
    assert client.get(f"/sharing/children/{hub.girl.pk}/services/?after=x").status_code == 404
    looking = invented.practitioner("looking", Role.TRIAGE_OFFICER, hub.council)
    look_with_a_reason(person_id=hub.girl.pk, why="A call about her sister", by=looking, now=hub.now)
    with pytest.raises(NotAllowed, match="do not work with this child"):
        answered(by=looking)
    client.force_login(looking)
    assert "Alder Mentoring" not in client.get(f"/sharing/children/{hub.girl.pk}/").content.decode()


def test_a_health_service_is_read_only_by_those_who_see_health(hub, answered, client):
    with pytest.raises(NotAllowed, match="does not see this kind"):
        answered(compartment="sexual_health")
    answered(compartment="health", service="Birch Clinic")
    triage = invented.practitioner("triage", Role.TRIAGE_OFFICER, hub.council)
    invented.involve(hub.girl, hub.council, "working_with", "Triage", practitioner=triage)
    for by, shown in ((hub.worker, True), (triage, False), (hub.coordinator, False)):
        client.force_login(by)
        page = client.get(f"/sharing/children/{hub.girl.pk}/").content.decode()
        assert ("Birch Clinic" in page) is shown


SAID = ["given", "declined", "not_asked", "withdrawn"]


@pytest.mark.parametrize("said", SAID)
def test_whatever_was_answered_protecting_and_sharing_go_on_and_never_look(hub, answered, said):
    """Promise 5: no consent gate on protecting a child. Not one statement of a decision to share reads these records."""
    before = answered(said="given") if said == "withdrawn" else None
    nobody = {"asked": ""} if said == "not_asked" else {}
    answered(before, said=said, why="x", **nobody)
    standing = hub.standing()
    with CaptureQueriesContext(connection) as asked:
        decision = hub.decide()
        hub.decide(hub.not_shared())
        under = share_under(standing, person_id=hub.girl.pk, token=uuid4(), by=hub.worker, now=hub.now)
        for each in (decision, under):
            may_leave(each, person_ids=[hub.girl.pk], by=hub.worker, now=hub.now, as_what="a file")
        make_childs_record(decision, token=uuid4(), by=hub.worker, now=hub.now)
        ask(
            token=uuid4(), person_id=hub.girl.pk, asked_agency=hub.police, what="Reports in May", purpose="missing", article6="public_task",
            duty="ca2004_s10", due_on=hub.today + timedelta(days=2), by=hub.worker, now=hub.now,
        )  # fmt: skip
    assert len(asked) > 20
    assert [query["sql"] for query in asked if "serviceconsent" in query["sql"].lower()] == []


def knows_of_them(source: str) -> bool:
    names = {
        part
        for node in ast.walk(ast.parse(source))
        for name in (getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "module", ""), getattr(node, "name", ""))
        if name
        for part in str(name).split(".")
    }  # fmt: skip
    return bool(names & {"ServiceConsent", "service_consents", "shown_service_consents"})


def test_no_other_module_knows_of_them():
    knows = {
        str(path.relative_to(ROWAN))
        for path in ROWAN.rglob("*.py")
        if "migrations" not in path.parts
        and re.search("serviceconsent|service_consent", text := path.read_text("utf-8"), re.IGNORECASE)
        and knows_of_them(text)
    }
    assert knows == THEIR_OWN
    assert knows_of_them("from ..models import ServiceConsent")
    assert knows_of_them("person.service_consents.all()")
