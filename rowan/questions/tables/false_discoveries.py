"""Of all that looked unlikely in a week, what stands beside how many would by chance alone, as rules.rise.stand_among."""

import ibis
from ibis.expr.types import Table

WHOSE = ("week_on", "for_somebody")


def by_chance_alone(looked_at: Table, critical_values: Table) -> Table:
    """week_on, for_somebody, chance, looks: of all looks with their `total` and `step`, how many would end in each step with nothing changed.

    Those for whom somebody may be asked stand apart from those for whom nobody may: what was looked at for nobody, and is purged, changes no question.
    """
    apart = looked_at.mutate(for_somebody=looked_at.audience.notnull())
    alike = apart.group_by(*WHOSE, "total", "step").agg(many=apart.count())
    weights = critical_values.select("chance", "weight", of_total="total", of_share="share")
    met = alike.inner_join(weights, [alike.total == weights.of_total, alike.step == weights.of_share])
    return met.group_by(*WHOSE, "chance").agg(looks=(met.many * met.weight).sum())


def stand_among(found: Table, by_chance_alone: Table, false_share: float, agreed_chance: float) -> Table:
    """`found` has `week_on`, `audience` and `chance`, one of the steps of a table of critical values."""
    apart = found.mutate(for_somebody=found.audience.notnull())
    counts = apart.group_by(*WHOSE, "chance").agg(here=apart.count())
    found_by_then = _up_to(counts, counts, "here")
    by_chance = _up_to(counts, by_chance_alone, "looks")
    met = found_by_then.inner_join(by_chance, [*WHOSE, "chance"])
    passing = met.filter(met.looks <= met.here * ibis.literal(false_share * (1 - agreed_chance)))
    limits = passing.group_by(*WHOSE).agg(stands_up_to=passing.chance.max())
    standing = apart.inner_join(limits, list(WHOSE))
    return standing.filter(standing.chance <= standing.stands_up_to).drop("for_somebody", "stands_up_to", "chance")  # fmt: skip


def _up_to(steps: Table, summed: Table, what: str) -> Table:
    """At each step that was reached, the sum of all steps up to it."""
    reached = steps.select(*WHOSE, "chance")
    parts = summed.select(what, week="week_on", whose="for_somebody", part="chance").view()
    met = reached.inner_join(
        parts,
        [
            reached.week_on == parts.week,
            reached.for_somebody == parts.whose,
            parts.part <= reached.chance,
        ],
    )
    return met.group_by(*WHOSE, "chance").agg(**{what: met[what].sum()})
