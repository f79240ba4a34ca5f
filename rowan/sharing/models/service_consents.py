"""What a child or family answered about a service. Added to, never changed; no ground for sharing, and read by no decision to share."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.people.models import Person

from ..rules.service_consents import ASKED_NAMES, SAID_NAMES, SERVICES, UNDER_13, UNDERSTANDS
from .added_to import AddedTo, AddedToQuerySet


class ServiceConsentQuerySet(AddedToQuerySet):
    def newest(self):
        return self.filter(followed_by=None)


class ServiceConsent(AddedTo):
    """The id is the form's token: pressing twice makes one. A later answer, or a correction, follows the one before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="service_consents")
    service = models.CharField(max_length=200)
    compartment = models.CharField(max_length=20, choices=SERVICES.items())
    what_for = models.TextField()
    said = models.CharField(max_length=10, choices=[(said.value, name) for said, name in SAID_NAMES.items()])
    asked = models.CharField(
        max_length=10, choices=[(asked.value, name) for asked, name in ASKED_NAMES.items()]
    )
    asked_words = models.CharField(max_length=200, blank=True)  # which parent or carer
    childs_view = models.TextField(blank=True)
    understands = models.CharField(max_length=20, blank=True, choices=UNDERSTANDS.items())
    under_13 = models.CharField(max_length=3, blank=True, choices=UNDER_13.items())
    why = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")  # of `by`, then
    at = models.DateTimeField()
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    corrects = models.BooleanField(default=False)  # what it follows was recorded wrongly

    objects = ServiceConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-at", "id"]
        indexes = [models.Index(fields=["person", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(said="not_asked") | ~Q(why=""), name="who_was_not_asked_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(corrects=False) | Q(follows__isnull=False), name="a_correction_follows_something"
            ),
        ]
