"""What was done that is about no child, read from the trail for information governance: by kind of act, by whom, and over which days.

Lines about a child are not here: they are read by the number of her record (`who_looked.py`), where whoever would give away a
sexual-health contact is "a health professional", and an officer kept out of the record finds nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from rowan.agencies.models import Agency, Practitioner
from rowan.agencies.rules.roles import ROLE_NAMES
from rowan.audit_trail.actions import OPERATOR, PUBLIC, ROWAN
from rowan.audit_trail.models import Entry

from .actions import kept_out_of
from .clocks import KIND
from .models import LooksQuestion
from .rules.acts import LOOKS_BEGIN, SAID, SHOWN_IN_FULL, Act, act_of

LINES_ON_A_PAGE = 50
REFUSED = "refused"
BY_NAMES = {
    "practitioner": "Somebody with an account",
    OPERATOR: "An operator of Rowan",
    PUBLIC: "Somebody not signed in",
    ROWAN: "Rowan itself",
}
_ROLES = {role.value: name for role, name in ROLE_NAMES.items()}


@dataclass(frozen=True)
class Shown:
    at: datetime
    who: str
    where: str
    did: str
    refused: bool
    because: str
    about: str
    counts: list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    lines: list[Shown]
    older: int | None  # the position from which the next page goes on


def lines_about_no_child(reader) -> QuerySet:
    """What the reader may read: no line of a question that is about themselves, or about a child from whose record they are kept out."""
    about_them = Q(practitioner=reader) | Q(about_person__in=kept_out_of(reader))
    hidden = [str(pk) for pk in LooksQuestion.objects.filter(about_them).values_list("pk", flat=True)]
    return Entry.objects.filter(about_person="").exclude(about_kind=KIND, about_id__in=hidden)


def narrowed(
    lines: QuerySet, *, from_on: date, until_on: date, act: str = "", by_kind: str = "", practitioner=None
) -> QuerySet:
    """By the days first: with them the index bounds what is read, whatever else is asked."""
    lines = lines.filter(at__gte=_start_of(from_on), at__lt=_start_of(until_on + timedelta(days=1)))
    if act == REFUSED:
        lines = lines.refused()
    elif act:
        lines = lines.filter(_said(Act(act)))
    if by_kind:
        lines = lines.filter(by_kind=by_kind)
    if practitioner is not None:
        lines = lines.filter(by_kind="practitioner", by_id=str(practitioner.pk))
    return lines


def page_of(lines: QuerySet, before: str) -> Page:
    """Newest first, going on behind the line at a position: however far back, a page costs the same."""
    line = Entry.objects.filter(pk=before).values_list("at", "pk").first() if _is_position(before) else None
    if line is not None:
        at, position = line
        lines = lines.filter(at__lte=at).exclude(at=at, position__gte=position)
    found = list(lines.order_by("-at", "-position")[: LINES_ON_A_PAGE + 1])
    shown = found[:LINES_ON_A_PAGE]
    return Page(_shown(shown), shown[-1].position if len(found) > len(shown) else None)


def _is_position(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 18


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _said(act: Act) -> Q:
    """As `rules.acts.act_of` says it of one line, asked of the database."""
    if act in SAID:
        return Q(did__in=SAID[act])
    named = Q(did__in=[said for each in SAID.values() for said in each])
    looked = Q()
    for begin in LOOKS_BEGIN:
        looked |= Q(did__startswith=begin)
    return looked & ~named if act is Act.LOOK else ~looked & ~named


def _shown(entries: Iterable[Entry]) -> list[Shown]:
    entries = list(entries)
    agencies = dict(
        Agency.objects.filter(code__in={entry.by_agency for entry in entries}).values_list("code", "name")
    )
    people = _people_named(entries)
    return [_one(entry, agencies, people) for entry in entries]


def _people_named(entries: list[Entry]) -> dict[str, str]:
    numbers = {entry.about_id for entry in entries if entry.about_kind == "practitioner"}
    rows = Practitioner.objects.filter(pk__in=[number for number in numbers if _is_position(number)])
    return {str(pk): name for pk, name in rows.values_list("pk", "display_name")}


def _one(entry: Entry, agencies: dict[str, str], people: dict[str, str]) -> Shown:
    in_full = act_of(entry.did) in SHOWN_IN_FULL
    where = (_ROLES.get(entry.by_role, entry.by_role), agencies.get(entry.by_agency, entry.by_agency))
    return Shown(
        at=entry.at,
        who=entry.by_name or BY_NAMES.get(entry.by_kind, entry.by_kind),
        where=", ".join(part for part in where if part),
        did=entry.did,
        refused=bool(entry.refused_because),
        because=entry.refused_because if in_full else "",
        about=_about(entry, people, in_full),
        counts=_counts(entry.particulars) if in_full else [],
    )


def _about(entry: Entry, people: dict[str, str], in_full: bool) -> str:
    if entry.about_kind == "practitioner":
        return people.get(entry.about_id, f"practitioner {entry.about_id}")
    return f"{entry.about_kind} {entry.about_id}".strip() if in_full else entry.about_kind


def _counts(particulars: dict) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), _in_words(value)) for name, value in particulars.items()]


def _in_words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
