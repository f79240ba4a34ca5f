"""Trains a set of weights on invented counties, whose truth is known. `rowan matching train` writes what this returns."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pyarrow as pa

from rowan.matching.comparisons import BLOCKING, COMPARISONS, settings
from rowan.matching.weighing import RECORDS_AT_LEAST, open_linker

# Pairs of different people drawn to learn how often they agree by chance, and the seed of the draw.
PAIRS_DRAWN = 2_000_000
SEED = 1
# What was never seen is taken to be this rare, not impossible.
RAREST = 1e-5


def trained(connection: Any, records: str, truth: pa.Table, *, about: str, version: str) -> dict[str, Any]:
    """Weights of each comparison. `truth` says whose each record is: place, person.

    How often one child's records agree is counted on pairs of records of different agencies; how often different
    children's do, on pairs drawn at random.
    """
    [(count,)] = connection.execute(f"select count(*) from {records}").fetchall()
    start = settings(deepcopy(COMPARISONS), 1 / max(count, RECORDS_AT_LEAST))
    linker = open_linker(connection, records, start)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_DRAWN, seed=SEED)
    connection.register("_truth", truth)
    connection.execute(
        f"create or replace table {records}_pairs as "
        "select a.place as place_l, b.place as place_r from _truth a join _truth b using (person) "
        "where a.place < b.place and a.agency <> b.agency"
    ).fetchall()
    connection.unregister("_truth")
    [(pairs,)] = connection.execute(f"select count(*) from {records}_pairs").fetchall()
    labels = linker._db_api.register(f"{records}_pairs")
    linker.training.estimate_m_from_pairwise_labels(labels)
    learnt = linker.misc.save_model_to_json()
    return {
        "version": version,
        "about": about,
        "partners_of_a_record": round(2 * pairs / count, 4),
        "comparisons": [_tidied(comparison) for comparison in learnt["comparisons"]],
        "pairs_of_one_person": pairs,
        "records": count,
        "blocking_rules": len(BLOCKING),
    }


def _tidied(comparison: Mapping[str, Any]) -> dict[str, Any]:
    """The comparison as it is stored: our own levels, each with what was learnt, rounded; nothing unseen is impossible."""
    own = next(c for c in COMPARISONS if c["output_column_name"] == comparison["output_column_name"])
    levels = []
    for level, found in zip(own["comparison_levels"], comparison["comparison_levels"], strict=True):
        kept = dict(level)
        if not level.get("is_null_level"):
            for letter in "mu":
                learnt = found.get(f"{letter}_probability")
                kept[f"{letter}_probability"] = float(f"{max(RAREST, float(learnt or 0)):.6g}")
        levels.append(kept)
    return {"output_column_name": own["output_column_name"], "comparison_levels": levels}
