"""Documents of a child: added through one page, kept sealed, opened only by whom `access` lets, never shown as a page."""

import os
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import timezone

from rowan.access.models import Why
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry
from rowan.records import attachments
from rowan.records.models import Attachment
from tests import people_in_tests as invented
from tests.bad_uploads import bad_uploads, photograph

CANARY = b"A canary in a document: saffron heron."
# Every kind once; the soak sends 2,000.
BAD_UPLOADS = 29


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ROWAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def county(db):
    invented.finished_run()
    agencies = invented.three_agencies()
    child = invented.child("Amina", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])
    invented.involve(child, agencies[invented.COUNCIL], Why.WORKING_WITH)
    invented.involve(child, agencies[invented.SCHOOL], Why.ON_ROLL)
    return {
        "child": child,
        "worker": invented.practitioner("worker", Role.LEAD_PROFESSIONAL, agencies[invented.COUNCIL]),
        "school": invented.practitioner("school", Role.SCHOOL_SAFEGUARDING_LEAD, agencies[invented.SCHOOL]),
        "stranger": invented.practitioner("stranger", Role.MISSING_COORDINATOR, agencies[invented.POLICE]),
    }


def send(client, child, name, content, compartment="core"):
    return client.post(
        f"/children/{child.id}/documents/",
        {"compartment": compartment, "file": SimpleUploadedFile(name, content)},
    )


def without_its_token(page: str) -> str:
    """Every page holds a fresh token against forged forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def files(home) -> list:
    return [path for path in (home / "uploads").rglob("*") if path.is_file()]


def test_a_document_is_added_listed_and_downloaded_and_every_step_is_on_the_trail(client, county, home):
    client.force_login(county["worker"])
    assert send(client, county["child"], "her letter.txt", CANARY).status_code == 302
    document = Attachment.objects.get()
    assert "her letter.txt" in client.get(f"/children/{county['child'].id}/documents/").text
    answer = client.get(f"/records/documents/{document.id}/")
    assert answer.content == CANARY
    assert answer["Content-Disposition"] == 'attachment; filename="her letter.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert set(answer["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "frame-ancestors 'none'",
        "sandbox",
    }
    assert answer["Cache-Control"] == "no-store"
    did = Entry.objects.filter(about_person=county["child"].id).values_list("did", flat=True)
    assert {"added a document", "looked at a child's documents", "downloaded a document"} <= set(did)


def test_neither_disk_nor_database_holds_it_in_clear(client, county, home):
    client.force_login(county["worker"])
    send(client, county["child"], "saffron heron.txt", CANARY)
    [path] = files(home)
    assert b"saffron" not in path.read_bytes()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select * from records_attachment")
        assert "saffron" not in str(cursor.fetchall())


def test_a_changed_or_missing_file_is_said_and_not_shown(client, county, home):
    client.force_login(county["worker"])
    send(client, county["child"], "a.txt", CANARY)
    document, [path] = Attachment.objects.get(), files(home)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert client.get(f"/records/documents/{document.id}/").status_code == 409
    path.unlink()
    assert client.get(f"/records/documents/{document.id}/").status_code == 409


def test_who_has_no_part_is_answered_as_if_it_were_not_there(client, county):
    client.force_login(county["worker"])
    send(client, county["child"], "a.txt", CANARY)
    client.get(f"/children/{county['child'].id}/documents/")  # takes the message that it was added
    document = Attachment.objects.get()
    for username in ("stranger", "school"):
        client.force_login(county[username])
        there = client.get(f"/records/documents/{document.id}/")
        nowhere = client.get("/records/documents/00000000-0000-4000-8000-000000000000/")
        assert (there.status_code, nowhere.status_code) == (403, 403)
        assert without_its_token(there.text) == without_its_token(nowhere.text)
    assert Entry.objects.filter(did="was refused a document", about_person=county["child"].id).exists()
    client.force_login(county["school"])
    assert "a.txt" not in client.get(f"/children/{county['child'].id}/documents/").text
    client.force_login(county["stranger"])
    assert send(client, county["child"], "b.txt", CANARY).status_code == 404
    assert Attachment.objects.count() == 1


def test_no_part_of_the_record_is_added_to_that_she_may_not_see(client, county, home):
    client.force_login(county["worker"])
    assert "Select a valid choice" in send(client, county["child"], "a.txt", CANARY, "intelligence").text
    with pytest.raises(attachments.NotAllowed):
        attachments.attach(
            name="a.txt",
            content=CANARY,
            by=county["worker"],
            now=timezone.now(),
            today=timezone.localdate(),
            person_id=county["child"].id,
            compartment="intelligence",
        )
    assert not Attachment.objects.exists() and not files(home)


def test_bad_uploads_are_refused_on_the_page_and_nothing_is_kept(client, county, home):
    client.force_login(county["worker"])
    said = {}
    for upload in bad_uploads(BAD_UPLOADS, seed=3):
        answer = send(client, county["child"], upload.name or "file", upload.content)
        assert answer.status_code == 200, upload.kind
        assert "There is a problem" in answer.text, upload.kind
        said[upload.kind] = said.get(upload.kind, 0) + 1
    assert sum(said.values()) == BAD_UPLOADS
    assert not Attachment.objects.exists()
    assert not files(home)


def test_nothing_is_taken_while_the_scanner_is_down(client, county, home, settings):
    settings.CLAMAV = "unix:///nowhere/clamd.ctl"
    client.force_login(county["worker"])
    assert "cannot be checked for viruses" in send(client, county["child"], "photo.jpg", photograph()).text
    assert not files(home)
    assert "cannot be checked" in Entry.objects.filter(did="was refused a document").get().refused_because


def test_without_the_trail_no_document_is_kept(client, county, home, monkeypatch):
    def no_trail(**line):
        raise DatabaseError("the trail is not there")

    monkeypatch.setattr(attachments, "record", no_trail)
    with pytest.raises(DatabaseError):
        attachments.attach(
            name="a.txt",
            content=CANARY,
            by=county["worker"],
            now=timezone.now(),
            today=timezone.localdate(),
            person_id=county["child"].id,
        )
    assert not Attachment.objects.exists() and not files(home)


def test_a_file_whose_row_was_never_written_is_cleared_away_after_a_day(client, county, home):
    client.force_login(county["worker"])
    send(client, county["child"], "a.txt", CANARY)
    stray = home / "uploads" / "ff" / "ffffffff-0000-4000-8000-000000000000.sealed"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"sealed")
    assert attachments.clear_strays_away(timezone.now()) == 0
    assert attachments.clear_strays_away(timezone.now() + timedelta(days=2)) == 1
    assert len(files(home)) == 1


def test_an_upload_is_never_a_clear_file_on_the_disk():
    assert settings.FILE_UPLOAD_HANDLERS == ["rowan.website.uploads.InMemoryAndNoLarger"]
    assert not os.environ.get("FILE_UPLOAD_TEMP_DIR")
