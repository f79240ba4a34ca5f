"""A return home interview as it was held. What it says of intelligence and health stands in their compartments of the chronology alone."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.sharing.models.added_to import AddedTo

from .episodes import SEALED_FOR, Episode


class HomeInterview(AddedTo):
    """The id is the form's token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="home_interview")
    held_at = models.DateTimeField()
    independent = models.BooleanField()  # of those who care for the child
    factors = models.JSONField(default=list)
    told_of_harm = models.CharField(max_length=10)
    noticed = models.JSONField(default=list)  # codes of the published observations
    held_where = SealedTextField(blank=True, purpose=SEALED_FOR)
    childs_words = SealedTextField(blank=True, purpose=SEALED_FOR)
    why_words = SealedTextField(blank=True, purpose=SEALED_FOR)
    where_words = SealedTextField(blank=True, purpose=SEALED_FOR)
    with_whom = SealedTextField(blank=True, purpose=SEALED_FOR)
    harm_words = SealedTextField(blank=True, purpose=SEALED_FOR)
    way_back = SealedTextField(blank=True, purpose=SEALED_FOR)
    what_would_help = SealedTextField(blank=True, purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency_code = models.CharField(max_length=80)
    at = models.DateTimeField()


class NameHeard(AddedTo):
    """A name as the child said it. It is a name that was heard, and nothing more."""

    home_interview = models.ForeignKey(HomeInterview, on_delete=models.PROTECT, related_name="names_heard")
    as_said = SealedTextField(purpose=SEALED_FOR)
    agency_code = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]
