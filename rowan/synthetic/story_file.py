"""Reads a file of story shapes: generous in how it is written, strict in what it says. Nothing in it is ever run.

Every fault is named with its line. A file with a fault is refused whole, before anything is written.
"""

import csv
import io
import math
import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from rowan.synthetic.story_parameters import Number, Parameter, Value, Weights

COLUMNS = ("shape", "sign", "parameter", "value", "source")
NEEDED = ("shape", "sign", "parameter", "value")
MOST_BYTES = 2_000_000
FAULTS_NAMED = 4
_DIGITS = re.compile(r"[-+]?\d+").fullmatch
_COMMA = re.compile(r"[-+]?\d+,\d+ ?%?").fullmatch


class WrongStoriesFile(ValueError):
    """What is wrong with a file of story shapes, for the person who wrote it."""


class Fault(ValueError):
    """One thing wrong, without its place."""


class Row:
    def __init__(self, line: int, cells: dict[str, str]):
        self.line = line
        self.shape, self.sign = cells["shape"], cells["sign"]
        self.parameter, self.value, self.source = plain(cells["parameter"]), cells["value"], cells["source"]


class Faults:
    """Collects what is wrong, so that whoever wrote the file hears of all of it at once."""

    def __init__(self, path: Path):
        self.path = path
        self.found: list[tuple[int, str]] = []

    def add(self, line: int, text: str) -> None:
        self.found.append((line, text))

    def refuse(self) -> None:
        if not self.found:
            return
        self.found.sort(key=lambda fault: fault[0])
        said = "; ".join(f"line {line}: {text}" for line, text in self.found[:FAULTS_NAMED])
        more = len(self.found) - FAULTS_NAMED
        rest = f"; and {more} more" if more > 0 else ""
        raise WrongStoriesFile(
            f"The stories file {self.path} cannot be used: {said}{rest}.".replace("?.", "?")
        )


def rows_of(path: Path, faults: Faults) -> list[Row]:
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        rows = list(_rows(path, reader, faults))
    except csv.Error as error:
        raise WrongStoriesFile(
            f"The stories file {path} cannot be used: line {reader.line_num}: this is no CSV ({error})."
        ) from error
    _ask_about_decimal_commas(rows, faults)
    return rows


def _ask_about_decimal_commas(rows: list[Row], faults: Faults) -> None:
    """A row that leaves its source out, and whose decimal comma made one. Where every source is a number they are footnotes."""
    if all(row.source.isdigit() for row in rows):
        return
    for row in rows:
        if row.source.isdigit() and _DIGITS(row.value):
            number = f"{row.value},{row.source}"
            faults.add(row.line, f"the source is the number {row.source}; {_write_with_a_point(number)}")


def _text(path: Path) -> str:
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise WrongStoriesFile(
                f"The stories file {path} is larger than {MOST_BYTES:,} bytes and was not read; a file of shapes has some hundred lines."
            )
        raw = path.read_bytes()
    except OSError as error:
        raise WrongStoriesFile(f"The stories file {path} cannot be read: {error.strerror}.") from error
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        names = ["utf-16"]
    else:
        names = ["utf-8-sig", "cp1252"]  # as Excel writes a plain CSV
    for name in names:
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text or text.startswith("PK\x03\x04"):
            break
        return text
    raise _no_text(path)


def _no_text(path: Path) -> WrongStoriesFile:
    return WrongStoriesFile(
        f"The stories file {path} cannot be read: line 1: it is no text, as a workbook or a picture is none; save it as CSV (UTF-8)."
    )


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if _says_something(line)), "")
    return max(",;\t|", key=head.count)


def _says_something(line: str) -> bool:
    return bool(line.strip(" ,;\t\"'")) and not line.lstrip(' "').startswith("#")


def _rows(path: Path, reader, faults: Faults) -> Iterator[Row]:
    heads: list[str] | None = None
    line = 1
    for cells in reader:
        at, line = line, reader.line_num + 1
        cells = [" ".join(cell.split()) for cell in cells]
        if not any(cells) or cells[0].startswith("#"):
            continue
        if heads is None:
            heads = _heads(path, at, cells)
            continue
        if any(cells[len(heads) :]):
            split = next((f"{a},{b}" for a, b in pairwise(cells) if _DIGITS(a) and b.isdigit()), "")
            so = f"; {_write_with_a_point(split)}" if split else "; put quotes round a text with commas"
            faults.add(at, f"there are {len(cells)} cells for {len(heads)} columns{so}")
            continue
        row = dict.fromkeys(COLUMNS, "") | dict(zip(heads, cells, strict=False))
        if not row["shape"] or not row["parameter"]:
            faults.add(at, f"'{'shape' if not row['shape'] else 'parameter'}' is empty")
            continue
        yield Row(at, row)
    if heads is None:
        raise WrongStoriesFile(
            f"The stories file {path} is empty; it needs the columns {', '.join(COLUMNS)}."
        )


def _write_with_a_point(number: str) -> str:
    return f"if {number} is a number with a decimal comma, write it with a point: {number.replace(',', '.')}"


def _heads(path: Path, line: int, cells: list[str]) -> list[str]:
    heads = [plain(cell) for cell in cells]
    while heads and not heads[-1]:
        heads.pop()
    if missing := [name for name in NEEDED if name not in heads]:
        raise WrongStoriesFile(
            f"The stories file {path} cannot be used: line {line}: it needs the columns shape, sign, parameter, value "
            f"and source, and lacks {', '.join(missing)}."
        )
    if unknown := [name for name in heads if name not in COLUMNS]:
        raise WrongStoriesFile(
            f"The stories file {path} cannot be used: line {line}: nobody knows the column '{unknown[0]}'{meant(unknown[0], COLUMNS)}."
        )
    if len(set(heads)) < len(heads):
        raise WrongStoriesFile(
            f"The stories file {path} cannot be used: line {line}: a column stands there twice."
        )
    return heads


def plain(text: str) -> str:
    """'Days median' and 'days-median' are days_median."""
    return "_".join(text.lower().replace("-", " ").split())


def meant(wrong: str, known) -> str:
    close = get_close_matches(wrong, list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


# --- one value


def value_of(declared: Parameter, text: str) -> Value:
    if isinstance(declared, Number):
        return _number(declared, text)
    if isinstance(declared, Weights):
        return _weights(declared, text)
    if not declared.several:
        return _one_of(declared.allowed, text)
    words = tuple(_one_of(declared.allowed, part.strip()) for part in re.split("[;,]", text) if part.strip())
    if not words:
        raise Fault(f"is empty; it is any of {', '.join(declared.allowed)}")
    return tuple(dict.fromkeys(words))


def _number(declared: Number, text: str) -> float:
    percent = declared.percent and text.endswith("%")
    if _COMMA(text):
        raise Fault(f"needs a number without a comma, not '{text}'; {_comma(text)}")
    if not text:
        raise Fault("is empty; give a number, or leave the row out")
    try:
        number = float(text.rstrip("%").strip() if percent else text) / (100 if percent else 1)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or "_" in text:
        raise Fault(f"needs a number, such as 2 or 0.5, not '{text}'")
    if not declared.least <= number <= declared.most:
        raise Fault(f"needs a number from {declared.least:g} to {declared.most:,.12g}, not '{text}'")
    if declared.whole and number != int(number):
        raise Fault(f"needs a whole number, not '{text}'")
    return number


def _comma(text: str) -> str:
    """A comma may part thousands or decimals, and nobody guesses which."""
    whole, _, rest = text.rstrip("% ").partition(",")
    if len(rest) == 3 and whole not in {"0", "-0"}:
        return f"write {whole}{rest} or {whole}.{rest}, whichever it is"
    return f"write it with a point: {text.replace(',', '.')}"


def _one_of(allowed: tuple[str, ...], text: str) -> str:
    found = next((word for word in allowed if plain(word) == plain(text)), None)
    if found is None:
        raise Fault(f"cannot be '{text}'; it is one of {', '.join(allowed)}{meant(text, allowed)}")
    return found


def _weights(declared: Weights, text: str) -> tuple[tuple[str, float], ...]:
    """O:5;I:3, or O:60%;I:40% which then has to make a hundred."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not parts:
        raise Fault("is empty; it is things with weights, such as O:5;I:3")
    found: dict[str, float] = {}
    for part in parts:
        thing, colon, weight = part.rpartition(":")
        thing = _one_of(declared.allowed, thing.strip() if colon else part)
        if thing in found:
            raise Fault(f"names '{thing}' twice")
        found[thing] = _number(Number(0, 1_000_000, percent=True), weight.strip()) if colon else 1.0
    percents = [part.endswith("%") for part in parts]
    if any(percents) and not (all(percents) and math.isclose(sum(found.values()), 1, abs_tol=0.005)):
        raise Fault(f"is in per cent, so all of it has to be, and to make 100%: '{text}'")
    if not any(found.values()):
        raise Fault("has no weight above nought")
    return tuple(found.items())
