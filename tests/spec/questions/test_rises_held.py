"""Of simulated pupils found, few had not changed: the night's own table functions, on one processor's worth of what `make bench` does."""

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowan.questions.rules.rise import critical_table, stand_among
from rowan.questions.tables import false_discoveries
from rowan.questions.tables.absence_risen import with_chance
from tests.bench import rises


@pytest.mark.parametrize("model", rises.MODELS)
def test_of_those_found_few_had_not_changed(duckdb_engine, model):
    held = rises.hold(duckdb_engine, model, pupils=20_000, simulations=6, seed=4711)
    assert held.false_share <= 0.1, rises.tell(held)
    # Judged alone, pupils missing in spells are asked about for nothing far more often: the bound is at work.
    assert held.alone_false_share >= held.false_share


def test_a_test_that_trusts_every_chance_does_not_hold(duckdb_engine, monkeypatch):
    """The guard can fail: were no look expected to end anywhere by chance, most of those found would not have changed."""
    monkeypatch.setattr(
        rises,
        "by_chance_alone",
        lambda looked_at, critical: false_discoveries.by_chance_alone(
            looked_at, critical.mutate(weight=critical.weight * 0)
        ),
    )
    held = rises.hold(duckdb_engine, "in spells (over-dispersed)", pupils=20_000, simulations=6, seed=4711)
    assert held.false_share > 0.1


TABLE = critical_table(chance=0.05, clump=1, most=12)
looks = st.lists(
    st.tuples(st.sampled_from(["w1", "w2"]), st.booleans(), st.integers(1, 12), st.sampled_from([20, 40]), st.integers(0, 12)),
    min_size=1, max_size=40,
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(looks)
def test_the_table_function_finds_what_the_slow_version_finds(duckdb_engine, looks):
    critical = duckdb_engine.take("held_critical", pa.Table.from_pylist(TABLE))
    rows = [
        {"pupil": n, "week_on": week, "audience": "school" if asked else None, "total": total, "step": step, "absent": min(absent, total)}
        for n, (week, asked, total, step, absent) in enumerate(looks)
    ]  # fmt: skip
    schema = pa.schema([("pupil", "int64"), ("week_on", "string"), ("audience", "string"), ("total", "int64"), ("step", "int64"), ("absent", "int64")])  # fmt: skip
    looked_at = duckdb_engine.take("held_looks", pa.Table.from_pylist(rows, schema))
    by_chance = false_discoveries.by_chance_alone(looked_at, critical)
    found = with_chance(looked_at, looked_at.absent, critical)
    standing = false_discoveries.stand_among(found, by_chance, 0.3, 0.05)
    assert isinstance(standing, ibis.Table)
    assert set(rises._numbers(duckdb_engine, standing)) == _slow(rows)


def _slow(rows) -> set[int]:
    standing = set()
    for family in {(row["week_on"], row["audience"]) for row in rows}:
        mine = [row for row in rows if (row["week_on"], row["audience"]) == family]
        lines = {id(row): [one for one in TABLE if (one["total"], one["share"]) == (row["total"], row["step"])] for row in mine}  # fmt: skip
        worths = {
            row["pupil"]: one["chance"]
            for row in mine
            for one in lines[id(row)]
            if one["at_least"] <= row["absent"] <= one["at_most"]
        }

        def by_chance(worth, mine=mine, lines=lines):
            return sum(one["weight"] for row in mine for one in lines[id(row)] if one["chance"] <= worth)

        stands = stand_among(list(worths.values()), by_chance, false_share=0.3 * 0.95)
        standing |= {pupil for pupil, stood in zip(worths, stands, strict=True) if stood}
    return standing
