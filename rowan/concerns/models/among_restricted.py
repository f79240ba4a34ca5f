"""That Rowan itself looked whether a concern may be about a child whose record is hidden from triage. Triage is shown nothing of it."""

from django.db import models

from .concern import Concern


class LookedAmongRestricted(models.Model):
    concern = models.OneToOneField(
        Concern, primary_key=True, on_delete=models.PROTECT, related_name="among_restricted"
    )
    person_id = models.CharField(max_length=32, blank=True)  # whose owner was told; empty: nobody's
    at = models.DateTimeField()
