"""What the bytes of a file say before anybody reads them as rows: empty, an archive, noise; which encoding; its digest."""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from charset_normalizer import from_bytes

from rowan.refusals import NotPossible

BLOCK = 1 << 20
# The longest line a table may have. A longer one is no table, whatever its columns say. Never shorter than a block.
LONGEST_LINE = 1 << 20
# How much of a file that is not UTF-8 is looked at to propose what it is.
ENOUGH_TO_PROPOSE = 32 * 1024

_ARCHIVES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a workbook or zip archive; save each sheet as CSV, or unpack it"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old workbook or document; save each sheet as CSV"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive; unpack it first"),
    (b"Rar!", "a rar archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"%PDF", "a PDF; ask the sender for the table itself"),
    (b"PAR1", "a Parquet file; ask the sender for CSV"),
    (b"SQLite format 3\x00", "a database file; ask the sender for CSV"),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass
class FileLookedAt:
    """A file that could be text: how to decode it, its digest, and remarks for the report."""

    path: Path
    encoding: str
    digest: str
    size: int
    # Exact where it is longer than a line may be.
    longest_line: int
    # Whether a carriage return alone ends some of its lines, as on old Macs.
    has_bare_returns: bool
    begins_with: str
    notes: list[str] = field(default_factory=list)

    @property
    def is_xml(self) -> bool:
        return self.begins_with.lstrip("\ufeff \t\r\n").startswith("<")

    def text(self) -> IO[str]:
        """The decoded text, its line ends as they came. A byte that is no character shows as �, and is reported."""
        return open(self.path, encoding=self.encoding, errors="replace", newline="")


def look_at(path: Path) -> FileLookedAt:
    """One pass over the bytes. Refuses, in plain words, what cannot be a table or a tree."""
    begins = _first_bytes(path)
    if not begins.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise NotPossible("the file is empty")
    for magic, what in _ARCHIVES:
        if begins.startswith(magic):
            raise NotPossible(f"the file is {what}")
    if begins[257:262] == b"ustar":
        raise NotPossible("the file is a tar archive; unpack it first")
    scan = _scan(path, _encoding_by_its_mark(begins))
    notes = []
    if scan.encoding == "utf-8-sig":
        notes.append("The file begins with a byte-order mark.")
    elif scan.encoding not in {"utf-8", "cp1252"}:
        notes.append(f"Read as {scan.encoding.upper()}, as its first bytes say.")
    if scan.encoding == "cp1252":
        notes.append(_proposal(path))
    if scan.cut_in_a_character:
        notes.append("The file ends in the middle of a character.")
    decoded = begins.decode(scan.encoding, errors="replace")
    return FileLookedAt(
        path,
        scan.encoding,
        scan.digest,
        scan.size,
        scan.longest_line,
        scan.has_bare_returns,
        decoded,
        notes,
    )


@dataclass
class _Scan:
    encoding: str
    digest: str
    size: int
    longest_line: int
    has_bare_returns: bool
    cut_in_a_character: bool


def _scan(path: Path, encoding: str | None) -> _Scan:
    digest = hashlib.sha256()
    utf8 = codecs.getincrementaldecoder("utf-8")() if encoding is None else None
    size = longest = running = nothings = controls = 0
    unfinished = has_bare_returns = False
    last = b""
    for block in _blocks(path):
        digest.update(block)
        size += len(block)
        joined = last + block if last == b"\r" else block
        last = block[-1:]
        whole = joined[:-1] if last == b"\r" else joined
        returns = whole.count(b"\r")
        has_bare_returns = has_bare_returns or bool(returns and returns != joined.count(b"\r\n"))
        longest, running = _longest_line(block, longest, running)
        if encoding is None:
            if found := len(block) - len(block.translate(None, _CONTROLS)):
                nothings, controls = nothings + block.count(0), controls + found
            # What is ASCII is UTF-8, unless it comes in the middle of a character.
            if utf8 is not None and (unfinished or not block.isascii()):
                try:
                    utf8.decode(block)
                    unfinished = bool(utf8.getstate()[0])
                except UnicodeDecodeError:
                    utf8 = None
    if encoding is None:
        if nothings:
            raise NotPossible("the file is not text (it holds bytes no table has)")
        if controls > 1 + size // 1000:
            raise NotPossible("the file is noise, not text")
        encoding = "utf-8" if utf8 is not None else "cp1252"
    return _Scan(
        encoding,
        digest.hexdigest(),
        size,
        longest,
        has_bare_returns or last == b"\r",
        unfinished and encoding == "utf-8",
    )


_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0c") + b"\x7f"


def _longest_line(block: bytes, longest: int, running: int) -> tuple[int, int]:
    first = block.find(b"\n")
    if first == -1:
        # Line ends of old Macs count as well.
        first = block.find(b"\r")
        if first == -1:
            running += len(block)
            return max(longest, running), running
        last = block.rfind(b"\r")
    else:
        last = block.rfind(b"\n")
    # A block is no longer than a line may be: what is too long begins or ends outside it.
    return max(longest, running + first), len(block) - last - 1


def _encoding_by_its_mark(begins: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if begins.startswith(mark):
            return encoding
    # UTF-16 without its mark: in English text every other byte is nought.
    if len(begins) >= 8 and begins[1:60:2].count(0) > 25 and not begins[0:60:2].count(0):
        return "utf-16-le"
    if len(begins) >= 8 and begins[0:60:2].count(0) > 25 and not begins[1:60:2].count(0):
        return "utf-16-be"
    return None


def _proposal(path: Path) -> str:
    """Windows-1252 is proposed, never decided in silence: the report says what else the bytes look like."""
    said = "The file is not UTF-8. It was read as Windows-1252, as spreadsheets save it: check names with accents."
    with open(path, "rb") as file:
        best = from_bytes(file.read(ENOUGH_TO_PROPOSE)).best()
    if best is not None and best.encoding not in {"cp1252", "latin_1", "ascii", "utf_8", "iso8859_15"}:
        said += f" Its bytes could also be {best.encoding}."
    return said


def _first_bytes(path: Path) -> bytes:
    with open(path, "rb") as file:
        return file.read(64 * 1024)


def _blocks(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            yield block
