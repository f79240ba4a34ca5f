"""Writes an invented county, whole, in the agencies' own file formats: one community after another, so that memory does not grow."""

import gc
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rowan.synthetic import agreements, land, schools
from rowan.synthetic.asked import MARKER, UNFINISHED, Asked, CannotWrite, refusal_to_write
from rowan.synthetic.chance import around
from rowan.synthetic.children import Child, Families
from rowan.synthetic.council import Council
from rowan.synthetic.files import Table, Truth
from rowan.synthetic.identifiers import Counters
from rowan.synthetic.police import Police
from rowan.synthetic.police_records import ARRESTS, MISSING, PoliceFiles
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.rolls import Rolls, take_in
from rowan.synthetic.school_files import SchoolFiles
from rowan.synthetic.school_years import school_year_of
from rowan.synthetic.social_care import SocialCare
from rowan.synthetic.stories import Stories, Story
from rowan.synthetic.story_parameters import POLICE
from rowan.synthetic.story_shapes import USUAL_FILE, Shape, read_shapes

__all__ = ["Asked", "CannotWrite", "write_county"]


def write_county(out: Path, asked: Asked, tell: Callable[[str], None] = lambda _: None) -> dict:
    """The whole county in a folder. The marker comes last: without it a county is not finished."""
    if refusal := refusal_to_write(out, asked):
        raise CannotWrite(refusal)
    shapes = read_shapes(asked.stories_file)
    out.mkdir(parents=True, exist_ok=True)
    (out / UNFINISHED).write_text(
        "Everybody in this county is invented. It is not finished.\n", encoding="utf-8"
    )
    _clear(out)
    counts = County(out, asked, shapes, tell).write()
    _mark(out, asked, counts)
    (out / UNFINISHED).unlink()
    return counts


def _clear(out: Path) -> None:
    """Only what a county is made of."""
    (out / MARKER).unlink(missing_ok=True)
    for name in ("truth", "places", "council", "police", "schools"):
        if (out / name).exists():
            shutil.rmtree(out / name)
    (out / "agreements.json").unlink(missing_ok=True)


def _mark(out: Path, asked: Asked, counts: dict) -> None:
    lines = [
        "This county is invented. Everybody in it is invented: no child, family, school, street or postcode in these files exists.",
        "It was written by `rowan county` to try Rowan out. Never mix it with real files.",
        "",
        f"children: {asked.children}",
        f"seed: {asked.seed}",
        f"until: {asked.until}",
        f"stories per 1000: {asked.stories_per_1000:g}",
        *(
            []
            if asked.wrong_identifiers is None
            else [f"identifiers of somebody else: {asked.wrong_identifiers:g}"]
        ),
        f"stories file: {'the usual one' if asked.stories_file == USUAL_FILE else asked.stories_file.name}",
        f"schools: {counts['schools']}",
        f"marks: {counts['marks']}",
    ]
    (out / MARKER).write_text("\n".join(lines) + "\n", encoding="utf-8")


class County:
    def __init__(self, out: Path, asked: Asked, shapes: list[Shape], tell: Callable[[str], None]):
        self.out, self.asked, self.tell = out, asked, tell
        self.until = asked.until
        self.years = [school_year_of(self.until) - 1, school_year_of(self.until)]
        self.period_from = date(self.years[0], 9, 1)
        size = round(FIGURES["community_size"])
        self.communities = max(1, round(asked.children / size))
        self.land = land.Land(asked.seed, self.communities)
        self.counters = Counters(asked.seed)
        self.stories = Stories(asked.seed, shapes, asked.stories_per_1000, self.period_from, self.until)
        self.counts = {
            "children": 0,
            "schools": 0,
            "marks": 0,
            "stories": 0,
            "missing": 0,
            "arrests": 0,
            "log": 0,
        }

    def write(self) -> dict:
        self.truth = Truth(self.out)
        self._places()
        self.school_files = SchoolFiles(
            self.asked.seed, self.out, self.truth, self.years, self.period_from, self.until
        )
        self.council = Council(
            self.asked.seed,
            self.out,
            self.truth,
            self.counters,
            self.period_from,
            self.until,
            self.asked.wrong_identifiers,
        )
        self.police_files = PoliceFiles()
        self.agreements = agreements.of_the_county(self.period_from)
        arrivals: list[Child] = []
        for community in range(self.communities):
            arrivals = self._community(community, arrivals)
            gc.collect()  # children and schools point at each other; without this they wait for each other to go
            if self._worth_telling(community):
                self.tell(
                    f"community {community + 1} of {self.communities}: {self.counts['children']:,} children, {self.counts['marks']:,} marks"
                )
        if missed := self.stories.without_a_child:
            self.tell(f"stories that fitted no child, and are not told: {missed:,}")
        self._police()
        for closing in (self.council, self.school_files, self.truth):
            closing.close()
        (self.out / "agreements.json").write_text(
            json.dumps(self.agreements, indent=1) + "\n", encoding="utf-8"
        )
        return self.counts

    def _worth_telling(self, community: int) -> bool:
        return community + 1 == self.communities or (community + 1) % max(1, self.communities // 20) == 0

    def _places(self) -> None:
        postcodes = Table(self.out, "places/postcodes.csv", land.COLUMNS)
        for place in self.land.all_postcodes():
            postcodes.row(land.onspd_row(place))
        postcodes.close()
        self.tell(f"places: {postcodes.line - 1:,} postcodes")

    def _community(self, community: int, arrivals: list[Child]) -> list[Child]:
        """One town: its children, their schools, and what every agency wrote. Gives back who moves on to the next."""
        asked, seed = self.asked, self.asked.seed
        so_far = asked.children * community // self.communities
        count = asked.children * (community + 1) // self.communities - so_far
        children = Families(seed, community, self.land, self.until, self.period_from, so_far + 1).draw(count)
        for child in children:
            self.truth.meet(child)
        here = schools.of_community(seed, community, self.land, count)
        rolls = Rolls(seed, community, here, self.period_from, self.until, asked.wrong_identifiers or 0.0)
        rolls.enrol(children)
        for child in arrivals:
            rolls.receive(child, child.moves_on)
        care = SocialCare(seed, community, self.land, self.counters, self.period_from, self.until)
        care.meet(children)
        told = self.stories.tell(community, children)
        self._stories_reach_council_and_rolls(care, rolls, told)
        take_in([*children, *arrivals], here)
        rolls.number_pupils()
        police = Police(seed, community, self.land, self.counters, self.period_from, self.until)
        missing = police.missing_episodes(children)
        for arrest in police.arrests(children):
            if POLICE in arrest.seen_by:
                police.record(arrest, self.police_files)
        for episode in missing:
            if episode.reported:
                police.report(episode, self.police_files)
        self.council.take(community, children, missing)
        for school in here:
            self.school_files.write(school)
            self.agreements += agreements.of_a_school(school, self.period_from)
        files = self.school_files
        self.counts |= {"schools": files.schools, "marks": files.marks, "log": files.entries}
        self.counts["children"] += count
        self.counts["stories"] += len(told)
        for story in told:
            self.truth.tell(story)
        for school in here:
            school.stays = []  # or those who move on would keep this whole town in memory, and it the one before
        return [c for c in children if c.moves_to is not None and c.moves_on]

    def _stories_reach_council_and_rolls(self, care: SocialCare, rolls: Rolls, told: list[Story]) -> None:
        for story in told:
            for sign in story.signs:
                for moment in sign.moments[:1]:
                    if sign.kind == "placement_move":
                        km = around(care.chance, sign.number("km_median"), sign.number("km_spread"))
                        care.place_far_away(story, max(moment.date(), self.period_from), min(125.0, km))
                    elif sign.kind == "off_roll":
                        reason = sign.word("reason").replace("_", " ").capitalize()
                        rolls.take_off(story.child, moment.date(), reason, story)
            care.not_recorded_before(story.child, story.recorded_as)
            if story.recorded_on:
                care.harm_recorded(story.child, story.recorded_on, story.recorded_as)

    # --- police

    def _police(self) -> None:
        """Both lists in order of time, as a force exports them."""
        for kind, columns, rows in (
            ("missing", MISSING, self.police_files.missing),
            ("arrests", ARRESTS, self.police_files.arrests),
        ):
            name = "police/missing_incidents.csv" if kind == "missing" else "police/arrests_under_18.csv"
            table = Table(self.out, name, columns)
            rows.sort(key=lambda r: (r[0], r[1][2]))
            for number, (at, row, person, story) in enumerate(rows, start=1):
                row[0] = f"{'MP' if kind == 'missing' else 'CU'}/{at:%y}/{number:06d}"
                line = table.row(row)
                self.truth.record(name, line, person)
                if story:
                    self.truth.sign(name, line, story, "missing" if kind == "missing" else "arrest")
            self.counts[kind] = table.line - 1
            table.close()
