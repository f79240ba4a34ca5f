"""What a story, a time missing or a night in custody does to a child's marks, as far as her school knew."""

from datetime import datetime, time

from rowan.synthetic.chance import stream
from rowan.synthetic.register import CODE, PRESENT, SchoolYear
from rowan.synthetic.stories import COUNTED_IN_SESSIONS

MORNING, AFTERNOON = time(8, 50), time(13, 10)
# Signs that last: their code, and every how many sessions it stands (2: afternoons only).
SPELLS = {"suspension": ("E", 1), "part_time": ("C2", 2)}


def what_happened_to_her(year: SchoolYear) -> None:
    """Missing and in custody: the register shows it as far as the school knew."""
    for place, stay in enumerate(year.stays):
        for away in stay.child.absences:
            for session in sessions_between(year, away.first, away.last):
                if away.code == "Y5" or year.codes[place, session] in {PRESENT, CODE["L"]}:
                    put(year, place, session, away.code, away.story, away.kind)


def sessions_between(year: SchoolYear, first: datetime, last: datetime):
    start = 2 * year.place_of_or_after(first.date())
    for session in range(start, year.sessions):
        at = datetime.combine(year.days[session // 2], AFTERNOON if session % 2 else MORNING)
        if at > last:
            break
        if at >= first:
            yield session


def put(year: SchoolYear, place: int, session: int, code: str, story, kind: str) -> None:
    if year.codes[place, session] == CODE["Z"]:
        return
    year.codes[place, session] = CODE[code]
    year.late[place, session] = 0
    if story is not None:
        if (story, kind) not in year.stories:
            year.stories.append((story, kind))
        year.story[place, session] = 1 + year.stories.index((story, kind))


def stories(year: SchoolYear) -> None:
    """What a story does to her marks, session by session: only where she would have been there."""
    for place, stay in enumerate(year.stays):
        story = stay.child.story
        if story is None:
            continue
        chance = stream(year.seed, "story marks", story.story, year.school.number, year.year)
        for sign in story.signs:
            if sign.kind in SPELLS:
                story_spells(year, place, story, sign)
            elif sign.kind in COUNTED_IN_SESSIONS:
                story_sessions(year, place, story, sign, chance)


def story_spells(year: SchoolYear, place: int, story, sign) -> None:
    """Suspended for days, or at home in the afternoons for weeks."""
    days = sign.number("days") if sign.kind == "suspension" else 5 * sign.number("weeks")
    code, step = SPELLS[sign.kind]
    for moment in sign.moments:
        start = year.place_of_or_after(moment.date()) * 2 + step - 1
        for session in range(start, min(year.sessions, start + 2 * max(1, round(days))), step):
            if code == "E" or year.codes[place, session] in {PRESENT, CODE["L"]}:
                put(year, place, session, code, story, sign.kind)


def story_sessions(year: SchoolYear, place: int, story, sign, chance) -> None:
    for session in range(year.sessions):
        day, pm = year.days[session // 2], bool(session % 2)
        if not sign.from_on <= day <= sign.to_on or not sign.at_time(day, pm):
            continue
        if chance.random() < sign.chance_on(day) and year.codes[place, session] in {PRESENT, CODE["L"]}:
            if sign.kind == "late":
                put(year, place, session, "L" if chance.random() < 0.7 else "U", story, sign.kind)
                if year.codes[place, session] == CODE["L"]:
                    year.late[place, session] = chance.randint(5, 29)
            else:
                put(year, place, session, sign.codes.draw(chance), story, sign.kind)
