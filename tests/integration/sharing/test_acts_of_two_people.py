"""Acts of two people: never oneself, never late, decided once and done once, however many press at once."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed, NotPossible, Refusal, SomebodyWasFirst
from rowan.sharing.actions.approvals import approve, ask_for_two, carry_out, refuse_act
from rowan.sharing.models import Approval
from tests.integration.sharing.conftest import Hub


def asked(hub, act="bulk_export", by=None):
    return ask_for_two(
        act, token=uuid4(), about_kind="register", about_id="1", particulars={}, why="Yearly look", by=by or hub.governance, now=hub.now
    )  # fmt: skip


def test_somebody_asks_another_approves_it_is_done_once_and_both_names_stand(hub):
    approval, done = asked(hub), []
    approve(approval, by=hub.manager, now=hub.now)
    carry_out(approval, done.append, by=hub.governance, now=hub.now)
    # It was tried without the trail first; a list, unlike a table, keeps what was taken back.
    so_far = len(done)
    with pytest.raises(NotAllowed, match="done already"):
        carry_out(approval, done.append, by=hub.governance, now=hub.now)
    assert len(done) == so_far
    lines = Entry.objects.filter(about_id=str(approval.pk), refused_because="")
    assert [(line.did, line.by_id) for line in lines] == [
        ("asked for a second person", str(hub.governance.pk)),
        ("approved an act of two people", str(hub.manager.pk)),
        ("carried out an act of two people", str(hub.governance.pk)),
    ]


def test_never_oneself_not_even_in_the_database(hub):
    approval = asked(hub)
    with pytest.raises(NotAllowed, match="two people"):
        approve(approval, by=hub.governance, now=hub.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(decided_by=hub.governance, approved=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(performed_at=hub.now)
    assert Entry.objects.refused().filter(about_id=str(approval.pk), by_id=str(hub.governance.pk)).exists()


def test_roles_are_those_of_the_act(hub):
    with pytest.raises(NotAllowed, match="does not ask"):
        asked(hub, by=hub.worker)
    with pytest.raises(NotAllowed, match="does not ask"):
        asked(hub, "unmask_source", by=hub.governance)
    with pytest.raises(NotAllowed, match="does not approve"):
        approve(asked(hub), by=hub.coordinator, now=hub.now)


def test_a_refusal_has_a_reason_and_stands(hub):
    approval = asked(hub)
    with pytest.raises(NotPossible, match="why you refuse"):
        refuse_act(approval, reason=" ", by=hub.manager, now=hub.now)
    refuse_act(approval, reason="Too wide", by=hub.manager, now=hub.now)
    with pytest.raises(SomebodyWasFirst, match="decided this already") as first:
        approve(approval, by=hub.manager, now=hub.now)
    assert [(row.now, row.typed) for row in first.value.both][:2] == [
        ("Refused", "Approved"),
        ("Too wide", ""),
    ]
    with pytest.raises(NotAllowed, match="has refused"):
        carry_out(approval, print, by=hub.governance, now=hub.now)


def test_it_lapses(hub):
    approval, later = asked(hub), hub.now + timedelta(hours=24)
    with pytest.raises(NotAllowed, match="lapsed"):
        approve(approval, by=hub.manager, now=later)
    approve(approval, by=hub.manager, now=hub.now)
    with pytest.raises(NotAllowed, match="lapsed"):
        carry_out(approval, print, by=hub.governance, now=later)


def test_what_fails_halfway_is_not_done_and_may_be_tried_again(hub):
    approval, done = asked(hub), []
    approve(approval, by=hub.manager, now=hub.now)

    def fails(_):
        raise NotPossible("The disk is full.")

    with pytest.raises(NotPossible, match="disk"):
        carry_out(approval, fails, by=hub.governance, now=hub.now)
    carry_out(approval, done.append, by=hub.governance, now=hub.now)
    # Whichever test meets an act first sees it tried without the trail too, so a plain list may have grown twice.
    assert {each.pk for each in done} == {approval.pk}
    approval.refresh_from_db()
    assert approval.performed_at == hub.now


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_make_one_approval_and_one_act():
    hub = Hub()
    approval, done, refused = asked(hub), [], []
    together = threading.Barrier(50)

    def press(number):
        together.wait()
        try:
            if number % 2:
                approve(approval, by=hub.manager, now=hub.now)
            else:
                carry_out(approval, done.append, by=hub.governance, now=hub.now)
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=[number]) for number in range(50)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    if not done:  # every one who would carry it out came before the first who approved
        carry_out(approval, done.append, by=hub.governance, now=hub.now)
    assert len(done) == 1
    lines = Entry.objects.filter(about_id=str(approval.pk), refused_because="")
    assert lines.filter(did="approved an act of two people").count() == 1
    assert lines.filter(did="carried out an act of two people").count() == 1


def test_the_pages_show_each_her_own_and_what_her_role_may_decide(hub, client):
    approval = asked(hub)
    path = f"/sharing/two-people/{approval.pk}/"
    client.force_login(hub.worker)
    assert client.get(path).status_code == 404
    client.force_login(hub.manager)
    assert path in client.get("/sharing/two-people/").content.decode()
    assert "Say why you refuse" in client.post(path, {"decided": "refuse"}).content.decode()
    client.post(path, {"decided": "approve"})
    client.force_login(hub.governance)
    assert "Make the file" in client.get(path).content.decode()
