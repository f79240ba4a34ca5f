"""A document is deleted by two people: its bytes and key are destroyed, and that it was there stays."""

from hashlib import sha256
from uuid import uuid4

import pytest
from django.test import TestCase

from rowan.audit_trail.models import Entry
from rowan.records.attachments import attach, clear_strays_away, open_document
from rowan.records.models import Attachment
from rowan.refusals import NotAllowed, NotPossible
from rowan.sharing.actions.approvals import approve
from rowan.sharing.actions.deleting import ask_to_delete, delete
from rowan.sharing.models import Approval

HELD = b"A letter about somebody else: saffron heron."
MAY_GO = "Added to the wrong record; no hold covers it."


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ROWAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def document(hub):
    return attach(
        name="her letter.txt",
        content=HELD,
        by=hub.worker,
        now=hub.now,
        today=hub.today,
        person_id=hub.girl.pk,
    )


def files(home) -> list:
    return [path for path in (home / "uploads").rglob("*") if path.is_file()]


def asked(hub, document, by=None) -> Approval:
    return ask_to_delete(document.pk, why="Wrong record", token=uuid4(), by=by or hub.worker, now=hub.now)


def deleted(hub, document) -> Approval:
    approval = asked(hub, document)
    approve(approval, by=hub.manager, now=hub.now, reason=MAY_GO)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return delete(approval, by=hub.worker, now=hub.now)


def test_its_bytes_its_name_and_its_key_are_gone_and_a_stone_stays(hub, document, home):
    assert len(files(home)) == 1
    deleted(hub, document)
    document.refresh_from_db()
    assert files(home) == [] and (document.name, document.data_key) == ("", "")
    assert document.held_sha256 == sha256(HELD).hexdigest() and document.erased_at == hub.now
    with pytest.raises(NotAllowed):
        open_document(document.pk, by=hub.worker, today=hub.today)
    line = Entry.objects.get(did="deleted a document", refused_because="")
    assert (line.by_id, line.about_person) == (str(hub.worker.pk), hub.girl.pk)
    assert line.particulars["sha256"] == document.held_sha256


def test_nothing_goes_before_a_second_person_has_said_by_which_rule(hub, document, home):
    approval = asked(hub, document)
    with pytest.raises(NotAllowed, match="has not approved"):
        delete(approval, by=hub.worker, now=hub.now)
    with pytest.raises(NotAllowed, match="two people|does not approve"):
        approve(approval, by=hub.worker, now=hub.now, reason=MAY_GO)
    with pytest.raises(NotPossible, match="no legal hold"):
        approve(approval, by=hub.governance, now=hub.now)
    assert len(files(home)) == 1 and not Attachment.objects.get().erased_at


def test_whoever_may_not_open_it_cannot_ask_and_the_second_learns_no_name_of_it(hub, document):
    with pytest.raises(NotAllowed):
        asked(hub, document, by=hub.lead)
    approval = asked(hub, document)
    assert "letter" not in str(approval.particulars) and approval.particulars["agency"] == hub.council.name


def test_the_record_closed_to_whoever_asked_keeps_its_document(hub, document, home):
    approval = asked(hub, document)
    approve(approval, by=hub.manager, now=hub.now, reason=MAY_GO)
    from rowan.access.models import KeptOut

    KeptOut.objects.create(person_id=hub.girl.pk, practitioner=hub.worker, why="-", set_by="-")
    with pytest.raises(NotAllowed):
        delete(approval, by=hub.worker, now=hub.now)
    assert len(files(home)) == 1


def test_pressed_twice_it_is_deleted_once(hub, document):
    approval = deleted(hub, document)
    with pytest.raises(NotAllowed):
        delete(approval, by=hub.worker, now=hub.now)
    assert Entry.objects.filter(did="deleted a document", refused_because="").count() == 1


def test_killed_before_the_file_went_it_lies_without_a_key_until_it_is_cleared_away(hub, document, home):
    import os

    approval = asked(hub, document)
    approve(approval, by=hub.manager, now=hub.now, reason=MAY_GO)
    delete(approval, by=hub.worker, now=hub.now)  # what waits for the commit never runs
    [left] = files(home)
    os.utime(left, (0, 0))
    assert clear_strays_away(hub.now) == 1 and files(home) == []


def test_a_file_lost_before_does_not_keep_its_row(hub, document, home):
    files(home)[0].unlink()
    approval = deleted(hub, document)
    assert "lost before" in str(Approval.objects.get(pk=approval.pk).particulars)


def test_by_its_pages(hub, document, client):
    client.force_login(hub.worker)
    page = client.get(f"/children/{hub.girl.pk}/documents/").text
    assert f"/sharing/documents/{document.pk}/delete/" in page
    form = client.get(f"/sharing/documents/{document.pk}/delete/").text
    token = form.split('name="token" value="')[1].split('"')[0]
    where = client.post(f"/sharing/documents/{document.pk}/delete/", {"token": token, "why": "Wrong record"})[
        "Location"
    ]
    client.force_login(hub.governance)
    without = client.post(where, {"decided": "approve", "reason": ""}).text
    assert "no legal hold" in without
    client.post(where, {"decided": "approve", "reason": MAY_GO})
    client.force_login(hub.worker)
    assert "Delete the document" in client.get(where).text
    done = client.post(f"{where}delete/", follow=True).text
    assert "This page is its certificate" in done and sha256(HELD).hexdigest() in done
    assert MAY_GO in done, "a certificate says by which rule it went"
    listed = client.get(f"/children/{hub.girl.pk}/documents/").text
    assert "A document that was deleted" in listed and "her letter" not in listed
