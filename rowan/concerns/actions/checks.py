"""Agencies are asked at triage what they know; each answers on a page of its own, by its own clock."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import NOBODY, involve, open_record
from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import opens_records
from rowan.access.standing import hidden_from
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import lead_now
from rowan.audit_trail.actions import record
from rowan.chronology.models import Compartment
from rowan.notices.actions import tell
from rowan.refusals import Both, NotAllowed
from rowan.timescales.actions import start_clock, stop_clock
from rowan.timescales.models import Clock

from ..models import Check, Concern
from ..reading import open_concern, settings_on
from ..rules.checks import ASKED_BEFORE, compartment_of, refusal_to_answer, refusal_to_ask
from ..rules.kept_in_health import refusal_of_words_kept_in_health
from ..rules.running import CHECK_ASKED, CHECK_KIND
from ..rules.settings import CHECK_WITHIN
from ..rules.steps import Step
from ..rules.urgency import Urgency, within_open_hours
from ..waiting import desk_of
from .refusing import must_triage, refuse, somebody_was_first
from .stepping import leave_line, locked, move

ASKED = "Triage asks what your agency knows"


def ask_agency(concern_id, *, token: UUID, agency, asks: str, by, now: datetime) -> Check:
    """Ask one agency. Due within the hub's open hours; of a red concern the hours of the clock count."""
    did = "asked an agency for a check"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to ask an agency")
    must_triage(opened, by=by, did=did)
    today = timezone.localdate(now)
    with transaction.atomic():
        concern = locked(opened.concern)
        standing = Check.objects.filter(pk=token).first()
        before = concern.checks.filter(agency=agency).select_related("asked_by").first()
        refusal = (
            None
            if standing
            else refusal_of_words_kept_in_health(asks)
            or refusal_to_ask(step=concern.step, asks=asks, asked_before=before is not None)
        )
        if standing is None and refusal is None:
            standing = Check.objects.create(
                pk=token, concern=concern, agency=agency, asks=asks.strip(), asked_by=by, asked_at=now,
                due_at=_due_at(concern, now), compartment=compartment_of(agency.kind),
            )  # fmt: skip
            if concern.step == Step.SCREENING:
                move(concern, Step.CHECKS_OUT, now=now, owner=by)
            _put_to(standing, concern, today, now)
            leave_line(concern, did, by=by, agency=agency.code)
    if refusal == ASKED_BEFORE:
        both = [
            Both("What they were asked", before.asks, asks),
            Both("Asked by", by_and_when(before.asked_by.display_name, before.asked_at), "Not sent"),
        ]
        somebody_was_first(refusal, both, by=by, did=did, concern=concern)
    if refusal:
        refuse(refusal, by=by, did=did, concern=concern)
    if standing.concern_id != concern.pk:
        refuse("This form belongs to another concern. Start again.", by=by, did=did, concern=concern)
    return standing


def _due_at(concern: Concern, now: datetime) -> datetime:
    hours = float(settings_on(timezone.localdate(now))[CHECK_WITHIN.name])
    red = concern.urgency == Urgency.RED
    return within_open_hours(
        timezone.localtime(now), hours, settings_on(timezone.localdate(now)), every_hour=red
    )


def _put_to(check: Check, concern: Concern, today, now: datetime) -> None:
    """To whoever leads the agency today; the child's record opens to them as far as their role sees, until they have answered."""
    lead = lead_now(check.agency, today).practitioner
    start_clock(
        what=CHECK_ASKED, about_kind=CHECK_KIND, about_id=check.pk, about_person=concern.person_id or "",
        due_at=check.due_at, every_hour=concern.urgency == Urgency.RED, now=now, owner=lead, owner_post=None if lead else desk_of(concern, today),
    )  # fmt: skip
    if lead is None:
        return
    tell(
        lead,
        ASKED,
        reverse("concerns:agency_check", args=[check.pk]),
        now,
        urgent=concern.urgency == Urgency.RED,
    )
    if concern.person_id and opens_records(lead.role):
        involve(
            person_id=concern.person_id, why=Why.ASKED, rests_on=f"check {check.pk}", opened_on=today, agency=check.agency, practitioner=lead
        )  # fmt: skip


def open_check(check_id, *, by, now: datetime, did: str = "looked at a check") -> Check:
    """The agency's own page: what is asked, about whom as it was told, and nothing else of the concern. Others find nothing there."""
    check = (
        Check.objects.select_related("agency", "asked_by", "answered_by", "concern__agency")
        .filter(pk=check_id)
        .first()
    )
    has_it = Clock.objects.running().filter(owner=by, about_kind=CHECK_KIND, about_id=str(check_id)).exists()
    # Whose role opens no child's record is shown none of this child either.
    of_the_agency = check is not None and check.agency_id == by.agency_id and opens_records(by.role)
    shut_out = check is not None and (
        check.concern.professional_id == by.pk
        or (check.concern.about_a_professional and check.agency_id != by.agency_id)
        or check.concern.person_id in hidden_from(by)
    )
    if check is None or shut_out or not (of_the_agency or has_it):
        open_record(person_id=NOBODY, by=by, today=timezone.localdate(now), did=did, now=now)
    record(
        by=by, did=did, about_person=check.concern.person_id or "", about_kind=CHECK_KIND, about_id=check.pk
    )
    return check


def answer_check(check_id, *, nothing_known: bool, answer: str, by, now: datetime) -> Check:
    did = "answered a check"
    check = open_check(check_id, by=by, now=now, did="opened a check to answer it")
    with transaction.atomic():
        concern = locked(check.concern)
        check = Check.objects.select_for_update(of=("self",)).get(pk=check.pk)
        said = (nothing_known, answer.strip(), by.pk)
        is_again = (check.nothing_known, check.answer, check.answered_by_id) == said
        open_still = check.answered_at is None and check.not_needed_at is None
        has_it = (
            Clock.objects.running().filter(owner=by, about_kind=CHECK_KIND, about_id=str(check.pk)).exists()
        )
        kept = None if check.compartment == Compartment.HEALTH else refusal_of_words_kept_in_health(answer)
        refusal = None if is_again else kept or refusal_to_answer(
            role=by.role, same_agency=check.agency_id == by.agency_id or has_it, open_still=open_still,
            nothing_known=nothing_known, answer=answer,
        )  # fmt: skip
        if not is_again and refusal is None:
            check.nothing_known, check.answer, check.answered_by, check.answered_at = (
                nothing_known,
                answer.strip(),
                by,
                now,
            )
            check.save(update_fields=["nothing_known", "answer", "answered_by", "answered_at"])
            _has_ended(check, now, because="answered")
            leave_line(concern, did, by=by, agency=check.agency.code, nothing_known=nothing_known)
            if (
                not concern.checks.filter(answered_at=None, not_needed_at=None).exists()
                and concern.step == Step.CHECKS_OUT
            ):
                owner = check.asked_by if check.asked_by.is_active else None
                move(concern, Step.SCREENING, now=now, owner=owner)
                if owner:
                    page = reverse("concerns:triage_one", args=[concern.pk])
                    tell(owner, "Every check that triage asked for is answered", page, now)
    if refusal and check.answered_at and check.agency_id == by.agency_id:
        somebody_was_first(
            "A colleague has answered this check.", _both(check, answer), by=by, did=did, concern=concern
        )
    if refusal:
        refusal_kind = {} if check.agency_id == by.agency_id else {"refusal": NotAllowed}
        refuse(refusal, by=by, did=did, concern=concern, **refusal_kind)
    return check


def not_needed_any_more(concern: Concern, now: datetime) -> None:
    """Decided without them. Part of the deciding."""
    for check in concern.checks.filter(answered_at=None, not_needed_at=None):
        check.not_needed_at = now
        check.save(update_fields=["not_needed_at"])
        _has_ended(check, now, because="decided without it")


def _has_ended(check: Check, now: datetime, *, because: str) -> None:
    stop_clock(what=CHECK_ASKED, about_kind=CHECK_KIND, about_id=check.pk, now=now, because=because)
    Involvement.objects.filter(
        why=Why.ASKED, rests_on__startswith=f"check {check.pk}", closed_on=None
    ).update(closed_on=timezone.localdate(now))


def _both(check: Check, answer: str) -> list[Both]:
    return [
        Both("What the agency knows", "Nothing is known" if check.nothing_known else check.answer, answer),
        Both("Answered by", by_and_when(check.answered_by.display_name, check.answered_at), "Not sent"),
    ]
