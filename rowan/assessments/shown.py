"""What pages show of where a child stands, each part only as far as this reader may see. Changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from rowan.access.rules.seeing import Seen
from rowan.chronology.rules.observations import BY_CODE, KIND_NAMES, Kind
from rowan.timescales.models import Clock

from .models import (
    Assessment,
    ChildSeen,
    Dissent,
    LookBack,
    StatutoryFact,
    StepDown,
    StepTaken,
    Strand,
    Transition,
)
from .rules.settings import LABELS
from .rules.states import State
from .rules.statutory import MIRRORED
from .rules.who import knows_of, reads_words, refusal_to_write
from .rules.written import LISTS
from .standing import is_approved, newest_version, settings_on, strand_of


@dataclass(frozen=True)
class Stands:
    """Where the child stands, since when and as whom, with the local label. None of it for a reader who may not know."""

    strand: Strand | None = None
    newest: Assessment | None = None
    label: str = ""
    approved: bool = False
    knows: bool = False
    reads: bool = False
    may_write: bool = False


def labels_on(day: date) -> dict[State, str]:
    """What the area calls each state today."""
    settings = settings_on(day)
    return {state: str(settings[setting.name]) for state, setting in LABELS.items()}


def where_she_stands(person_ids: Iterable[str], seen: Seen, by, today: date) -> Stands:
    """For the child's page: always the same few queries."""
    strand = strand_of(person_ids)
    may_write = refusal_to_write(by.role, seen) is None
    if strand is None:
        return Stands(may_write=may_write, knows=knows_of(seen, by.agency.code))
    newest = newest_version(strand)
    code = strand.lead.agency.code
    return Stands(
        strand=strand,
        newest=newest,
        label=labels_on(today)[State(strand.state)] if strand.state else "",
        approved=is_approved(newest),
        knows=knows_of(seen, code),
        reads=reads_words(seen, newest.agency.code if newest else code),
        may_write=may_write,
    )


@dataclass(frozen=True)
class Everything:
    """All that stands about one child in this room, as far as the reader reads it."""

    versions: list[Assessment] = field(default_factory=list)
    step_downs: list[StepDown] = field(default_factory=list)
    look_backs: list[LookBack] = field(default_factory=list)
    dissents: list[Dissent] = field(default_factory=list)
    times_seen: list[ChildSeen] = field(default_factory=list)
    statutory: list[StatutoryFact] = field(default_factory=list)
    mirrored: list[Clock] = field(default_factory=list)
    transitions: list[Transition] = field(default_factory=list)
    steps: list[StepTaken] = field(default_factory=list)


def everything(strand: Strand | None, seen: Seen) -> Everything:
    """The newest first. An agency always reads its own disagreement."""
    if strand is None:
        return Everything()

    def read(rows) -> list:
        return [row for row in rows.select_related("by", "agency") if reads_words(seen, row.agency.code)]

    words = reads_words(seen, strand.lead.agency.code)
    return Everything(
        versions=read(strand.versions.select_related("approval", "approval__by", "second").order_by("-number")),
        step_downs=read(strand.step_downs.select_related("decided", "decided__by", "second").order_by("-at")),
        look_backs=list(strand.look_backs.select_related("by").order_by("-at")) if words else [],
        dissents=[
            row
            for row in strand.dissents.select_related("by", "agency", "assessment").order_by("-at")
            if reads_words(seen, row.agency.code) or row.agency.code == seen.agency
        ],
        times_seen=read(strand.times_seen.order_by("-on", "-at")),
        statutory=read(strand.statutory_facts.order_by("-on", "-at")),
        mirrored=mirrored_clocks(strand) if words else [],
        transitions=read(strand.transitions.order_by("-at")),
        steps=list(strand.steps.select_related("by", "lead").order_by("-at")) if words else [],
    )  # fmt: skip


def mirrored_clocks(strand: Strand) -> list[Clock]:
    whats = [mirrored.what for mirrored in MIRRORED]
    return list(
        Clock.objects.running()
        .filter(what__in=whats, about_kind="statutory", about_id=str(strand.pk))
        .order_by("due_on")
    )


@dataclass(frozen=True)
class List:
    """One of the lists of a version. They stand apart; nobody adds them up."""

    name: str
    is_harm: bool
    words: list[str]


def lists_of(version: Assessment) -> list[List]:
    ticked = list(version.noticed.values_list("code", flat=True))
    return [
        List(
            KIND_NAMES[kind],
            kind is Kind.SIGN_OF_HARM,
            [
                f"{BY_CODE[code].about}: {BY_CODE[code].words}"
                for code in ticked
                if code in BY_CODE and BY_CODE[code].kind is kind
            ],
        )
        for kind in LISTS
    ]
