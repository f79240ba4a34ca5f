"""Days on which two agencies had each told of something else about one child, within six weeks.

Only children whose marks and notes the hub may hold are held side by side (promise 9): open to the council that day, or known to the hub tonight.
"""

from typing import Any

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.attendance_codes import EXCLUDED
from rowan.chronology.rules.missing import AWAY as AWAY_EPISODE
from rowan.questions.rules.declaration import HUB, Values, number, whole
from rowan.questions.rules.facts_elsewhere import ARRESTED as AN_ARREST
from rowan.questions.rules.facts_elsewhere import WENT_MISSING
from rowan.questions.rules.told_by_two_agencies import (
    AWAY,
    FAR_KM,
    NOTED,
    NOTES,
    PLACED_FAR,
    SAME_THING,
    SUSPENDED,
    TOLD,
    WITHIN_DAYS,
)

from .facts_elsewhere import ROW, reports_of
from .far_from_home import on_the_map, tidy, withheld
from .in_words import day_in_words, figures
from .marks_counted import MARK
from .missing_and_absent import days_between, with_audience
from .noted_again import note_in_words

# All that this rule reads besides missing reports, arrests, notes and marks.
PLACEMENT = (
    "person_id", "began_on", "placement_postcode", "home_postcode", "source", "record_id", "rid", "agency", "received_on", "file", "line",
)  # fmt: skip
WEEK = ("person_id", "agency", "source", "source_id", "week_on", "excluded")
KNOWN = ("person_id",)
# One row for each row behind a thing told: what it was, which one, when, and the row.
FACT = ("person_id", "told", "event", "seen_on", "happened_on", "what", *ROW)


def told_without_marks(
    told_elsewhere: Table,
    missing_episodes: Table,
    missing_episode_sources: Table,
    placements: Table,
    homes: Table,
    coordinates: Table,
    notes_counted: Table,
    open_cases: Table,
    known_to_hub: Table,
    values: Values,
) -> Table:
    """Of children whose marks and notes the hub may hold; of the rest nothing is joined, not even to be counted."""
    told = ibis.union(
        _reports_and_arrests(told_elsewhere),
        _away(missing_episodes, missing_episode_sources),
        _placed_far(placements, homes, coordinates, values),
        _noted(notes_counted, values),
    )
    theirs = open_cases.select("person_id").union(known_to_hub.select(*KNOWN))
    return told.semi_join(theirs, "person_id")


def things_told(told_without_marks: Table, attendance_weeks: Table, attendance_marks_current: Table) -> Table:
    """Suspensions too, of children of whom something else was told."""
    weeks = attendance_weeks.semi_join(told_without_marks, "person_id")
    return told_without_marks.union(_suspended(weeks, attendance_marks_current))


def told_side_by_side(things_told: Table, open_cases: Table, known_to_hub: Table, values: Values) -> Table:
    """One row for each thing told and each of another agency near enough, dated by the later; each pair stands twice, once from either side."""
    things = things_told.select("person_id", "agency", "told", "event", "seen_on").distinct()
    others = things.select(
        who="person_id", by="agency", other_told="told", other_event="event", other_on="seen_on"
    )
    met = things.join(
        others,
        [
            things.person_id == others.who,
            things.agency != others.by,
            things.told != others.other_told,
            days_between(things.seen_on, others.other_on) <= whole(values, WITHIN_DAYS),
        ],
    ).drop("who")
    met = met.filter(~(met.told.isin(SAME_THING) & met.other_told.isin(SAME_THING)))
    return with_audience(met.mutate(on=ibis.greatest(met.seen_on, met.other_on)), open_cases, known_to_hub)


def told_by_two_agencies(told_side_by_side: Table, things_told: Table) -> Table:
    """One row for each child and day on which the second of the two became known."""
    rows = _rows_behind(told_side_by_side, things_told)
    days = rows.group_by("person_id", "asked_on").agg(
        audience=rows.audience.max(),
        first_on=rows.seen_on.min(),
        last_on=rows.seen_on.max(),
        **{told: (rows.told == told).ifelse(_counts(rows), ibis.null("string")).nunique() for told in TOLD},
    )
    return days.select(
        "person_id", "audience",
        on="asked_on",
        scope=ibis.literal(HUB),
        window_from=ibis.null("date"),
        window_to=ibis.null("date"),
        figures=figures(first_on=days.first_on, last_on=days.last_on, **{told: days[told] for told in TOLD}),
    )  # fmt: skip


def told_by_two_agencies_evidence(told_side_by_side: Table, things_told: Table) -> Table:
    rows = _rows_behind(told_side_by_side, things_told)
    return rows.select(
        "person_id", *ROW, "happened_on", "what",
        on="asked_on",
        scope=ibis.literal(HUB),
        event=_counts(rows),
    ).distinct()  # fmt: skip


def _counts(rows: Table) -> Any:
    """Each note is an event of its own; of everything else the thing told is."""
    return ibis.ifelse(rows.told == NOTED, rows.record_id, rows.event)


def _rows_behind(met: Table, things_told: Table) -> Table:
    asked = met.select("audience", "agency", "told", "event", who="person_id", asked_on="on").distinct()
    return things_told.join(
        asked,
        [
            things_told.person_id == asked.who,
            things_told.agency == asked.agency,
            things_told.told == asked.told,
            things_told.event == asked.event,
        ],
    ).select(*FACT, "asked_on", "audience")


def _reports_and_arrests(told_elsewhere: Table) -> Table:
    names = told_elsewhere.told.cases((WENT_MISSING, "missing"), (AN_ARREST, "arrested"), else_="")
    said = ibis.ifelse(told_elsewhere.told == AN_ARREST, "Arrested on ", "Missing from ")
    rows = told_elsewhere.mutate(what=said + day_in_words(told_elsewhere.happened_on))
    return rows.mutate(told=names, seen_on=rows.happened_on).select(*FACT)


def _away(missing_episodes: Table, missing_episode_sources: Table) -> Table:
    rows = reports_of(missing_episodes, missing_episode_sources, AWAY_EPISODE, AWAY)
    return rows.mutate(
        seen_on=rows.happened_on, what=ibis.literal("Away from the placement from ") + day_in_words(rows.happened_on)
    ).select(*FACT)  # fmt: skip


def _placed_far(placements: Table, homes: Table, coordinates: Table, values: Values) -> Table:
    """Of a child one of whose homes is withheld, nothing: a distance would tell where it is."""
    told = placements.select(*PLACEMENT)
    hidden = withheld(placements, homes)
    told = told.anti_join(hidden, told.person_id == hidden.hidden)
    where = on_the_map(coordinates)
    there = where.select(placed_at="at", placed_e="eastings", placed_n="northings")
    home = where.select(lived_at="at", home_e="eastings", home_n="northings")
    met = told.inner_join(there, tidy(told.placement_postcode) == there.placed_at)
    met = met.inner_join(home, tidy(met.home_postcode) == home.lived_at)
    east = (met.placed_e - met.home_e).cast("float64")
    north = (met.placed_n - met.home_n).cast("float64")
    km = (east * east + north * north).sqrt() / 1000
    rows = met.filter(km >= number(values, FAR_KM))
    return rows.mutate(
        told=ibis.literal(PLACED_FAR), event=rows.record_id, seen_on=rows.began_on, happened_on=rows.began_on,
        record_kind=ibis.literal("ssda903_episodes"),
        what=ibis.literal("A placement far from home began on ") + day_in_words(rows.began_on),
    ).select(*FACT)  # fmt: skip


def _noted(notes_counted: Table, values: Values) -> Table:
    """So many notes of one school by a note's day: that one and those before it."""
    notes = notes_counted.rename(noted_on="on")
    last = notes_counted.select(
        who="person_id", school="agency", seen_on="on", last_id="record_id", at="source"
    )
    met = last.join(
        notes,
        [
            last.who == notes.person_id,
            last.school == notes.agency,
            notes.noted_on <= last.seen_on,
            last.seen_on.delta(notes.noted_on, unit="day") <= whole(values, WITHIN_DAYS),
        ],
    )
    enough = met.group_by("who", "seen_on", "school", "last_id").agg(many=met.record_id.nunique())
    enough = enough.filter(enough.many >= whole(values, NOTES)).select(
        by_then="seen_on", at_school="school", whose="who", of_note="last_id"
    )
    rows = met.inner_join(
        enough,
        [met.who == enough.whose, met.seen_on == enough.by_then, met.school == enough.at_school, met.last_id == enough.of_note],
    )  # fmt: skip
    return rows.mutate(
        told=ibis.literal(NOTED), event=rows.last_id, happened_on=rows.noted_on, record_kind=ibis.literal("school_log"),
        what=note_in_words(rows),
    ).select(*FACT)  # fmt: skip


def _suspended(attendance_weeks: Table, attendance_marks_current: Table) -> Table:
    """By the Friday of the week in which it began. A suspension over a weekend is one."""
    weeks = attendance_weeks.select(*WEEK)
    order = ibis.window(group_by=["person_id", "agency", "source", "source_id"], order_by="week_on")
    before = weeks.excluded.lag().over(order).fill_null(0)
    began = weeks.mutate(before=before).filter(lambda told: (told.excluded > 0) & (told.before == 0))
    began = began.select(
        who="person_id", at="source", whose="source_id", monday="week_on",
        friday=(began.week_on.cast("timestamp") + ibis.interval(days=4)).date(),
    )  # fmt: skip
    marks = attendance_marks_current.select(*MARK)
    marks = marks.filter(marks.code.isin(EXCLUDED))
    rows = marks.join(
        began,
        [
            marks.person_id == began.who,
            marks.source == began.at,
            marks.source_id == began.whose,
            marks["on"] >= began.monday,
            marks["on"] <= began.friday,
        ],
    )
    return rows.mutate(
        told=ibis.literal(SUSPENDED), seen_on=rows.friday, happened_on=rows["on"], record_kind=ibis.literal("attendance_marks"),
        event=ibis.literal("suspended|") + rows.source + ibis.literal("|") + rows.monday.cast("string"),
        what=ibis.literal("Suspended or excluded on ") + day_in_words(rows["on"]),
    ).select(*FACT)  # fmt: skip
