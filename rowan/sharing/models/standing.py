"""A decision taken once, for an agreement or for one meeting, so that sharing under it takes two taps."""

import uuid

from django.db import models
from django.db.models import Q

from .agreements import Agreement


class StandingKind(models.TextChoices):
    AGREEMENT = "agreement", "Under an agreement"
    MEETING = "meeting", "For one meeting"


class StandingQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(from_on__lte=day, until_on__gte=day, ended_at=None)

    def for_use_by(self, practitioner):
        """Set up by their own agency; one for the joint picture is checked again when it is used."""
        return self.for_use_at(practitioner.agency_id)

    def for_use_at(self, agency_id):
        return self.filter(Q(agency=agency_id) | Q(whose="joint"))


class StandingDecision(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=StandingKind)
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="standing_decisions"
    )
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")  # whose it is
    whose = models.CharField(max_length=5)
    recipient_agency = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recipient_body = models.CharField(max_length=200, blank=True)
    recipient_person = models.CharField(max_length=200)
    items = models.JSONField(default=list)
    purpose = models.CharField(max_length=40)
    purpose_words = models.TextField(blank=True)
    article6 = models.CharField(max_length=40)
    condition = models.CharField(max_length=40)
    duty = models.CharField(max_length=40)
    necessary = models.TextField()
    families_told = models.TextField()  # when and how, for every child it covers
    route = models.CharField(max_length=20)
    handling = models.TextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_acting_as = models.CharField(max_length=300, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["name", "from_on"]
        indexes = [models.Index(fields=["agency", "until_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")),
                name="a_standing_decision_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind="meeting") | Q(agreement__isnull=False),
                name="a_standing_decision_rests_on_an_agreement_or_a_meeting",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def recipient(self) -> str:
        return self.recipient_agency.name if self.recipient_agency_id else self.recipient_body
