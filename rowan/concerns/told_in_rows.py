"""What was told in a concern, box by box: for whoever told it, for the desk, and for those to whom it was passed on."""

import json

from rowan.agencies.in_words import day_in_words
from rowan.chronology.rules.observations import BY_CODE, KIND_NAMES, Kind

from .models import Concern
from .rules.as_told import as_told
from .rules.pregnancy import GROUNDS
from .rules.told import ALL_DETAILS, CHILD_KNOWS, DETAILS, FIRST_HAND, SEEN_OR_HEARD
from .rules.what_it_is_about import ABOUT_NAMES, About

ABOUT, NAMES = "what it is about", "names that were heard"
# Of a child these stand together in one line for the desk.
_WHO = frozenset({"name", "age", "school", "looks"})


def rows_for_the_desk(concern: Concern, *, at_the_desk: bool) -> list[tuple[str, str]]:
    """All of it, for whoever has to decide. How a health professional can be reached is for the desk alone; names have a place of their own."""
    without = {ABOUT, NAMES} if at_the_desk else {ABOUT, NAMES, "reach"}
    if concern.about == About.CHILD:
        without |= _WHO
    return [*_who(concern), *rows_of(concern, without=frozenset(without))]


def _who(concern: Concern) -> list[tuple[str, str]]:
    if concern.about != About.CHILD:
        return []
    told = as_told(concern.details)
    born = f"born {day_in_words(told.birth_date)}" if told.birth_date else ""
    age = "" if told.age is None else str(told.age)
    parts = [told.name or "Name not told", born, age, told.school, told.apart]
    return [("Who, as told", ", ".join(part for part in parts if part))]


def rows_of(concern: Concern, *, without: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """What was told, box by box, for whoever told it. `without`: boxes that are shown elsewhere on the page."""
    kept = json.loads(concern.details or "{}")
    labels = DETAILS.get(concern.about, {})
    rows = [] if ABOUT in without else [("About", ABOUT_NAMES.get(concern.about, concern.about))]
    rows += [
        (labels.get(key, key), words)
        for key, words in kept.items()
        if key in ALL_DETAILS and key not in without
    ]
    if kept.get("professional"):
        agency = f", {concern.professionals_agency.name}" if concern.professionals_agency else ""
        rows.append(("Somebody who works with children", kept["professional"] + agency))
    if concern.please_contact:
        rows.append(("Asks", "Please contact me about this child"))
        if "reach" not in without:
            rows.append(("How to reach", kept.get("reach", "")))
    rows += [
        ("In danger now", "Yes" if concern.immediate_danger else ""),
        ("What worries", concern.what_worries),
        ("", "Worried, but cannot say why" if kept.get("cannot_say_why") else ""),
        ("The child’s own words", concern.childs_words),
        *how_it_is_known(concern),
        ("When", concern.when_words),
        ("Where", concern.where_words),
        *_noticed(concern, kept),
        *([] if NAMES in without else _names(concern)),
        *whether_the_child_knows(concern),
        ("Done already", concern.already_done),
    ]
    return [(name or "And", says) for name, says in rows if says]


def how_it_is_known(concern: Concern) -> list[tuple[str, str]]:
    return [
        ("Seen or heard", SEEN_OR_HEARD.get(concern.seen_or_heard, "")),
        ("How known", FIRST_HAND.get(concern.first_hand, "")),
        ("Told by", concern.told_by),
    ]


def whether_the_child_knows(concern: Concern) -> list[tuple[str, str]]:
    """Where telling would not be safe, whoever rings the home has to know it first."""
    return [
        ("Does the child know", CHILD_KNOWS.get(concern.child_knows, "")),
        ("Why telling would not be safe", concern.why_child_does_not_know),
    ]


def _noticed(concern: Concern, kept: dict) -> list[tuple[str, str]]:
    by_kind: dict[str, list[str]] = {}
    for row in concern.noticed.all():
        by_kind.setdefault(row.kind, []).append(BY_CODE[row.code].words if row.code in BY_CODE else row.code)
    rows = [(KIND_NAMES[kind], "\n".join(by_kind[kind])) for kind in Kind if kind in by_kind]
    if "pregnancy" in kept:
        grounds = [GROUNDS[key] for key in kept["pregnancy"] if key in GROUNDS]
        rows.append(("Pregnant, as far as is known", "\n".join(grounds) or "Yes"))
    return rows


def _names(concern: Concern) -> list[tuple[str, str]]:
    """Names that were heard, and nothing more than that."""
    found = []
    for name in concern.names_heard.all():
        parts = [
            name.as_said,
            f"said by {name.said_by}" if name.said_by else "",
            f"the child calls them {name.child_calls_them}" if name.child_calls_them else "",
            name.description,
        ]
        found.append(("A name that was heard", "; ".join(part for part in parts if part)))
    return found
