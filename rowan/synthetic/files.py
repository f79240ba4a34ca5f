"""The files of a county on disk: each knows which line it is on, so that the truth can point at rows."""

import csv
from pathlib import Path


class Table:
    """A CSV file that is written row by row."""

    def __init__(self, folder: Path, name: str, columns: list[str]):
        self.name = name
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(path, "w", encoding="utf-8", newline="")  # noqa: SIM115 - open for as long as the county is being written
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(columns)
        self.line = 1

    def row(self, cells: list) -> int:
        """Writes one row; says which line it became."""
        self._writer.writerow(cells)
        self.line += 1
        return self.line

    def close(self) -> None:
        self._file.close()


class Lines:
    """A text file, such as XML, that counts its lines."""

    def __init__(self, folder: Path, name: str):
        self.name = name
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(path, "w", encoding="utf-8", newline="")  # noqa: SIM115
        self.line = 0

    def write(self, lines: list[str]) -> int:
        """Writes lines; says which was the first."""
        self._file.write("\n".join(lines) + "\n")
        first = self.line + 1
        self.line += len(lines)
        return first

    def close(self) -> None:
        self._file.close()


class Truth:
    """Who each row is really about, and which rows are signs of a story. Imports pass this folder over."""

    def __init__(self, folder: Path):
        self.records = Table(folder, "truth/records.csv", ["file", "line", "person"])
        self.signs = Table(folder, "truth/signs.csv", ["file", "line", "story"])
        self.stories = Table(
            folder,
            "truth/stories.csv",
            [
                "story",
                "person",
                "shape",
                "first_sign_on",
                "ends_on",
                "first_recorded_harm_on",
                "sex",
                "ethnic_group",
            ],
        )

    def record(self, file: str, line: int, person: str) -> None:
        self.records.row([file, line, person])

    def sign(self, file: str, line: int, story: str) -> None:
        self.signs.row([file, line, story])

    def tell(self, story) -> None:
        self.stories.row(
            [
                story.story,
                story.child.person,
                story.shape.name,
                story.first_sign_on or "",
                story.ends_on,
                story.recorded_on or "",
                story.child.sex,
                story.child.family["ethnic_group"],
            ]
        )

    def close(self) -> None:
        for table in (self.records, self.signs, self.stories):
            table.close()
