"""Ask for a second person; approve or refuse; carry out once. Both names stand on the trail."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import record
from rowan.refusals import Both, NotAllowed

from ..models import Approval
from ..rules.approvals import (
    APPROVES,
    WITHIN_ONE_UNIT,
    Act,
    refusal_of_reason,
    refusal_to_ask,
    refusal_to_decide,
    refusal_to_perform,
)
from ..rules.settings import APPROVAL_LASTS
from .decisions import settings_on
from .refusing import refuse, somebody_was_first

KIND = "act of two people"
Made = TypeVar("Made")


def ask_for_two(
    act: str,
    *,
    token: UUID,
    about_kind: str,
    about_id: object,
    particulars: dict,
    why: str,
    by,
    now: datetime,
) -> Approval:
    did = "asked for a second person"
    if refusal := refusal_to_ask(act, by.role):
        refuse(refusal, by=by, did=did, about_kind=about_kind, about_id=about_id, refusal=NotAllowed)
    if not why.strip():
        refuse("Say why this is needed.", by=by, did=did, about_kind=about_kind, about_id=about_id)
    hours = int(settings_on(timezone.localdate(now))[APPROVAL_LASTS.name])
    with transaction.atomic():
        approval, made = Approval.objects.get_or_create(
            pk=token,
            defaults={
                "act": str(act),
                "about_kind": about_kind,
                "about_id": str(about_id),
                "particulars": particulars,
                "why": why.strip(),
                "asked_by": by,
                "asked_at": now,
                "lapses_at": now + timedelta(hours=hours),
            },
        )
        if made:
            record(by=by, did=did, about_kind=KIND, about_id=approval.pk, why=why.strip(), particulars={"act": str(act), "about": str(about_id)})  # fmt: skip
    return approval


def approve(approval: Approval, *, by, now: datetime, reason: str = "") -> Approval:
    if refusal := refusal_of_reason(approval.act, approved=True, reason=reason):
        refuse(refusal, by=by, did="approved an act of two people", about_kind=KIND, about_id=approval.pk)
    return _decide(approval, approved=True, reason=reason.strip(), by=by, now=now)


def refuse_act(approval: Approval, *, reason: str, by, now: datetime) -> Approval:
    if refusal := refusal_of_reason(approval.act, approved=False, reason=reason):
        refuse(refusal, by=by, did="refused an act of two people", about_kind=KIND, about_id=approval.pk)
    return _decide(approval, approved=False, reason=reason.strip(), by=by, now=now)


def carry_out(approval: Approval, do: Callable[[Approval], Made], *, by, now: datetime) -> Made:
    """Do what was approved, once: whatever happens inside is undone together with the mark that it was done."""
    made, refusal = None, None
    with transaction.atomic():
        locked = Approval.objects.select_for_update().get(pk=approval.pk)
        refusal = refusal_to_perform(
            is_asker=locked.asked_by_id == by.pk,
            approved=locked.approved,
            performed=locked.performed_at is not None,
            lapses_at=locked.lapses_at,
            at=now,
        )
        if refusal is None:
            locked.performed_at = now
            locked.save(update_fields=["performed_at"])
            record(by=by, did="carried out an act of two people", about_kind=KIND, about_id=locked.pk, particulars={"act": locked.act, "approved by": str(locked.decided_by_id)})  # fmt: skip
            made = do(locked)
    if refusal:
        refuse(refusal, by=by, did="carried out an act of two people", about_kind=KIND, about_id=approval.pk, refusal=NotAllowed)  # fmt: skip
    return made


def _decide(approval: Approval, *, approved: bool, reason: str, by, now: datetime) -> Approval:
    did = "approved an act of two people" if approved else "refused an act of two people"
    with transaction.atomic():
        locked = Approval.objects.select_for_update().get(pk=approval.pk)
        of_one_agency = Approval.objects.filter(pk=approval.pk, asked_by__agency=by.agency_id).exists()
        same = (locked.decided_by_id, locked.approved, locked.reason) == (by.pk, approved, reason)
        decided_before = locked.approved is not None and not same
        refusal = None if same else refusal_to_decide(
            locked.act, by.role, is_asker=locked.asked_by_id == by.pk, of_one_agency=of_one_agency, lapses_at=locked.lapses_at, decided=locked.approved is not None, at=now
        )  # fmt: skip
        if refusal is None and not same:
            locked.decided_by, locked.decided_at, locked.approved, locked.reason = by, now, approved, reason
            place = deciding_as(by, now)
            locked.decided_acting_as = place.words
            locked.save(update_fields=["decided_by", "decided_acting_as", "decided_at", "approved", "reason"])
            record(
                by=by,
                did=did,
                about_kind=KIND,
                about_id=locked.pk,
                why=reason,
                particulars={"act": locked.act} | place.trail,
            )
    may_know = by.role in APPROVES[Act(locked.act)] and (locked.act not in WITHIN_ONE_UNIT or of_one_agency)
    if refusal and decided_before and may_know and locked.asked_by_id != by.pk:
        name = {True: "Approved", False: "Refused"}
        both = [
            Both("The decision", name[bool(locked.approved)], name[approved]),
            Both("Why", locked.reason, reason),
            Both("Decided by", by_and_when(locked.decided_by.display_name, locked.decided_at), "Not sent"),
        ]
        somebody_was_first(refusal, both, by=by, did=did, about_kind=KIND, about_id=approval.pk)
    if refusal:
        refuse(refusal, by=by, did=did, about_kind=KIND, about_id=approval.pk, refusal=NotAllowed)
    return locked
