"""What keeps pupils from school in an ordinary year: illness, religion, travelling, exams, holidays, trips, short timetables.

How often stands in figures/marks.csv and rates.csv; how it comes (in spells, on one day, by season) stands here.
"""

from datetime import date

import numpy as np

from rowan.synthetic.chance import stream
from rowan.synthetic.rates import FIGURES
from rowan.synthetic.register import CODE, CODES, PRESENT, SchoolYear


def whole_school_days(year: SchoolYear) -> None:
    """Snow, a broken boiler, buses that do not run."""
    for code, share in (("Y4", 1.0), ("Y3", 0.25), ("Y2", 0.12), ("Y1", 0.03)):
        happened = year.rng.poisson(year.rate(code) * year.sessions / 2 / share)
        for _ in range(happened):
            day = int(year.rng.integers(0, len(year.days)))
            pupils = np.flatnonzero(year.rng.random(year.pupils) < share)
            year.lay(pupils, np.full(len(pupils), 2 * day), np.full(len(pupils), 2), code)


def faith_days(year: SchoolYear) -> None:
    for faith, days in sorted(FIGURES.faith_days.items()):
        here = np.array([s.child.family["faith"] == faith for s in year.stays], dtype=bool)
        for text in days:
            place = year.place_of.get(date.fromisoformat(text))
            observe = year.rng.random(year.pupils) < FIGURES["religious_day_observed"]
            if place is not None:
                pupils = np.flatnonzero(here & observe)
                year.lay(pupils, np.full(len(pupils), 2 * place), np.full(len(pupils), 2), "R")


def travelling_families(year: SchoolYear) -> None:
    from_spring = year.place_of_or_after(date(year.year + 1, 3, 1))
    for place, stay in enumerate(year.stays):
        # A household travels together, so it is drawn for the household and the year.
        chance = stream(year.seed, "travel", year.school.community, stay.child.household, year.year)
        if (
            stay.child.family["ethnic_group"] not in {"WIRT", "WROM"}
            or chance.random() > FIGURES["travelling_season"]
        ):
            continue
        starts = (chance.randrange(0, 30), from_spring + chance.randrange(0, 80))
        for start in starts:
            length = 2 * round(chance.gammavariate(2, float(FIGURES.marks["T"]["usual_sessions"]) / 4))
            if start * 2 < year.sessions:
                year.lay(np.array([place]), np.array([start * 2]), np.array([length]), "T")


def study_leave(year: SchoolYear) -> None:
    start = 2 * year.place_of_or_after(date(year.year + 1, 5, 18))
    on_leave = np.isin(year.groups, [11, 13]) & (year.rng.random(year.pupils) < FIGURES["study_leave_share"])
    if start >= year.sessions:
        return
    exam = year.rng.random((year.pupils, year.sessions - start)) < 0.3
    part = year.codes[:, start:]
    part[on_leave[:, None] & ~exam & (part == PRESENT)] = CODE["S"]


def long_illness(year: SchoolYear) -> None:
    pupils = np.flatnonzero(year.rng.random(year.pupils) < FIGURES["long_illness"])
    days = year.rng.gamma(4, FIGURES["long_illness_days"] / 4, len(pupils)).astype(int)
    year.lay(pupils, 2 * year.rng.integers(0, max(1, len(year.days)), len(pupils)), 2 * days + 2, "I")


def illness(year: SchoolYear) -> None:
    """Spells of illness, more of them in the waves of winter."""
    length = year.spell("I")
    share = max(0.0, year.rate("I") - FIGURES["long_illness"] * FIGURES["long_illness_days"] / 190)
    pupils = year.some(share * year.sessions / (length + 1) * year.ill)
    days = np.array([(day - date(year.year, 9, 1)).days for day in year.days], dtype=float)
    weight = 1 + 0.4 * np.cos((days - 120) / 365 * 2 * np.pi)
    # Waves come to the whole county; each school has them some days earlier or later.
    county = stream(year.seed, "waves", year.year)
    for _ in range(round(FIGURES["waves_per_school_year"])):
        peak = county.gauss(115, 55) + float(year.rng.normal(0, 6))
        height = FIGURES["winter_wave_height"] * county.uniform(0.5, 1.5)
        weight += height * np.exp(-((days - peak) ** 2) / (2 * FIGURES["illness_wave_days"] ** 2))
    sums = np.cumsum(weight) / weight.sum()
    starts = 2 * np.searchsorted(sums, year.rng.random(len(pupils)))
    starts += year.rng.random(len(pupils)) < 0.12  # sent home at lunch
    year.lay(
        pupils,
        np.minimum(starts, year.sessions - 1),
        1 + year.rng.geometric(1 / length, len(pupils)),
        "I",
    )


def holidays(year: SchoolYear) -> None:
    """Holidays not agreed lie next to the school's own."""
    edges = [p for p in range(1, len(year.days)) if (year.days[p] - year.days[p - 1]).days > 4] + [
        len(year.days) - 1
    ]
    length = year.spell("G")
    pupils = year.some(np.full(year.pupils, year.rate("G") * year.sessions / length))
    edge = year.rng.choice(np.array(edges), len(pupils))
    days = np.maximum(1, year.rng.poisson(length / 2, len(pupils)))
    before = year.rng.random(len(pupils)) < 0.6
    starts = np.clip(2 * (edge - np.where(before, days, 0)), 0, year.sessions - 1)
    year.lay(pupils, starts, 2 * days, "G")


def part_time(year: SchoolYear) -> None:
    """A part-time timetable: afternoons at home for weeks."""
    year.spells("C2", 0.5 + 0.5 * year.restless, mornings=True, only=year.afternoon, keep=0.5)


def elsewhere(year: SchoolYear) -> None:
    """Education somewhere else on fixed days of the week, or for weeks."""
    weekday = np.array([day.weekday() for day in year.days]).repeat(2)
    year.spells(
        "B", np.ones(year.pupils), mornings=True, only=(weekday == int(year.rng.integers(0, 5))), keep=0.2
    )
    year.spells("K", np.ones(year.pupils), mornings=True)
    year.spells("D", np.ones(year.pupils), mornings=True, only=np.isin(weekday, [1, 3]), keep=0.4)


def class_trips(year: SchoolYear) -> None:
    for group in sorted(set(year.groups.tolist())):
        pupils = np.flatnonzero(year.groups == group)
        for _ in range(year.rng.poisson(year.rate("V") * year.sessions / 2)):
            day = int(year.rng.integers(0, len(year.days)))
            year.lay(pupils, np.full(len(pupils), 2 * day), np.full(len(pupils), 2), "V")
        if group == 10 and year.school.phase != "primary":
            start = 2 * year.place_of_or_after(date(year.year + 1, 6, 20))
            if start < year.sessions:
                going = pupils[
                    year.rng.random(len(pupils))
                    < min(1.0, year.rate("W") * 6 * year.sessions / year.spell("W"))
                ]
                year.lay(going, np.full(len(going), start), np.full(len(going), 10), "W")


def late(year: SchoolYear) -> None:
    often = 0.4 + 0.6 * year.restless
    late = (
        year.rng.random((year.pupils, len(year.days)), dtype=np.float32)
        < 1.9 * year.rate("L") * often[:, None]
    ).repeat(2, axis=1)
    late[:, 1::2] &= year.rng.random((year.pupils, len(year.days)), dtype=np.float32) < 0.05
    late &= year.codes == PRESENT
    year.codes[late] = CODE["L"]
    year.late[late] = np.minimum(29, 1 + year.rng.gamma(2, 4, int(late.sum()))).astype(np.uint8)


def not_compulsory(year: SchoolYear) -> None:
    """X: Reception's first weeks, and free afternoons in the sixth form."""
    weekday = np.array([day.weekday() for day in year.days]).repeat(2)
    first_weeks = np.arange(year.sessions) < 26
    small = (year.groups == 0) & (year.rng.random(year.pupils) < FIGURES["deferred_reception_part_time"])
    old = (year.groups >= 12) & (year.school.phase == "secondary")
    free = (small[:, None] & (first_weeks & year.afternoon)) | (
        old[:, None] & ((weekday == 4) & year.afternoon)
    )
    year.codes[free & (year.codes != CODE["Z"]) & (year.codes != CODE["S"])] = CODE["X"]


def reasons_still_awaited(year: SchoolYear) -> None:
    """In the last days before the file was made some reasons had not been found out."""
    if year.days and (year.until - year.days[-1]).days <= 3:
        recent = year.codes[:, -6:]
        waiting = np.isin(recent, [CODE["O"], CODE["I"]]) & (year.rng.random(recent.shape) < 0.35)
        recent[waiting] = CODE["N"]


def rare_once(year: SchoolYear) -> None:
    """So that every importer meets every code: in the first community, one pupil each for whatever has not occurred."""
    if year.school.community or not FIGURES["rare_codes_shown_once"] or year.school.phase != "secondary":
        return
    seen = set(np.unique(year.codes[year.on_register]).tolist())
    ordinary = [p for p, s in enumerate(year.stays) if s.child.story is None]
    for code in CODES[1:]:
        if CODE[code] in seen or code == "#" or not ordinary:
            continue
        chance = stream(year.seed, "rare", code, year.year)
        for _ in range(200):
            place, session = chance.choice(ordinary), chance.randrange(year.sessions)
            if code == "Z":  # only ever at the start
                session = int((year.on_register[place] & (year.codes[place] != CODE["#"])).argmax())
            if year.on_register[place, session] and year.codes[place, session] in {PRESENT, CODE["L"]}:
                year.codes[place, session], year.late[place, session] = CODE[code], 0
                break
