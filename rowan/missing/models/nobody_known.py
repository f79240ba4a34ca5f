"""A child who is missing and whom nobody knows yet: somebody of their own from the start, found to be a known child later with all that was recorded."""

from django.db import models

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models.added_to import AddedTo

from .episodes import SEALED_FOR, Episode


class UnknownChild(models.Model):
    """The person stays, whoever they are found to be; the episode moves to that child, and back if it was a mistake."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="unknown_child")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    known_by = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class FoundToBe(AddedTo):
    """Who the missing child turned out to be, and how that is known; the newest stands. None: that was a mistake."""

    unknown = models.ForeignKey(UnknownChild, on_delete=models.PROTECT, related_name="found_to_be")
    into = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Said with it: that child's episode which is one absence with this one.
    same_absence_as = models.ForeignKey(
        Episode, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    how_known = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
