"""Matching, as a step of a night: it weighs pairs with Splink on DuckDB, whatever engine runs the other steps."""

import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from rowan.matching.kept import Keeping
from rowan.matching.link_records import Linked, link_records
from rowan.matching.rules.identity import SamePlace

from .dusk import Dusk
from .engine import DuckDB, Engine
from .steps import Steps


def link_tonight(
    engine: Engine,
    step: Steps,
    records: Table,
    adoption: Table,
    dusk: Dusk,
    key: bytes,
    scratch: Path,
    same_place: SamePlace,
    keeping: Keeping | None,
) -> Linked:
    began = time.perf_counter()
    barriers = adoption.select("source", "source_id", on=adoption["on"])
    told = (dusk.judged, dusk.standing, dusk.restricted, key)
    link = partial(link_records, same_place=same_place, keeping=keeping)
    if isinstance(engine, DuckDB):
        linked = link(engine, records, barriers, *told)
    else:
        beside = DuckDB(scratch / "matching")
        taken = (
            beside.take("identity_records", _arrow(engine, records)),
            beside.take("barriers", _arrow(engine, barriers)),
        )
        found = link(beside, *taken, *told)
        linked = replace(
            found,
            links=engine.take("links", _arrow(beside, found.links)),
            unsure=engine.take("unsure_pairs", _arrow(beside, found.unsure)),
            joined=engine.take("joined", _arrow(beside, found.joined)),
        )
        beside.close()
    step.say("records_weighed", linked.weighed, began)
    step.say("records_settled", linked.settled, time.perf_counter())
    step.say("links", engine.count(linked.links), time.perf_counter())
    step.say("unsure_pairs", engine.count(linked.unsure), time.perf_counter())
    return linked


def _arrow(engine: Engine, relation: Table) -> pa.Table:
    batches = list(engine.batches(relation))
    return (
        pa.Table.from_batches(batches) if batches else ibis.Schema.to_pyarrow(relation.schema()).empty_table()
    )
