"""Every occasion of every rule, with the rows it rests on: one name for each rule, person, date and evidence."""

import json
from collections.abc import Callable
from functools import reduce

import ibis
from ibis.expr.types import Table

from rowan.questions.rules import absence_risen as absence
from rowan.questions.rules import away_again as away_from_placement
from rowan.questions.rules import child_arrested as arrested
from rowan.questions.rules import far_from_home as far
from rowan.questions.rules import left_for_no_school as left
from rowan.questions.rules import missing_again as again
from rowan.questions.rules import missing_and_absent as both
from rowan.questions.rules import noted_again as noted
from rowan.questions.rules import same_days_missed as same_days
from rowan.questions.rules import seen_less_at_school as less
from rowan.questions.rules import told_by_two_agencies as two
from rowan.questions.rules.declaration import Rule, Values

from .absence_risen import absence_risen, absence_risen_evidence, counted_weeks
from .child_arrested import child_arrested, child_arrested_evidence
from .facts_elsewhere import facts_elsewhere, told_elsewhere
from .far_from_home import far_from_home, far_from_home_evidence, far_from_home_not_measured, found_places
from .feeds_silent import school_days
from .left_for_no_school import (
    beside_a_leaving,
    left_for_no_school,
    left_for_no_school_evidence,
)
from .missing_again import away_again, away_again_evidence, missing_again, missing_again_evidence
from .missing_and_absent import (
    absences,
    missing_and_absent,
    missing_and_absent_evidence,
    missing_beside_absence,
    reported_missing,
    unexplained_marks,
)
from .noted_again import noted_again, noted_again_evidence, notes_counted
from .same_days_missed import same_days_missed, same_days_missed_evidence, weeks_by_pattern
from .seen_less_at_school import (
    seen_less_at_school,
    seen_less_at_school_evidence,
    seen_less_beside,
    told_by_marks,
)
from .told_by_two_agencies import (
    things_told,
    told_by_two_agencies,
    told_by_two_agencies_evidence,
    told_side_by_side,
    told_without_marks,
)

Keep = Callable[[str, Table], Table]

OCCASION = (
    "occasion", "rule", "rule_version", "person_id", "on", "audience", "figures", "settings", "window_from", "window_to",
)  # fmt: skip
EVIDENCE = (
    "occasion", "record_kind", "source", "record_id", "rid", "agency", "happened_on", "received_on", "file", "line", "what", "event",
)  # fmt: skip


def occasions_and_evidence(
    *,
    missing_episodes: Table,
    missing_episode_sources: Table,
    arrests: Table,
    placements: Table,
    homes: Table,
    coordinates: Table,
    attendance_weeks: Table,
    school_week_sums: Table,
    attendance_marks_current: Table,
    school_moves: Table,
    school_leavings: Table,
    council_facts: Table,
    school_log: Table,
    agreements: Table,
    open_cases: Table,
    known_to_hub: Table,
    critical_values: Table,
    easily_critical_values: Table,
    critical_day_values: Table,
    values: Values,
    keep: Keep = lambda name, relation: relation,
) -> tuple[Table, Table, Table]:
    """Occasions of the whole period, their evidence, and how many found places could not be measured.

    Reads from the top: each rule finds its days, then the rows behind them. `keep` lets the run store a step that is read twice.
    """
    again_days = keep("missing_again", missing_again(missing_episodes, values))
    again_rows = missing_again_evidence(again_days, missing_episodes, missing_episode_sources, values)

    away_days = keep("away_again", away_again(missing_episodes, values))
    away_rows = away_again_evidence(away_days, missing_episodes, missing_episode_sources, values)

    places = keep("found_places", found_places(missing_episodes, placements, homes, coordinates))
    far_days = keep("far_from_home", far_from_home(places, values))
    far_rows = far_from_home_evidence(far_days, places, missing_episode_sources, values)

    weeks = keep("counted_weeks", counted_weeks(attendance_weeks, school_week_sums, values))
    risen_days = keep(
        "absence_risen",
        absence_risen(weeks, critical_values, school_moves, agreements, open_cases, values),
    )
    by_pattern = keep("weeks_by_pattern", weeks_by_pattern(attendance_weeks, school_week_sums, values))
    same_days_of_weeks = keep(
        "same_days_missed",
        same_days_missed(by_pattern, critical_day_values, school_moves, agreements, open_cases, values),
    )
    away = keep("reported_missing", reported_missing(missing_episodes, open_cases, known_to_hub))
    elsewhere = keep("told_elsewhere", told_elsewhere(missing_episodes, missing_episode_sources, arrests))
    notes = keep("notes_counted", notes_counted(school_log))
    any_fact = keep(
        "facts_elsewhere",
        facts_elsewhere(
            elsewhere,
            missing_episodes,
            missing_episode_sources,
            council_facts,
            notes,
            open_cases,
            known_to_hub,
        ),
    )
    open_days = keep("days_schools_were_open", school_days(school_week_sums))
    by_marks = told_by_marks(attendance_weeks, open_days, school_moves, any_fact, values)
    less_beside = keep(
        "seen_less_beside", seen_less_beside(by_marks, any_fact, open_cases, known_to_hub, values)
    )
    without_marks = keep(
        "told_without_marks",
        told_without_marks(
            elsewhere,
            missing_episodes,
            missing_episode_sources,
            placements,
            homes,
            coordinates,
            notes,
            open_cases,
            known_to_hub,
            values,
        ),
    )
    marks = keep(
        "marks_read_closely",
        marks_of(attendance_marks_current, risen_days, same_days_of_weeks, away, less_beside, without_marks),
    )
    risen_rows = absence_risen_evidence(risen_days, weeks, marks)
    same_days_rows = same_days_missed_evidence(same_days_of_weeks, by_pattern, marks)

    arrest_days = child_arrested(arrests)
    arrest_rows = child_arrested_evidence(arrests)

    missed = keep("unexplained_marks", unexplained_marks(marks, away))
    absent = keep("absences", absences(missed, weeks, easily_critical_values, away, values))
    beside = keep(
        "missing_beside_absence",
        missing_beside_absence(absent, away, missing_episode_sources, open_cases, known_to_hub, values),
    )
    both_days = missing_and_absent(beside, missed)
    both_rows = missing_and_absent_evidence(beside, missed, weeks, marks, away, missing_episode_sources)

    leaving = keep(
        "beside_a_leaving",
        beside_a_leaving(
            school_leavings,
            any_fact,
            school_moves,
            open_cases,
            known_to_hub,
            values,
        ),
    )
    left_days, left_rows = left_for_no_school(leaving), left_for_no_school_evidence(leaving)

    noted_days = keep("noted_again", noted_again(notes, agreements, open_cases, values))
    things = keep("things_told", things_told(without_marks, attendance_weeks, marks))
    side_by_side = keep("told_side_by_side", told_side_by_side(things, open_cases, known_to_hub, values))
    two_days = told_by_two_agencies(side_by_side, things)
    two_rows = told_by_two_agencies_evidence(side_by_side, things)

    found = [
        named_occasions(rule, days, keep(f"{rule.name}_rows", rows), values)
        for rule, days, rows in (
            (again.RULE, again_days, again_rows),
            (far.RULE, far_days, far_rows),
            (absence.RULE, risen_days, risen_rows),
            (same_days.RULE, same_days_of_weeks, same_days_rows),
            (arrested.RULE, arrest_days, arrest_rows),
            (both.RULE, both_days, both_rows),
            (left.RULE, left_days, left_rows),
            (less.RULE, seen_less_at_school(less_beside), seen_less_at_school_evidence(less_beside, marks)),
            (away_from_placement.RULE, away_days, away_rows),
            (noted.RULE, noted_days, noted_again_evidence(noted_days, notes, values)),
            (two.RULE, two_days, two_rows),
        )
    ]
    occasions = keep("occasions", together([days for days, _ in found]))
    evidence = keep("occasion_evidence", together([rows for _, rows in found]))
    return occasions, evidence, far_from_home_not_measured(places)


def named_occasions(rule: Rule, days: Table, rows: Table, values: Values) -> tuple[Table, Table]:
    """A rule's days and rows, each under its occasion's name: a digest of rule, person, date and evidence.

    Evidence is a set of (kind, source, record id), never of versions: a row sent again, corrected, makes no new occasion.
    """
    reference = rows.record_kind + ibis.literal("|") + rows.source + ibis.literal("|") + rows.record_id
    held = rows.mutate(reference=reference)
    sets = held.group_by("person_id", "on", "scope").agg(
        evidence=held.reference.collect().unique().sort().join("\n")
    )
    named = sets.select(
        who="person_id",
        day="on",
        where="scope",
        occasion=ibis.literal(f"{rule.name}\n")
        .concat(sets.person_id, "\n", sets["on"].cast("string"), "\n", sets.scope, "\n", sets.evidence)
        .hexdigest("sha256"),
    )
    once = _one_a_day(days)
    occasions = once.inner_join(
        named, [once.person_id == named.who, once["on"] == named.day, once.scope == named.where]
    )
    occasions = occasions.mutate(
        rule=ibis.literal(rule.name),
        rule_version=ibis.literal(rule.version).cast("int64"),
        settings=ibis.literal(json.dumps(rule.values_used(values), sort_keys=True)),
    ).select(*OCCASION)
    evidence = held.inner_join(
        named, [held.person_id == named.who, held["on"] == named.day, held.scope == named.where]
    )
    return occasions, _one_a_row(evidence).select(*EVIDENCE)


def marks_of(attendance_marks_current: Table, *children: Table) -> Table:
    """The marks of these children alone, so that a county's marks are gone through once however many rules read them closely."""
    asked = reduce(lambda all_, more: all_.union(more), [each.select("person_id") for each in children])
    return attendance_marks_current.semi_join(asked.distinct(), "person_id")


def together(tables: list[Table]) -> Table:
    return reduce(lambda all_, more: all_.union(more), tables)


def _one_a_day(days: Table) -> Table:
    """A pupil who stands twice on one roll is asked about once."""
    order = ibis.window(group_by=["person_id", "on", "scope"], order_by=["figures"])
    ranked = days.mutate(place=ibis.row_number().over(order))
    return ranked.filter(ranked.place == 0).drop("place")


def _one_a_row(evidence: Table) -> Table:
    order = ibis.window(
        group_by=["occasion", "record_kind", "source", "record_id"], order_by=["received_on", "event", "line"]
    )
    ranked = evidence.mutate(place=ibis.row_number().over(order))
    return ranked.filter(ranked.place == 0).drop("place")
