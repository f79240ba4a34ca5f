"""Who stands behind a concern, where nobody may know: sealed, in a row of its own, opened by two people of the named unit or by nobody."""

from django.db import models

from rowan.encryption import SealedTextField

from .concern import Concern
from .referrer import SEALED_FOR


class Source(models.Model):
    """PostgreSQL shows a row to nobody but whoever has just carried out an act of two people about its concern."""

    concern = models.OneToOneField(Concern, primary_key=True, on_delete=models.PROTECT, related_name="source")
    # Whose source it is; empty where somebody wrote by the public page, and no agency knows them.
    agency = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = SealedTextField(blank=True, purpose=SEALED_FOR)
    works_at = SealedTextField(blank=True, purpose=SEALED_FOR)
    told_by = SealedTextField(blank=True, purpose=SEALED_FOR)
