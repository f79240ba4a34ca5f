"""Leavings beside every kind of other fact against the slow version, on hubs of two children where most leavings meet something."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowan.questions.tables.facts_elsewhere import facts_elsewhere, told_elsewhere
from rowan.questions.tables.left_for_no_school import (
    beside_a_leaving,
    left_for_no_school,
    left_for_no_school_evidence,
)
from rowan.questions.tables.noted_again import notes_counted
from tests.spec.questions.test_slow_versions import day, relations, slow_left_for_no_school

WHO = st.sampled_from(["Ada", "Ben"])
WHEN = st.integers(0, 60).map(day)


def rows(kind, agencies, **more):
    one = st.fixed_dictionaries({"person_id": WHO, "agency": st.sampled_from(agencies), **more})
    return st.lists(one, min_size=2, max_size=6).map(
        lambda found: [row | {"record_kind": kind, "source": kind, "record_id": f"{kind}{n}"} for n, row in enumerate(found)]
    )  # fmt: skip


hubs = st.fixed_dictionaries(
    {
        "school_leavings": rows("roll", ["school-1", "school-2"], left_on=WHEN, home_education=st.booleans()),
        "council_facts": rows("cin", ["council"], happened_on=WHEN, told=st.sampled_from(["placed", "need_plan_ended", "case_closed"])),
        "school_log": rows("log", ["school-1", "school-2"], on=WHEN, category=st.sampled_from(["Welfare", "Bullying", None])),
        "school_moves": rows("roll", ["school-2"], joined_on=WHEN, left_on=st.none()).map(lambda found: found[:1]),
        "open_cases": rows("case", ["council"], opened_on=WHEN, closed_on=st.none()),
        "known_to_hub": st.sampled_from([[{"person_id": "Ada"}, {"person_id": "Ben"}], []]),
    }
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])  # fmt: skip
@given(hub=hubs)
def test_leavings_beside_any_fact_are_those_the_slow_version_finds(duckdb_engine, hub):
    hub = hub | {"missing_episodes": [], "missing_episode_sources": [], "arrests": []}
    told = relations(duckdb_engine, hub, hub)
    missing = told["missing_episodes"], told["missing_episode_sources"]
    notes = notes_counted(told["school_log"])
    cases, known = told["open_cases"], told["known_to_hub"]
    facts = facts_elsewhere(
        told_elsewhere(*missing, told["arrests"]), *missing, told["council_facts"], notes, cases, known
    )
    met = duckdb_engine.keep(
        "slow_beside",
        beside_a_leaving(told["school_leavings"], facts, told["school_moves"], cases, known, {}),
    )
    beneath: dict = {}
    for batch in duckdb_engine.batches(left_for_no_school_evidence(met)):
        for row in batch.to_pylist():
            beneath.setdefault((row["person_id"], row["on"]), set()).add((row["source"], row["record_id"]))
    real = {
        ("left_for_no_school", row["person_id"], row["on"], row["audience"], frozenset(beneath[row["person_id"], row["on"]]))
        for batch in duckdb_engine.batches(left_for_no_school(met))
        for row in batch.to_pylist()
    }  # fmt: skip
    assert real == slow_left_for_no_school(hub)
