"""One decision about sharing, either way, and what was told to its recipient afterwards. Added to, never changed."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField
from rowan.people.models import Person

from ..rules.deciding import DECIDED_NAMES, LEAVES
from .added_to import AddedTo, AddedToQuerySet
from .standing import StandingDecision

SEALED_FOR = "sharing-decisions"


class DecisionQuerySet(AddedToQuerySet):
    def newest(self):
        """Without those that a correction has taken the place of."""
        return self.filter(corrected_by=None)

    def leaving(self):
        return self.filter(decided__in=[decided.value for decided in LEAVES])


class SharingDecision(AddedTo):
    """The id is the draft's: pressing twice makes one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    children = models.ManyToManyField(Person, related_name="sharing_decisions")
    decided = models.CharField(
        max_length=10, choices=[(decided.value, name) for decided, name in DECIDED_NAMES.items()]
    )
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")  # of `by`, then
    role = models.CharField(max_length=40)  # of `by`, then
    lead = models.CharField(max_length=200, blank=True)  # who was acting lead of that agency, where known
    acting_as = models.CharField(max_length=300, blank=True)  # whose place in that chain `by` held, if any
    at = models.DateTimeField(db_index=True)
    whose = models.CharField(max_length=5, blank=True)
    recipient_agency = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recipient_body = models.CharField(max_length=200, blank=True)
    recipient_person = models.CharField(max_length=200, blank=True)
    items_words = models.TextField(blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    purpose_words = models.TextField(blank=True)
    article6 = models.CharField(max_length=40, blank=True)
    condition = models.CharField(max_length=40, blank=True)
    duty = models.CharField(max_length=40, blank=True)
    necessary = models.TextField(blank=True)
    told_child = models.CharField(max_length=10, blank=True)
    told_parent = models.CharField(max_length=10, blank=True)
    why_not_told = models.TextField(blank=True)
    childs_view = models.TextField(blank=True)
    danger_if_seen = SealedTextField(blank=True, purpose=SEALED_FOR)
    facts = models.CharField(max_length=10, blank=True)
    accuracy = models.TextField(blank=True)
    advice = models.CharField(max_length=30, blank=True)
    advice_words = models.TextField(blank=True)
    route = models.CharField(max_length=20, blank=True)
    handling = models.TextField(blank=True)
    reason_not = models.CharField(max_length=20, blank=True)
    why_not = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    # What was told in confidence.
    weighing = SealedTextField(blank=True, purpose=SEALED_FOR)
    capacity = models.CharField(max_length=20, blank=True)
    under_13 = models.CharField(max_length=3, blank=True)
    caldicott = SealedTextField(blank=True, purpose=SEALED_FOR)

    standing = models.ForeignKey(
        StandingDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    law_used = models.JSONField(default=dict)  # the dated settings that held

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "id"]
        indexes = [models.Index(fields=["agency", "at"]), models.Index(fields=["review_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient_agency__isnull=False) | Q(recipient_body__gt=""),
                name="a_decision_names_a_recipient",
            )
        ]

    @property
    def recipient(self) -> str:
        return self.recipient_agency.name if self.recipient_agency_id else self.recipient_body

    @property
    def leaves(self) -> bool:
        return self.decided in LEAVES


class DecisionItem(AddedTo):
    """One item that was shared, with its compartment as it was then."""

    decision = models.ForeignKey(SharingDecision, on_delete=models.PROTECT, related_name="items")
    item = models.CharField(max_length=40)
    compartment = models.CharField(max_length=20)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "item"], name="an_item_is_shared_once_a_decision")
        ]


class NoticeKind(models.TextChoices):
    CORRECTED = "corrected", "What was shared is corrected"
    WITHDRAWN = "withdrawn", "What was shared is withdrawn and to be destroyed"


class Notice(AddedTo):
    """What the recipient is told after something was shared, and that she has been told."""

    decision = models.ForeignKey(SharingDecision, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    words = models.TextField()
    how_told = models.CharField(max_length=300)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(kind="withdrawn"), name="a_decision_is_withdrawn_once"
            )
        ]


class DecisionDraft(models.Model):
    """What somebody has typed so far. Kept when a session ends; its id becomes the decision's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.CASCADE, related_name="+")
    corrects = models.ForeignKey(
        SharingDecision, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    typed = SealedTextField(
        blank=True, purpose=SEALED_FOR
    )  # JSON: each page’s boxes, and how often it was saved
    began_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "person"])]
