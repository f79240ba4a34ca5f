"""School weeks in which a pupil missed clearly more than their own past and their year group's same weeks lead one to expect."""

import ibis
from ibis.expr.types import IntegerValue, Table

from rowan.chronology.rules.attendance_codes import ILLNESS
from rowan.questions.rules.absence_risen import (
    COUNTED_MARKS,
    GROUP_ABSENCES_ADDED,
    GROUP_SESSIONS_ADDED,
    HOLIDAY_WEEKS,
    LEAST_PAST_WEEKS,
    LEAST_PERCENT,
    LONG_ILLNESS,
    NEW_AT_SCHOOL_DAYS,
    PAST_WEEKS,
    WEEKS,
)
from rowan.questions.rules.declaration import Values, whole
from rowan.questions.rules.rise import SHARE_STEP

from .in_words import figures

# All that this rule reads. R and T sessions are left out of the counted columns before they reach it.
WEEK = (
    "person_id", "agency", "laestab", "source", "source_id", "year_group", "week_on", "counted_possible", "counted_absent",
    "ill", "medical", "part_time", "study_leave", "excluded", "custody",
)  # fmt: skip
GROUP_WEEK = ("laestab", "year_group", "week_on", "counted_possible", "counted_absent")
MARK = (
    "person_id", "agency", "source", "source_id", "rid", "on", "session", "code", "record_id", "received_on", "file", "line",
)  # fmt: skip
MOVE = ("person_id", "agency", "joined_on")
OPEN_CASE = ("person_id", "opened_on", "closed_on")
AGREEMENT = ("feed", "agency", "own_watch", "until_on")
FRIDAY = 4
MARKS_FEED = "attendance_marks"


def counted_weeks(attendance_weeks: Table, school_week_sums: Table, values: Values) -> Table:
    """A pupil's school weeks with the sessions that count, and how many the year group's same week would lead one to expect.

    Long illness, medical appointments, part-time timetables and study leave are neither above nor below the line.
    """
    told = attendance_weeks.select(*WEEK)
    long_illness = (told.ill >= whole(values, LONG_ILLNESS)).ifelse(told.ill, 0)
    left_out = told.medical + told.part_time + told.study_leave + long_illness
    weeks = told.mutate(
        absent=told.counted_absent - left_out,
        possible=told.counted_possible - left_out,
        long_illness=long_illness,
    )
    weeks = weeks.filter(weeks.possible > 0)
    group = _group(school_week_sums)
    met = weeks.inner_join(
        group,
        [
            weeks.laestab == group.at_school,
            weeks.year_group == group.of_year,
            weeks.week_on == group.in_week,
            # Only where somebody else was there to compare with.
            group.group_possible > weeks.counted_possible,
        ],
    )
    others_absent = met.group_absent - met.counted_absent + GROUP_ABSENCES_ADDED
    others_possible = met.group_possible - met.counted_possible + GROUP_SESSIONS_ADDED
    return met.mutate(
        expected=met.possible * (others_absent.cast("float64") / others_possible.cast("float64"))
    ).drop(
        "at_school",
        "of_year",
        "in_week",
        "group_possible",
        "group_absent",
        "counted_possible",
        "counted_absent",
    )


def absence_risen(
    counted_weeks: Table,
    critical_values: Table,
    school_moves: Table,
    agreements: Table,
    open_cases: Table,
    values: Values,
) -> Table:
    """One row for each pupil, school and week at whose end absence had risen.

    The audience is the school, where the school chose its own watch or the child was open to the council that day; elsewhere nobody.
    """
    sums = _sums(counted_weeks, values)
    risen = _risen(sums, critical_values, values)
    risen = risen.mutate(
        # Through a moment and back: DuckDB makes a moment of a date and an interval, whatever Ibis holds it to be.
        on=(risen.week_on.cast("timestamp") + ibis.interval(days=FRIDAY)).date(),
        ordinary=(risen.past_absent * risen.expected / risen.past_expected).round(1),
    )
    told = _with_joining(risen, school_moves)
    heard = _with_audience(told, agreements, open_cases)
    return heard.select(
        "person_id", "on", "audience", "agency", "source", "source_id", "window_from",
        scope=heard.agency,
        window_to=heard["on"],
        figures=figures(
            weeks=heard.weeks, weeks_from=heard.window_from, weeks_to=heard["on"], absent=heard.absent, possible=heard.possible,
            past_weeks=heard.past_weeks, past_absent=heard.past_absent, past_possible=heard.past_possible, expected=heard.ordinary,
            ill=heard.ill, medical=heard.medical, part_time=heard.part_time, study_leave=heard.study_leave, excluded=heard.excluded,
            custody=heard.custody, joined_on=heard.joined_on,
        ),
    )  # fmt: skip


def absence_risen_evidence(
    absence_risen: Table, counted_weeks: Table, attendance_marks_current: Table
) -> Table:
    """The school's own marks that were counted, in the newest weeks."""
    marks = attendance_marks_current.select(*MARK)
    counted = marks.filter(marks.code.isin(list(COUNTED_MARKS)))
    risen = absence_risen.select(
        "on",
        "scope",
        "window_from",
        "window_to",
        who="person_id",
        whose="source_id",
        at="source",
        school="agency",
    )
    met = risen.join(
        counted,
        [
            risen.who == counted.person_id,
            risen.at == counted.source,
            risen.whose == counted.source_id,
            counted["on"] >= risen.window_from,
            counted["on"] <= risen.window_to,
        ],
        lname="risen_{name}",
        rname="",
    )
    met = met.mutate(monday=met["on"].cast("timestamp").truncate("W").date())
    ill = counted_weeks.filter(counted_weeks.long_illness > 0).select(
        "person_id", "source", "source_id", monday="week_on"
    )
    short = met.filter(~met.code.isin(ILLNESS)).union(
        met.filter(met.code.isin(ILLNESS)).anti_join(ill, ["person_id", "source", "source_id", "monday"])
    )
    meaning = short.code.cases(*COUNTED_MARKS.items(), else_="absent")
    session = short.session.cases(("AM", "Morning: "), ("PM", "Afternoon: "), else_="")
    return short.select(
        "person_id", "source", "record_id", "rid", "agency", "received_on", "file", "line", "scope",
        on="risen_on",
        record_kind=ibis.literal("attendance_marks"),
        happened_on=short["on"],
        event=short.record_id,
        what=session + meaning + ibis.literal(" (") + short.code + ibis.literal(")"),
    )  # fmt: skip


def _group(school_week_sums: Table) -> Table:
    sums = school_week_sums.select(*GROUP_WEEK)
    return sums.group_by(at_school="laestab", of_year="year_group", in_week="week_on").agg(
        group_possible=sums.counted_possible.sum(), group_absent=sums.counted_absent.sum()
    )


def _sums(weeks: Table, values: Values) -> Table:
    """The newest weeks together, and the weeks before them together, as of each week."""
    many, past = whole(values, WEEKS), whole(values, PAST_WEEKS)
    order = {"group_by": ["agency", "source", "source_id", "person_id"], "order_by": "week_on"}
    newest = ibis.window(**order, preceding=(many - 1), following=0)
    before = ibis.window(**order, preceding=(many + past - 1, many))
    return weeks.mutate(
        weeks=weeks.week_on.count().over(newest),
        window_from=weeks.week_on.min().over(newest),
        absent=weeks.absent.sum().over(newest),
        possible=weeks.possible.sum().over(newest),
        expected=weeks.expected.sum().over(newest),
        past_weeks=weeks.week_on.count().over(before),
        past_absent=weeks.absent.sum().over(before).fill_null(0),
        past_possible=weeks.possible.sum().over(before).fill_null(0),
        past_expected=weeks.expected.sum().over(before),
        **{
            name: weeks[name].sum().over(newest)
            for name in ("ill", "medical", "part_time", "study_leave", "excluded", "custody")
        },
    )


def _risen(sums: Table, critical_values: Table, values: Values) -> Table:
    """Full windows with a past long enough, and at least as many sessions missed as the table of critical values asks for."""
    many = whole(values, WEEKS)
    full = sums.filter(
        (sums.weeks == many)
        & (sums.past_weeks >= whole(values, LEAST_PAST_WEEKS))
        & (sums.week_on.delta(sums.window_from, unit="day") <= 7 * (many - 1 + HOLIDAY_WEEKS))
        & (sums.absent * 100 >= sums.possible * whole(values, LEAST_PERCENT))
    )
    share = full.expected / (full.expected + full.past_expected)
    judged = full.mutate(total=(full.absent + full.past_absent).cast("int64"), step=_share_step(share))
    critical = critical_values.select("at_least", of_total="total", of_share="share")
    return judged.inner_join(
        critical,
        [
            judged.total == critical.of_total,
            judged.step == critical.of_share,
            judged.absent >= critical.at_least,
        ],
    ).drop("of_total", "of_share", "at_least", "total", "step")


def _share_step(share: ibis.expr.types.FloatingValue) -> IntegerValue:
    """As rules.rise.share_step: rounded up, so that rounding never asks."""
    return ibis.greatest((share * 100 / SHARE_STEP).round(9).ceil().cast("int64"), 1) * SHARE_STEP


def _with_joining(risen: Table, school_moves: Table) -> Table:
    moves = school_moves.select(*MOVE)
    moves = moves.group_by(who="person_id", school="agency").agg(joined_on=moves.joined_on.max())
    met = risen.left_join(
        moves,
        [
            risen.person_id == moves.who,
            risen.agency == moves.school,
            moves.joined_on <= risen["on"],
            risen["on"].delta(moves.joined_on, unit="day") <= NEW_AT_SCHOOL_DAYS,
        ],
    )
    return met.drop("who", "school")


def _with_audience(risen: Table, agreements: Table, open_cases: Table) -> Table:
    told = agreements.select(*AGREEMENT)
    watched = told.filter((told.feed == MARKS_FEED) & told.own_watch)
    watched = watched.group_by(watching="agency").agg(
        watched_until=watched.until_on.max(), ends=watched.until_on.notnull().min()
    )
    cases = open_cases.select(*OPEN_CASE)
    days = risen.select("person_id", "on").distinct()
    met = _open_days(days, cases)
    heard = risen.left_join(watched, risen.agency == watched.watching)
    open_days = met.select(open_who="person_id", open_on="on")
    heard = heard.left_join(
        open_days, [heard.person_id == open_days.open_who, heard["on"] == open_days.open_on]
    )
    may_ask = (
        (heard.watching.notnull() & (~heard.ends | (heard.watched_until >= heard["on"])))
        | heard.open_who.notnull()
    ).fill_null(False)
    return heard.mutate(audience=may_ask.ifelse(heard.agency, ibis.null("string")))


def _open_days(days: Table, cases: Table) -> Table:
    """Of these children and days, those on which the child's case was open."""
    spans = cases.select("opened_on", "closed_on", who="person_id")
    met = days.join(
        spans,
        [
            days.person_id == spans.who,
            spans.opened_on <= days["on"],
            spans.closed_on.isnull() | (spans.closed_on >= days["on"]),
        ],
    )
    return met.select("person_id", "on").distinct()
