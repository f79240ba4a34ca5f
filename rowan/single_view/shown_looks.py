"""What the page of a question about looks shows: its sentence, its lines, and whom to ring; as far as the reader may know."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from rowan.access.involved import ASK_HEALTH
from rowan.access.models import Involvement
from rowan.agencies.leads import Chains
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.chain import who_answers
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry

from .actions import kept_out_of
from .models import LooksQuestion
from .rules.looks import HOW_NAMES, how_opened, reads_the_whole_trail

LINES_ON_A_PAGE = 25


@dataclass(frozen=True)
class Line:
    entry: Entry
    how: str
    child: str  # its record number, or what may be said instead
    is_number: bool


@dataclass(frozen=True)
class Ring:
    name: str
    post: str
    phone: str


def waiting_for(practitioner) -> QuerySet:
    """The questions they may read: never those about themselves, nor about a child from whose record they are kept out."""
    rows = LooksQuestion.objects.exclude(practitioner=practitioner).exclude(
        about_person__in=kept_out_of(practitioner)
    )
    if not reads_the_whole_trail(practitioner.role):
        rows = rows.filter(asked_of=practitioner)
    return rows.select_related("practitioner__agency", "asked_of", "answered_by")


def evidence_of(question: LooksQuestion, hidden: set[str], page_number) -> tuple[Page, list[Line]]:
    """The lines of the trail, newest first; no line about a child who is hidden from the reader."""
    positions = question.evidence.values("position")
    lines = Entry.objects.filter(position__in=positions).exclude(about_person__in=hidden)
    page = Paginator(lines.order_by("-position"), LINES_ON_A_PAGE).get_page(page_number)
    discreet = works_where_it_would_tell(question.practitioner)
    return page, [_line(entry, discreet) for entry in page.object_list]


def _line(entry: Entry, discreet: bool) -> Line:
    how = HOW_NAMES.get(how_opened(entry.particulars, entry.refused_because), "")
    # Whoever asks knows the worker here, so they are not told the child: the two together would tell of a clinic.
    child = f"Not shown: {ASK_HEALTH.lower()}" if discreet else entry.about_person
    return Line(entry, how, child, not discreet)


def works_where_it_would_tell(practitioner: Practitioner) -> bool:
    if practitioner.role == Role.SEXUAL_HEALTH_CLINICIAN.value:
        return True
    theirs = Q(practitioner=practitioner) | Q(agency=practitioner.agency_id)
    return Involvement.objects.filter(theirs, discreet=True).exists()


def lead_to_ring(question: LooksQuestion, today: date) -> Ring | None:
    """Who leads the agency of the person it is about, and is not that person. Rowan tells them nothing."""
    about = question.practitioner
    chains = Chains([about.agency], today)
    chain = [
        replace(chair, sittings=tuple(sitting for sitting in chair.sittings if sitting.person != about.pk))
        for chair in chains.of(about.agency)
    ]
    reached = who_answers(chain, chains.absences, today)
    if reached.person is None or reached.person == about.pk:
        return None
    lead = Practitioner.objects.select_related("agency").get(pk=reached.person)
    return Ring(lead.display_name, reached.chair.title, lead.phone or lead.agency.phone)
