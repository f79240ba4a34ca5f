"""What one agency asked another about a child, with its clock, and everything that became of it."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.people.models import Person
from rowan.questions.models import Owed

from ..rules.requests import STEP_NAMES, Step
from .added_to import AddedTo


class RequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(step=Step.OPEN.value)


class Request(models.Model):
    """The id is the form's token: pressing twice asks once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sharing_requests")
    asked_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    asked_person = models.CharField(max_length=200, blank=True)
    what = models.TextField()
    purpose = models.CharField(max_length=40)
    purpose_words = models.TextField(blank=True)
    article6 = models.CharField(max_length=40)
    duty = models.CharField(max_length=40)
    due_on = models.DateField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")  # of `by`, then
    at = models.DateTimeField()
    # The answer to a question that promised to ask: one promise, one request.
    owed = models.OneToOneField(
        Owed, null=True, blank=True, on_delete=models.PROTECT, related_name="sharing_request"
    )
    step = models.CharField(
        max_length=10,
        choices=[(step.value, name) for step, name in STEP_NAMES.items()],
        default=Step.OPEN.value,
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "at", "id"]
        indexes = [
            models.Index(fields=["step", "due_on"]),
            models.Index(fields=["asked_agency", "step", "due_on"]),
            models.Index(fields=["person", "at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(step="open", closed_at=None) | (~Q(step="open") & Q(closed_at__isnull=False)),
                name="a_closed_request_says_when",
            )
        ]


class RequestEventKind(models.TextChoices):
    CHASED = "chased", "Chased"
    ESCALATED = "escalated", "Taken to the agency’s lead"
    ANSWERED = "answered", "Answered"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RequestEvent(AddedTo):
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=RequestEventKind)
    on = models.DateField()
    at = models.DateTimeField()
    # None: Rowan itself.
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acting_as = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    ground = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "on"], name="a_request_is_chased_once_a_day")
        ]
