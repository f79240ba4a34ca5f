"""What is stored about a child in codes, ticks, counts and choices, which carry no mark: another value of each, and who may tell one from the other.

A code is sought by changing it: a page that differs afterwards shows it, in whatever words, and one that does not differ does not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.db import models

from rowan.agencies.rules.roles import Role
from rowan.website.personal_data import declarations

from .canaries import COMPARTMENTS, DAYS, MARKED_BY_HAND, NOT_MARKED, Canary, child_of, marked_fields, where
from .who_may_read import HEADINGS, may_read
from .world import HERS

# Kinds of stored field that hold something of the person a row is about; who wrote it and what locks it hold nothing of a child.
OF_A_PERSON = {"identity", "contact", "life", "special", "text"}

# In each of her newest weeks, whichever term holds them: ill, and at a religious observance.
_THIS_MONDAY = date.today() - timedelta(days=date.today().weekday())
ILL_OR_OBSERVANT = {
    (_THIS_MONDAY - timedelta(weeks=weeks)).isoformat(): {"I": 4, "R": 6} for weeks in range(10)
}

# Two values of each, both as real rows have them. Where the model names its choices, or it is a tick, no other is typed here.
OTHERS: dict[str, tuple] = {
    "people.KnownAs.sex": ("F", "M"),
    "people.KnownAs.ethnic_group": ("", "WIRT"),  # Traveller of Irish heritage
    "people.KnownAs.disabled": (None, True),
    "people.KnownAs.school_code": ("school-899", "school-898"),
    "people.KnownAs.year_group": ("10", "8"),
    "people.SchoolPlace.year_group": ("10", "8"),
    "chronology.Entry.kind": ("case_closed", "charged"),
    "chronology.Entry.observed_code": ("", "FAM-06"),
    "chronology.Entry.particulars": ({}, {"grade": "high", "category": "Sexual abuse", "place": "A hotel"}),
    "chronology.AttendanceTerm.weeks": ([["2026-06-01", 10, 0, 0, 0]], [["2026-06-01", 9, 7, 6, 5]]),
    "chronology.AttendanceTerm.codes": ({}, ILL_OR_OBSERVANT),
    "questions.Reason.figures": ({}, {"episodes": 17, "overnight": 16, "first_on": "2026-01-02", "last_on": "2026-01-03"}),
    "questions.DryRunQuestion.rules": (["missing_again"], ["child_arrested"]),
    "sharing.SharingDecision.told_child": ("told", "not_told"),
    "sharing.SharingDecision.told_parent": ("told", "not_told"),
    "sharing.SharingDecision.reason_not": ("no_part", "forbidden"),
    "sharing.SharingDecision.under_13": ("no", "yes"),
    "concerns.Concern.seen_or_heard": ("", "both"),
    "concerns.Concern.first_hand": ("", "told"),
    "concerns.Concern.child_knows": ("", "no_not_safe"),
    "concerns.Concern.details": ("{}", '{"name": "Tamsin Quillfeather"}'),
    "concerns.Noticed.code": ("MISS-03", "FAM-06"),
    "concerns.Protection.act": ("", "harboured"),
    "concerns.Protection.purpose": ("", "servitude"),
    "missing.Episode.grade": ("", "high"),
    "missing.HomeInterview.factors": ([], ["older_person"]),
    "missing.HomeInterview.told_of_harm": ("no", "not_sure"),
    "missing.HomeInterview.noticed": ([], ["MISS-03"]),
    "assessments.Noticed.code": ("MISS-03", "FAM-06"),
}  # fmt: skip
# Fields declared to be of no person, by which a row says something of one all the same.
ALSO = {
    "people.SafeContact": ("flag",),
    "sharing.SharingDecision": ("decided",),
    "meetings.Item": ("decision",),
}

# Fields of a person that are neither marked nor changed here, each with why; days and moments say it of themselves.
NOT_SOUGHT = {
    "people.Address.withheld": "says in which of its fields the address stands, and those are marked",
    "questions.DryRunQuestion.behind": "what access decides by: tests/integration/questions/test_dry_run_pages.py",
    "records.Attachment.compartment": "says who may see it, so that another is another document: test_pages.py of records",
    "access.Involvement.why": "what access decides by: another would open other records",
    "access.Involvement.discreet": "what access decides by: tests/integration/single_view/test_one_childs_page.py",
    "access.Restriction.kind": "of a restricted child, of whom nothing is shown near; whoever is let in: tests/integration/access",
}
# Tables that hold something of persons and lead to no child, each with why nobody seeks a child's mark in them.
OF_NO_CHILD = {
    "questions.FeedQuestion": "about a school's registers: who was asked why nothing came",
    "audit_trail.SearchText": "what somebody searched for, apart from the trail and read with it",
    "agencies.SecondFactorReset": "of a practitioner's account",
    "agencies.AwaitedRole": "of a practitioner's account",
    "agencies.TypedText": "a form kept for whoever typed it, while they sign in again",
    "timescales.SettingValue": "why a setting was changed",
    "records.QuarantinedRow": "a value that was put aside, masked before it is kept",
    "questions.RuleSwitch": "why a rule was switched",
    "sharing.Approval": "of an act that takes two people, for a purpose and many children",
    "sharing.StandingDecision": "of all the children of a meeting or an agreement, and of none by name",
    "concerns.ConcernDraft": "about nobody found yet, opened by whoever types it",
    "concerns.OneTimeLink": "who is asked to tell, and no child",
}
# Tables of which nothing is marked nor changed: those of `canaries.NOT_MARKED`, but for what is a code of theirs.
WITH_CODES_ALONE = {"concerns.Protection"}
COMPARTMENTS_OF_CODES = {
    "chronology.AttendanceTerm": "education",
    "assessments.Strand": "where a child stands",
    "assessments.StatutoryFact": "where a child stands",
    "assessments.Noticed": "where a child stands",
    "concerns.Noticed": "contacts",
    "concerns.Protection": "police",
}
# Of these nobody is shown anything of one child, though everybody may open a page that could: no page may change with them.
SHOWN_TO_NOBODY = {
    "people.KnownAs.sex": "kept so that fairness can be checked, by numbers of many",
    "people.KnownAs.ethnic_group": "kept so that fairness can be checked, by numbers of many",
    "people.KnownAs.disabled": "kept so that fairness can be checked, by numbers of many",
    "people.KnownAs.year_group": "each school's own year stands with the school",
    "chronology.Entry.particulars": "what a rule reads of a row; a page has its title and text",
    "chronology.Entry.observed_code": "its words stand in the title",
    "questions.Reason.figures": "what the sentence was made of, which is kept as it was asked",
    "missing.HomeInterview.noticed": "each stands in the chronology as a line of its own, in its own compartment",
}


def tables_of_persons() -> Iterator[tuple[type[models.Model], list[models.Field]]]:
    """Every table with a field that the declarations call personal, and those fields."""
    for table in apps.get_models():
        label = table._meta.label
        said = declarations()[label].kinds if label in declarations() else {}
        personal = [
            field
            for field in table._meta.local_concrete_fields
            if said.get(field.name) in OF_A_PERSON or field.name in ALSO.get(label, ())
        ]
        if personal:
            yield table, personal


def fields_of_persons() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Those of tables that lead to a child."""
    for table, personal in tables_of_persons():
        if child_of(table):
            yield from ((table, field) for field in personal)


def is_marked(table: type[models.Model], field: models.Field) -> bool:
    label = table._meta.label
    words = field.name in marked_fields(table) and label in COMPARTMENTS
    return words or label in MARKED_BY_HAND or field.name in DAYS.get(label, ())


def is_a_day(field: models.Field) -> bool:
    """A day or moment of a row tells when: it goes with the words beside it, which are marked, or with the code."""
    return isinstance(field, models.DateField)


def coded() -> dict[str, tuple[type[models.Model], models.Field]]:
    return {
        place_of(table, field): (table, field)
        for table, field in fields_of_persons()
        if not is_marked(table, field)
        and not is_a_day(field)
        and (table._meta.label not in NOT_MARKED or table._meta.label in WITH_CODES_ALONE)
        and place_of(table, field) not in NOT_SOUGHT
        and has_another(table, field)
    }


def place_of(table: type[models.Model], field: models.Field) -> str:
    return f"{table._meta.label}.{field.name}"


def has_another(table: type[models.Model], field: models.Field) -> bool:
    return place_of(table, field) in OTHERS or bool(field.choices) or isinstance(field, models.BooleanField)


def another(place: str, field: models.Field, value):
    """A value that is not this one."""
    if place in OTHERS:
        one, other = OTHERS[place]
        return one if value == other else other
    if field.choices:
        return next(choice for choice, _ in reversed(field.flatchoices) if choice and choice != value)
    return not value


@dataclass(frozen=True)
class Code:
    """One code of one row, and where the row stands."""

    table: type[models.Model]
    field: models.Field
    pk: object
    value: object
    canary: Canary

    def change(self) -> None:
        new = another(self.canary.place, self.field, self.value)
        self.table._base_manager.filter(pk=self.pk).update(**{self.field.name: new})


def codes_of(child: str, person_id: str) -> Iterator[Code]:
    for table, field in coded().values():
        for row in table._base_manager.filter(**{child_of(table): person_id}):
            if field.choices and not getattr(row, field.name):
                continue  # nothing was chosen yet: with a choice it would be another life
            compartment, agency = where_it_stands(row)
            canary = Canary("", child, table._meta.label, field.name, compartment, agency)
            yield Code(table, field, row.pk, getattr(row, field.name), canary)


def where_it_stands(row: models.Model) -> tuple[str, str]:
    label = row._meta.label
    if label not in COMPARTMENTS_OF_CODES:
        return where(row)
    above: Callable[[], str] = {
        "assessments.Strand": lambda: row.lead.agency.code,
        "assessments.Noticed": lambda: row.assessment.agency.code,
    }.get(label, lambda: getattr(row, "agency_code", "") or "hub")
    return COMPARTMENTS_OF_CODES[label], above()


# What a heading tells beside its words: what kind of thing it is, and whether it is held to be so.
OF_A_HEADING = {"chronology.Entry.kind", "chronology.Entry.observed", "chronology.Entry.confirmed"}
# How much of a week was missed, and not why.
OF_A_SUMMARY = {"chronology.AttendanceTerm.weeks"}
# Where a child stands, without the words.
OF_ONE_WHO_KNOWS = {"assessments.Strand.state", *(f"assessments.Assessment.{name}" for name in ("state", "urgency", "confidence", "trend"))}  # fmt: skip


# That something was decided, with its basis and dates: the matrix's "recorded only", and the register, which names no child.
# A chair is given its heading in a pack.
RECORDED_ONLY = {
    Role.MISSING_COORDINATOR,
    Role.POLICE_EXPLOITATION_TEAM,
    Role.HEALTH_LEAD,
    Role.PANEL_CHAIR,
}
OF_THE_REGISTER = {Role.INFORMATION_GOVERNANCE: {"sharing.SharingDecision.decided"}}


def may_tell(role: Role, agency: str, canary: Canary) -> bool:
    """Whether somebody of this role and agency, with a part in the life of hers and of nobody else, may tell one value of this code from another."""
    headings = HEADINGS.get(role, set())
    if canary.place in OF_THE_REGISTER.get(role, ()):
        return True
    if canary.child != HERS or canary.place in SHOWN_TO_NOBODY:
        return False
    if canary.place == "sharing.SharingDecision.decided" and role in RECORDED_ONLY:
        return True
    if canary.place in OF_A_HEADING | OF_A_SUMMARY and canary.compartment in headings:
        return True
    if canary.place in OF_ONE_WHO_KNOWS and "contacts" in headings:
        return True
    return may_read(role, agency, canary)


# Where each is told to somebody who may know it: opened before and after, the page differs. Most stand on others too.
_WORKER, _DESK = Role.LEAD_PROFESSIONAL, Role.TRIAGE_OFFICER
SEARCH = "concerns:search"
_CHILD = "single_view:child"
SEEN: dict[str, tuple[Role, str]] = {
    "people.KnownAs.school_code": (_WORKER, SEARCH),
    "people.SchoolPlace.year_group": (_WORKER, _CHILD),
    "people.SafeContact.flag": (_WORKER, _CHILD),
    **{f"chronology.Entry.{name}": (_WORKER, _CHILD) for name in ("kind", "observed", "confirmed")},
    **{f"chronology.AttendanceTerm.{name}": (_WORKER, _CHILD) for name in ("weeks", "codes")},
    "questions.Answer.kind": (Role.SCHOOL_SAFEGUARDING_LEAD, "questions:question"),
    **dict.fromkeys(
        ("questions.DryRunQuestion.is_new", "questions.DryRunQuestion.rules"),
        (Role.EXPLOITATION_COORDINATOR, "questions:dry_run"),
    ),
    "questions.StrategyAnswer.held": (_WORKER, "questions:strategy"),
    **{
        f"sharing.SharingDecision.{name}": (_WORKER, "sharing:decision")
        for name in ("decided", "told_child", "told_parent", "reason_not", "under_13")
    },
    **{
        f"sharing.ServiceConsent.{name}": (_WORKER, "sharing:child")
        for name in ("said", "asked", "understands", "under_13")
    },
    **{
        f"concerns.Concern.{name}": (_DESK, "concerns:triage_one")
        for name in ("details", "seen_or_heard", "first_hand", "immediate_danger", "child_knows")
    },
    "concerns.LicensingLookUp.found": (_DESK, "concerns:triage_one"),
    "concerns.Noticed.code": (_DESK, "concerns:triage_one"),
    **{f"concerns.Protection.{name}": (_WORKER, "concerns:protection") for name in ("about", "state", "act", "purpose")},
    "concerns.ProtectionStep.state": (_WORKER, "concerns:protection"),
    "missing.Episode.grade": (_WORKER, "missing:child"),
    "missing.Episode.interview": (_WORKER, "missing:child"),
    **{f"missing.HomeInterview.{name}": (_WORKER, "missing:episode") for name in ("factors", "told_of_harm")},
    "assessments.Strand.state": (_WORKER, _CHILD),
    **{f"assessments.Assessment.{name}": (_WORKER, "assessments:version") for name in ("state", "urgency", "confidence", "trend")},
    "assessments.Noticed.code": (_WORKER, "assessments:version"),
    "assessments.StepDown.state_before": (_WORKER, "assessments:step_down"),
    "assessments.StepDown.state": (_WORKER, "assessments:step_down"),
    "assessments.StatutoryFact.fact": (_WORKER, "assessments:child"),
    "meetings.Item.decision": (Role.PANEL_CHAIR, "meetings:item"),
    "escalation.Disagreement.skips_levels": (_WORKER, "escalation:disagreement"),
}  # fmt: skip
