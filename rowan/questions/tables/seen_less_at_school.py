"""Days on which a pupil's marks had stopped, a suspension had come again or a part-time timetable lasted, and another agency told of the child near that day."""

from typing import Any

import ibis
from ibis.expr.types import Table

from rowan.chronology.rules.attendance_codes import EXCLUDED
from rowan.chronology.rules.attendance_codes import PART_TIME as PART_TIME_CODES
from rowan.questions.rules.declaration import HUB, Values, whole
from rowan.questions.rules.facts_elsewhere import COUNTS
from rowan.questions.rules.seen_less_at_school import (
    PART_TIME,
    PART_TIME_OF_WEEKS,
    PART_TIME_SESSIONS,
    PART_TIME_WEEKS,
    STOPPED,
    STOPPED_DAYS,
    SUSPENDED,
    SUSPENDED_WITHIN_DAYS,
    WITHIN_DAYS,
)

from .absence_risen import FRIDAY
from .facts_elsewhere import ROW, counts_of
from .in_words import day_in_words, figures
from .marks_counted import MARK
from .missing_and_absent import days_between, with_audience

# All that this rule reads of the school weeks: on which days there was any mark, and two counts.
WEEK = ("person_id", "agency", "source", "source_id", "week_on", "first_on", "last_on", "excluded", "part_time")  # fmt: skip
MOVE = ("person_id", "agency", "joined_on", "left_on")
PUPIL = ("person_id", "agency", "source", "source_id")


def told_by_marks(
    attendance_weeks: Table, school_days: Table, school_moves: Table, facts_elsewhere: Table, values: Values
) -> Table:
    """What the marks of children of whom another agency told show: who, how, by which day, and which days it rests on."""
    weeks = attendance_weeks.select(*WEEK).semi_join(facts_elsewhere, "person_id")
    return ibis.union(
        _stopped(weeks, school_days, school_moves, values),
        _suspended_again(weeks, values),
        _part_time(weeks, values),
    )


def _stopped(weeks: Table, school_days: Table, school_moves: Table, values: Values) -> Table:
    """By the tenth day on which the school was open and the pupil, still on its roll and on no other's, has no mark."""
    by_school = ibis.window(group_by="agency", order_by="on")
    days = school_days.mutate(place=ibis.row_number().over(by_school).cast("int64"))
    spans = weeks.mutate(next_on=weeks.first_on.lead().over(_in_order()))
    at = days.select("place", day="on", school="agency")
    met = spans.left_join(at, [spans.agency == at.school, at.day <= spans.last_on])
    # A pupil may have had marks before the first day that the school is known to have been open.
    reached = met.group_by(*PUPIL, "last_on", "next_on").agg(place=met.place.max().fill_null(-1))
    reached = reached.mutate(place=reached.place + whole(values, STOPPED_DAYS))
    due = days.select("place", seen_on="on", school="agency")
    gone = reached.inner_join(due, [reached.agency == due.school, reached.place == due.place], rname="{name}_due")  # fmt: skip
    gone = gone.filter(gone.next_on.isnull() | (gone.next_on > gone.seen_on))
    moves = school_moves.select("joined_on", "left_on", who="person_id", at="agency")
    elsewhere = (
        (moves.at != gone.agency)
        & (moves.joined_on <= gone.seen_on)
        & (moves.left_on.isnull() | (moves.left_on > gone.seen_on))
    )
    left = (moves.at == gone.agency) & moves.left_on.notnull() & (moves.left_on <= gone.seen_on)
    gone = gone.anti_join(moves, [gone.person_id == moves.who, elsewhere | left])
    return gone.select(*PUPIL, "seen_on", how=ibis.literal(STOPPED), window_from=gone.last_on, window_to=gone.last_on)  # fmt: skip


def _suspended_again(weeks: Table, values: Values) -> Table:
    """By the Friday of the week in which the second suspension began. A suspension over a weekend is one."""
    before = weeks.excluded.lag().over(_in_order()).fill_null(0)
    began = weeks.mutate(before=before).filter(lambda told: (told.excluded > 0) & (told.before == 0))
    again = began.mutate(window_from=began.week_on.lag().over(_in_order()))
    near = again.filter(
        again.week_on.delta(again.window_from, unit="day") <= whole(values, SUSPENDED_WITHIN_DAYS)
    )
    return _by_friday(near, SUSPENDED)


def _part_time(weeks: Table, values: Values) -> Table:
    """By the Friday of the week that made it so; the weeks after tell nothing new."""
    newest = ibis.window(
        group_by=list(PUPIL), order_by="week_on", preceding=PART_TIME_OF_WEEKS - 1, following=0
    )
    marked = weeks.mutate(is_one=(weeks.part_time >= PART_TIME_SESSIONS).cast("int64"))
    summed = marked.mutate(
        many=marked.is_one.sum().over(newest), window_from=marked.week_on.min().over(newest)
    )
    told = summed.mutate(were=summed.many.lag().over(_in_order()).fill_null(0))
    least = whole(values, PART_TIME_WEEKS)
    return _by_friday(told.filter((told.is_one == 1) & (told.many >= least) & (told.were < least)), PART_TIME)


def seen_less_beside(
    told_by_marks: Table, facts_elsewhere: Table, open_cases: Table, known_to_hub: Table, values: Values
) -> Table:
    """One row for each thing the marks tell and fact of another agency near enough, dated by the later."""
    facts = facts_elsewhere.rename(who="person_id", other_agency="agency", other_source="source")
    met = told_by_marks.join(
        facts,
        [
            told_by_marks.person_id == facts.who,
            told_by_marks.agency != facts.other_agency,
            days_between(told_by_marks.seen_on, facts.happened_on) <= whole(values, WITHIN_DAYS),
        ],
    ).drop("who")
    met = met.mutate(on=ibis.greatest(met.seen_on, met.happened_on))
    return with_audience(met, open_cases, known_to_hub)


def seen_less_at_school(seen_less_beside: Table) -> Table:
    """One row for each child and day on which the second of the two became known."""
    met = seen_less_beside
    days = met.group_by("person_id", "on").agg(
        audience=met.audience.max(),
        stopped_after=(met.how == STOPPED).ifelse(met.window_to, ibis.null("date")).max(),
        suspended=(met.how == SUSPENDED).cast("int64").max(),
        part_time=(met.how == PART_TIME).cast("int64").max(),
        seen_on=met.seen_on.max(),
        **counts_of(met),
        other_on=met.happened_on.max(),
    )
    return days.select(
        "person_id", "on", "audience",
        scope=ibis.literal(HUB),
        window_from=ibis.null("date"),
        window_to=ibis.null("date"),
        figures=figures(
            {name: days[name] for name in COUNTS},
            stopped_after=days.stopped_after, suspended=days.suspended, part_time=days.part_time, seen_on=days.seen_on, other_on=days.other_on,
        ),
    )  # fmt: skip


def seen_less_at_school_evidence(seen_less_beside: Table, attendance_marks_current: Table) -> Table:
    """The school's marks, and the other agencies' rows."""
    return (
        _mark_rows(seen_less_beside, attendance_marks_current).union(_other_rows(seen_less_beside)).distinct()
    )


def _mark_rows(met: Table, attendance_marks_current: Table) -> Table:
    asked = met.select(
        "how", "window_from", "window_to", who="person_id", at="source", whose="source_id", asked_on="on"
    )
    marks = attendance_marks_current.select(*MARK)
    rows = asked.distinct().join(
        marks,
        [
            asked.who == marks.person_id,
            asked.at == marks.source,
            asked.whose == marks.source_id,
            marks["on"] >= asked.window_from,
            marks["on"] <= asked.window_to,
        ],
    )
    rows = rows.filter(
        (rows.how == STOPPED)
        | ((rows.how == SUSPENDED) & rows.code.isin(EXCLUDED))
        | ((rows.how == PART_TIME) & rows.code.isin(PART_TIME_CODES))
    )
    # Of the last marks before they stopped it says no code: which it was is nobody's question.
    what = rows.how.cases(
        (SUSPENDED, "Suspended or excluded on "), (PART_TIME, "Part-time timetable on "), else_="Last marks, on "
    )  # fmt: skip
    return rows.select(
        "person_id", "source", "record_id", "rid", "agency", "received_on", "file", "line",
        on="asked_on",
        scope=ibis.literal(HUB),
        record_kind=ibis.literal("attendance_marks"),
        happened_on=rows["on"],
        event=rows.record_id,
        what=what + day_in_words(rows["on"]),
    ).select(*_EVIDENCE)  # fmt: skip


_EVIDENCE = ("person_id", "on", *ROW, "scope", "happened_on", "event", "what")


def _other_rows(met: Table) -> Table:
    rows = met.mutate(
        scope=ibis.literal(HUB), agency=met.other_agency, source=met.other_source
    )  # fmt: skip
    return rows.select(*_EVIDENCE)


def _by_friday(weeks: Table, how: str) -> Table:
    friday = (weeks.week_on.cast("timestamp") + ibis.interval(days=FRIDAY)).date()
    return weeks.select(*PUPIL, seen_on=friday, how=ibis.literal(how), window_from=weeks.window_from, window_to=friday)  # fmt: skip


def _in_order() -> Any:
    return ibis.window(group_by=list(PUPIL), order_by="week_on")
