"""A receipt by which somebody without an account comes back for a reply. The code is kept as a digest, and shown once."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.sharing.models.added_to import AddedTo

from .concern import SEALED_FOR, Concern


class Receipt(models.Model):
    concern = models.OneToOneField(
        Concern, primary_key=True, on_delete=models.PROTECT, related_name="receipt"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)


class Reply(AddedTo):
    """What was said to, or by, somebody who comes back with a code. It never shows the report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="replies")
    words = SealedTextField(purpose=SEALED_FOR)
    # None: whoever raised it.
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["concern", "at"])]
