"""Decides whether an upload may be kept, and hands back what of it is kept. It refuses in words for whoever sent it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import puremagic

from rowan.refusals import NotPossible

from . import kinds, packages, pdf, photographs, text


@dataclass(frozen=True)
class Kept:
    """What is kept of an upload: its kind, a safe name, and its bytes without what a camera hid in them."""

    kind: kinds.Kind
    name: str
    content: bytes


def look_at(name: str, content: bytes, *, check_for_viruses: Callable[[bytes], None]) -> Kept:
    """The cheap checks come first, then the scanner, and only then does anything read what is inside."""
    name = plain_name(name)
    kind = _kind_by_ending(name)
    if not content:
        raise NotPossible("The file is empty.")
    if len(content) > kinds.LARGEST_BYTES:
        raise NotPossible(
            f"The file is larger than {kinds.LARGEST_BYTES // kinds.MEGABYTE} MB. Send a smaller copy."
        )
    _refuse_what_it_is_not(kind, content)
    check_for_viruses(content)
    return Kept(kind, name, _CLEANED[kind](content))


def plain_name(given: str) -> str:
    """The last part of the path, without anything that could mislead the eye or a file system."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        letter if letter.isalnum() or letter in " ._-()'" else "_"
        for letter in last
        if unicodedata.category(letter)[0] != "C"
    )
    stem, dot, ending = shown.rstrip(" .").rpartition(".")
    if not dot:
        return shown.strip(" .")[: kinds.LONGEST_NAME] or "document"
    return f"{stem.strip(' .')[: kinds.LONGEST_NAME] or 'document'}.{ending.lower()[:10]}"


def _kind_by_ending(name: str) -> kinds.Kind:
    ending = name.rpartition(".")[2]
    if kind := kinds.BY_ENDING.get(ending):
        return kind
    if instead := kinds.NOT_YET.get(ending):
        raise NotPossible(f"The file is {instead}.")
    raise NotPossible(f"Rowan takes {kinds.EVERY_KIND}. This file is none of these by its name.")


def _refuse_what_it_is_not(kind: kinds.Kind, content: bytes) -> None:
    """Its first bytes say what it is, whatever it is called. Text has no first bytes of its own: `text` reads all of it."""
    if kind in {kinds.CSV, kinds.TEXT}:
        return
    try:
        found = {match.extension.lstrip(".").lower() for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        found = set()
    if not found & set(kind.endings):
        raise NotPossible(
            f"By its name this is a file of the kind {kind.name}, but what is in it is something else."
        )


_CLEANED: dict[kinds.Kind, Callable[[bytes], bytes]] = {
    kinds.JPEG: lambda content: photographs.without_what_the_camera_hid(content, "JPEG"),
    kinds.PNG: lambda content: photographs.without_what_the_camera_hid(content, "PNG"),
    kinds.PDF: pdf.checked,
    kinds.DOCX: lambda content: packages.checked(content, "word/document.xml"),
    kinds.XLSX: lambda content: packages.checked(content, "xl/workbook.xml"),
    kinds.CSV: text.checked_table,
    kinds.TEXT: text.checked,
}
