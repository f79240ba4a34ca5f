"""A mark in every stored word about a child, each traceable to its row: what a page shows can be told by its marks.

Marks are planted by walking the tables that `personal_data.toml` says hold personal data, so that a new table is marked, or
named here as not about a child, before anybody thinks of it.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.apps import apps
from django.db import models

from rowan.website.personal_data import declarations

MARK = re.compile(r"zq\d{5}x", re.IGNORECASE)
# Kinds of stored field whose words are anybody's: identity, contact, life, special, text (numbers and codes carry no mark).
WORDS = {"identity", "contact", "life", "special", "text"}
# Codes that pages and rules read: a mark in one would be another child's life, not the same one marked. They are sought in `codes.py`.
READ_AS_CODES = {
    "people.KnownAs": {"sex", "ethnic_group", "school_code", "year_group"},
    "people.SchoolPlace": {"year_group"},
    "chronology.Entry": {"kind", "observed", "observed_code", "particulars"},
    "chronology.AttendanceTerm": {"weeks", "codes"},
    "records.Attachment": {"compartment"},
    "sharing.SharingDecision": {"told_child", "told_parent", "reason_not"},
    "missing.Episode": {"grade", "interview"},
    "missing.HomeInterview": {"told_of_harm", "factors", "noticed"},
    "concerns.Concern": {"details", "seen_or_heard", "first_hand", "child_knows"},
    "concerns.Noticed": {"code"},
    "assessments.Noticed": {"code"},
}
# Tables of words about a child that carry no mark, each with why.
NOT_MARKED = {
    "audit_trail.Entry": "the trail is read where its own rules say, and cannot be changed to hold a mark",
    "timescales.Clock": "why a clock stopped is one of Rowan's own words",
    "access.Opening": "nobody has opened a record in the county: test_every_way_in.py does, and looks for why",
    "matching.RecordLink": "the night's own; what a page shows of it stands in an evidence row, which is marked",
    "matching.UnsurePair": "the night's own words for what agrees: tests/integration/single_view/test_who_is_who.py",
    "matching.Judgement": "stands beside its evidence row, and with who is who: tests/integration/questions/test_pages.py, single_view/test_who_is_who.py",
    "matching.AwaitedJoin": "what two people said of two records: tests/integration/single_view/test_who_is_who.py",
    "concerns.Protection": "codes of a form, and no words: sought in codes.py",
    "single_view.LooksQuestion": "figures of looks, for information governance: tests/integration/single_view/test_patterns_of_looks.py",
}
# Words that are packed in something else, and so are marked where the county makes it, each with why.
MARKED_BY_HAND = {
    "sharing.DecisionDraft": "one piece of JSON, with what was typed in it",
    "assessments.VersionDraft": "one piece of JSON, with what was typed in it",
    "within records.Attachment": "the bytes of a kept file",
}
# Days that tell who a child is, marked by being hers alone.
DAYS = {"people.KnownAs": ("birth_date",)}
COMPARTMENTS = {
    "people.KnownAs": "core",
    "people.Name": "core",
    "people.Identifier": "core",
    "people.SchoolPlace": "core",
    "people.Address": "addresses",
    "people.SafeContact": "safe contact",
    "access.Restriction": "restriction",
    "access.KeptOut": "restriction",
    "access.RestrictionChange": "restriction",
    "chronology.Entry": None,  # says it itself
    "questions.Question": "questions",
    "questions.Reason": "questions",
    "questions.EvidenceRow": None,
    "questions.Answer": "questions",
    "questions.Owed": "questions",
    "questions.StrategyAnswer": "questions",
    "sharing.SharingDecision": "decisions",
    "sharing.ServiceConsent": "decisions",
    "sharing.Request": "requests",
    "sharing.Notice": "decisions",
    "sharing.RequestEvent": "requests",
    "records.Attachment": None,
    # ---- missing: reports of a child are the police compartment's, the sheet stands with the danger flags
    **dict.fromkeys(
        [
            "missing.Episode",
            "missing.Event",
            "missing.UnknownChild",
            "missing.FoundToBe",
            "missing.HomeInterview",
            "missing.NameHeard",
            "missing.Action",
        ],
        "police",
    ),
    "missing.Sheet": "core",
    # plans, meetings, escalation
    "plans.Action": "plan",
    "meetings.Item": "plan",
    "meetings.Dissent": "plan",
    "meetings.Minutes": "minutes",
    "escalation.Disagreement": "disagreement",
    "escalation.Stage": "disagreement",
    "escalation.Response": "disagreement",
    "escalation.OverdueAnswer": "gone up",
}
# ---- concerns that triage matched to a child
_OF_A_CONCERN = (
    "UrgencySet",
    "NameHeard",
    "PartKnown",
    "Check",
    "Decision",
    "StatutoryFact",
    "Told",
    "Challenge",
    "Reply",
    "AddedWords",
    "Resolved",
    "LicensingLookUp",
    "SentFile",
)
COMPARTMENTS |= {f"concerns.{table}": "contacts" for table in ("Concern", "Matched", *_OF_A_CONCERN)}
COMPARTMENTS |= dict.fromkeys(["concerns.Referrer", "concerns.Source"], "who a source is")
COMPARTMENTS |= {"concerns.ProtectionStep": "police"}
# Marks that are looked for everywhere and seen nowhere near, each with why.
NOT_SHOWN = {
    "meetings.Item.taken_off_because": "shown once it is taken off its list, and the sweep's stays on",
    "escalation.Disagreement.resolution": "shown once it has ended, and the sweep's goes on",
    "escalation.Disagreement.learning": "shown once it has ended, and the sweep's goes on",
    "people.Name.sounds": "a key by which a name is found",
    "access.Restriction.why": "a restricted child is shown to nobody near",
    "access.Restriction.lifted_because": "a restricted child is shown to nobody near",
    "access.KeptOut.why": "of a child from whom everybody near is kept out",
    "access.KeptOut.lifted_because": "of a child from whom everybody near is kept out",
    "access.RestrictionChange.why": "a restricted child is shown to nobody near",
    **{
        f"concerns.Referrer.{name}": "sealed and apart: no page opens it"
        for name in ("name", "phone", "email", "works_at", "how_to_reach")
    },
    **{
        f"concerns.Source.{name}": "opened by two people, once: tests/integration/concerns/test_who_a_source_is.py"
        for name in ("name", "works_at", "told_by")
    },
    "questions.Owed.outcome": "shown once it is settled, and the sweep's is still owed",
    "people.SafeContact.ended_because": "shown once it no longer holds, and the sweep's holds",
}
# The way from a row to the child it is about, where neither the row nor what it belongs to says it.
CHILD = {
    # The person they were before anybody knew who: the rows are about the child of their episode.
    "missing.UnknownChild": "episode__person_id",
    "missing.FoundToBe": "unknown__episode__person_id",
    "sharing.SharingDecision": "children",
    "concerns.PartKnown": "concern__person_id",  # not the part-known person's own
    "meetings.Minutes": "meeting__items__person_id",
    "matching.UnsurePair": "left_person_id",
    "matching.AwaitedJoin": "left_person_id",
}
# ---- assessments
_STANDS = (
    "StepTaken", "Assessment", "Approval", "StepDown", "StepDownDecided", "LookBack", "ChildSeen", "Dissent", "Transition",
)  # fmt: skip
COMPARTMENTS |= {f"assessments.{table}": "where a child stands" for table in _STANDS}
# In which compartment the rows stand that made a rule ask.
EVIDENCE = {"police_missing": "police", "attendance_marks": "education"}


@dataclass(frozen=True)
class Canary:
    mark: str
    child: str
    table: str
    field: str
    compartment: str
    agency: str  # whose row it is; the audience, for a question

    @property
    def place(self) -> str:
        return f"{self.table}.{self.field}"

    def __str__(self):
        return f"{self.place} of {self.child} ({self.compartment}, {self.agency})"


class Canaries:
    """Every mark planted, by its text."""

    def __init__(self):
        self.planted: dict[str, Canary] = {}
        self.days: dict[str, Canary] = {}  # by each way in which a page may write it

    def plant(self, children: dict[str, str]) -> None:
        """Mark every word about these children (person id to what the sweep calls her)."""
        for label in COMPARTMENTS:
            table = apps.get_model(label)
            for person_id, child in children.items():
                for row in table._default_manager.filter(**{child_of(table): person_id}):
                    self._mark(row, child)

    def by_hand(self, table: str, field: str, child: str, compartment: str, agency: str) -> str:
        """A mark to be packed in something, where the county makes it."""
        mark = f"zq{len(self.planted):05d}x"
        self.planted[mark] = Canary(mark, child, table, field, compartment, agency)
        return mark

    def of_nobody(self, table: str, field: str) -> str:
        """A mark in words that name no child and may stand where only its reader sees them."""
        mark = f"zq{len(self.planted):05d}x"
        self.planted[mark] = Canary(mark, "nobody", table, field, "notices", "")
        return mark

    def _mark(self, row: models.Model, child: str) -> None:
        changes = {}
        for name in marked_fields(type(row)):
            if is_empty_here(row, name):
                continue
            mark = f"zq{len(self.planted):05d}x"
            compartment, agency = where(row)
            self.planted[mark] = Canary(mark, child, row._meta.label, name, compartment, agency)
            changes[name] = mark
        for name in DAYS.get(row._meta.label, ()):
            on, (compartment, agency) = getattr(row, name), where(row)
            canary = Canary(on.isoformat(), child, row._meta.label, name, compartment, agency)
            self.days |= dict.fromkeys(ways_to_write(on), canary)
        if changes:
            type(row)._base_manager.filter(pk=row.pk).update(**changes)

    def of(self, child: str) -> set[Canary]:
        everything = {*self.planted.values(), *self.days.values()}
        return {canary for canary in everything if canary.child == child}

    def shown_in(self, answer) -> set[Canary]:
        """Whose marks stand in a response: its headers, its body, and what is packed in its body."""
        return self.in_words(f"{dict(answer.headers)}\n{words_of(body_of(answer))}")

    def in_words(self, words: str) -> set[Canary]:
        marks = {self.planted[mark.lower()] for mark in MARK.findall(words) if mark.lower() in self.planted}
        return marks | {canary for day, canary in self.days.items() if day in words}


WITHIN = "within "


def within(table: str) -> str:
    """What the words within a kept file are called, beside those of its row."""
    return WITHIN + table


@cache
def marked_fields(table: type[models.Model]) -> tuple[str, ...]:
    """Fields of words that the declaration calls personal."""
    label = table._meta.label
    said = declarations()[label].kinds
    return tuple(
        field.name
        for field in table._meta.local_concrete_fields
        if said.get(field.name) in WORDS
        and isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.unique
        and field.name not in READ_AS_CODES.get(label, ())
        and (field.max_length is None or field.max_length >= 8)
    )


def ways_to_write(on: date) -> tuple[str, ...]:
    return on.isoformat(), f"{on:%d/%m/%Y}", f"{on.day} {on:%B %Y}", f"{on.day} {on:%b %Y}"


@cache
def fields_of(table: str) -> frozenset[str]:
    """Every field of this table that carries a mark, by table and name."""
    if table.startswith(WITHIN):
        return frozenset({f"{table}.content"})
    names = (*marked_fields(apps.get_model(table)), *DAYS.get(table, ()))
    return frozenset(f"{table}.{name}" for name in names)


def is_empty_here(row: models.Model, name: str) -> bool:
    """A withheld address stands in its sealed fields alone, any other in the clear ones alone."""
    return row._meta.label == "people.Address" and name.startswith("sealed_") != row.withheld


@cache
def child_of(table: type[models.Model], seen: frozenset = frozenset()) -> str:
    """The way from a row of this table to the id of the child it is about, itself or through what it belongs to; '' when it names none."""
    label = table._meta.label
    if label in CHILD:
        return CHILD[label]
    fields = table._meta.local_concrete_fields
    for name in ("person_id", "about_person"):
        if name in {field.attname for field in fields}:
            return name
    for field in fields:
        above = field.related_model
        if not above or above in seen | {table} or above._meta.label not in declarations():
            continue
        if way := child_of(above, seen | {table}):
            return f"{field.name}__{way}"
    return ""


def follow(row: models.Model, way: str):
    for step in way.split("__"):
        row = getattr(row, step)
    return row


def where(row: models.Model) -> tuple[str, str]:
    """The compartment and the agency of a row."""
    label = row._meta.label
    if label == "people.Address" and row.withheld:
        return "withheld addresses", row.agency_code
    if label in {"escalation.Stage", "escalation.Response"}:
        return "disagreement", row.disagreement.agency.code
    if label in {"sharing.Notice", "sharing.RequestEvent"}:
        return COMPARTMENTS[label], (row.decision if label == "sharing.Notice" else row.request).agency.code
    if label == "questions.EvidenceRow":
        return EVIDENCE[row.record_kind], row.agency_code
    if label.startswith("questions.") and label != "questions.StrategyAnswer":
        return "questions", follow(row, child_of(type(row)).replace("person_id", "audience"))
    compartment = COMPARTMENTS[label] or row.compartment
    agency = getattr(row, "agency_code", "") or (row.agency.code if hasattr(row, "agency") else "hub")
    return compartment, agency


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def words_of(body: bytes) -> str:
    """What can be read in a body, a packed one too."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(words_of(packed.read(name)) for name in packed.namelist())
    return body.decode("utf-8", errors="replace")
