"""A version in the making, kept on the server as it is typed: a lost page, session or connection loses nothing."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.people.models import Person

from .strand import SEALED_FOR


class VersionDraft(models.Model):
    """One a child and writer, shown to nobody else. Its id becomes the version's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.CASCADE, related_name="+")
    typed = SealedTextField(blank=True, purpose=SEALED_FOR)  # JSON: every box as it was sent
    version = models.PositiveIntegerField(default=0)  # how often it was saved
    page = models.CharField(max_length=36, blank=True)  # the page that saved last
    time = models.PositiveIntegerField(default=0)  # its how-manieth saving that was
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "by"], name="one_version_in_the_making_a_writer")
        ]
