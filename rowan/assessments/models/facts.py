"""What stands beside the versions: when the child was seen, who disagrees, what the statutory system says, and the move at 18."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.sharing.models.added_to import AddedTo

from ..rules.statutory import FACT_NAMES
from .ending import StepDown
from .strand import SEALED_FOR, Strand
from .written import Assessment


class ChildSeen(AddedTo):
    """The id is the form's token, as for each of these."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="times_seen")
    on = models.DateField()
    seen_by = models.CharField(max_length=200)
    words = SealedTextField(blank=True, purpose=SEALED_FOR)  # how, where, and whether alone
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "at", "id"]
        indexes = [models.Index(fields=["strand", "on"])]


class Dissent(AddedTo):
    """An agency does not agree with where the child is said to stand, or with a step-down. It stays beside what it is about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="dissents")
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="dissents"
    )
    step_down = models.ForeignKey(
        StepDown, null=True, blank=True, on_delete=models.PROTECT, related_name="dissents"
    )
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")  # whose it is
    said_by = models.CharField(max_length=200)
    words = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class StatutoryFact(AddedTo):
    """A fact of children's social care's own system, with its reference. Rowan mirrors it and owns nothing of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="statutory_facts")
    fact = models.CharField(max_length=20, choices=[(each.value, name) for each, name in FACT_NAMES.items()])
    on = models.DateField()
    reference = models.CharField(max_length=60)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "at", "id"]


class Transition(AddedTo):
    """The move to adult services, agreed with somebody there. It closes nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="transitions")
    to_whom = models.CharField(max_length=200)
    plan = SealedTextField(purpose=SEALED_FOR)
    young_persons_view = SealedTextField(purpose=SEALED_FOR)
    # As it was known then: corrected later, the move is asked for again.
    turns_18_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
