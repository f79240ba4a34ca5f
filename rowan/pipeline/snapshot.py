"""What the day knows at dusk, taken through Django into Arrow: judgements, links, involvement, settings. The run reads nothing else of the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from django.db.models import Exists, OuterRef, Q

from rowan.access.models import Involvement, Restriction, Why
from rowan.matching.models import Judgement, RecordLink
from rowan.people.models import Person
from rowan.people.where_they_live import withheld_by_day
from rowan.questions.models import Answer, RuleSwitch, StrategyAnswer
from rowan.records.models import FeedAgreement
from rowan.timescales.actions import dated_values
from rowan.timescales.declared import declared_settings
from rowan.timescales.rules.settings import values_on

JUDGED = pa.schema(
    [("rid", pa.string()), ("other_rid", pa.string()), ("person_id", pa.string()), ("verdict", pa.string())]
)
STANDING = pa.schema(
    [
        ("rid", pa.string()),
        ("person_id", pa.string()),
        ("touched", pa.bool_()),
        ("judged_by", pa.string()),
        ("stood_before", pa.string()),
    ]
)
RESTRICTED = pa.schema([("person_id", pa.string())])
INVOLVED = pa.schema([("person_id", pa.string())])
WITHHELD = pa.schema([("person_id", pa.string())])
AGREEMENTS = pa.schema(
    [
        ("feed", pa.string()),
        ("agency", pa.string()),
        ("own_watch", pa.bool_()),
        ("from_on", pa.date32()),
        ("until_on", pa.date32()),
    ]
)
ROWS_READ = 5_000


@dataclass(frozen=True)
class Snapshot:
    """The day's side of a night. Tables are small: people's own acts, and one line a record for the links that stand."""

    judged: pa.Table
    standing: pa.Table
    restricted: pa.Table
    involved: pa.Table
    agreements: pa.Table
    withheld: pa.Table
    settings: Mapping[str, float | int | str]
    switched_off: frozenset[str]


def take_snapshot(as_of: date) -> Snapshot:
    return Snapshot(
        judged=_table(
            JUDGED,
            Judgement.objects.filter(undone_at=None)
            .order_by("at", "id")
            .values("rid", "other_rid", "person_id", "verdict"),
        ),
        standing=_standing(),
        restricted=_table(
            RESTRICTED, Restriction.objects.filter(lifted_at=None).order_by("person_id").values("person_id")
        ),
        involved=_table(
            INVOLVED, _working_with().on(as_of).order_by("person_id").values("person_id").distinct()
        ),
        agreements=_agreements(),
        withheld=_table(WITHHELD, ({"person_id": person_id} for person_id in sorted(withheld_by_day()))),
        settings=values_on(declared_settings(), dated_values(), as_of),
        switched_off=_switched_off(as_of),
    )


def _working_with() -> Any:
    """Involvements by which the hub is working with a child: not a roll, not having been asked."""
    return Involvement.objects.exclude(why__in=[Why.ON_ROLL, Why.ASKED])


def records_of(people: Iterable[str]) -> dict[str, frozenset[str]]:
    """Which ids of which sources are these people, as the current run has it."""
    found: dict[str, set[str]] = {}
    for source, source_id in RecordLink.objects.current().filter(person_id__in=list(people)).values_list("source", "source_id"):  # fmt: skip
        found.setdefault(source, set()).add(source_id)
    return {source: frozenset(ids) for source, ids in found.items()}


def _standing() -> pa.Table:
    """Each record's person as the current run has it, and whether anybody's work rests on that person (hard case 3)."""
    mine = {"person_id": OuterRef("pk")}
    worked_on = Person.objects.filter(
        Exists(_working_with().exclude(why=Why.ALLOCATED_WORKER).filter(**mine))
        | Exists(Involvement.objects.filter(why=Why.ASKED, **mine))
        | Exists(Restriction.objects.filter(lifted_at=None, **mine))
        # Also one since undone: the machine does not take up again where a person has looked.
        | Exists(Judgement.objects.filter(**mine))
        | Exists(Answer.objects.filter(question__person=OuterRef("pk")))
        | Exists(StrategyAnswer.objects.filter(person=OuterRef("pk")))
        | Q(founded_by_day=True)
    )
    touched = set(worked_on.values_list("pk", flat=True))
    judged = {rid for both in Judgement.objects.values_list("rid", "other_rid") for rid in both}
    links = RecordLink.objects.current().order_by("rid")
    # Whoever a judged record stands with, and stands with again when the judgement is undone.
    for both in links.filter(rid__in=judged).values_list("person_id", "stood_before"):
        touched |= set(both) - {""}
    return _table(
        STANDING,
        (
            {
                "rid": rid,
                "person_id": person_id,
                "touched": person_id in touched or before in touched,
                "judged_by": judged_by,
                "stood_before": before,
            }
            for rid, person_id, judged_by, before in links.values_list(
                "rid", "person_id", "judged_by", "stood_before"
            ).iterator(chunk_size=ROWS_READ)
        ),
    )


def _agreements() -> pa.Table:
    rows = FeedAgreement.objects.order_by("feed", "agency__code", "from_on")
    return _table(
        AGREEMENTS,
        (
            {"feed": feed, "agency": agency, "own_watch": own_watch, "from_on": from_on, "until_on": until_on}
            for feed, agency, own_watch, from_on, until_on in rows.values_list(
                "feed", "agency__code", "own_watch", "from_on", "until_on"
            )
        ),
    )


def _switched_off(as_of: date) -> frozenset[str]:
    """Rules whose newest switch that has begun says off."""
    newest: dict[str, bool] = {}
    for switch in RuleSwitch.objects.filter(from_on__lte=as_of).order_by("from_on", "at", "id"):
        newest[switch.rule] = switch.on
    return frozenset(rule for rule, on in newest.items() if not on)


def _table(schema: pa.Schema, rows: Iterable[dict[str, Any]]) -> pa.Table:
    batches, chunk = [], []
    for row in rows:
        chunk.append(row)
        if len(chunk) == ROWS_READ:
            batches.append(pa.RecordBatch.from_pylist(chunk, schema=schema))
            chunk = []
    if chunk:
        batches.append(pa.RecordBatch.from_pylist(chunk, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)
