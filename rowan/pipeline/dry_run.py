"""What a rule would have asked in the past year were one of its numbers another: the night's own run, asked twice, and nothing written.

Memory holds one child's occasions, and of the questions they make a line each.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from ibis.expr.types import Table

from rowan.encryption import this_homes_keys
from rowan.questions.actions.occasions import occasion_of, reference
from rowan.questions.rules.asking_again import questions_of
from rowan.questions.rules.dry_run import (
    ANSWERED_AFTER_DAYS,
    Compared,
    WouldAsk,
    refusal_to_try,
    would_ask,
    year_before,
)
from rowan.questions.tables.published_occasions import judged_occasions
from rowan.records.keeping import delta_tables
from rowan.records.keeping.sealing import Sealer
from rowan.refusals import NotPossible
from rowan.timescales.declared import declared_settings, setting_named
from rowan.timescales.rules.settings import refusal_beside

from .dusk import Dusk, Settings
from .engine import DuckDB, Engine
from .memory import memory_for
from .run import Night, occasions_with, run
from .snapshot import take_snapshot
from .steps import Steps
from .store import dry_run_folder, person_key

# About so many steps a dry run takes: what its bar goes by. Beyond them it says that it is nearly there.
STEPS = 150
Hear = Callable[[str, float], None]


@dataclass
class Heard(Steps):
    """The night's steps, each told to whoever waits."""

    hear: Hear = lambda doing, share: None

    def say(self, name: str, rows: int, began: float) -> None:
        super().say(name, rows, began)
        self.hear(name.replace("_", " "), min(len(self.done) / STEPS, 0.99))


def dry_run(
    name: str, value: object, *, home: Path, keys: Path, today: date, now: datetime, hear: Hear
) -> Compared:
    """The past year's questions now and with this value. Another import or night meanwhile makes it begin again, or refuse."""
    refuse_to_try(name, value, today)
    for _ in range(2):
        stood = _what_is_in(home)
        try:
            compared = _once(name, value, home=home, keys=keys, today=today, now=now, hear=hear)
        except (OSError, duckdb.Error):
            # A purge took a file away from under the reading.
            if _what_is_in(home) == stood:
                raise
            continue
        if _what_is_in(home) == stood:
            return compared
    raise NotPossible("Files came in or a night ran meanwhile. Try it again when they are done.")


def refuse_to_try(name: str, value: object, today: date) -> None:
    """NotPossible, with the reason, where the setting or the value cannot be tried."""
    setting = setting_named(name)
    if refusal := refusal_to_try(name) or setting.refusal(value):
        raise NotPossible(refusal)
    declared = declared_settings()
    if refusal := refusal_beside(setting, value, declared, take_snapshot(today).settings):
        raise NotPossible(refusal)


def _once(
    name: str, value: Any, *, home: Path, keys: Path, today: date, now: datetime, hear: Hear
) -> Compared:
    scratch = dry_run_folder(home)
    engine = DuckDB(scratch, memory_for(home))
    try:
        snapshot = take_snapshot(today)
        dusk = Dusk(
            judged=snapshot.judged, standing=snapshot.standing, restricted=snapshot.restricted, involved=snapshot.involved,
            agreements=snapshot.agreements, withheld=snapshot.withheld, settings=snapshot.settings,
        )  # fmt: skip
        night = run(
            engine, home, dusk, as_of=today, key=person_key(keys), now=now, scratch=scratch,
            same_place=Sealer(this_homes_keys()).digest_of_a_place, steps=Heard(engine, hear=hear),
        )  # fmt: skip
        asked_now = night["occasions"], night["occasion_evidence"]
        changed = {**snapshot.settings, name: value}
        asked_changed = _asked_with(engine, night, changed, today)
        return compare(
            _questions(engine, *asked_now, snapshot.switched_off),
            _questions(engine, *asked_changed, snapshot.switched_off),
            *year_before(today),
        )
    finally:
        engine.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _asked_with(engine: Engine, night: Night, values: Settings, today: date) -> tuple[Table, Table]:
    """The same tables, asked with the changed number; under names of their own, for the first answer is still to be read."""

    def keep(name: str, relation: Table) -> Table:
        return night.steps(f"{name}_changed", lambda: relation)

    occasions, evidence, _ = occasions_with(engine, night.told_to_rules, values, keep)
    known = night.told_to_rules["known_to_hub"]
    judged = judged_occasions(occasions, evidence, night["feed_reaches"], known, as_of=today, values=values)
    return keep("judged_occasions", judged), evidence


def compare(
    now: Iterator[tuple[str, list[WouldAsk]]],
    changed: Iterator[tuple[str, list[WouldAsk]]],
    from_on: date,
    until_on: date,
) -> Compared:
    """Child by child: both come in the order of their person's id."""
    compared = Compared(from_on, until_on)
    one, other = next(now, None), next(changed, None)
    while one or other:
        person = min(each[0] for each in (one, other) if each)
        of_now = one[1] if one and one[0] == person else []
        of_changed = other[1] if other and other[0] == person else []
        compared.add(of_now, of_changed)
        if one and one[0] == person:
            one = next(now, None)
        if other and other[0] == person:
            other = next(changed, None)
    return compared


def _questions(
    engine: Engine, occasions: Table, evidence: Table, switched_off: frozenset[str]
) -> Iterator[tuple[str, list[WouldAsk]]]:
    """Each child's questions. Occasions without an audience asked nobody."""
    put = occasions.filter(occasions.audience.notnull() & ~occasions.rule.isin(sorted(switched_off)))
    put = put.select("occasion", "rule", "person_id", "on", "audience", "window_from", "window_to")
    rows = evidence.select("occasion", "record_kind", "source", "record_id", "event", "agency")
    behind = rows.inner_join(put.select("occasion", "person_id"), "occasion")
    evidence_of = _Following(_rows(engine, behind.order_by("person_id", "occasion")))
    for person, found in groupby(_rows(engine, put.order_by("person_id", "occasion")), _person):
        held = evidence_of.of(person)
        asked = questions_of(
            (occasion_of(row, held.get(row["occasion"], [])) for row in found), answered_after_days=ANSWERED_AFTER_DAYS
        )  # fmt: skip
        agency_of = {reference(row): str(row["agency"]) for rows in held.values() for row in rows}
        yield person, [would_ask(each, agency_of) for each in asked]


class _Following:
    """One child's rows after another's, read along with the children."""

    def __init__(self, rows: Iterator[dict[str, Any]]) -> None:
        self.children = groupby(rows, _person)
        self.next = next(self.children, None)

    def of(self, person: str) -> Mapping[str, list[dict[str, Any]]]:
        while self.next and self.next[0] < person:
            self.next = next(self.children, None)
        if not self.next or self.next[0] != person:
            return {}
        found = {name: list(rows) for name, rows in groupby(self.next[1], lambda row: str(row["occasion"]))}
        self.next = next(self.children, None)
        return found


def _person(row: Mapping[str, Any]) -> str:
    return str(row["person_id"])


def _rows(engine: Engine, relation: Table) -> Iterator[dict[str, Any]]:
    for batch in engine.batches(relation):
        yield from batch.to_pylist()


def _what_is_in(home: Path) -> tuple[int, int]:
    """The versions of what a reader goes by: which files are in, and what was purged of them."""
    return delta_tables.version_of(home, delta_tables.IMPORTS), delta_tables.version_of(
        home, delta_tables.PURGES
    )
