"""Somebody of whom only a part is known ("driver of a silver hatchback"): a person, resolved later with everything said about them."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models.added_to import AddedTo

from .concern import SEALED_FOR, Concern, NameHeard


class PartKnown(models.Model):
    """One for a name that was heard. The person stays; whom they were found to be is a row of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="part_known")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="part_known")
    name_heard = models.OneToOneField(
        NameHeard, null=True, blank=True, on_delete=models.PROTECT, related_name="part_known"
    )
    known_by = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Resolved(AddedTo):
    """Who a part-known person turned out to be, and how we know; the newest stands. None: that was a mistake."""

    part_known = models.ForeignKey(PartKnown, on_delete=models.PROTECT, related_name="resolved")
    into = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    how_known = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
