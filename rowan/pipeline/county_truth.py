"""Reads what `rowan evaluate` needs: an invented county's truth, and what the last run wrote before the purge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rowan.questions.rules.asking_again import Occasion
from rowan.refusals import NotPossible

from .county_read import damaged, refuse_another_county
from .evaluation_kinds import DAYS_A_MONTH, LinkedRow, Person, Place, PutOccasion, Story, Truth
from .truth_files import TruthRow, truth_rows, wrong

AGES = (("under 10", 0), ("10 to 12", 10), ("13 to 15", 13), ("16 and over", 16))
TRUTH = {
    "records.csv": ("file", "line", "person"),
    "stories.csv": ("story", "person", "shape", "first_sign_on", "ends_on", "first_recorded_harm_on", "sex", "ethnic_group"),
    "signs.csv": ("file", "line", "story"),
}  # fmt: skip
PEOPLE = ("person", "names", "sex", "ethnic_group")
EVALUATION = ("links", "occasions", "occasion_evidence")


def read_truth(county: Path) -> Truth:
    if not all((county / "truth" / name).is_file() for name in TRUTH):
        raise NotPossible(
            f"{county} holds no truth: give the folder that `rowan county` wrote, with truth/records.csv in it."
        )
    person_of = {_place(row): row.text("person") for row in _rows(county, "records.csv")}
    stories = _stories(county)
    known = {story.story for story in stories}
    signs: dict[Place, set[str]] = defaultdict(set)
    for row in _rows(county, "signs.csv"):
        if (story := row.text("story")) not in known:
            raise row.wrong("story", f"names {story}, which is not in stories.csv")
        signs[_place(row)].add(story)
    return Truth(
        person_of=person_of,
        stories=stories,
        signs={place: frozenset(found) for place, found in signs.items()},
        months=_months(county),
        people=_people(county),
    )


def _people(county: Path) -> dict[str, Person]:
    """Nobody, in a county written before the truth said so."""
    if not (county / "truth" / "people.csv").is_file():
        return {}
    until = _drawn_until(county)
    return {
        row.text("person"): Person(
            row.cells["names"], row.cells["sex"], row.cells["ethnic_group"], _age_band(row.day("born"), until)
        )
        for row in truth_rows(county, "people.csv", PEOPLE)
    }


def _drawn_until(county: Path) -> date | None:
    marker = county / "INVENTED"
    lines = marker.read_text(encoding="utf-8", errors="replace").splitlines() if marker.is_file() else []
    for number, line in enumerate(lines, start=1):
        if line.startswith("until: "):
            try:
                return date.fromisoformat(line.partition(": ")[2].strip())
            except ValueError as error:
                raise wrong(marker, f"line {number}: 'until' needs a date such as 2026-03-01") from error
    return None


def _age_band(born: date | None, until: date | None) -> str:
    if not born or not until:
        return ""
    years = until.year - born.year - ((until.month, until.day) < (born.month, born.day))
    return next((name for name, least in reversed(AGES) if years >= least), "")


def read_run(home: Path, county: Path, truth: Truth) -> tuple[list[LinkedRow], int, list[PutOccasion]]:
    """The links, the unsure pairs and the occasions with an audience that the last run of this home wrote."""
    folder = home / "night" / "evaluation"
    if not all((folder / f"{name}.parquet").is_file() for name in EVALUATION):
        raise NotPossible(
            f"There is nothing to hold against the truth in {home}. Import the county there and run `rowan overnight` first."
        )
    refuse_another_county(county, folder, home)
    place_of = Places(truth)
    links = [
        LinkedRow(
            row["rid"], row["person_id"], row["source"].split(":")[0], place_of(row["file"], row["line"])
        )
        for row in _parquet(folder / "links.parquet", ["rid", "person_id", "source", "file", "line"])
    ]
    if not any(row.place in truth.person_of for row in links):
        raise NotPossible(
            f"The run in {home} was not of this county: none of its rows is in the county's truth."
        )
    unsure = folder / "unsure_pairs.parquet"
    pairs = pq.read_metadata(unsure).num_rows if unsure.is_file() else 0
    return links, pairs, list(_occasions(folder, place_of))


def read_unasked(home: Path, truth: Truth) -> list[PutOccasion]:
    """The occasions for which nobody could be asked."""
    return list(_occasions(home / "night" / "evaluation", Places(truth), with_somebody_to_ask=False))


class Places:
    """A row's place as the county's truth names it: files there are relative to the county."""

    def __init__(self, truth: Truth) -> None:
        self.known = {file for file, _ in truth.person_of} | {file for file, _ in truth.signs}
        self.named: dict[str, str] = {}

    def __call__(self, file: str, line: int) -> Place:
        if file not in self.named:
            self.named[file] = self._name(file)
        return self.named[file], line

    def _name(self, file: str) -> str:
        parts = Path(file).parts
        tails = ("/".join(parts[start:]) for start in range(len(parts)))
        return next((tail for tail in tails if tail in self.known), file)


def _occasions(folder: Path, place_of: Places, *, with_somebody_to_ask: bool = True) -> Iterator[PutOccasion]:
    evidence: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    columns = ["occasion", "record_kind", "source", "record_id", "event", "file", "line"]
    for row in _parquet(folder / "occasion_evidence.parquet", columns):
        evidence[row["occasion"]].append(row)
    columns = ["occasion", "rule", "person_id", "on", "audience", "window_from", "window_to"]
    for row in _parquet(folder / "occasions.parquet", columns):
        if bool(row["audience"]) is not with_somebody_to_ask:
            continue
        behind = evidence[row["occasion"]]
        yield PutOccasion(
            Occasion(
                row["occasion"],
                row["rule"],
                row["person_id"],
                _day(row["on"]),
                row["audience"] or "",
                _events(behind),
                (_day(row["window_from"]), _day(row["window_to"])) if row["window_from"] else None,
            ),
            frozenset(place_of(each["file"], each["line"]) for each in behind),
        )


def _events(behind: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[tuple[str, str, str]]]:
    events: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for row in behind:
        events[row["event"]].add((row["record_kind"], row["source"], row["record_id"]))
    return {event: frozenset(rows) for event, rows in events.items()}


def _months(county: Path) -> float:
    """How long the county was watched: from the first mark of its registers to the last."""
    days = [day for file in county.glob("schools/*/marks_*.csv") for day in _first_and_last(file)]
    if not days:
        raise NotPossible(f"{county} holds no attendance marks, so nobody can say how many months it spans.")
    return ((max(days) - min(days)).days + 1) / DAYS_A_MONTH


def _first_and_last(file: Path) -> list[date]:
    with file.open("rb") as opened:
        heads = opened.readline().decode(errors="replace").strip().split(",")
        first = opened.readline().decode(errors="replace").strip()
        opened.seek(max(0, file.stat().st_size - 2000))
        last = (opened.read().decode(errors="replace").strip().splitlines() or [""])[-1]
    if "Date" not in heads:
        raise wrong(file, "line 1 lacks the column Date")
    column = heads.index("Date")
    try:
        return [
            datetime.strptime(line.split(",")[column], "%d/%m/%Y").date()
            for line in (first, last)
            if line.count(",") and line.split(",") != heads
        ]
    except (ValueError, IndexError) as error:
        raise wrong(file, "the 'Date' of its first or last mark is no date such as 01/09/2025") from error


def _stories(county: Path) -> tuple[Story, ...]:
    found: dict[str, Story] = {}
    for row in _rows(county, "stories.csv"):
        if (story := row.text("story")) in found:
            raise row.wrong("story", f"names {story} a second time")
        found[story] = Story(
            story=story,
            person=row.text("person"),
            shape=row.cells["shape"],
            first_sign_on=row.day("first_sign_on"),
            ends_on=row.day("ends_on"),
            first_recorded_harm_on=row.day("first_recorded_harm_on"),
            sex=row.cells["sex"],
            ethnic_group=row.cells["ethnic_group"],
        )
    return tuple(found.values())


def _place(row: TruthRow) -> Place:
    return row.text("file"), row.line_of("line")


def _rows(county: Path, name: str) -> Iterator[TruthRow]:
    return truth_rows(county, name, TRUTH[name])


def _parquet(file: Path, columns: list[str]) -> Iterator[dict[str, Any]]:
    try:
        for batch in pq.ParquetFile(file).iter_batches(columns=columns, batch_size=10_000):
            yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise damaged(file) from error


def _day(value: object) -> date:
    return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value))
