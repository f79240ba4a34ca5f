"""Word and Excel documents are zip archives: looked into part by part, never unpacked, and refused where they act or reach out."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from rowan.refusals import NotPossible

MOST_PARTS = 2000
MOST_BYTES_UNPACKED = 100 * 1024 * 1024
MOST_TIMES_LARGER = 200
RATIO_ASKED_ABOVE_BYTES = 1024 * 1024
BLOCK = 64 * 1024

BROKEN = "The document cannot be read, or is not put together as Word and Excel do it. Save it again and send that."
UNPACKS_TOO_LARGE = "The document unpacks to far more than it should. Rowan does not open it."
HAS_MACROS = "The document holds macros or other programs. Save it without them and send that."
REACHES_OUT = "The document draws something from elsewhere (a linked file, picture, template or data). Save it with nothing linked."
LOCKED = "The document is locked with a password. Rowan cannot check it: send it unlocked."

PROGRAMS = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|customui|/ctrlprops/|\.(bin|exe|dll|js|vbs|ps1|bat|hta|scr)$",
    re.IGNORECASE,
)
PRINTER_SETTINGS = re.compile(r"^xl/printersettings/[^/]+\.bin$", re.IGNORECASE)
DRAWS_FROM_ELSEWHERE = re.compile(
    r"^xl/externallinks/|^xl/connections\.xml$|^xl/querytables/|/afchunk", re.IGNORECASE
)
PROGRAM_TYPES = (b"macroenabled", b"vbaproject", b"activex", b"oleobject")
DYNAMIC_EXCHANGE = re.compile(rb"\bDDE(AUTO)?\b|<(\w+:)?ddelink", re.IGNORECASE)
LINKS_A_PERSON_CLICKS = "/hyperlink"
READABLE_TARGETS = ("http://", "https://", "mailto:", "#")


def checked(content: bytes, main_part: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_a_trick_of_the_archive(package, content)
            names = {part.filename for part in package.infolist()}
            if main_part not in names or "[Content_Types].xml" not in names:
                raise NotPossible(BROKEN)
            _refuse_programs_and_links(package)
    except NotPossible:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        RuntimeError,
        NotImplementedError,  # what zipfile says of a way of packing it does not know
    ):
        raise NotPossible(BROKEN) from None
    return content


def _refuse_a_trick_of_the_archive(package: zipfile.ZipFile, content: bytes) -> None:
    parts = sorted(package.infolist(), key=lambda part: part.header_offset)
    names = [part.filename.casefold() for part in parts]
    if not parts or len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise NotPossible(BROKEN)
    if any(part.flag_bits & 0x1 for part in parts):
        raise NotPossible(LOCKED)
    if any(
        name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or "\x00" in name
        for name in names
    ):
        raise NotPossible(BROKEN)
    # Nothing before the first part, none within another, nothing after the end: no second file hides in this one.
    if parts[0].header_offset != 0 or package.comment or not content[-22:].startswith(b"PK\x05\x06"):
        raise NotPossible(BROKEN)
    ends = [part.header_offset for part in parts[1:]] + [package.start_dir]
    if any(part.header_offset + 30 + part.compress_size > end for part, end in zip(parts, ends, strict=True)):
        raise NotPossible(UNPACKS_TOO_LARGE)
    if sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED or any(map(_swells, parts)):
        raise NotPossible(UNPACKS_TOO_LARGE)


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_ASKED_ABOVE_BYTES and part.file_size > MOST_TIMES_LARGER * max(
        1, part.compress_size
    )


def _refuse_programs_and_links(package: zipfile.ZipFile) -> None:
    for part in package.infolist():
        name = part.filename
        if PROGRAMS.search(name) and not PRINTER_SETTINGS.match(name):
            raise NotPossible(HAS_MACROS)
        if DRAWS_FROM_ELSEWHERE.search(name):
            raise NotPossible(REACHES_OUT)
        whole = bytearray()
        reads_as_tree = name.casefold().endswith((".xml", ".rels", ".vml"))
        for block in _unpacked(package, part):
            if reads_as_tree:
                whole += block
        if reads_as_tree:
            _refuse_in_a_tree(name, bytes(whole))


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Its bytes, a block at a time, and no more than it said it had: the sum of what was said has been checked."""
    left = part.file_size
    with package.open(part) as stream:
        while block := stream.read(BLOCK):
            left -= len(block)
            if left < 0:
                raise NotPossible(UNPACKS_TOO_LARGE)
            yield block


def _refuse_in_a_tree(name: str, tree: bytes) -> None:
    # UTF-16 is turned so that nothing hides in it.
    plain = tree.decode("utf-16").encode() if tree[:2] in (b"\xff\xfe", b"\xfe\xff") else tree
    if b"<!DOCTYPE" in plain.upper() or b"<!ENTITY" in plain.upper() or b"\x00" in plain:
        raise NotPossible(BROKEN)
    if name == "[Content_Types].xml" and any(word in plain.lower() for word in PROGRAM_TYPES):
        raise NotPossible(HAS_MACROS)
    if name.startswith("word/") and b"instrText" in plain and DYNAMIC_EXCHANGE.search(_fields_of(plain)):
        raise NotPossible(REACHES_OUT)
    if name.startswith("xl/") and b"ddeLink" in plain:
        raise NotPossible(REACHES_OUT)
    if name.casefold().endswith(".rels"):
        _refuse_links(plain)


def _fields_of(plain: bytes) -> bytes:
    """What Word's fields say, put together: a word may be split over several pieces."""
    return b"".join(re.findall(rb"<w:instrText[^>]*>([^<]*)<", plain))


def _refuse_links(plain: bytes) -> None:
    try:
        links = ElementTree.fromstring(plain)
    except (ElementTree.ParseError, LookupError, ValueError):
        raise NotPossible(BROKEN) from None
    for link in links.iter():
        if link.get("TargetMode", "").casefold() != "external":
            continue
        target = link.get("Target", "").strip().casefold()
        if not link.get("Type", "").endswith(LINKS_A_PERSON_CLICKS) or not target.startswith(
            READABLE_TARGETS
        ):
            raise NotPossible(REACHES_OUT)
