"""What is kept of an upload: the picture without where it was taken, the document as it came, a name that misleads nobody."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from rowan.records.uploads.looked_at import look_at, plain_name
from rowan.refusals import NotPossible
from tests.bad_uploads import LINKS, bad_uploads, photograph, portable, word, workbook

ORIENTATION, GPS, CAMERA = 0x0112, 0x8825, 0x0110


def kept(name: str, content: bytes):
    return look_at(name, content, check_for_viruses=lambda content: None)


def photograph_of_a_camera() -> bytes:
    """Wider than high, to be shown turned by a quarter, with place and camera, and something hidden after its end."""
    hidden = Image.Exif()
    hidden[ORIENTATION] = 6
    hidden[CAMERA] = "Invented Camera"
    hidden.get_ifd(GPS)[2] = (51.0, 30.0, 0.0)
    return photograph("JPEG", (80, 40), exif=hidden, comment=b"taken at home") + b"PK\x03\x04 hidden"


def test_a_photograph_keeps_its_picture_and_loses_place_camera_and_what_hid_behind_it():
    given = photograph_of_a_camera()
    assert b"Invented Camera" in given
    cleaned = kept("IMG 1.JPG", given)
    with Image.open(io.BytesIO(cleaned.content)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (40, 80), "it stands as it was held"
        assert not picture.getexif()
        assert "comment" not in picture.info
    for hidden in (b"Invented Camera", b"taken at home", b"PK\x03\x04", b"Exif"):
        assert hidden not in cleaned.content
    assert cleaned.name == "IMG 1.jpg"


def test_a_picture_keeps_what_is_see_through_and_loses_its_words():
    written = io.BytesIO()
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Invented Author")
    Image.new("RGBA", (9, 9), (1, 2, 3, 4)).save(written, "PNG", pnginfo=words)
    cleaned = kept("plan.png", written.getvalue())
    with Image.open(io.BytesIO(cleaned.content)) as picture:
        assert picture.getpixel((0, 0)) == (1, 2, 3, 4)
    assert b"Invented Author" not in cleaned.content


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_pictures_of_every_make_are_read(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    written = io.BytesIO()
    Image.new(mode, (9, 9)).save(written, form)
    assert kept("a.jpg" if form == "JPEG" else "a.png", written.getvalue()).content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "letter.docx",
            word(
                {
                    "word/_rels/document.xml.rels": LINKS.format(
                        kind="hyperlink", target="https://example.test/"
                    )
                }
            ),
        ),
        ("table.xlsx", workbook({"xl/printerSettings/printerSettings1.bin": b"x"})),
        (
            "letter.pdf",
            portable(
                b"<</Type/Catalog/OpenAction[3 0 R/Fit]>>", b"<</A<</S/URI/URI(https://example.test)>>>>"
            ),
        ),
        ("notes.txt", "She said: “I’m fine.” £5, naïve".encode()),
        ("table.csv", b"name,phone,change\nInvented,+44 1632 960001,-5\n"),
    ],
    ids=["Word", "Excel", "PDF", "text", "CSV"],
)
def test_ordinary_documents_are_kept_as_they_came(name, content):
    assert kept(name, content).content == content


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_text_is_kept_in_one_encoding(encoding):
    assert kept("notes.txt", "Zoë went home".encode(encoding)).content.decode() == "Zoë went home"


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("C:\\Users\\a\\My letter.DOCX", "My letter.docx"),
        ("../../etc/notes.txt", "notes.txt"),
        ("photo\u202egpj.txt", "photogpj.txt"),
        ('a"b;c\r\nSet-Cookie: x.txt', "a_b_cSet-Cookie_ x.txt"),
        (".txt", "document.txt"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_misleads_nobody(given, plain):
    assert plain_name(given) == plain


@given(st.text(max_size=200))
def test_a_name_is_never_a_path_and_never_breaks_a_line(given):
    name = plain_name(given)
    assert name
    assert not set(name) & set('/\\\0\r\n\t":;<>|*?')
    assert name not in {".", ".."}
    assert len(name) <= 140
    assert plain_name(name) == name


def test_every_kind_of_bad_upload_is_refused_in_words():
    for upload in bad_uploads(58):
        with pytest.raises(NotPossible) as said:
            kept(upload.name, upload.content)
        assert said.value.reason.endswith((".", ")")), upload.kind


def test_the_scanner_is_asked_before_anything_reads_what_is_inside():
    def refuses(content):
        raise NotPossible("found something")

    with pytest.raises(NotPossible, match="found something"):
        look_at("photo.jpg", photograph()[:40], check_for_viruses=refuses)
