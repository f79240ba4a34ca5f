"""Days on which a missing report of one agency and absence in another one's marks stood within six weeks of each other.

Only marks that the hub may hold beside other agencies' rows are read: of children open to the council that day, or known to the hub
tonight (promise 9). Of the rest nothing is joined, not even to be counted.
"""

import ibis
from ibis.expr.types import DateValue, IntegerValue, StringValue, Table

from rowan.chronology.rules.missing import MISSING, OPEN_REPORT_COVERS_HOURS
from rowan.questions.rules.absence_risen import COUNTED_MARKS
from rowan.questions.rules.declaration import HUB, Values, whole
from rowan.questions.rules.missing_and_absent import ENDS_A_RUN, RUN_SESSIONS, UNEXPLAINED, WITHIN_DAYS

from .absence_risen import absence_risen_evidence, weeks_risen
from .in_words import day_in_words, figures
from .marks_counted import MARK
from .school_asked import OPEN_CASE, open_days

# All that this rule reads besides the school weeks and marks of *Absence has risen*.
EPISODE = ("episode_id", "person_id", "kind", "began_at", "ended_at", "confirmed")
SOURCE = (
    "episode_id", "record_kind", "source", "record_id", "rid", "agency", "happened_on", "received_on", "file", "line",
)  # fmt: skip
KNOWN = ("person_id",)
# The two ways in which school marks tell of absence.
RUN, RISE = "run", "rise"


def reported_missing(missing_episodes: Table, open_cases: Table, known_to_hub: Table) -> Table:
    """Confirmed missing episodes of children whose marks the hub may hold, with the days from the first to the last."""
    episodes = missing_episodes.select(*EPISODE)
    mine = episodes.filter((episodes.kind == MISSING) & episodes.confirmed).semi_join(
        open_cases.select("person_id").union(known_to_hub.select(*KNOWN)), "person_id"
    )
    open_end = mine.began_at + ibis.interval(hours=OPEN_REPORT_COVERS_HOURS)
    return mine.select(
        "episode_id",
        "person_id",
        began_on=mine.began_at.date(),
        back_on=ibis.coalesce(mine.ended_at, open_end).date(),
    )


def unexplained_marks(attendance_marks_current: Table, reported_missing: Table) -> Table:
    """Unexplained sessions of these children, each with the run it belongs to and its place in it.

    Sessions of days on which the child was reported missing neither make a run nor end one: they are the same fact told twice.
    """
    marks = attendance_marks_current.select(*MARK).semi_join(reported_missing, "person_id")
    ends = marks.code.isin(ENDS_A_RUN)
    told = marks.filter(ends | marks.code.isin(UNEXPLAINED))
    away = reported_missing.select("began_on", "back_on", who="person_id")
    told = told.anti_join(
        away, [told.person_id == away.who, told["on"] >= away.began_on, told["on"] <= away.back_on]
    )
    pupil = {"group_by": ["person_id", "source", "source_id"], "order_by": ["on", "session"]}
    ended = told.code.isin(ENDS_A_RUN).cast("int64")
    numbered = told.mutate(run=ended.sum().over(ibis.window(**pupil, preceding=None, following=0)))
    missed = numbered.filter(numbered.code.isin(UNEXPLAINED))
    in_run = {"group_by": ["person_id", "source", "source_id", "run"], "order_by": ["on", "session"]}
    placed = missed.mutate(
        place=ibis.row_number().over(ibis.window(**in_run)) + 1,
        event=ibis.literal("run|")
        + missed.record_id.first().over(ibis.window(**in_run, preceding=None, following=0)),
    )
    return placed.drop("run")


def absences(
    unexplained_marks: Table,
    counted_weeks: Table,
    easily_critical_values: Table,
    reported_missing: Table,
    values: Values,
) -> Table:
    """Runs of unexplained absence and weeks in which absence had risen, each dated by the day it had become so."""
    return runs(unexplained_marks, values).union(
        rises(counted_weeks, easily_critical_values, reported_missing, values)
    )


def missing_beside_absence(
    absences: Table,
    reported_missing: Table,
    missing_episode_sources: Table,
    open_cases: Table,
    known_to_hub: Table,
    values: Values,
) -> Table:
    """One row for each report and absence of one child, by two agencies, that lie near enough; dated by the later of the two.

    Of a rise that goes on for weeks only the newest week by that day stands beside the report.
    """
    reports = _reports(reported_missing, missing_episode_sources).select(
        "episode_id",
        "report_kind",
        "report_source",
        "report_id",
        "reported_on",
        who="person_id",
        reported_by="agency",
    )
    met = absences.join(
        reports,
        [
            absences.person_id == reports.who,
            absences.agency != reports.reported_by,
            days_between(absences.seen_on, reports.reported_on) <= whole(values, WITHIN_DAYS),
        ],
    )
    met = met.mutate(on=ibis.greatest(met.seen_on, met.reported_on))
    that_day = ibis.window(group_by=["person_id", "on", "source", "source_id", "how"])
    newest = met.mutate(newest_on=met.seen_on.max().over(that_day))
    newest = newest.filter((newest.how == RUN) | (newest.seen_on == newest.newest_on)).drop(
        "newest_on", "who"
    )
    return with_audience(newest, open_cases, known_to_hub)


def missing_and_absent(missing_beside_absence: Table, unexplained_marks: Table) -> Table:
    """One row for each child and day on which the second of the two became known."""
    met = missing_beside_absence
    days = met.group_by("person_id", "on").agg(
        audience=met.audience.max(),
        episodes=met.episode_id.nunique(),
        missing_on=met.reported_on.max(),
        **{
            name: met[name].max()
            for name in ("weeks", "window_from", "weeks_to", "absent", "possible", "ordinary")
        },
    )
    run = _run_by_then(met, unexplained_marks)
    missed = run.group_by(who="person_id", day="asked_on").agg(
        unexplained=run.record_id.nunique(), run_from=run["on"].min()
    )
    told = days.left_join(missed, [days.person_id == missed.who, days["on"] == missed.day])
    return told.select(
        "person_id", "on", "audience",
        scope=ibis.literal(HUB),
        window_from=ibis.null("date"),
        window_to=ibis.null("date"),
        figures=figures(
            episodes=told.episodes, missing_on=told.missing_on, unexplained=told.unexplained.fill_null(0), run_from=told.run_from,
            weeks=told.weeks, weeks_to=told.weeks_to, absent=told.absent, possible=told.possible, expected=told.ordinary,
        ),
    )  # fmt: skip


def missing_and_absent_evidence(
    missing_beside_absence: Table,
    unexplained_marks: Table,
    counted_weeks: Table,
    attendance_marks_current: Table,
    reported_missing: Table,
    missing_episode_sources: Table,
) -> Table:
    """The reports, the marks of the run as far as it had come, and the marks counted in the newest weeks of a rise."""
    met = missing_beside_absence
    return (
        _report_rows(met, missing_episode_sources)
        .union(_run_rows(met, unexplained_marks))
        .union(_rise_rows(met, counted_weeks, attendance_marks_current, reported_missing))
    )


def _reports(reported_missing: Table, missing_episode_sources: Table) -> Table:
    rows = missing_episode_sources.select(*SOURCE)
    met = rows.inner_join(reported_missing.select("episode_id", "person_id"), "episode_id")
    return met.select(
        "episode_id",
        "person_id",
        "agency",
        report_kind="record_kind",
        report_source="source",
        report_id="record_id",
        reported_on="happened_on",
    )


def runs(unexplained_marks: Table, values: Values) -> Table:
    """A run is one from the day of its sixth session."""
    reached = unexplained_marks.filter(unexplained_marks.place == whole(values, RUN_SESSIONS))
    nothing, no_day = ibis.null("int64"), ibis.null("date")
    return reached.select(
        "person_id",
        "agency",
        "source",
        "source_id",
        how=ibis.literal(RUN),
        event="event",
        seen_on=reached["on"],
        weeks=nothing,
        window_from=no_day,
        weeks_to=no_day,
        absent=nothing,
        possible=nothing,
        ordinary=ibis.null("float64"),
    )


def rises(counted_weeks: Table, critical_values: Table, reported_missing: Table, values: Values) -> Table:
    weeks = counted_weeks.semi_join(reported_missing, "person_id")
    risen = weeks_risen(_without_missing_weeks(weeks, reported_missing), critical_values, values)
    return risen.select(
        "person_id",
        "agency",
        "source",
        "source_id",
        how=ibis.literal(RISE),
        # One name for the whole rise: its next week is no new event while it shares marks with what was put before.
        event=ibis.literal("rise|") + risen.source,
        seen_on=risen["on"],
        weeks=risen.weeks.cast("int64"),
        window_from=risen.window_from,
        weeks_to=risen["on"],
        absent=risen.absent.cast("int64"),
        possible=risen.possible.cast("int64"),
        ordinary=risen.ordinary,
    )


def _without_missing_weeks(weeks: Table, reported_missing: Table) -> Table:
    """Without school weeks in which the child was reported missing: what was missed in them may be the same thing told twice."""
    away = reported_missing.select(
        who="person_id", from_week=_monday(reported_missing.began_on), to_week=_monday(reported_missing.back_on)
    )  # fmt: skip
    return weeks.anti_join(
        away,
        [weeks.person_id == away.who, weeks.week_on >= away.from_week, weeks.week_on <= away.to_week],
    )


def _monday(day: DateValue) -> DateValue:
    return day.cast("timestamp").truncate("W").date()


def days_between(one: DateValue, other: DateValue) -> IntegerValue:
    return one.delta(other, unit="day").abs()


def with_audience(met: Table, open_cases: Table, known_to_hub: Table) -> Table:
    """The hub, where the child was open to the council that day; nobody yet, where the hub has come to know her since."""
    were_open = open_days(met.select("person_id", "on").distinct(), open_cases.select(*OPEN_CASE))
    were_open = were_open.select(open_who="person_id", open_on="on")
    known = known_to_hub.select(known="person_id").distinct()
    told = met.left_join(were_open, [met.person_id == were_open.open_who, met["on"] == were_open.open_on])
    told = told.left_join(known, told.person_id == known.known)
    told = told.filter(told.open_who.notnull() | told.known.notnull())
    return told.mutate(audience=ibis.ifelse(told.open_who.notnull(), HUB, ibis.null("string"))).drop(
        "open_who", "open_on", "known"
    )


def _run_by_then(met: Table, unexplained_marks: Table) -> Table:
    """The sessions of each run by the day of the occasion."""
    asked = met.filter(met.how == RUN).select("event", who="person_id", asked_on="on").distinct()
    return unexplained_marks.inner_join(
        asked,
        [
            unexplained_marks.person_id == asked.who,
            unexplained_marks.event == asked.event,
            unexplained_marks["on"] <= asked.asked_on,
        ],
    ).drop("who")


def _report_rows(met: Table, missing_episode_sources: Table) -> Table:
    reports = met.select(
        "person_id", "report_kind", "report_source", "report_id", asked_on="on", of_episode="episode_id"
    ).distinct()
    rows = missing_episode_sources.select(*SOURCE)
    found = reports.inner_join(
        rows,
        [
            reports.of_episode == rows.episode_id,
            reports.report_kind == rows.record_kind,
            reports.report_source == rows.source,
            reports.report_id == rows.record_id,
        ],
    )
    return _told(
        found, kind=found.record_kind, event=found.episode_id, happened_on=found.happened_on,
        what=ibis.literal("Missing from ") + day_in_words(found.happened_on),
    )  # fmt: skip


def _run_rows(met: Table, unexplained_marks: Table) -> Table:
    found = _run_by_then(met, unexplained_marks)
    session = found.session.cases(("AM", "Morning: "), ("PM", "Afternoon: "), else_="")
    meaning = found.code.cases(*[(code, COUNTED_MARKS[code]) for code in UNEXPLAINED], else_="absent")
    return _told(
        found, kind=ibis.literal("attendance_marks"), event=found.event, happened_on=found["on"],
        what=session + meaning + ibis.literal(" (") + found.code + ibis.literal(")"),
    )  # fmt: skip


def _rise_rows(met: Table, counted_weeks: Table, marks: Table, reported_missing: Table) -> Table:
    risen = met.filter(met.how == RISE)
    risen = risen.select(
        "person_id", "agency", "source", "source_id", "on", "window_from", scope=ibis.literal(HUB), window_to=risen.weeks_to
    ).distinct()  # fmt: skip
    asked = marks.select(*MARK).semi_join(risen, "person_id")
    dated = asked.mutate(week_on=_monday(asked["on"]))
    found = absence_risen_evidence(
        risen, counted_weeks, _without_missing_weeks(dated, reported_missing).drop("week_on")
    )
    return _told(
        found.drop("scope").rename(asked_on="on"), kind=ibis.literal("attendance_marks"), event=ibis.literal("rise|") + found.source,
        happened_on=found.happened_on, what=found.what,
    )  # fmt: skip


def _told(
    found: Table, *, kind: StringValue, event: StringValue, happened_on: DateValue, what: StringValue
) -> Table:
    return found.select(
        "person_id", "source", "record_id", "rid", "agency", "received_on", "file", "line",
        on="asked_on", scope=ibis.literal(HUB), record_kind=kind, happened_on=happened_on, event=event, what=what,
    )  # fmt: skip
