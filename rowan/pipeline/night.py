"""One night from dusk to dawn: take the snapshot, run, publish what changed, put the questions, and purge.

Killed at any moment, the pages show the last finished night; the next one clears what this one left and does it all again.
"""

import resource
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.utils import timezone

from rowan.access.models import Involvement, Restriction, Why
from rowan.agencies.models import Agency
from rowan.audit_trail.actions import ROWAN, record
from rowan.chronology.models import AttendanceTerm, Entry, EntrySource
from rowan.encryption import this_homes_keys
from rowan.home import kind_of
from rowan.matching.models import Judgement, RecordLink, UnsurePair
from rowan.missing.actions import take_in_reports
from rowan.people.actions import take_in_involvements, take_in_joins, take_in_partings, take_in_people
from rowan.people.models import Address, Identifier, KnownAs, Name, SchoolPlace
from rowan.questions.actions import ask_about_feeds, take_in, take_in_signs
from rowan.questions.rules import feed_late, feed_silent
from rowan.records.actions import catch_up
from rowan.records.keeping.sealing import Sealer
from rowan.records.keeping.sealing_again import (
    finish_started as finish_sealing,
)
from rowan.records.keeping.sealing_again import (
    remember_withheld,
    seal_once_by_these_rules,
    seal_rows_of,
)
from rowan.records.models import FeedReach, ImportedFile, OvernightRun

from .dusk import Dusk
from .engine import DuckDB, Engine, Spark, open_engine
from .evaluation_files import write_evaluation
from .memory import memory_for
from .publish import Published, begin_run, finish_run, forget_ended, publish_rows
from .purge import Purge, carry_out, finish_started
from .run import Night, run
from .snapshot import Snapshot, records_of, take_snapshot
from .steps import Steps
from .store import (
    as_of_folder,
    evaluation_folder,
    matching_folder,
    person_key,
    purged_by_import,
    remember_kept,
    scratch_folder,
    withheld_records,
)

INVENTED = {"invented", "demonstration"}


class Overnight:
    def __init__(self, home: Path, keys: Path, engine: str, *, everybody: bool = False) -> None:
        self.everybody = everybody
        self.home, self.keys, self.engine_name = home, keys, engine
        self.sealer = Sealer(this_homes_keys())

    def go(self, *, as_of: date | None, today: date, now: datetime) -> dict[str, Any]:
        """The caller holds the home's lock."""
        # A file whose import was killed before its own line is on the trail before a night reads it.
        catch_up(by=ROWAN)
        finish_started(self.home)
        finish_sealing(self.home, self.sealer)
        seal_once_by_these_rules(self.home, self.sealer)
        scratch = scratch_folder(self.home)
        engine = open_engine(self.engine_name, scratch, memory_for(self.home))
        try:
            return self._night(engine, scratch, as_of=as_of, today=today, now=now)
        finally:
            engine.close()
            shutil.rmtree(scratch, ignore_errors=True)

    def _night(
        self, engine: DuckDB | Spark, scratch: Path, *, as_of: date | None, today: date, now: datetime
    ) -> dict[str, Any]:
        day = as_of or today
        snapshot, taken_at = take_snapshot(day), timezone.now()
        # Before the run reads anything: what somebody said since the last night is not spread by this one.
        seal_rows_of(self.home, self.sealer, records_of(snapshot.withheld["person_id"].to_pylist()))
        dusk = Dusk(
            judged=snapshot.judged,
            standing=snapshot.standing,
            restricted=snapshot.restricted,
            involved=snapshot.involved,
            agreements=snapshot.agreements,
            withheld=snapshot.withheld,
            settings=snapshot.settings,
        )
        night = run(
            engine,
            self.home,
            dusk,
            as_of=day,
            key=person_key(self.keys),
            now=now,
            scratch=scratch,
            same_place=self.sealer.digest_of_a_place,
            # What we knew on another night is worked out from nothing that later nights kept.
            matching_kept=matching_folder(self.home) if as_of is None else None,
            everybody=self.everybody,
        )
        if as_of is not None:
            # What we knew that night: beside everything else, and nobody is asked.
            write_evaluation(engine, night, as_of_folder(self.home, day.isoformat()))
            return _told(night.steps)
        if kind_of(self.home) in INVENTED:
            write_evaluation(engine, night, evaluation_folder(self.home))
        number = _Dawn(engine, night, snapshot, taken_at, day).publish(self.engine_name)
        self._purge(engine, night, day, number)
        self._seal(engine, night)
        return _told(night.steps)

    def _seal(self, engine: Engine, night: Night) -> None:
        """Whose home is withheld, by the day's word or a file's: their rows are sealed in whatever agency sent, and from now on at the door."""
        began = time.perf_counter()
        withheld = withheld_records(engine, night["links"], night["withheld_people"])
        remember_withheld(self.home, withheld)
        rows = seal_rows_of(self.home, self.sealer, withheld)
        people = [row["person_id"] for row in _rows(engine, night["withheld_people"])]
        for model in (Address, Entry):
            forget_ended(model, people)
        night.steps.say("sealed", rows, began)

    def _purge(self, engine: Engine, night: Night, day: date, number: int) -> None:
        """Promise 9. What is kept tonight is remembered first: a night never purges what was kept once."""
        began = time.perf_counter()
        remember_kept(engine, self.home, night["kept_children"])
        going = _stays(engine, night)
        gone = 0
        if going:
            counts = list(_rows(engine, _rows_going(night, "import_id", "kind")))
            sums = list(engine.batches(night["sums_to_purge"].drop("purge_id")))
            empty = pa.table({})
            # Before: what is deleted for good cannot be taken back when a line cannot be written.
            rows = sum(row["rows"] for row in counts)
            record(
                by=ROWAN,
                did="purged rows that nobody may keep",
                about_kind="overnight run",
                about_id=number,
                particulars={"rows": rows},
            )
            gone = carry_out(
                self.home,
                Purge(night.purge_id, day, going),
                pa.Table.from_batches(sums) if sums else empty,
                counts,
            )
        for import_id, rows in purged_by_import(self.home).items():
            ImportedFile.objects.filter(import_id=import_id).exclude(purged=rows).update(purged=rows)
        night.steps.say("purged", gone, began)


def _rows_going(night: Night, *by: str) -> Any:
    """How many rows go tonight."""
    going = night["rows_of_pupils"].semi_join(night["pupils_to_purge"], ["source", "source_id"])
    return going.group_by(list(by)).agg(rows=going.rows.sum().cast("int64"))


def _stays(engine: Engine, night: Night) -> dict[str, tuple[str, ...]]:
    """By source that loses rows, the pupils who lose none."""
    going: dict[str, set[str]] = {}
    for row in _rows(engine, night["pupils_to_purge"]):
        going.setdefault(row["source"], set()).add(row["source_id"])
    stays: dict[str, set[str]] = {source: set() for source in going}
    pupils = night["source_rids"].select("source", "source_id")
    for row in _rows(engine, pupils):
        if row["source"] in stays and row["source_id"] not in going[row["source"]]:
            stays[row["source"]].add(row["source_id"])
    return {source: tuple(sorted(ids)) for source, ids in sorted(stays.items())}


class _Dawn:
    """Publishes a night: rows in small transactions, who works with whom, the questions, and one last line."""

    def __init__(
        self, engine: Engine, night: Night, snapshot: Snapshot, taken_at: datetime, day: date
    ) -> None:
        self.engine, self.night, self.snapshot, self.taken_at, self.day = (
            engine,
            night,
            snapshot,
            taken_at,
            day,
        )
        self.steps: Steps = night.steps

    def publish(self, engine_name: str) -> int:
        began = time.perf_counter()
        this_run: OvernightRun = begin_run(as_of=self.day, engine=engine_name)
        run_number = this_run.number
        people = self.night["links"].select("person_id").distinct().order_by("person_id")
        made = take_in_people((row["person_id"] for row in _rows(self.engine, people)), run=run_number)
        self.steps.say("people founded", made, began)
        for name, model, relation in self._published():
            began = time.perf_counter()
            done = publish_rows(
                model,
                self._in_order(relation, model),
                run=run_number,
                key="person" if model is KnownAs else "rid" if model is RecordLink else "key",
                keeps=self._decided_since if model is RecordLink else None,
            )
            self.steps.say(f"shown {name}", _changed(done), began)
        self._feed_reaches(run_number)
        began = time.perf_counter()
        joined = take_in_joins(
            (row["was"], row["is_now"]) for row in _rows(self.engine, self.night["joined"])
        )
        self.steps.say("people joined", joined, began)
        began = time.perf_counter()
        self.steps.say("people parted", take_in_partings(run=run_number), began)
        began = time.perf_counter()
        involved = take_in_involvements(
            _rows(self.engine, self.night["open_cases"]),
            _rows(self.engine, self.night["school_moves"]),
            today=self.day,
        )
        self.steps.say("involvements taken in", involved, began)
        finish_run(this_run, self._ask(run_number))
        self._let_rooms_take_in()
        return int(run_number)

    def _let_rooms_take_in(self) -> None:
        """What is shown now, each later room takes in for itself: killed here, the next night does it."""
        began = time.perf_counter()
        self.steps.say("missing episodes taken in", take_in_reports(now=timezone.now()), began)

    def _in_order(self, relation: Any, model: Any) -> Iterator[pa.RecordBatch]:
        """Rows in order of their key. Keys are digests, so that a part of them is a part of the rows: the most are sorted in parts."""
        if model is not AttendanceTerm:
            yield from self.engine.batches(relation)
            return
        for first in "0123456789abcdef":
            part = relation.filter(relation.key.startswith(first))
            yield from self.engine.batches(part.order_by("key"))

    def _published(self) -> Iterator[tuple[str, Any, Any]]:
        night = self.night
        yield "links", RecordLink, night["links"].rename(agency_code="agency").order_by("rid")
        yield "unsure pairs", UnsurePair, night["unsure_pairs"].order_by("key")
        yield "known as", KnownAs, night["known_as"].order_by("person_id")
        yield "names", Name, night["people_names"].order_by("key")
        yield "identifiers", Identifier, night["people_identifiers"].order_by("key")
        yield "addresses", Address, night["people_addresses"].order_by("key")
        yield "schools", SchoolPlace, night["people_schools"].order_by("key")
        yield "chronology", Entry, night["chronology_entries"].order_by("key")
        yield "sources", EntrySource, night["chronology_entry_sources"].order_by("key")
        yield "attendance by term", AttendanceTerm, night["attendance_terms"]

    def _feed_reaches(self, run_number: int) -> None:
        agencies = dict(Agency.objects.values_list("code", "pk"))
        counts = {
            (row["kind"], row["agency"]): row["rows"]
            for row in _rows(self.engine, _rows_going(self.night, "kind", "agency"))
        }
        rows = []
        for row in sorted(_rows(self.engine, self.night["feed_reaches"]), key=lambda row: row["key"]):
            if row["agency"] not in agencies:
                continue
            going = counts.get((row["feed"], row["agency"]), 0)
            rows.append(
                {
                    **row,
                    "agency_id": agencies[row["agency"]],
                    "rows_kept": row["rows_kept"] - going,
                    "rows_purged": row["rows_purged"] + going,
                    "purged_on": self.day if going else row["purged_on"],
                }
            )
        began = time.perf_counter()
        done = publish_rows(FeedReach, [pa.RecordBatch.from_pylist(rows)] if rows else [], run=run_number)
        self.steps.say("shown feeds", _changed(done), began)

    def _decided_since(self, rows: Mapping[str, dict[str, Any]]) -> Collection[str]:
        """Links that somebody decided about since the snapshot was taken: tonight's answer waits for the next night."""
        rids = list(rows)
        standing = dict(
            RecordLink.objects.filter(rid__in=rids, until_run=None).values_list("rid", "person_id")
        )
        judged = Judgement.objects.filter(rid__in=rids)
        decided = set(judged.filter(at__gt=self.taken_at).values_list("rid", flat=True))
        decided |= set(judged.filter(undone_at__gt=self.taken_at).values_list("rid", flat=True))
        moved = {
            rid: person
            for rid, person in standing.items()
            if rid in rows and rows[rid]["person_id"] != person
        }
        if moved:
            held = self._work_began(set(moved.values()) | {rows[rid]["person_id"] for rid in moved})
            decided |= {
                rid for rid, person in moved.items() if person in held or rows[rid]["person_id"] in held
            }
        return {rid for rid in decided if rid in standing}

    def _work_began(self, people: set[str]) -> set[str]:
        """Of these people, those somebody began to work with since the snapshot: joining them is for a person to decide."""
        known = set(pa.compute.unique(self.snapshot.involved["person_id"]).to_pylist())
        work = Involvement.objects.filter(person_id__in=people, closed_on=None).exclude(
            why__in=[Why.ON_ROLL, Why.ALLOCATED_WORKER]
        )
        began = set(work.values_list("person_id", flat=True)) - known
        hidden = Restriction.objects.filter(person_id__in=people, set_at__gt=self.taken_at, lifted_at=None)
        return began | set(hidden.values_list("person_id", flat=True))

    def _ask(self, run_number: int) -> dict[str, Any]:
        began = time.perf_counter()
        # Evidence of tonight's published occasions only: a few rows each.
        taken = take_in(
            _rows(self.engine, self.night["published_occasions"]),
            _rows(self.engine, self.night["published_evidence"]),
            run=run_number,
            today=self.day,
            now=timezone.now(),
            switched_off=self.snapshot.switched_off,
        )
        take_in_signs(run=run_number, today=self.day, now=timezone.now())
        self.steps.say("questions", taken.asked + taken.joined, began)
        began = time.perf_counter()
        silent = sum(
            ask_about_feeds(
                _rows(self.engine, self.night[found]),
                rule=rule,
                run=run_number,
                today=self.day,
                now=timezone.now(),
                switched_off=self.snapshot.switched_off,
            )
            for found, rule in (("feeds_silent", feed_silent.RULE), ("feeds_late", feed_late.RULE))
        )
        self.steps.say("questions about feeds", silent, began)
        return {
            "questions": {
                "asked": taken.asked,
                "joined": taken.joined,
                "held_back": list(_rows(self.engine, self.night["held_back"])),
                "not_measured": list(_rows(self.engine, self.night["not_measured"])),
            },
            "steps": self.steps.done,
        }


def _rows(engine: Engine, relation: Any) -> Iterator[dict[str, Any]]:
    return chain.from_iterable(batch.to_pylist() for batch in engine.batches(relation))


def _changed(done: Published) -> int:
    return done.written + done.ended


def _told(steps: Steps) -> dict[str, Any]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"steps": steps.done, "peak_mb": round(peak)}
