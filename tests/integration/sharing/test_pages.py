"""The pages of decisions: nothing typed is lost, two windows lose nothing, and nobody reads another agency's decision."""

from uuid import uuid4

import pytest

from rowan.sharing.actions import begin_draft
from rowan.sharing.models import DecisionDraft, SharingDecision
from rowan.sharing.rules.deciding import STEPS
from tests.forms_on_pages import hidden_in


@pytest.fixture
def draft(hub, client):
    client.force_login(hub.worker)
    return begin_draft(person_id=hub.girl.pk, by=hub.worker, now=hub.now)


WHAT = {
    "decided": "share",
    "whose": "own",
    "recipient_body": "Night shelter",
    "recipient_person": "Duty manager",
    "items": ["name_and_birth_date"],
}
PAGES = {
    "what": WHAT,
    "why": {
        "purpose": "missing",
        "article6": "public_task",
        "condition": "safeguarding_children",
        "duty": "ca1989_s17",
        "necessary": "So that they ring when she comes",
    },
    "told": {"told_child": "told", "told_parent": "told"},
    "safely": {"facts": "facts", "accuracy": "Today", "route": "in_person"},
}


def send(client, draft, step, version="0", **more):
    return client.post(f"/sharing/drafts/{draft.pk}/{step}/", {**PAGES[step], "version": version, **more})


def test_page_by_page_to_a_recorded_decision_and_pressed_twice_it_is_one(hub, client, draft):
    for step, following in [("what", "why"), ("why", "told"), ("told", "safely"), ("safely", "check")]:
        assert send(client, draft, step).headers["Location"].endswith(f"/{following}/")
    page = client.get(f"/sharing/drafts/{draft.pk}/check/").content.decode()
    assert "Night shelter" in page
    first = client.post(f"/sharing/drafts/{draft.pk}/check/", hidden_in(page))
    made = SharingDecision.objects.get()
    assert first.headers["Location"] == f"/sharing/decisions/{made.pk}/"
    # The draft has become the decision; a second press is led there.
    assert client.post(f"/sharing/drafts/{draft.pk}/check/").headers["Location"] == first.headers["Location"]
    assert (SharingDecision.objects.count(), DecisionDraft.objects.count()) == (1, 0)


def test_what_was_typed_is_kept_though_something_is_missing(hub, client, draft):
    page = send(client, draft, "what", recipient_person="")
    assert "Say which person receives it" in page.content.decode()
    assert "Night shelter" in page.content.decode()
    client.logout()
    client.force_login(hub.worker)
    assert "Night shelter" in client.get(f"/sharing/drafts/{draft.pk}/what/").content.decode()


def test_a_page_that_was_saved_elsewhere_meanwhile_shows_both_and_writes_nothing(hub, client, draft):
    send(client, draft, "what")
    page = send(client, draft, "what", recipient_body="Youth club").content.decode()
    assert "This page was saved since you opened it" in page
    assert "Saved: Night shelter" in page and "Yours: Youth club" in page
    assert "Night shelter" in client.get(f"/sharing/drafts/{draft.pk}/what/").content.decode()
    send(client, draft, "what", version="1", recipient_body="Youth club")
    assert "Youth club" in client.get(f"/sharing/drafts/{draft.pk}/what/").content.decode()


def test_what_a_page_that_fell_away_held_is_no_part_of_the_decision(hub, client, draft):
    for step in ("what", "why", "told", "safely"):
        send(client, draft, step)
    send(client, draft, "what", version="1", decided="not_share")
    page = client.get(f"/sharing/drafts/{draft.pk}/check/").content.decode()
    assert "Something is still missing" in page
    assert "So that they ring when she comes" not in page


def test_nobody_opens_anothers_draft(hub, client, draft):
    client.force_login(hub.coordinator)
    page = client.get(f"/sharing/drafts/{draft.pk}/what/")
    assert page.status_code == 409
    assert "Amina" not in page.content.decode()


@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_a_get_changes_nothing(hub, client, draft, step):
    before = DecisionDraft.objects.get().typed
    client.get(f"/sharing/drafts/{draft.pk}/{step}/")
    assert DecisionDraft.objects.get().typed == before


def test_a_decision_not_to_share_takes_one_page(hub, client):
    client.force_login(hub.worker)
    path, token = f"/sharing/children/{hub.girl.pk}/not-share/", str(uuid4())
    sent = {
        "token": token,
        "recipient_agency": hub.police.pk,
        "reason_not": "more_detrimental",
        "why_not": "His brother works there",
        "review_on_day": "1",
        "review_on_month": "2",
        "review_on_year": str(hub.today.year + 1),
    }
    page = client.post(path, sent | {"why_not": ""})
    assert token in page.content.decode() and "more_detrimental" in page.content.decode()
    assert [client.post(path, sent).headers["Location"] for _ in range(2)] == [
        f"/sharing/decisions/{token}/"
    ] * 2


ON_ONE_PAGE = {
    "recipient_body": "Night shelter",
    "recipient_person": "Duty manager",
    "items": ["name_and_birth_date"],
    "purpose": "missing",
    "necessary": "So that they ring when she comes",
    "told_child": "told",
    "told_parent": "not_yet",
    "facts": "facts",
    "route": "in_person",
}


def test_the_ordinary_decision_to_share_takes_one_page_with_what_is_usual_filled_in(hub, client):
    client.force_login(hub.worker)
    path, token = f"/sharing/children/{hub.girl.pk}/share/", str(uuid4())
    form = client.get(path).context["form"]
    filled_in = {field.name: field.value() for field in form.filled_in()}
    assert filled_in == {
        "whose": "own", "article6": "public_task", "condition": "safeguarding_children", "duty": "ca2004_s11",
        "accuracy": "As the records say, each with its source and date",
    }  # fmt: skip
    assert not {"health_concern", "sexual_health_concern"} & dict(form.fields["items"].choices).keys()
    sent = {**ON_ONE_PAGE, **filled_in, "token": token}
    page = client.post(path, {**sent, "necessary": ""}).content.decode()
    assert "Say why this much is needed" in page and "Night shelter" in page
    assert "Choose the duty" in client.post(path, {**sent, "duty": ""}).content.decode()
    assert [client.post(path, sent).headers["Location"] for _ in range(2)] == [
        f"/sharing/decisions/{token}/"
    ] * 2
    made = SharingDecision.objects.get()
    assert (made.decided, made.duty, made.told_parent) == ("share", "ca2004_s11", "not_yet")


def test_what_the_one_page_does_not_ask_it_does_not_take(hub, client):
    client.force_login(hub.worker)
    path, more = f"/sharing/children/{hub.girl.pk}/share/", {"token": str(uuid4()), "article6": "public_task", "condition": "safeguarding_children", "duty": "ca2004_s11", "whose": "own", "accuracy": "Today"}  # fmt: skip
    for box, value in (("told_parent", "not_told"), ("items", ["health_concern"]), ("purpose", "other")):
        assert client.post(path, {**ON_ONE_PAGE, **more, box: value}).status_code == 200
    client.post(path, {**ON_ONE_PAGE, **more, "decided": "not_share", "weighing": "x", "handling": "x"})
    made = SharingDecision.objects.get()
    assert (made.decided, made.weighing, made.handling) == ("share", "", "")


def test_what_was_typed_goes_along_to_the_full_form(hub, client):
    client.force_login(hub.worker)
    path = f"/sharing/children/{hub.girl.pk}/share/"
    went = client.post(path, {**ON_ONE_PAGE, "article6": "public_task", "full": "1"})
    draft = DecisionDraft.objects.get()
    assert went.headers["Location"] == f"/sharing/drafts/{draft.pk}/what/"
    assert "Night shelter" in client.get(went.headers["Location"]).content.decode()
    assert (
        "So that they ring when she comes" in client.get(f"/sharing/drafts/{draft.pk}/why/").content.decode()
    )


def test_a_school_reads_its_own_decisions_and_no_others(hub, client):
    theirs, own = hub.decide(), hub.decide(by=hub.lead)
    client.force_login(hub.lead)
    listed = client.get(f"/sharing/children/{hub.girl.pk}/").content.decode()
    assert str(own.pk) in listed and str(theirs.pk) not in listed
    assert client.get(f"/sharing/decisions/{theirs.pk}/").status_code == 404
    assert client.get(f"/sharing/decisions/{own.pk}/").status_code == 200


def test_the_childs_decisions_take_as_many_queries_for_twenty_as_for_two(
    hub, client, django_assert_max_num_queries
):
    client.force_login(hub.worker)
    for _ in range(20):
        hub.decide()
    with django_assert_max_num_queries(45):
        page = client.get(f"/sharing/children/{hub.girl.pk}/")
    assert page.content.decode().count("/sharing/decisions/") == 20


def test_an_earlier_version_says_that_there_is_a_newer_one(hub, client):
    client.force_login(hub.worker)
    first = hub.decide()
    client.post(f"/sharing/decisions/{first.pk}/correct/")
    draft = DecisionDraft.objects.get()
    filled = client.get(f"/sharing/drafts/{draft.pk}/why/").content.decode()
    assert first.necessary in filled
    address = f"/sharing/drafts/{draft.pk}/check/"
    page = client.get(address).content.decode()
    client.post(address, {"notice": "Rang the desk", **hidden_in(page)})
    second = SharingDecision.objects.newest().get()
    assert second.corrects == first
    assert str(second.pk) in client.get(f"/sharing/decisions/{first.pk}/").content.decode()


def test_the_help_is_read_without_signing_in_and_says_what_it_must(client, db):
    page = client.get("/sharing/can-i-share/").content.decode()
    for said in (
        "Data protection law does not stop a school raising persistent absence",
        "Not always, and for protecting a child usually not",
        "data protection officer",
        "Caldicott guardian",
        "Enacted, not known to be in force",
    ):
        assert said in page
    words = len(page.split("<main")[1].split("</main")[0].split())
    assert words < 750  # two or three minutes for a teacher, tags counted
