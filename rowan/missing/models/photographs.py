"""A photograph of a child for the “if missing” sheet: sealed on the disk by a key that only its row holds, and printed on the sheet alone."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField
from rowan.people.models import Person

from .episodes import SEALED_FOR

FOLDER = "uploads/photographs"


class PhotographQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(taken_off_at=None)


class Photograph(models.Model):
    """Taken off, or replaced, its bytes and its key are gone; that it was there stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="photographs")
    kind = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    # Of what was sent, bound to the child: the same photograph sent twice is one.
    digest = models.CharField(max_length=64)
    data_key = SealedTextField(blank=True, purpose=SEALED_FOR)
    agency_code = models.CharField(max_length=80)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_off_at = models.DateTimeField(null=True, blank=True)
    taken_off_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PhotographQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency_code"],
                condition=Q(taken_off_at=None),
                name="one_photograph_of_a_child_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(taken_off_at=None, taken_off_by=None)
                | Q(taken_off_at__isnull=False, taken_off_by__isnull=False),
                name="a_photograph_taken_off_says_by_whom",
            ),
        ]
