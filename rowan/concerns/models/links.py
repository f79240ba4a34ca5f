"""A one-time link by which an agency without an account raises one concern. Only sending the form uses it up."""

from django.db import models

from rowan.encryption import SealedTextField

from .concern import SEALED_FOR


class OneTimeLink(models.Model):
    digest = models.CharField(max_length=64, unique=True)  # of the token; the token itself is kept nowhere
    agency = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    for_whom = SealedTextField(blank=True, purpose=SEALED_FOR)
    raises = models.CharField(max_length=20)
    made_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["made_by", "-made_at"])]
