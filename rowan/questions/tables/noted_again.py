"""Days on which a school had written so many notes about one pupil within so many days."""

import ibis
from ibis.expr.types import Table

from rowan.questions.rules.declaration import Values, whole
from rowan.questions.rules.noted_again import NOT_COUNTED, NOTES, WITHIN_DAYS

from .in_words import day_in_words, figures
from .school_asked import LOG_FEED, with_audience

# All that these rules read of a note: never its words, nor who wrote it.
NOTE = ("person_id", "on", "category", "source", "record_id", "rid", "agency", "received_on", "file", "line")


def notes_counted(school_log: Table) -> Table:
    """Notes of the kinds that count, with their kind in small letters."""
    told = school_log.select(*NOTE)
    told = told.mutate(category=told.category.fill_null("").lower().strip())
    return told.filter(told["on"].notnull() & ~told.category.isin(NOT_COUNTED))


def noted_again(notes_counted: Table, agreements: Table, open_cases: Table, values: Values) -> Table:
    """One row for each pupil, school and day of a note that was at least the third of its window.

    The audience is the school, where the school chose its own watch or the child was open to the council that day; elsewhere nobody.
    """
    days = notes_counted.select("person_id", "on", "agency").distinct()
    seen = _in_the_window(days, notes_counted, values)
    times = seen.group_by("person_id", "on", "agency").agg(
        notes=seen.record_id.nunique(), kinds=seen.category.nunique(), first_on=seen.noted_on.min()
    )
    found = times.filter(times.notes >= whole(values, NOTES))
    heard = with_audience(found, agreements, open_cases, LOG_FEED)
    return heard.select(
        "person_id", "on", "audience", "agency",
        scope=heard.agency,
        window_from=heard.first_on,
        window_to=heard["on"],
        figures=figures(notes=heard.notes, kinds=heard.kinds, first_on=heard.first_on, last_on=heard["on"]),
    )  # fmt: skip


def noted_again_evidence(noted_again: Table, notes_counted: Table, values: Values) -> Table:
    """The notes in the window, each by its day and kind."""
    rows = _in_the_window(noted_again.select("person_id", "on", "agency"), notes_counted, values)
    return rows.select(
        "person_id", "on", "source", "record_id", "rid", "agency", "received_on", "file", "line",
        scope=rows.agency,
        record_kind=ibis.literal("school_log"),
        happened_on=rows.noted_on,
        event=rows.record_id,
        what=note_in_words(rows),
    )  # fmt: skip


def note_in_words(rows: Table) -> ibis.expr.types.StringValue:
    kind = ibis.ifelse(rows.category == "", "", ibis.literal(" (") + rows.category + ibis.literal(")"))
    return ibis.literal("Note of ") + day_in_words(rows.noted_on) + kind


def _in_the_window(days: Table, notes_counted: Table, values: Values) -> Table:
    """Each day's notes by then, of the same school, that lie within the window that ends on it."""
    notes = notes_counted.rename(who="person_id", noted_on="on", school="agency")
    met = days.join(
        notes,
        [
            days.person_id == notes.who,
            days.agency == notes.school,
            notes.noted_on <= days["on"],
            days["on"].delta(notes.noted_on, unit="day") <= whole(values, WITHIN_DAYS),
        ],
    )
    return met.drop("who", "school")
