"""Stepping down and closing: asked for with evidence and the child's view, decided by a second person, looked back at on a day."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField
from rowan.sharing.models.added_to import AddedTo

from ..rules.steps import TAKES_A_SECOND_PERSON
from .strand import SEALED_FOR, STATES, STEPS, Strand


class StepDown(AddedTo):
    """The id is the form's token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="step_downs")
    to = models.CharField(max_length=12, choices=STEPS)
    state_before = models.CharField(max_length=20, choices=STATES, blank=True)
    state = models.CharField(max_length=20, choices=STATES)
    evidence = SealedTextField(purpose=SEALED_FOR)
    childs_view = SealedTextField(purpose=SEALED_FOR)
    look_back_on = models.DateField()
    second = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to__in=sorted(step.value for step in TAKES_A_SECOND_PERSON)),
                name="only_a_step_down_or_closing_is_asked_for",
            )
        ]


class StepDownDecided(AddedTo):
    step_down = models.OneToOneField(
        StepDown, primary_key=True, on_delete=models.PROTECT, related_name="decided"
    )
    agreed = models.BooleanField()
    words = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()


class LookBack(AddedTo):
    """How the child was, on the day somebody looked back, and what follows. The id is the form's token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="look_backs")
    found = SealedTextField(purpose=SEALED_FOR)
    childs_view = SealedTextField(blank=True, purpose=SEALED_FOR)
    works_again = models.BooleanField()  # opened again, or stepped up
    again_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
