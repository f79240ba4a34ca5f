"""What somebody is to do after a missing episode, with whose it is and by when."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField

from .episodes import SEALED_FOR, Episode


class ActionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None)


class Action(models.Model):
    """The id is the form's token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="actions")
    what = SealedTextField(purpose=SEALED_FOR)
    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency_code = models.CharField(max_length=80)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = SealedTextField(blank=True, purpose=SEALED_FOR)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_done_action_says_by_whom",
            )
        ]
