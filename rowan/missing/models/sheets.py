"""The “if missing” sheet of a child, filled in ahead: the newest stands, and none before it is overwritten."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models import SharingDecision
from rowan.sharing.models.added_to import AddedTo

from .episodes import SEALED_FOR
from .photographs import Photograph

# The boxes of the sheet, in their order on it.
BOXES = ("looks", "phones", "friends", "places", "travel", "needs", "approach", "carers_know", "do_first")


class Sheet(AddedTo):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="if_missing_sheets")
    looks = SealedTextField(blank=True, purpose=SEALED_FOR)
    phones = SealedTextField(blank=True, purpose=SEALED_FOR)
    friends = SealedTextField(blank=True, purpose=SEALED_FOR)
    places = SealedTextField(blank=True, purpose=SEALED_FOR)
    travel = SealedTextField(blank=True, purpose=SEALED_FOR)
    needs = SealedTextField(blank=True, purpose=SEALED_FOR)
    approach = SealedTextField(blank=True, purpose=SEALED_FOR)
    carers_know = SealedTextField(blank=True, purpose=SEALED_FOR)
    do_first = SealedTextField(blank=True, purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency_code = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "at"])]


class SheetPrint(AddedTo):
    """That a sheet was printed, by whom, and for whom; under which decision where it left Rowan."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="prints")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # The one that stood on it, if any.
    photograph = models.ForeignKey(
        Photograph, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    for_whom = models.CharField(max_length=300, blank=True)
    decision = models.ForeignKey(
        SharingDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
