"""Plain text and CSV tables: characters only, no page in disguise, and no formula that a spreadsheet would run."""

import csv
import io
import re

from rowan.refusals import NotPossible

NOT_TEXT = "The file is called text, but it holds something else."
A_PAGE_OR_A_PROGRAM = "The file is called text, but it is a web page, a picture in words or a program."
HAS_FORMULAS = "The table holds formulas, which a spreadsheet would run. Save it with values only."
A_WIDE_LINE = 1 << 17
NOT_CHARACTERS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
BEGINS_LIKE_MARKUP = re.compile(r"\s*(<[!?/a-z]|#!|%PDF|%!PS|MIME-Version:|Content-Type:)", re.IGNORECASE)
FORMULA = re.compile(r"\s*([=@]|[+-](?![\d\s.,()/-]*$))")


def checked(content: bytes) -> bytes:
    """Kept as UTF-8, so that what is served is what its content type says."""
    return _text(content).encode()


def checked_table(content: bytes) -> bytes:
    text = _text(content)
    csv.field_size_limit(max(csv.field_size_limit(), A_WIDE_LINE))
    try:
        for delimiter in (",", ";", "\t"):
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                if any(FORMULA.match(cell) for cell in row):
                    raise NotPossible(HAS_FORMULAS)
    except csv.Error:
        raise NotPossible(NOT_TEXT) from None
    return text.encode()


def _text(content: bytes) -> str:
    text = _decoded(content)
    if NOT_CHARACTERS.search(text):
        raise NotPossible(NOT_TEXT)
    if BEGINS_LIKE_MARKUP.match(text):
        raise NotPossible(A_PAGE_OR_A_PROGRAM)
    return text


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotPossible(NOT_TEXT)
