"""Photographs and documents that came with a report. Their bytes lie sealed on the disk, each by a key that only its row holds."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField

from .concern import SEALED_FOR, Concern
from .drafts import ConcernDraft

FOLDER = "uploads/concerns"


class SentFile(models.Model):
    """A draft's until the report is sent, and forgotten with it; then the concern's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey(
        ConcernDraft, null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    concern = models.ForeignKey(
        Concern, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    name = SealedTextField(purpose=SEALED_FOR)  # what somebody calls a file often names a child
    kind = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    # Of what was sent, bound to the draft: the same file sent twice is one.
    digest = models.CharField(max_length=64)
    data_key = SealedTextField(purpose=SEALED_FOR)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "digest"], name="a_file_once_a_draft"),
            models.CheckConstraint(
                condition=Q(draft=None, concern__isnull=False) | Q(draft__isnull=False, concern=None),
                name="a_file_is_of_a_draft_or_of_a_concern",
            ),
        ]
