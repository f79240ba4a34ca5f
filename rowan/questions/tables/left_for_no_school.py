"""Days on which a child had left school with no school named and another agency had told of them near that day.

Rolls are held for identity alone, so only leavings of children whom the hub works with are held against other agencies' rows (promise 9).
"""

import ibis
from ibis.expr.types import Table

from rowan.questions.rules.declaration import HUB, Values, whole
from rowan.questions.rules.facts_elsewhere import COUNTS
from rowan.questions.rules.left_for_no_school import WITHIN_DAYS

from .facts_elsewhere import ROW, counts_of
from .in_words import day_in_words, figures
from .missing_and_absent import days_between, with_audience

# All that this rule reads of the roll.
LEAVING = (
    "person_id", "left_on", "home_education", "record_kind", "source", "record_id", "rid", "agency", "received_on", "file", "line",
)  # fmt: skip
MOVE = ("person_id", "agency", "joined_on", "left_on")


def beside_a_leaving(
    school_leavings: Table,
    facts_elsewhere: Table,
    school_moves: Table,
    open_cases: Table,
    known_to_hub: Table,
    values: Values,
) -> Table:
    """One row for each leaving and fact of another agency near enough, dated by the later; none where a school has the child that day."""
    left = school_leavings.select(*LEAVING).select(
        "left_on", "home_education", "person_id", **{f"leaving_{name}": name for name in ROW}
    )
    facts = facts_elsewhere.rename(who="person_id")
    met = left.join(
        facts,
        [
            left.person_id == facts.who,
            left.leaving_agency != facts.agency,
            days_between(left.left_on, facts.happened_on) <= whole(values, WITHIN_DAYS),
        ],
    ).drop("who")
    met = met.mutate(on=ibis.greatest(met.left_on, met.happened_on))
    moves = school_moves.select(*MOVE)
    on_roll = moves.select("joined_on", pupil="person_id", until_on="left_on")
    nowhere = met.anti_join(
        on_roll,
        [
            met.person_id == on_roll.pupil,
            on_roll.joined_on <= met["on"],
            on_roll.until_on.isnull() | (on_roll.until_on > met["on"]),
        ],
    )
    return with_audience(nowhere, open_cases, known_to_hub)


def left_for_no_school(beside_a_leaving: Table) -> Table:
    """One row for each child and day on which the second of the two became known."""
    met = beside_a_leaving
    days = met.group_by("person_id", "on").agg(
        audience=met.audience.max(),
        left_on=met.left_on.max(),
        home_education=met.home_education.max(),
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
            left_on=days.left_on, home_education=days.home_education, other_on=days.other_on,
        ),
    )  # fmt: skip


def left_for_no_school_evidence(beside_a_leaving: Table) -> Table:
    """The roll's row and the other agencies' rows."""
    return _leaving_rows(beside_a_leaving).union(_other_rows(beside_a_leaving)).distinct()


def _leaving_rows(met: Table) -> Table:
    how = ibis.ifelse(met.home_education, ", for home education", ", with no next school named")
    return met.select(
        "person_id", "on", **{name: f"leaving_{name}" for name in ROW},
        scope=ibis.literal(HUB),
        happened_on=met.left_on,
        event=met.leaving_record_id,
        what=ibis.literal("Left school on ") + day_in_words(met.left_on) + how,
    )  # fmt: skip


def _other_rows(met: Table) -> Table:
    return met.select(
        "person_id", "on", *ROW,
        scope=ibis.literal(HUB),
        happened_on=met.happened_on,
        event=met.event,
        what=met.what,
    )  # fmt: skip
