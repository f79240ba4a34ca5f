"""Ask an agency, chase it, take it to its lead; answer, refuse with a ground, withdraw."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import NOBODY, open_record
from rowan.access.rules.seeing import NOTHING_THERE, Seen, Through
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import ROWAN, record
from rowan.notices.actions import tell
from rowan.questions.actions import settle_owed
from rowan.questions.models import Owed
from rowan.refusals import Both, NotAllowed, NothingThere
from rowan.timescales.actions import start_clock, stop_clock
from rowan.timescales.models import Clock

from ..models import Request, RequestEvent, RequestEventKind
from ..reading import may_read_request
from ..rules.requests import (
    CLOCK,
    GROUNDS,
    STEP_NAMES,
    Asked,
    Step,
    goes_to_the_lead,
    is_to_be_chased,
    refusal_to_close,
    what_is_missing_to_ask,
)
from ..rules.who_decides import Whose, refusal_to_decide
from .decisions import settings_on
from .escalating import close_to_everybody, open_to, rests_on, whom_to_take_it_to
from .refusing import refuse, somebody_was_first

KIND = "request"
LEADS_CLOCK = "a late answer, taken to the agency's lead"


def ask(
    *,
    token: UUID,
    person_id: str,
    asked_agency,
    asked_person: str = "",
    what: str,
    purpose: str,
    purpose_words: str = "",
    article6: str,
    duty: str,
    due_on,
    by,
    now: datetime,
    owed: Owed | None = None,
) -> Request:
    """Ask for named information. Its clock runs from now; asked for an answer that promised it, the promise is kept by it."""
    today, did = timezone.localdate(now), "asked an agency"
    about = {"by": by, "did": did, "about_kind": KIND, "person_id": person_id}
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to ask an agency")
    if refusal := refusal_to_decide(
        by.role, Whose.OWN, sees_joint=seen.is_hub, only_looking=seen.through is Through.REASON
    ):
        refuse(refusal, refusal=NotAllowed, **about)
    said = Asked(asked_agency is not None, what, purpose, purpose_words, article6, duty, due_on)
    if lacks := what_is_missing_to_ask(said, today=today, settings=settings_on(today)):
        refuse(". ".join(lacks.values()), **about)
    refusal = None
    with transaction.atomic():
        request = Request.objects.filter(pk=token).first()
        if request is None and owed is not None:
            owed = Owed.objects.select_for_update().get(pk=owed.pk)
            refusal = _refusal_of_owed(owed, person_id)
        if request is None and refusal is None:
            request, made = Request.objects.get_or_create(
                pk=token,
                defaults={
                    "person_id": person_id,
                    "asked_agency": asked_agency,
                    "asked_person": asked_person.strip(),
                    "what": what.strip(),
                    "purpose": purpose,
                    "purpose_words": purpose_words.strip(),
                    "article6": article6,
                    "duty": duty,
                    "due_on": due_on,
                    "by": by,
                    "agency": by.agency,
                    "at": now,
                    "owed": owed,
                },
            )
            if made:
                _begin(request, owed, by=by, now=now)
    if refusal:
        refuse(refusal, **about)
    assert request is not None
    if request.by_id != by.pk or request.person_id != person_id:
        refuse("This form belongs to another request. Start again.", **about)
    return request


def _begin(request: Request, owed: Owed | None, *, by, now: datetime) -> None:
    start_clock(
        what=CLOCK, about_kind=KIND, about_id=request.pk, about_person=request.person_id, due_on=request.due_on, now=now, owner=by
    )  # fmt: skip
    record(
        by=by, did="asked an agency", about_person=request.person_id, about_kind=KIND, about_id=request.pk, purpose=request.purpose, particulars={"of": request.asked_agency.code}
    )  # fmt: skip
    if owed is not None:
        settle_owed(
            owed, outcome=f"Asked {request.asked_agency.name}; due {request.due_on:%d/%m/%Y}.", by=by, now=now
        )


def open_request(request_id: UUID, *, by, today) -> tuple[Request, Seen]:
    """The request and what its reader may see of the child. One that is not hers answers as one that is not there."""
    request = (
        Request.objects.select_related("asked_agency", "agency", "by", "person").filter(pk=request_id).first()
    )
    person_id = request.person_id if request else NOBODY
    seen = open_record(person_id=person_id, by=by, today=today, did="looked at a request")
    if request is None or not may_read_request(request, seen, by):
        refuse(NOTHING_THERE, by=by, did="looked at a request", about_kind=KIND, about_id=request_id, person_id=person_id, refusal=NothingThere)  # fmt: skip
    return request, seen


def answer(request: Request, *, words: str, by, now: datetime) -> Request:
    """Say what they answered, or answer for one's own agency. Sharing it is the answering agency's decision, recorded apart."""
    return _close(request, Step.ANSWERED, words=words, by=by, now=now, lacking="Say what they answered")


def refuse_request(request: Request, *, ground: str, words: str, by, now: datetime) -> Request:
    lacking = "Say on which ground, and why" if ground in GROUNDS else "Choose the ground"
    return _close(
        request,
        Step.REFUSED,
        words=words if ground in GROUNDS else "",
        ground=ground,
        by=by,
        now=now,
        lacking=lacking,
    )


def withdraw_request(request: Request, *, words: str, by, now: datetime) -> Request:
    return _close(request, Step.WITHDRAWN, words=words, by=by, now=now, lacking="Say why it is withdrawn")


def chase_late(now: datetime) -> int:
    """Rowan's own: chase what is late, and take to the agency's lead what stays late. Run twice a day, it acts once."""
    today = timezone.localdate(now)
    settings, acts = settings_on(today), 0
    late = (
        Request.objects.open()
        .filter(due_on__lt=today)
        .select_related("asked_agency", "by")
        .annotate(
            last_chased_on=Max("events__on", filter=Q(events__kind=RequestEventKind.CHASED)),
            escalated_on=Max("events__on", filter=Q(events__kind=RequestEventKind.ESCALATED)),
        )
    )
    for request in late:
        if goes_to_the_lead(
            request.due_on, escalated=request.escalated_on is not None, today=today, settings=settings
        ):
            acts += _take_to_lead(request, today, now)
        if is_to_be_chased(request.due_on, request.last_chased_on, today=today, settings=settings):
            acts += _chase(request, today, now)
    return acts


def _take_to_lead(request: Request, today, now: datetime) -> int:
    """Its clock, the record as far as their role sees, and a notice: all three go to the one who is to see to it."""
    taken = whom_to_take_it_to(request, today)
    lead = taken.practitioner
    with transaction.atomic():
        made = _happened(
            request, RequestEventKind.ESCALATED, "took a late request to a lead", taken.says, today, now
        )
        if made and lead is not None:
            start_clock(
                what=LEADS_CLOCK, about_kind=KIND, about_id=request.pk, about_person=request.person_id, due_on=today, now=now, owner=lead
            )  # fmt: skip
            open_to(lead, person_id=request.person_id, what=rests_on(KIND, request.pk), today=today)
            tell(lead, "A request that is late was taken to you", _page(request), now, urgent=True)
    return made


def _chase(request: Request, today, now: datetime) -> int:
    """Rowan writes to no agency: whoever has the request's clock is told to ring."""
    with transaction.atomic():
        made = _happened(request, RequestEventKind.CHASED, "chased a late request", "", today, now)
        clock = Clock.objects.running().filter(what=CLOCK, about_kind=KIND, about_id=str(request.pk))
        if made and (row := clock.select_related("owner").first()) and row.owner:
            tell(row.owner, "An agency is late with an answer: chase it", _page(request), now)
    return made


def _page(request: Request) -> str:
    return reverse("sharing:request", args=[request.pk])


def _happened(request: Request, kind: str, did: str, words: str, today, now: datetime) -> int:
    with transaction.atomic():
        _, made = RequestEvent.objects.get_or_create(
            request=request, kind=kind, on=today, defaults={"at": now, "words": words}
        )
        if made:
            record(by=ROWAN, did=did, about_person=request.person_id, about_kind=KIND, about_id=request.pk)
    return int(made)


def _close(
    request: Request, to: Step, *, words: str, by, now: datetime, lacking: str, ground: str = ""
) -> Request:
    did = f"{to.value} a request"
    today = timezone.localdate(now)
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": request.pk, "person_id": request.person_id}
    seen = open_record(
        person_id=request.person_id, by=by, today=today, did="opened a record to close a request"
    )
    if not may_read_request(request, seen, by):
        refuse("This request is between other agencies.", refusal=NotAllowed, **about)
    if not words.strip():
        refuse(f"{lacking}.", **about)
    with transaction.atomic():
        request = Request.objects.select_for_update().get(pk=request.pk)
        standing = request.events.filter(kind=to.value, by=by, words=words.strip(), ground=ground).first()
        refusal = None if standing else refusal_to_close(request.step, asker=request.agency_id == by.agency_id, to=to)  # fmt: skip
        if standing is None and refusal is None:
            place = deciding_as(by, now)
            RequestEvent.objects.create(
                request=request, kind=to.value, on=today, at=now, by=by, acting_as=place.words, words=words.strip(), ground=ground
            )  # fmt: skip
            request.step, request.closed_at = to.value, now
            request.save(update_fields=["step", "closed_at"])
            for clock in (CLOCK, LEADS_CLOCK):
                stop_clock(what=clock, about_kind=KIND, about_id=request.pk, now=now, because=to.value)
            close_to_everybody(request.person_id, rests_on(KIND, request.pk), today)
            record(
                by=by, did=did, about_person=request.person_id, about_kind=KIND, about_id=request.pk, particulars={"ground": ground} | place.trail
            )  # fmt: skip
    if refusal and request.step != Step.OPEN:
        somebody_was_first(refusal, _both_closings(request, to, words, ground), **about)
    if refusal:
        refuse(refusal, **about)
    return request


def _both_closings(request: Request, to: Step, words: str, ground: str) -> list[Both]:
    closed = request.events.filter(kind=request.step).select_related("by").last()
    rows = [
        Both("What became of it", STEP_NAMES[Step(request.step)], STEP_NAMES[to]),
        Both("On what ground", GROUNDS.get(closed.ground, ""), GROUNDS.get(ground, "")),
        Both("In words", closed.words, words),
        Both("Recorded by", by_and_when(closed.by.display_name, closed.at), "Not sent"),
    ]
    return [row for row in rows if row.now or row.typed]


def _refusal_of_owed(owed: Owed, person_id: str) -> str | None:
    if owed.answer.question.person_id != person_id or owed.act != "ask_agency":
        return "What was promised is about something else."
    if owed.settled_at is not None:
        return "What came of this has been said already."
    return None
