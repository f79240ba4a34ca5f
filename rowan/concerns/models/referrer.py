"""Who raised a concern, sealed and apart from it: a source's identity opens for two people or for nobody."""

from django.db import models

from rowan.encryption import SealedTextField

from .concern import Concern

SEALED_FOR = "source-identity"


class Referrer(models.Model):
    """Only for those without an account. An empty one is anonymous. Of whoever wrote by the public page the name stands apart (`Source`)."""

    concern = models.OneToOneField(
        Concern, primary_key=True, on_delete=models.PROTECT, related_name="referrer"
    )
    name = SealedTextField(blank=True, purpose=SEALED_FOR)
    phone = SealedTextField(blank=True, purpose=SEALED_FOR)
    email = SealedTextField(blank=True, purpose=SEALED_FOR)
    works_at = SealedTextField(blank=True, purpose=SEALED_FOR)
    how_to_reach = SealedTextField(blank=True, purpose=SEALED_FOR)  # when it is safe, and when not
    stays_unnamed = models.BooleanField(default=True)  # asks that the family is not told who it was
