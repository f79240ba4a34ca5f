"""Each sign of an invented county's stories: of which day, in whose file, and whether anybody may read it beside what.

For `rowan evaluate` alone, which asks where stories were lost. Reads the county's own files and its truth, nothing of a run.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rowan.questions.rules.absence_risen import COUNTED_MARKS
from rowan.questions.rules.noted_again import NOT_COUNTED

from .evaluation_kinds import Place, Truth
from .truth_files import wrong

# The column that says of which day a row is, by the file's name.
DAY_COLUMNS = {
    "missing_incidents.csv": "ReportedAt", "arrests_under_18.csv": "ArrestedAt", "missing.csv": "MIS_START", "episodes.csv": "DECOM",
    "roll.csv": "LeavingDate", "safeguarding_log.csv": "Date", "marks": "Date",
}  # fmt: skip
DATES = ("%Y-%m-%d", "%d/%m/%Y")
SUSPENDED_MARK, LATE_MARK = "E", "L"


@dataclass(frozen=True)
class Sign:
    """`kind` as a person would say it. `read` by some rule, whoever may be asked; `may_be_read` that day, by whoever may be asked."""

    place: Place
    on: date | None
    kind: str
    agency: str
    read: bool
    may_be_read: bool


def signs_of_stories(county: Path, truth: Truth) -> dict[str, list[Sign]]:
    """By story. A file of the county that is not there any more says nothing."""
    watched, cases = _own_watch(county), _cases(county, truth)
    people = {story.story: story.person for story in truth.stories}
    found: dict[str, list[Sign]] = defaultdict(list)
    by_file: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for (file, line), stories in truth.signs.items():
        by_file[file][line] = stories
    for file, lines in sorted(by_file.items()):
        for line, row in _rows(county / file, set(lines)):
            for story in lines[line]:
                sign = _sign((file, line), row, watched, cases.get(people[story], ()))
                found[story].append(sign)
    return found


def _sign(
    place: Place, row: Mapping[str, str], watched: set[str], cases: Sequence[tuple[date, date]]
) -> Sign:
    folder, *between, name = place[0].split("/")
    name = "marks" if name.startswith("marks_") else name
    on = _day(row.get(DAY_COLUMNS.get(name, ""), ""))
    kind, read = _kind(name, row)
    is_open = on is not None and any(opened <= on <= closed for opened, closed in cases)
    # A roll is held for identity alone, so its leavings pass beside other rows only for children the hub works with.
    own = folder == "schools" and name != "roll.csv" and between[0] in watched
    return Sign(place, on, kind, folder, read, folder != "schools" or is_open or own)


def _kind(name: str, row: Mapping[str, str]) -> tuple[str, bool]:
    if name == "marks":
        mark = row.get("Mark", "")
        if mark == SUSPENDED_MARK:
            return "suspended", True
        return ("late", False) if mark == LATE_MARK else ("absent", mark in COUNTED_MARKS)
    if name == "safeguarding_log.csv":
        return "noted", row.get("Category", "").strip().lower() not in NOT_COUNTED
    if name == "missing.csv":
        return ("away", True) if row.get("MISSING") == "A" else ("missing", True)
    kinds = {"missing_incidents.csv": "missing", "arrests_under_18.csv": "arrested", "episodes.csv": "placed", "roll.csv": "left school"}  # fmt: skip
    return kinds.get(name, "another"), name in kinds


def _rows(file: Path, lines: set[int]) -> list[tuple[int, Mapping[str, str]]]:
    """A row by its first physical line, the header being line 1."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.reader(opened)
        heads = next(reader, [])
        found: list[tuple[int, Mapping[str, str]]] = []
        began = reader.line_num + 1
        for cells in reader:
            if began in lines:
                found.append((began, dict(zip(heads, cells, strict=False))))
            began = reader.line_num + 1
    return found


def _own_watch(county: Path) -> set[str]:
    file = county / "agreements.json"
    try:
        told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
        return {each["agency"].removeprefix("school-") for each in told if each["own_watch"]}
    except json.JSONDecodeError as error:
        raise wrong(file, f"line {error.lineno} is no JSON ({error.msg})") from error
    except (UnicodeDecodeError, AttributeError, KeyError, TypeError) as error:
        raise wrong(file, "it is no list of agreements with 'agency' and 'own_watch'") from error


def _cases(county: Path, truth: Truth) -> dict[str, list[tuple[date, date]]]:
    """From when to when the council works with each child, as its case list says."""
    file = "council/case_list.csv"
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    if not (county / file).exists():
        return found
    lines = {line for name, line in truth.person_of if name == file}
    for line, row in _rows(county / file, lines):
        opened, closed = _day(row.get("Opened", "")), _day(row.get("Closed", ""))
        if opened:
            found[truth.person_of[file, line]].append((opened, closed or date.max))
    return found


def _day(text: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(text.strip()[:10], form).date()
        except ValueError:
            continue
    return None
