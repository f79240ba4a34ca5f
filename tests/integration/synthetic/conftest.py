"""One small county, written once for all tests of this folder."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

import pytest

from rowan.synthetic.county import Asked, write_county

UNTIL = date(2026, 7, 17)


class Written:
    """A county on disk, and ways to read it."""

    def __init__(self, folder: Path, counts: dict):
        self.folder, self.counts = folder, counts

    def rows(self, name: str) -> list[dict[str, str]]:
        with open(self.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def marks(self) -> list[tuple[str, int, list[str]]]:
        """Every mark, kept for the tests that follow: of a small county."""
        return list(self.each_mark())

    def each_mark(self) -> Iterator[tuple[str, int, list[str]]]:
        """Every mark: file, line and cells. A larger county's fill a gigabyte and more where they are kept."""
        for path in sorted(self.folder.glob("schools/*/marks_*.csv")):
            name = str(path.relative_to(self.folder))
            with open(path, encoding="utf-8") as file:
                next(file)
                for line, text in enumerate(file, start=2):
                    yield name, line, text.rstrip("\n").split(",")

    def all(self, pattern: str) -> list[dict[str, str]]:
        return [
            row | {"file": str(path.relative_to(self.folder)), "line": str(line)}
            for path in sorted(self.folder.glob(pattern))
            for line, row in enumerate(self.rows(str(path.relative_to(self.folder))), start=2)
        ]


def write(tmp_path_factory, name: str, children: int, seed: int, per_1000: float = 2.0) -> Written:
    folder = tmp_path_factory.mktemp(name) / "county"
    return Written(folder, write_county(folder, Asked(children, seed, UNTIL, per_1000)))


@pytest.fixture(scope="session")
def county(tmp_path_factory) -> Written:
    return write(tmp_path_factory, "small", 200, 21, per_1000=80)


@pytest.fixture(scope="session")
def larger_county(tmp_path_factory) -> Written:
    """Large enough for proportions."""
    return write(tmp_path_factory, "larger", 4000, 22, per_1000=8)
