"""The files of a county on disk: each knows which line it is on, so that the truth can point at rows."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

from rowan.synthetic.children import Child
from rowan.synthetic.story_parameters import COUNCIL, POLICE, SCHOOL

AGENCY_OF = {"schools": SCHOOL, "police": POLICE, "council": COUNCIL}


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
        self.people = Table(folder, "truth/people.csv", ["person", "names", "sex", "ethnic_group", "born"])
        self.signs = Table(folder, "truth/signs.csv", ["file", "line", "story"])
        self.happened = Table(folder, "truth/story_signs.csv", ["story", "kind", "agency", "file", "rows"])
        self.rows_of: dict[str, Counter[tuple[str, str]]] = {}
        self.kinds_of: dict[str, set[str]] = {}
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

    def meet(self, child: Child) -> None:
        """Whom fairness is asked about: no import reads this."""
        family = child.family
        self.people.row([child.person, family["names"], child.sex, family["ethnic_group"], child.birth])

    def record(self, file: str, line: int, person: str) -> None:
        self.records.row([file, line, person])

    def sign(self, file: str, line: int, story: str, kind: str) -> None:
        self.signs.row([file, line, story])
        self.rows_of.setdefault(story, Counter())[(kind, file)] += 1

    def _tell_which_signs(self) -> None:
        """Each kind of sign of each story and whose file shows it; a sign that nobody's file shows has no agency and no rows."""
        for story, kinds in self.kinds_of.items():
            rows = self.rows_of.get(story, Counter())
            for (kind, file), count in sorted(rows.items()):
                self.happened.row([story, kind, AGENCY_OF[file.split("/")[0]], file, count])
            for kind in sorted(kinds - {kind for kind, _ in rows}):
                self.happened.row([story, kind, "", "", 0])

    def tell(self, story) -> None:
        self.kinds_of[story.story] = {sign.kind for sign in story.signs}
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
        self._tell_which_signs()
        for table in (self.people, self.records, self.signs, self.stories, self.happened):
            table.close()


def uk(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
