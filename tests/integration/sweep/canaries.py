"""A mark in every stored word about a child, each traceable to its row: what a page shows can be told by its marks.

Marks are planted by walking the tables that `personal_data.toml` says hold personal data, so that a new table is marked, or
named here as not about a child, before anybody thinks of it.
"""

import io
import re
import zipfile
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from rowan.website.personal_data import declarations

MARK = re.compile(r"zq\d{5}x", re.IGNORECASE)
# Kinds of stored field whose words are anybody's: identity, contact, life, special, text (numbers and codes carry no mark).
WORDS = {"identity", "contact", "life", "special", "text"}
# Codes that pages and rules read: a mark in one would be another child's life, not the same one marked.
READ_AS_CODES = {
    "people.KnownAs": {"sex", "ethnic_group", "school_code", "year_group"},
    "people.SchoolPlace": {"year_group"},
    "chronology.Entry": {"kind", "observed", "observed_code", "particulars"},
    "chronology.AttendanceWeek": {"codes"},
    "records.Attachment": {"compartment"},
    "sharing.SharingDecision": {"told_child", "told_parent", "reason_not"},
    "missing.Episode": {"grade", "interview"},
    "missing.HomeInterview": {"told_of_harm", "factors", "noticed"},
    "concerns.Concern": {"details", "seen_or_heard", "first_hand", "child_knows"},
}
# Tables of words about a child that carry no mark, each with why.
NOT_MARKED = {
    "audit_trail.Entry": "the trail is read where its own rules say, and cannot be changed to hold a mark",
    "timescales.Clock": "why a clock stopped is one of Rowan's own words",
    "access.Opening": "read by its reviewer, who sees no child: tests/integration/access/test_openings.py",
    "matching.RecordLink": "the night's own; what a page shows of it stands in an evidence row, which is marked",
    "matching.Judgement": "stands beside its evidence row: tests/integration/questions/test_pages.py",
    "sharing.DecisionDraft": "one piece of JSON that only its author opens: tests/integration/sharing/test_pages.py",
    "concerns.Protection": "codes of a form, and no words",
    "single_view.LooksQuestion": "figures of looks, for information governance: tests/integration/single_view/test_patterns_of_looks.py",
}
COMPARTMENTS = {
    "people.KnownAs": "core",
    "people.Name": "core",
    "people.Identifier": "core",
    "people.SchoolPlace": "core",
    "people.Address": "addresses",
    "people.SafeContact": "safe contact",
    "access.Restriction": "restriction",
    "access.KeptOut": "restriction",
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
    "records.Attachment": None,
    # ---- missing: reports of a child are the police compartment's, the sheet stands with the danger flags
    **dict.fromkeys(
        ["missing.Episode", "missing.Event", "missing.HomeInterview", "missing.NameHeard", "missing.Action"],
        "police",
    ),
    "missing.Sheet": "core",
    # plans, meetings, escalation
    "plans.Action": "plan",
    "meetings.Item": "plan",
    "meetings.Dissent": "plan",
    "escalation.Disagreement": "disagreement",
    "escalation.Stage": "disagreement",
    "escalation.Response": "disagreement",
    "escalation.OverdueAnswer": "gone up",
}
# ---- concerns that triage matched to a child
_TOLD = ("Concern", "Matched", "UrgencySet", "NameHeard", "PartKnown")
COMPARTMENTS |= {f"concerns.{table}": "contacts" for table in _TOLD}
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
    "questions.Owed.outcome": "shown once it is settled, and the sweep's is still owed",
    "people.SafeContact.ended_because": "shown once it no longer holds, and the sweep's holds",
}
# The way from a row to the child it is about.
CHILD = {
    "sharing.SharingDecision": "children",
    "questions.Question": "person_id",
    "questions.Reason": "question__person_id",
    "questions.EvidenceRow": "reason__question__person_id",
    "questions.Answer": "question__person_id",
    "questions.Owed": "answer__question__person_id",
    # ---- missing
    "missing.Event": "episode__person_id",
    "missing.HomeInterview": "episode__person_id",
    "missing.NameHeard": "home_interview__episode__person_id",
    "missing.Action": "episode__person_id",
    # whom a part-known person was heard of about
    **{f"concerns.{table}": "concern__person_id" for table in ("UrgencySet", "NameHeard", "PartKnown")},
}
# ---- assessments
_STANDS = (
    "StepTaken", "Assessment", "Approval", "StepDown", "StepDownDecided", "LookBack", "ChildSeen", "Dissent", "Transition",
)  # fmt: skip
COMPARTMENTS |= {f"assessments.{table}": "where a child stands" for table in _STANDS}
CHILD |= {f"assessments.{table}": "strand__person_id" for table in _STANDS} | {
    "assessments.Approval": "assessment__strand__person_id",
    "assessments.StepDownDecided": "step_down__strand__person_id",
    # plans, meetings, escalation
    "meetings.Dissent": "item__person_id",
    "escalation.Stage": "disagreement__person_id",
    "escalation.Response": "disagreement__person_id",
    "escalation.OverdueAnswer": "overdue__clock__about_person",
}
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

    def __str__(self):
        return f"{self.table}.{self.field} of {self.child} ({self.compartment}, {self.agency})"


class Canaries:
    """Every mark planted, by its text."""

    def __init__(self):
        self.planted: dict[str, Canary] = {}

    def plant(self, children: dict[str, str]) -> None:
        """Mark every word about these children (person id to what the sweep calls her)."""
        for label in COMPARTMENTS:
            table = apps.get_model(label)
            for person_id, child in children.items():
                for row in table._default_manager.filter(**{child_of(table): person_id}):
                    self._mark(row, child)

    def _mark(self, row: models.Model, child: str) -> None:
        changes = {}
        for name in marked_fields(type(row)):
            if is_empty_here(row, name):
                continue
            mark = f"zq{len(self.planted):05d}x"
            compartment, agency = where(row)
            self.planted[mark] = Canary(mark, child, row._meta.label, name, compartment, agency)
            changes[name] = mark
        if changes:
            type(row)._base_manager.filter(pk=row.pk).update(**changes)

    def of(self, child: str) -> set[Canary]:
        return {canary for canary in self.planted.values() if canary.child == child}

    def shown_in(self, answer) -> set[Canary]:
        """Whose marks stand in a response: its headers, its body, and what is packed in its body."""
        return self.in_words(f"{dict(answer.headers)}\n{words_of(body_of(answer))}")

    def in_words(self, words: str) -> set[Canary]:
        return {self.planted[mark.lower()] for mark in MARK.findall(words) if mark.lower() in self.planted}


def marked_fields(table: type[models.Model]) -> list[str]:
    """Fields of words that the declaration calls personal."""
    label = table._meta.label
    said = declarations()[label].kinds
    return [
        field.name
        for field in table._meta.local_concrete_fields
        if said.get(field.name) in WORDS
        and isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.unique
        and field.name not in READ_AS_CODES.get(label, ())
        and (field.max_length is None or field.max_length >= 8)
    ]


def is_empty_here(row: models.Model, name: str) -> bool:
    """A withheld address stands in its sealed fields alone, any other in the clear ones alone."""
    return row._meta.label == "people.Address" and name.startswith("sealed_") != row.withheld


def child_of(table: type[models.Model]) -> str:
    """The way from a row of this table to the id of the child it is about; '' when it names none."""
    label = table._meta.label
    if label in CHILD:
        return CHILD[label]
    names = {field.attname for field in table._meta.local_concrete_fields}
    return next((name for name in ("person_id", "about_person") if name in names), "")


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
    if label == "questions.EvidenceRow":
        return EVIDENCE[row.record_kind], row.agency_code
    if label.startswith("questions.") and label != "questions.StrategyAnswer":
        return "questions", follow(row, CHILD[label].replace("person_id", "audience"))
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
