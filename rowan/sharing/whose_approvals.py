"""Which acts of two people somebody is shown: those they asked for, and those their role may decide."""

from uuid import UUID

from django.db.models import Q, QuerySet

from rowan.access.rules.seeing import NOTHING_THERE
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import record
from rowan.refusals import NothingThere

from .models import Approval
from .rules.approvals import APPROVES, WITHIN_ONE_UNIT

LOOKED = "looked at acts of two people"


def approvals_of(practitioner) -> QuerySet[Approval]:
    acts = {act for act, roles in APPROVES.items() if Role(practitioner.role) in roles}
    of_the_unit = Q(act__in=acts & WITHIN_ONE_UNIT, asked_by__agency=practitioner.agency_id)
    return Approval.objects.filter(
        Q(asked_by=practitioner) | Q(act__in=acts - WITHIN_ONE_UNIT) | of_the_unit
    ).select_related("asked_by__agency", "decided_by")


def approval_of(approval_id: UUID, *, by) -> Approval:
    found = approvals_of(by).filter(pk=approval_id).first()
    record(by=by, did=LOOKED, about_kind="act of two people", about_id=approval_id, refused_because="" if found else NOTHING_THERE)  # fmt: skip
    if found is None:
        raise NothingThere(NOTHING_THERE)
    return found
