"""What triage did with a concern before it was decided: how urgent, about whom, and what agencies were asked."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models.added_to import AddedTo

from .concern import SEALED_FOR, Concern


class UrgencySet(AddedTo):
    """How urgent, why, and by when it is therefore decided. The newest stands."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="urgencies")
    urgency = models.CharField(max_length=5)
    why = SealedTextField(purpose=SEALED_FOR)
    due_at = models.DateTimeField()
    # None: as whoever raised it said, by Rowan's own rule.
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose place they held in their agency's chain of leads, if any; so for each decision here.
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Matched(AddedTo):
    """Which child triage says this is about, and how that is known; the newest stands. None: nobody Rowan knows."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="matched")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    founded = models.BooleanField(default=False)  # a child nobody knew: this founded her record
    how_known = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Check(models.Model):
    """What an agency is asked at triage: what do you know that bears on this worry? The id is the form's token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="checks")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    asks = SealedTextField(purpose=SEALED_FOR)
    asked_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    compartment = models.CharField(max_length=20)
    nothing_known = models.BooleanField(null=True)
    answer = SealedTextField(blank=True, purpose=SEALED_FOR)
    answered_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    not_needed_at = models.DateTimeField(null=True, blank=True)  # decided without it

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["agency", "answered_at", "due_at"])]
        constraints = [
            models.UniqueConstraint(fields=["concern", "agency"], name="an_agency_is_checked_once_a_concern")
        ]
