"""A concern in the making, kept on the server so that a lost page loses nothing. Its id becomes the concern's."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField

from .concern import SEALED_FOR


class ConcernDraft(models.Model):
    """Somebody's who signs in, or nobody's: then only the signed token in the form leads back to it, for a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    link = models.ForeignKey(
        "OneTimeLink", null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    question = models.UUIDField(null=True, blank=True)  # that it answers, if any
    typed = SealedTextField(blank=True, purpose=SEALED_FOR)  # JSON
    saved = models.PositiveIntegerField(default=0)  # how often: an older page does not write over a newer one
    began_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["by", "began_at"])]
