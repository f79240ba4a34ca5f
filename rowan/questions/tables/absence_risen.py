"""School weeks in which a pupil missed clearly more than their own past and their year group's same weeks lead one to expect."""

import ibis
from ibis.expr.types import IntegerValue, Table

from rowan.questions.rules.absence_risen import (
    CHANCE,
    CLUMP,
    FALSE_PERCENT,
    GROUP_ABSENCES_ADDED,
    GROUP_SESSIONS_ADDED,
    HOLIDAY_WEEKS,
    LEAST_PAST_WEEKS,
    LEAST_PERCENT,
    LONG_ILLNESS,
    PAST_WEEKS,
    WEEKS,
)
from rowan.questions.rules.declaration import Values, number, whole
from rowan.questions.rules.rise import SHARE_STEP
from rowan.questions.rules.rise_given_past import SPREAD

from .false_discoveries import by_chance_alone, stand_among
from .in_words import figures
from .marks_counted import marks_counted
from .school_asked import with_audience, with_joining

# All that this rule reads. R and T sessions are left out of the counted columns before they reach it.
WEEK = (
    "person_id", "agency", "laestab", "source", "source_id", "year_group", "week_on", "counted_possible", "counted_absent",
    "ill", "medical", "part_time", "study_leave", "excluded", "custody",
)  # fmt: skip
GROUP_WEEK = ("laestab", "year_group", "week_on", "counted_possible", "counted_absent")
FRIDAY = 4


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
    looked_at = with_audience(_full_windows(counted_weeks, values), agreements, open_cases)
    risen = stand_among(
        _risen(looked_at, critical_values, values),
        by_chance_alone(looked_at, critical_values),
        number(values, FALSE_PERCENT) / 100,
        number(values, CHANCE),
    )
    heard = with_joining(risen, school_moves)
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


def weeks_risen(counted_weeks: Table, critical_values: Table, values: Values) -> Table:
    """Pupils' weeks at whose Friday absence had risen, as the table of critical values has it, each judged alone."""
    return _risen(_full_windows(counted_weeks, values), critical_values, values).drop("chance")


def absence_risen_evidence(
    absence_risen: Table, counted_weeks: Table, attendance_marks_current: Table
) -> Table:
    """The school's own marks that were counted, in the newest weeks."""
    return marks_counted(absence_risen, counted_weeks, attendance_marks_current)


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


def _full_windows(counted_weeks: Table, values: Values) -> Table:
    """Whole windows with a past long enough: every one of them is looked at."""
    many = whole(values, WEEKS)
    sums = _sums(counted_weeks, values)
    full = sums.filter(
        (sums.weeks == many)
        & (sums.past_weeks >= whole(values, LEAST_PAST_WEEKS))
        & (sums.week_on.delta(sums.window_from, unit="day") <= 7 * (many - 1 + HOLIDAY_WEEKS))
    )
    return full.mutate(
        # Through a moment and back: DuckDB makes a moment of a date and an interval, whatever Ibis holds it to be.
        on=(full.week_on.cast("timestamp") + ibis.interval(days=FRIDAY)).date(),
        total=full.past_absent.cast("int64"),
        step=share_step(
            full.expected / (full.expected + full.past_expected + SPREAD * number(values, CLUMP))
        ),
        ordinary=(full.past_absent * full.expected / full.past_expected).round(1),
    )


def _risen(full: Table, critical_values: Table, values: Values) -> Table:
    """At least as many sessions missed as the table of critical values asks for, with the chance of so many."""
    much = full.filter(full.absent * 100 >= full.possible * whole(values, LEAST_PERCENT))
    return with_chance(much, much.absent, critical_values)


def with_chance(judged: Table, how_many: IntegerValue, critical_values: Table) -> Table:
    """Of rows with `total` and `step`, those whose number the table of critical values knows, with its chance."""
    critical = critical_values.select("at_least", "at_most", "chance", of_total="total", of_share="share")
    return judged.inner_join(
        critical,
        [
            judged.total == critical.of_total,
            judged.step == critical.of_share,
            how_many >= critical.at_least,
            how_many <= critical.at_most,
        ],
    ).drop("of_total", "of_share", "at_least", "at_most", "total", "step")


def share_step(share: ibis.expr.types.FloatingValue) -> IntegerValue:
    """As rules.rise.share_step: rounded up, so that rounding never asks."""
    return ibis.greatest((share * 100 / SHARE_STEP).round(9).ceil().cast("int64"), 1) * SHARE_STEP
