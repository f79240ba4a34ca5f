"""A photograph for the “if missing” sheet: cleaned and sealed, printed on the sheet and shown nowhere else; replaced or taken off, its bytes are gone."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from rowan.access.models import Restriction
from rowan.audit_trail.models import Entry as Line
from rowan.missing import actions
from rowan.missing.actions import photographs
from rowan.missing.models import Photograph, SheetPrint
from rowan.refusals import NothingThere
from rowan.sharing.actions import decide
from rowan.sharing.rules.deciding import Said
from tests import people_in_tests as invented
from tests.bad_uploads import photograph

MAKER = "Made by a telephone at 52.1, -2.2"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ROWAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def sheet(hub):
    hub.report()
    return actions.fill_in(
        token=uuid4(), person_id=hub.boy.pk, opened_on="", words={"places": "The canal"}, by=hub.carer, now=hub.ago(minutes=5)
    )  # fmt: skip


def taken() -> bytes:
    hidden = Image.Exif()
    hidden[0x010E] = MAKER
    return photograph(exif=hidden)


def put(hub, *, by=None, name="him.jpg", content=None, now=None) -> Photograph:
    return actions.put_photograph(
        person_id=hub.boy.pk, name=name, content=content or taken(), by=by or hub.worker, now=now or hub.now
    )


def printed(hub, sheet, *, by=None, decision=None) -> SheetPrint:
    return actions.print_sheet(
        sheet, token=uuid4(), person_id=hub.boy.pk, decision=decision, by=by or hub.worker, now=hub.now
    )


def sealed(home) -> list[Path]:
    return list((Path(home) / "uploads" / "photographs").glob("*/*.sealed"))


def seen_on_paper(print_, *, by, now):
    return photographs.photograph_of_print(print_.pk, by=by, now=now)


def test_it_is_put_on_the_sheet_and_shown_where_the_sheet_was_printed_and_nowhere_else(hub, sheet, client):
    client.force_login(hub.worker)
    page = reverse("missing:photograph", args=[hub.boy.pk])
    for _ in range(2):
        assert client.post(page, {"file": SimpleUploadedFile("him.jpg", taken())}).status_code == 302
    for path in (page, reverse("missing:sheet", args=[hub.boy.pk])):
        shown = client.get(path).content.decode()
        assert "Joan Eccles" in shown and "<img" not in shown
    paper = client.post(
        reverse("missing:print_sheet", args=[hub.boy.pk]), {"token": uuid4(), "decision": ""}
    ).content.decode()
    there = reverse("missing:photograph_on_paper", args=[SheetPrint.objects.get().pk])
    assert f'src="{there}"' in paper and 'alt="Kacper Holloway"' in paper
    answer = client.get(there)
    assert (answer["Content-Type"], MAKER.encode() in answer.content) == ("image/jpeg", False)
    assert "sandbox" in answer["Content-Security-Policy"]
    client.force_login(hub.carer)
    assert client.get(there).status_code == 404, "whoever did not print it is shown none"


def test_its_bytes_lie_sealed_and_without_what_the_camera_hid(hub, sheet, home):
    content = taken()
    assert MAKER.encode() in content
    file = put(hub, content=content)
    [path] = sealed(home)
    assert content[:40] not in path.read_bytes() and MAKER.encode() not in path.read_bytes()
    _, clear = seen_on_paper(printed(hub, sheet), by=hub.worker, now=hub.now)
    assert clear[:2] == b"\xff\xd8" and MAKER.encode() not in clear
    line = Line.objects.get(did="put a photograph on an if-missing sheet", refused_because="")
    assert (line.about_id, line.by_name) == (str(file.pk), "Joan Eccles")


def test_another_takes_its_place_and_taken_off_nothing_of_it_is_kept(hub, sheet, home):
    first, second = put(hub), put(hub, content=photograph(size=(50, 40)), now=hub.now + timedelta(seconds=1))
    first.refresh_from_db()
    assert (first.taken_off_by, first.data_key, len(sealed(home))) == (hub.worker, "", 1)
    with_it = printed(hub, sheet)
    for _ in range(2):
        actions.take_off_photograph(person_id=hub.boy.pk, by=hub.worker, now=hub.now)
    second.refresh_from_db()
    assert (second.data_key, sealed(home)) == ("", [])
    assert Line.objects.filter(did="took a photograph off an if-missing sheet").count() == 1
    with pytest.raises(NothingThere):
        seen_on_paper(with_it, by=hub.worker, now=hub.now)
    assert printed(hub, sheet).photograph is None


def test_the_printed_page_shows_it_for_an_hour_and_no_longer(hub, sheet):
    put(hub)
    paper = printed(hub, sheet)
    assert seen_on_paper(paper, by=hub.worker, now=hub.now + timedelta(minutes=59))
    with pytest.raises(NothingThere):
        seen_on_paper(paper, by=hub.worker, now=hub.now + timedelta(minutes=61))
    with pytest.raises(NothingThere):
        seen_on_paper(SheetPrint(pk=uuid4()), by=hub.worker, now=hub.now)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("him.pdf", b"%PDF-1.4\n%%EOF", "."),
        ("him.txt", b"A letter about him", "JPEG or PNG"),
        ("him.jpg", b"no picture", "."),
        ("him.heic", b"heic", "send it as JPEG"),
        ("him.jpg", b"", "empty"),
    ],
)
def test_what_is_no_photograph_is_refused_in_words_beside_the_box(
    hub, sheet, home, client, name, content, says
):
    client.force_login(hub.worker)
    page = client.post(
        reverse("missing:photograph", args=[hub.boy.pk]), {"file": SimpleUploadedFile(name, content)}
    )
    assert page.status_code == 200 and says in " ".join(page.context["form"].errors["file"])
    assert not Photograph.objects.exists() and sealed(home) == []


def test_nobody_without_a_part_in_his_life_puts_one_there_or_takes_one_off(hub, sheet):
    put(hub)
    for act in (
        lambda: put(hub, by=hub.stranger),
        lambda: actions.take_off_photograph(person_id=hub.boy.pk, by=hub.stranger, now=hub.now),
    ):
        with pytest.raises(NothingThere):
            act()
    assert Photograph.objects.standing().count() == 1


def test_it_leaves_rowan_on_the_sheet_only_where_the_decision_covers_its_agency(hub, sheet):
    put(hub, by=hub.carer)
    of_council = actions.fill_in(
        token=uuid4(), person_id=hub.boy.pk, opened_on=str(sheet.pk), words={"places": "The canal"}, by=hub.worker, now=hub.now
    )  # fmt: skip
    carried = {}
    for whose in ("joint", "own"):
        covers = {
            "items": ("name_and_birth_date", "if_missing_sheet"),
            "whose": whose,
            "purpose": "missing",
        }
        made = decide(
            Said(**{**invented.WHOLE, **covers}), token=uuid4(), person_ids=[hub.boy.pk], recipient_agency=hub.police, by=hub.coordinator, now=hub.now
        )  # fmt: skip
        carried[whose] = printed(hub, of_council, by=hub.coordinator, decision=made).photograph is not None
    assert carried == {"joint": True, "own": False}


def test_a_file_whose_row_was_never_written_is_cleared_away(hub, sheet, home, monkeypatch):
    monkeypatch.setattr(photographs, "_stand", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        put(hub)
    assert sealed(home) == [], "let go of at once where the process lives"
    monkeypatch.undo()
    put(hub)
    assert photographs.clear_strays_away(hub.now + timedelta(days=2)) == 0
    Photograph.objects.update(taken_off_at=hub.now, taken_off_by=hub.worker, data_key="")
    assert photographs.clear_strays_away(hub.now + timedelta(days=2)) == 1


def test_the_same_agency_has_one_photograph_whatever_is_sent_at_once(hub, sheet):
    content = taken()
    assert put(hub, content=content) == put(hub, content=content)
    assert Photograph.objects.count() == 1


def test_of_a_child_who_was_hidden_since_it_was_printed_nothing_is_shown_and_the_trail_says_whose(hub, sheet):
    put(hub)
    paper = printed(hub, sheet)
    Restriction.objects.create(person_id=hub.boy.pk, why="staff family", owner=hub.carer, set_by="operator")
    with pytest.raises(NothingThere):
        seen_on_paper(paper, by=hub.worker, now=hub.now)
    asked = Line.objects.exclude(refused_because="").get(
        did="was shown the photograph on a printed if-missing sheet"
    )
    assert asked.about_person == hub.boy.pk
