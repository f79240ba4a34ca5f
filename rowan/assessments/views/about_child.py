"""What a page of this room needs: the look on the trail, what its reader may see, the child's name and the work that is open."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.shortcuts import render
from django.utils import timezone

from rowan.access.actions import NOBODY, open_record
from rowan.access.reading import ROWAN, reading_as
from rowan.access.rules.seeing import NOTHING_THERE, Seen
from rowan.people.called import Called, called
from rowan.people.models import Person
from rowan.refusals import NothingThere, NotPossible
from rowan.sharing.actions.refusing import refuse

from ..models import Strand
from ..rules.who import reads_words
from ..standing import all_ids, strand_of


@dataclass(frozen=True)
class About:
    person_id: str
    ids: list[str]
    seen: Seen
    child: Called
    today: date
    strand: Strand | None


def opened(request, person_id: str, *, did: str) -> About:
    """Looked up first, whatever the answer: whether the record exists is already something to know about a child."""
    today = timezone.localdate()
    person = Person.objects.filter(pk=person_id).first()
    seen = open_record(person_id=person_id, by=request.user, today=today, did=did)
    if person is None:
        raise NothingThere(NOTHING_THERE)
    now_id, ids = person.who_now().id, all_ids(person_id)
    child = called({now_id: seen}, today)[now_id]
    return About(now_id, ids, seen, child, today, strand_of(ids))


def opened_row(request, table, pk, *, did: str):
    """A version or a step-down, and the child it is about. One whose words are not the reader's to read is as one that is not there."""
    # With Rowan's own eyes: the trail says whose record was asked for, hidden or not.
    with reading_as(ROWAN):
        row = table.objects.select_related("strand__lead", "by", "agency", "second").filter(pk=pk).first()
    person_id = row.strand.person_id if row else NOBODY
    seen = open_record(person_id=person_id, by=request.user, today=timezone.localdate(), did=did)
    if row is None or not reads_words(seen, row.agency.code):
        refuse(NOTHING_THERE, by=request.user, did=did, about_kind="where a child stands", about_id=pk, person_id=person_id, refusal=NothingThere)  # fmt: skip
    today = timezone.localdate()
    now_id = row.strand.person.who_now().id
    child = called({now_id: seen}, today)[now_id]
    return row, About(now_id, all_ids(person_id), seen, child, today, row.strand)


def token_of(request) -> UUID:
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        raise NotPossible("This form is not whole. Open the page again and send it from there.") from None


def form_page(request, about: About, form, *, title: str, button: str, why_not: str | None = None, **more):
    """One form about one child; where the reader may not send it, why not stands in its place."""
    context = {
        "child": about.child,
        "form": None if why_not else form,
        "title": title,
        "button": button,
        "why_not": why_not,
        "token": request.POST.get("token") or uuid4(),
        "today": about.today,
    }
    return render(request, more.pop("template", "assessments/form.html"), context | more)
