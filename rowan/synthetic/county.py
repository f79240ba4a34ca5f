"""Writes an invented county, whole, in the agencies' own file formats: one community after another, so that memory does not grow."""

import gc
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rowan.synthetic import attendance, land, mistakes, schools
from rowan.synthetic.chance import around, stream
from rowan.synthetic.children import Child, Families
from rowan.synthetic.council import Council, uk
from rowan.synthetic.files import Table, Truth
from rowan.synthetic.identifiers import COUNCIL, Counters
from rowan.synthetic.police import FORCE, Police, PoliceFiles
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.school_log import COLUMNS as LOG_COLUMNS
from rowan.synthetic.school_log import SchoolLog
from rowan.synthetic.school_years import name_of, school_year_of
from rowan.synthetic.schools import School
from rowan.synthetic.social_care import SocialCare
from rowan.synthetic.stories import Stories, Story
from rowan.synthetic.story_parameters import POLICE
from rowan.synthetic.story_shapes import USUAL_FILE, read_shapes

FEWEST, MOST = 200, 1_000_000
MARKER = "INVENTED"
UNFINISHED = "INVENTED.unfinished"  # so that a county whose writing was stopped can be written again
SCHOOLS = [
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "Street",
    "Town",
    "Postcode",
]
ROLL = [
    "LAEstab",
    "AdmissionNumber",
    "UPN",
    "FormerUPN",
    "Surname",
    "Forename",
    "MiddleNames",
    "PreferredSurname",
    "PreferredForename",
    "DOB",
    "Sex",
    "Ethnicity",
    "Language",
    "YearGroup",
    "RegGroup",
    "Address",
    "Postcode",
    "Address withheld",
    "EntryDate",
    "LeavingDate",
    "LeavingReason",
    "Destination",
]
MISSING = [
    "IncidentRef",
    "Force",
    "PersonRef",
    "Surname",
    "Forename",
    "DOB",
    "Sex",
    "OfficerDefinedEthnicity",
    "HomeAddress",
    "HomePostcode",
    "ReportedAt",
    "ReportedBy",
    "LastSeenAt",
    "LastSeenPlace",
    "LastSeenPostcode",
    "Grade",
    "FoundAt",
    "FoundPlace",
    "FoundPostcode",
    "FoundBy",
    "MeansOfTravel",
    "ReturnedAt",
    "Circumstances",
]
ARRESTS = [
    "CustodyRef",
    "Force",
    "PersonRef",
    "Surname",
    "Forename",
    "DOB",
    "Sex",
    "OfficerDefinedEthnicity",
    "HomeAddress",
    "HomePostcode",
    "ArrestedAt",
    "PlaceOfArrest",
    "ArrestPostcode",
    "Offence",
    "Company",
    "Disposal",
    "ChargedOn",
]


@dataclass(frozen=True)
class Asked:
    """What somebody asked for on the command line."""

    children: int
    seed: int
    until: date
    stories_per_1000: float
    stories_file: Path = USUAL_FILE


class CannotWrite(ValueError):
    """Why a county cannot be written, for the person who asked."""


def refusal_to_write(out: Path, asked: Asked) -> str | None:
    if not FEWEST <= asked.children <= MOST:
        return f"A county has between {FEWEST} and {MOST:,} children; you asked for {asked.children:,}."
    if not 0 <= asked.stories_per_1000 <= 100:
        return "Stories per 1,000 children lie between 0 and 100."
    if not 2015 <= asked.until.year <= 2060:
        return "The county's last day lies between 2015 and 2060."
    if out.exists() and (
        not out.is_dir()
        or (any(out.iterdir()) and not any((out / name).exists() for name in (MARKER, UNFINISHED)))
    ):
        return f"{out} is not an empty folder and not an invented county. Choose another place; nothing was changed."
    return None


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
        f"stories file: {'the usual one' if asked.stories_file == USUAL_FILE else asked.stories_file.name}",
        f"schools: {counts['schools']}",
        f"marks: {counts['marks']}",
    ]
    (out / MARKER).write_text("\n".join(lines) + "\n", encoding="utf-8")


class County:
    def __init__(self, out: Path, asked: Asked, shapes, tell: Callable[[str], None]):
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
        self.school_list = Table(self.out, "places/schools.csv", SCHOOLS)
        self.council = Council(
            self.asked.seed, self.out, self.truth, self.counters, self.period_from, self.until
        )
        self.police_files = PoliceFiles()
        self.agreements = _agreements_of_the_county(self.period_from)
        arrivals: list[Child] = []
        for community in range(self.communities):
            arrivals = self._community(community, arrivals)
            gc.collect()  # children and schools point at each other; without this they wait for each other to go
            if self._worth_telling(community):
                self.tell(
                    f"community {community + 1} of {self.communities}: {self.counts['children']:,} children, {self.counts['marks']:,} marks"
                )
        self._police()
        for closing in (self.council, self.school_list, self.truth):
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
        here = schools.of_community(seed, community, self.land, count)
        rolls = schools.Rolls(seed, community, here, self.period_from, self.until)
        rolls.enrol(children)
        for child in arrivals:
            rolls.receive(child, child.moves_on)
        care = SocialCare(seed, community, self.land, self.counters, self.period_from, self.until)
        care.meet(children)
        told = self.stories.tell(community, children)
        self._stories_reach_council_and_rolls(care, rolls, told)
        schools.take_in([*children, *arrivals], here)
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
            self._school(school)
        self.counts["children"] += count
        self.counts["stories"] += len(told)
        for story in told:
            self.truth.tell(story)
        for school in here:
            school.stays = []  # or those who move on would keep this whole town in memory, and it the one before
        return [c for c in children if c.moves_to is not None and c.moves_on]

    def _stories_reach_council_and_rolls(
        self, care: SocialCare, rolls: schools.Rolls, told: list[Story]
    ) -> None:
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

    # --- schools

    def _school(self, school: School) -> None:
        self.school_list.row(schools.gias_row(school))
        self.counts["schools"] += 1
        self.agreements += _agreements_of_a_school(school, self.period_from)
        self._roll(school)
        for year in self.years:
            self._marks(school, year)
        log = Table(self.out, f"schools/{school.laestab}/safeguarding_log.csv", LOG_COLUMNS)
        for row, person, story in SchoolLog(self.asked.seed, school, self.period_from, self.until).write(
            self.years
        ):
            line = log.row(row)
            self.truth.record(log.name, line, person)
            if story:
                self.truth.sign(log.name, line, story.story, "log")
        self.counts["log"] += log.line - 1
        log.close()

    def _roll(self, school: School) -> None:
        chance = stream(self.asked.seed, "roll", school.number)
        roll = Table(self.out, f"schools/{school.laestab}/roll.csv", ROLL)
        for stay in sorted(school.stays, key=lambda s: (s.admission, s.entered_on)):
            child = stay.child
            on = min(stay.left_on or self.until, self.until)
            w = mistakes.write_down(chance, child, "school", on)
            number = chance.random()
            refused, not_yet = FIGURES["ethnicity_refused_school"], FIGURES["ethnicity_not_yet_school"]
            ethnic = (
                "REFU"
                if number < refused
                else "NOBT"
                if number < refused + not_yet
                else child.family["ethnic_group"]
            )
            group = child.year_group(school_year_of(on))
            preferred_surname = ""
            if "-" in w.surname and chance.random() < FIGURES["half_of_double_barrelled_preferred"]:
                preferred_surname = chance.choice(w.surname.split("-"))
            line = roll.row(
                [
                    school.laestab, stay.admission, stay.upn, stay.former_upn, w.surname, w.first, w.middle, preferred_surname, w.preferred_first,
                    uk(w.birth), child.sex, ethnic, child.family["language"], "R" if group == 0 else group,
                    f"{'R' if group == 0 else group}{'ABCDEF'[sum(map(ord, child.person)) % 6]}", w.address, w.postcode,
                    "Y" if child.secrecy < FIGURES["address_withheld.school"] else "", uk(stay.entered_on), uk(stay.left_on), stay.reason, stay.destination,
                ]
            )  # fmt: skip
            self.truth.record(roll.name, line, child.person)
            if stay.story:
                self.truth.sign(roll.name, line, stay.story.story, "off_roll")
        roll.close()

    def _marks(self, school: School, year: int) -> None:
        marks = attendance.SchoolYear(self.asked.seed, school, year, self.until).draw()
        pieces, story_lines = attendance.as_bytes(marks, school.laestab)
        name = f"schools/{school.laestab}/marks_{name_of(year)}.csv"
        with open(self.out / name, "wb") as file:
            file.writelines(pieces)
        self.counts["marks"] += int(marks.on_register.sum())
        for line, (story, kind) in story_lines:
            self.truth.sign(name, line, story.story, kind)
        for story, day in attendance.first_moment_of_story_marks(marks).items():
            story.seen_on(day)

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


# --- feed agreements (design promise 9)


def _agreement(
    feed: str,
    agency: str,
    name: str,
    kind: str,
    purpose: str,
    whose: str,
    since: date,
    days: int,
    own_watch: bool = False,
) -> dict:
    return {
        "feed": feed,
        "agency": agency,
        "agency_name": name,
        "agency_kind": kind,
        "purpose": purpose,
        "whose_rows": whose,
        "how_far_back_days": days,
        "own_watch": own_watch,
        "from": since.isoformat(),
        "until": None,
    }


def _agreements_of_the_county(since: date) -> list[dict]:
    council, police = (
        (f"council-{COUNCIL}", "Invented County Council", "council"),
        ("police-invented-constabulary", FORCE, "police"),
    )
    return [
        _agreement(
            "council_case_list",
            *council,
            "To know which children the council works with, and who to ring.",
            "every row",
            since,
            1100,
        ),
        _agreement(
            "ssda903",
            *council,
            "To know where looked-after children live and when they were missing.",
            "every row",
            since,
            1100,
        ),
        _agreement(
            "cin_census", *council, "To know assessments, enquiries and plans.", "every row", since, 1100
        ),
        _agreement(
            "police_missing",
            *police,
            "To see when a child is missing again, and where she was found.",
            "every row",
            since,
            1100,
        ),
        _agreement(
            "police_arrests",
            *police,
            "To ask of every arrested child whether she is being exploited.",
            "every row",
            since,
            1100,
        ),
        _agreement(
            "places",
            *council,
            "Postcodes and schools of the county: no rows about persons.",
            "every row",
            since,
            20000,
        ),
    ]


def _agreements_of_a_school(school: School, since: date) -> list[dict]:
    who = (f"school-{school.laestab}", school.name, "school")
    watch = "children open to the council or the hub" + (
        ", and the school's own watch" if school.own_watch else ""
    )
    return [
        _agreement(
            "school_roll", *who, "To know which school a child goes to.", "identity only", since, 1100
        ),
        _agreement(
            "attendance_marks",
            *who,
            "To see absence that has risen against a child's own past.",
            watch,
            since,
            1100,
            school.own_watch,
        ),
        _agreement(
            "school_log",
            *who,
            "To stand beside what other agencies see.",
            watch,
            since,
            1100,
            school.own_watch,
        ),
    ]
