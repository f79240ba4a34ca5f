"""Acts that take two people: asked for, approved or refused by another, carried out once."""

import uuid

from django.db import models
from django.db.models import F, Q

from ..rules.approvals import ACT_NAMES


class ApprovalQuerySet(models.QuerySet):
    def waiting(self, at):
        return self.filter(approved=None, lapses_at__gt=at)


class Approval(models.Model):
    """Each of its three parts is written once. The id is the form's token: pressing twice asks once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    act = models.CharField(max_length=20, choices=[(act.value, name) for act, name in ACT_NAMES.items()])
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=80)
    particulars = models.JSONField(default=dict)  # counts and codes: what exactly is approved
    why = models.TextField()
    asked_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_acting_as = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True, blank=True)
    reason = models.TextField(blank=True)
    performed_at = models.DateTimeField(null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["lapses_at", "id"]
        indexes = [models.Index(fields=["approved", "lapses_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="nobody_approves_her_own_act",
            ),
            models.CheckConstraint(
                condition=Q(performed_at=None) | Q(approved__isnull=False, approved=True),
                name="nothing_is_done_before_it_is_approved",
            ),
        ]
