"""Who a source is: asked for by one of the named police unit, approved by another of it, shown once. Each step is on the trail."""

from datetime import datetime
from uuid import UUID

from rowan.access.standing import hidden_from
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NotPossible
from rowan.sharing.actions.approvals import ask_for_two, carry_out
from rowan.sharing.models import Approval
from rowan.sharing.rules.approvals import Act, refusal_to_ask

from ..models import Concern, Source
from ..rules.running import KIND
from ..rules.sources import NAMES, said_of
from .refusing import refuse
from .sources import is_kept_apart

ASKED = "asked who a source is"
UNMASKED = "unmasked a source"
NO_SOURCE = "No sealed source stands behind a concern with this reference, or it is not for your unit."
NOT_THIS_ACT = "This is not an approval to unmask a source."


def ask_to_unmask(reference: str, *, why: str, token: UUID, by, now: datetime) -> Approval:
    """`reference` is what the desk says on the telephone. One that leads nowhere and one that is not for this unit answer alike."""
    if refusal := refusal_to_ask(Act.UNMASK_SOURCE, by.role):
        refuse(refusal, by=by, did=ASKED, refusal=NotAllowed)
    concern = Concern.objects.filter(reference__iexact=reference.strip()).first()
    if concern is None or not _is_for(by, concern):
        refuse(NO_SOURCE, by=by, did=ASKED)
    return ask_for_two(
        Act.UNMASK_SOURCE, token=token, about_kind=KIND, about_id=concern.pk, particulars={"concern": concern.reference}, why=why, by=by, now=now
    )  # fmt: skip


def unmask(approval: Approval, *, by, now: datetime) -> list[tuple[str, str]]:
    """What is known of them, by what each thing is called. Once: whoever needs it again asks again."""
    if approval.act != Act.UNMASK_SOURCE:
        refuse(NOT_THIS_ACT, by=by, did=UNMASKED)
    concern, decided_by = Concern.objects.get(pk=approval.about_id), _second_of(approval)
    # What the desk has learnt since may have shut one of the two out.
    if not _is_for(by, concern) or (decided_by and not _is_for(decided_by, concern)):
        refuse(NO_SOURCE, by=by, did=UNMASKED, concern=concern)
    return carry_out(approval, lambda _: _who(concern, by=by), by=by, now=now)


def _second_of(approval: Approval):
    """As it stands now: whoever holds an approval in hand may have read it before it was decided."""
    return Approval.objects.select_related("decided_by").get(pk=approval.pk).decided_by


def _is_for(practitioner, concern: Concern) -> bool:
    reads = Concern.objects.not_about(practitioner).filter(pk=concern.pk)
    if hidden := hidden_from(practitioner):
        reads = reads.exclude(person__in=hidden)
    return reads.exists() and is_kept_apart(concern, for_agency=practitioner.agency)


def _who(concern: Concern, *, by) -> list[tuple[str, str]]:
    record(by=by, did=UNMASKED, about_person=concern.person_id or "", about_kind=KIND, about_id=concern.pk)
    found = Source.objects.filter(concern=concern).values(*NAMES).first()
    if found is None:
        raise NotPossible(NO_SOURCE)
    return said_of(found)
