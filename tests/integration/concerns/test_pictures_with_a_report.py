"""A photograph or document with a report from somebody without an account: kept with the draft, moved with the report, fetched by triage."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from rowan.access.models import LetIn, Restriction
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import PUBLIC
from rowan.audit_trail.models import Entry
from rowan.concerns.actions import raising
from rowan.concerns.actions.drafts import begin_draft, forget_old_drafts
from rowan.concerns.actions.links import make_link
from rowan.concerns.actions.sent_files import add_file, clear_strays_away, fetch_file, take_off
from rowan.concerns.models import Concern, ConcernDraft, SentFile
from rowan.records.uploads import clamav
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from tests import concerns_in_tests
from tests import people_in_tests as invented
from tests.bad_uploads import bad_uploads, photograph
from tests.forms_on_pages import hidden_in
from tests.strangers import COME_BACK, FORM, TELL_US, Stranger

# Every kind once; the soak sends 2,000 through the same checks.
BAD_UPLOADS = 29


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ROWAN_HOME = tmp_path
    return tmp_path


def lying_in(home) -> list:
    return [path for path in (home / "uploads").rglob("*") if path.is_file()]


def taken_at_the_mill() -> bytes:
    """A photograph in which a camera hid where and when."""
    hidden = Image.Exif()
    hidden[0x010F] = "Saffron Heron Cameras"
    written = io.BytesIO()
    Image.effect_noise((40, 30), 60).convert("RGB").save(written, "JPEG", exif=hidden)
    return written.getvalue()


def a_draft(hub):
    return begin_draft(by=PUBLIC, now=hub.now)


def with_a_picture(hub, *, name="silver car.jpg", told=None, **more) -> tuple[Concern, SentFile]:
    draft = a_draft(hub)
    file = add_file(draft, name=name, content=photograph(), by=PUBLIC, now=hub.now)
    concern = hub.raised_by_a_stranger(told, token=draft.pk, **more)
    file.refresh_from_db()
    return concern, file


# ---- adding


def test_a_resident_sends_a_photograph_and_it_stands_with_the_concern(hub, home):
    stranger = Stranger().whole()
    assert "Add a picture or document" in stranger.text
    stranger.to_files().adds("silver car.jpg", taken_at_the_mill())
    assert "silver car.jpg" in stranger.text and "Take off" in stranger.text
    stranger.send({}, then="check")
    assert "silver car.jpg" in stranger.text and "Check what you have written" in stranger.text
    stranger.sent()
    file = SentFile.objects.get()
    assert (file.concern, file.draft, file.kind) == (Concern.objects.get(), None, "JPEG photograph")
    assert not ConcernDraft.objects.exists()
    [path] = lying_in(home)
    assert b"JFIF" not in path.read_bytes()
    _, content = fetch_file(file.concern_id, file.pk, by=hub.triage, now=timezone.now())
    assert Image.open(io.BytesIO(content)).size == (40, 30)
    assert b"Saffron" not in content
    assert Entry.objects.get(did="raised a concern").particulars["files"] == 1
    assert "silver car" not in str(list(Entry.objects.values_list()))


def test_a_file_is_added_whichever_button_is_pressed(hub):
    stranger = Stranger().whole().to_files().adds("car.jpg", photograph(), then="check")
    assert "Check what you have written" in stranger.text
    assert SentFile.objects.get().name == "car.jpg"
    stranger.to_files().adds("words.txt", b"A number plate", then="to what")
    assert "Cars come at night" in stranger.text
    assert SentFile.objects.count() == 2


def test_a_wrong_file_gets_a_sentence_beside_its_box_and_nothing_typed_is_lost(hub):
    stranger = Stranger().whole().to_files()
    for name, content, says in [
        ("film.mp4", b"moving", "This file is none of these by its name"),
        ("car.jpg", b"no picture", "what is in it is something else"),
        ("car.jpg", b"", "The file is empty."),
        ("car.heic", b"heic", "send it as JPEG"),
        ("car.txt", b"x" * (10 * 1024 * 1024 + 1), "The file is larger than 10 MB"),
    ]:
        stranger.adds(name, content, then="check")
        assert says in stranger.text and 'id="id_file_error"' in stranger.text
        assert "<title>Error: " in stranger.text
    stranger.send({}, then="add")
    assert "Choose a file." in stranger.text
    stranger.send({}, then="check")
    for typed in ("Cars come at night", "old mill", "silver hatchback"):
        assert typed in stranger.text
    assert not SentFile.objects.exists()
    assert Entry.objects.filter(did="added a file to a concern").exclude(refused_because="").count() == 5


def test_no_bad_upload_is_kept_and_none_meets_an_error_page(hub, home):
    stranger = Stranger().whole().to_files()
    for upload in bad_uploads(BAD_UPLOADS):
        stranger.adds(upload.name, upload.content)
        assert stranger.page.status_code == 200, upload.kind
        assert 'id="id_file_error"' in stranger.text, upload.kind
    assert not SentFile.objects.exists() and lying_in(home) == []
    assert stranger.send({}, then="check").sent()


def test_where_a_scanner_finds_something_it_is_not_kept_and_a_resident_is_told_so(hub, settings, monkeypatch):
    settings.CLAMAV = "unix:///nowhere"
    stranger = Stranger().whole().to_files().adds("car.jpg", photograph())
    assert clamav.CANNOT_ASK in stranger.text
    monkeypatch.setattr(clamav, "_ask", lambda address, content: "stream: Eicar FOUND")
    assert "You can still tell us in words." in stranger.adds("car.jpg", photograph()).text
    assert not SentFile.objects.exists()


def test_the_same_file_sent_twice_is_one_and_three_are_enough(hub, home):
    stranger = Stranger().whole().to_files()
    page, picture = stranger.page, taken_at_the_mill()
    for _ in range(2):
        stranger.page = page
        stranger.adds("car.jpg", picture)
    assert SentFile.objects.count() == 1
    stranger.adds("one.txt", b"One").adds("two.txt", b"Two")
    assert "You have added 3 files, which is as many as we take." in stranger.text
    assert "Choose a picture or document" not in stranger.text
    stranger.page = page
    assert "You have added 3 files" in stranger.adds("three.txt", b"Three").text
    assert SentFile.objects.count() == len(lying_in(home)) == 3


def test_a_file_is_taken_off_again_and_its_bytes_go(hub, home):
    stranger = Stranger().whole().to_files().adds("car.jpg", photograph())
    page, off = stranger.page, f"off {SentFile.objects.get().pk}"
    for _ in range(2):
        stranger.page = page
        stranger.send({}, then=off)
        assert "car.jpg" not in stranger.text
    assert not SentFile.objects.exists() and lying_in(home) == []
    assert Entry.objects.filter(did="took a file off a concern").count() == 1
    assert stranger.send({}, then="off nonsense").page.status_code == 200


def test_nobody_takes_off_a_file_of_somebody_elses_report(hub, home):
    theirs = add_file(a_draft(hub), name="car.jpg", content=photograph(), by=PUBLIC, now=hub.now)
    take_off(a_draft(hub), theirs.pk, by=PUBLIC)
    stranger = Stranger().whole().to_files().send({}, then=f"off {theirs.pk}")
    assert "car.jpg" not in stranger.text
    assert SentFile.objects.get() == theirs and len(lying_in(home)) == 1


def test_a_check_page_that_was_opened_before_a_file_was_added_says_so(hub):
    stranger = Stranger().whole()
    check = stranger.page
    stranger.to_files().adds("car.jpg", photograph())
    stranger.page = check
    [last] = [part for part in stranger.text.split("<form") if 'name="opened_on"' in part]
    stranger.send(hidden_in(f"<form{last}", FORM), then="send")
    assert "The form was changed since you opened this page" in stranger.text
    assert stranger.sent() and SentFile.objects.get().concern


def test_a_file_that_comes_after_the_report_was_sent_joins_nothing(hub, home):
    draft = a_draft(hub)
    hub.raised_by_a_stranger(token=draft.pk)
    with pytest.raises(NotPossible, match="This form is not there any more"):
        add_file(draft, name="car.jpg", content=photograph(), by=PUBLIC, now=hub.now)
    assert not SentFile.objects.exists() and lying_in(home) == []


def test_no_page_of_pictures_sets_a_cookie_or_holds_a_token_in_an_address(hub):
    stranger = Stranger().whole().to_files().adds("car.jpg", photograph())
    for page in stranger.pages:
        assert not page.cookies and "no-store" in page.headers["Cache-Control"]
        assert "draft=" not in page.content.decode() and "csrfmiddlewaretoken" not in page.content.decode()


# ---- with the draft, then with the concern


def test_files_that_were_never_sent_go_with_their_draft_after_a_day(hub, home):
    file = add_file(a_draft(hub), name="car.jpg", content=photograph(), by=PUBLIC, now=hub.now)
    with_a_picture(hub)
    assert forget_old_drafts(hub.now + timedelta(hours=23)) == 0
    assert forget_old_drafts(hub.now + timedelta(hours=25)) == 1
    assert not SentFile.objects.filter(pk=file.pk).exists()
    [path] = lying_in(home)
    assert SentFile.objects.get().concern and path.stem == str(SentFile.objects.get().pk)


def test_when_the_report_is_not_saved_its_files_stay_with_the_draft(hub, monkeypatch):
    draft = a_draft(hub)
    file = add_file(draft, name="car.jpg", content=photograph(), by=PUBLIC, now=hub.now)

    def fails(*args, **said):
        raise DatabaseError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(raising, "record", fails)
        with pytest.raises(DatabaseError):
            hub.raised_by_a_stranger(token=draft.pk)
    file.refresh_from_db()
    assert (file.draft, file.concern, Concern.objects.count()) == (draft, None, 0)
    concern = hub.raised_by_a_stranger(token=draft.pk)
    assert hub.raised_by_a_stranger(token=draft.pk) == concern
    assert concern.files.get() == file


def test_what_a_killed_process_left_is_cleared_away_and_nothing_else(hub, home):
    with_a_picture(hub)
    [kept] = lying_in(home)
    stray = kept.parent / f"{uuid4()}.sealed"
    stray.write_bytes(b"nobody's")
    assert clear_strays_away(timezone.now()) == 0
    assert clear_strays_away(timezone.now() + timedelta(days=2)) == 1
    assert lying_in(home) == [kept]


def test_neither_disk_nor_database_holds_it_in_clear(hub, home):
    from django.db import connection

    _, file = with_a_picture(hub, name="saffron heron.jpg")
    assert b"JFIF" not in lying_in(home)[0].read_bytes()
    with connection.cursor() as cursor:
        cursor.execute("select name, data_key from concerns_sentfile")
        stored = str(cursor.fetchone())
    assert "saffron" not in stored and file.data_key not in stored


def test_an_agency_sends_one_by_its_link_and_only_a_call_back_brings_nothing_along(hub):
    token = str(uuid4())
    make_link(token=token, agency=hub.clinic, for_whom="x", raises="health", by=hub.triage, now=hub.now)
    stranger = Stranger()
    stranger.page = stranger.client.post(reverse("concerns:by_link", args=[token]))
    stranger.send({"about": "child", "about_a_professional": "no"})
    stranger.send({"what_worries": "Injuries she did not explain"})
    for boxes in ({"detail_name": "Amina"}, {}, {}, {}, {}):
        stranger.send(boxes)
    stranger.to_files().adds("letter.txt", b"A letter").send({}, then="check")
    check = stranger.page
    stranger.send({}, then="to about")
    stranger.send({"please_contact": "yes", "about": "child", "about_a_professional": "no"})
    stranger.send({"detail_name": "Amina", "how_to_reach": "07700 900123"})
    assert "Pictures and documents" not in stranger.text
    assert "Pictures and documents" not in stranger.to_files().text
    stranger.page = check
    stranger.send({}, then="to about")
    stranger.send({"about": "child", "about_a_professional": "no"})
    draft = SentFile.objects.get().draft
    told = hub.told(raises="health", please_contact=True, what_worries="", how_to_reach="07700 900123")
    door = {"came_by": "link", "agency": hub.clinic, "link": draft.link}
    hub.raised_by_a_stranger(told, token=draft.pk, **door)
    assert not SentFile.objects.exists()


def test_somebody_who_signs_in_is_not_asked_for_files_here(hub, client):
    client.force_login(hub.teacher)
    draft = begin_draft(by=hub.teacher, now=hub.now)
    assert "Pictures and documents" not in client.get(f"/concerns/drafts/{draft.pk}/check/").text
    file = SimpleUploadedFile("car.jpg", photograph())
    assert client.post(FORM, {"draft": str(draft.pk), "step": "files", "file": file}).status_code == 409
    with pytest.raises(NotPossible, match="This form is not there"):
        add_file(draft, name="car.jpg", content=photograph(), by=PUBLIC, now=hub.now)


def test_coming_back_with_the_code_shows_no_file(hub):
    stranger = Stranger().whole().to_files().adds("silver car.jpg", photograph()).send({}, then="check")
    code = stranger.sent()
    assert "silver car.jpg" not in stranger.text
    page = Client().post(COME_BACK, {"receipt": code}).content.decode()
    assert "Your report" in page
    for word in ("silver car", "Pictures", str(SentFile.objects.get().pk)):
        assert word not in page
    file = SentFile.objects.get()
    answer = Client().get(reverse("concerns:sent_file", args=[file.concern_id, file.pk]))
    assert answer.status_code == 302 and "sign" in answer["Location"]


# ---- at triage


def test_triage_sees_the_list_and_fetches_one_as_a_download_which_is_on_the_trail(client, hub):
    concern, file = with_a_picture(hub)
    client.force_login(hub.triage)
    page = client.get(reverse("concerns:triage_one", args=[concern.pk])).text
    address = reverse("concerns:sent_file", args=[concern.pk, file.pk])
    assert "silver car.jpg" in page and address in page and "<img" not in page
    answer = client.get(address)
    assert answer.content.startswith(b"\xff\xd8")
    assert answer["Content-Disposition"] == 'attachment; filename="silver car.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert set(answer["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'", "frame-ancestors 'none'", "sandbox",
    }  # fmt: skip
    line = Entry.objects.get(did="fetched a file sent with a concern")
    assert (line.by_id, line.about_id, line.refused_because) == (str(hub.triage.pk), str(file.pk), "")
    assert line.particulars == {"concern": str(concern.pk)}


def test_whoever_may_not_read_the_concern_fetches_nothing_of_it(hub):
    concern, file = with_a_picture(hub)
    mentor = invented.practitioner("mentor", Role.MENTOR, hub.council)
    for reader in (hub.teacher, hub.nurse, mentor):
        with pytest.raises(NotAllowed):
            fetch_file(concern.pk, file.pk, by=reader, now=hub.now)
        refused = Entry.objects.filter(by_id=str(reader.pk), did="opened a concern to fetch a file")
        assert refused.get().refused_because


def test_a_file_is_fetched_with_its_own_concern_and_no_other(client, hub):
    _, file = with_a_picture(hub)
    other = concerns_in_tests.concern(by=hub.lead)
    client.force_login(hub.triage)
    nothing = reverse("concerns:sent_file", args=[other.pk, uuid4()])
    answers = [client.get(reverse("concerns:sent_file", args=[other.pk, file.pk])), client.get(nothing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Entry.objects.filter(did="fetched a file sent with a concern").exclude(refused_because="").count() == 2  # fmt: skip
    unsent = add_file(a_draft(hub), name="car.jpg", content=photograph(), by=PUBLIC, now=hub.now)
    with pytest.raises(NothingThere):
        fetch_file(unsent.draft_id, unsent.pk, by=hub.triage, now=hub.now)


def test_files_about_a_hidden_child_answer_as_files_that_are_not_there(client, hub):
    told = hub.told(raises="resident")
    concern, file = with_a_picture(hub, told=told)
    Concern.objects.filter(pk=concern.pk).update(person=hub.girl)
    manager = invented.practitioner("manager", Role.APPROVING_MANAGER, hub.council)
    held = Restriction.objects.create(
        person_id=hub.girl.pk, why="staff family", owner=manager, set_by="operator"
    )
    LetIn.objects.create(restriction=held, practitioner=manager, by="operator")
    client.force_login(hub.triage)
    hidden = client.get(reverse("concerns:sent_file", args=[concern.pk, file.pk]))
    nobody = client.get(reverse("concerns:sent_file", args=[uuid4(), uuid4()]))
    assert hidden.status_code == nobody.status_code == 404
    assert hidden.content.split(b"csrfmiddlewaretoken")[0] == nobody.content.split(b"csrfmiddlewaretoken")[0]
    assert fetch_file(concern.pk, file.pk, by=manager, now=hub.now)[0] == file


def test_files_about_a_professional_are_for_the_designated_officer_alone(hub):
    told = hub.told(raises="parent", about_a_professional=True, professionals_name="Sian Blakemore")
    concern, file = with_a_picture(hub, told=told, professionals_agency=hub.school)
    for shut_out in (hub.triage, hub.lead):
        with pytest.raises(NotAllowed):
            fetch_file(concern.pk, file.pk, by=shut_out, now=hub.now)
    assert fetch_file(concern.pk, file.pk, by=hub.officer, now=hub.now)[0] == file


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(hub, home):
    concern, file = with_a_picture(hub)
    [path] = lying_in(home)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(NotPossible, match="missing or was changed"):
        fetch_file(concern.pk, file.pk, by=hub.triage, now=hub.now)
    assert not Entry.objects.filter(did="fetched a file sent with a concern").exists()


def test_the_public_page_says_that_pictures_can_be_added_and_what_never_to_send(hub):
    page = Client().get(TELL_US).text
    assert "At the end you can add up to 3 pictures or documents." in page
    assert "Never copy, send or pass on a sexual picture of a child" in page
