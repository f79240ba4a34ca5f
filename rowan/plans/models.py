"""Actions about a child, whoever agreed them and wherever: each has an owner and a date, and says what came of it."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField
from rowan.people.models import Person

from .rules.steps import STEP_NAMES, Step

SEALED_FOR = "plans"


class MadeIn(models.TextChoices):
    """Where an action was agreed. A later room adds its own and keeps no table of actions beside this one."""

    PLAN = "plan", "The safety plan"
    MEETING = "meeting", "A meeting"


class ActionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(step=Step.OPEN.value)

    def overdue(self, day):
        return self.open().filter(due_on__lt=day)


class Action(models.Model):
    """The id is the form's token: pressing twice sets one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_actions")
    what = SealedTextField(purpose=SEALED_FOR)
    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="plan_actions")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")  # the owner's
    due_on = models.DateField()
    made_in = models.CharField(max_length=10, choices=MadeIn, default=MadeIn.PLAN)
    made_in_id = models.CharField(max_length=40, blank=True)  # of a meeting: its series
    # What it carries forward: the action that was not done by its date.
    carries = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_by"
    )
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    step = models.CharField(
        max_length=10,
        choices=[(step.value, name) for step, name in STEP_NAMES.items()],
        default=Step.OPEN.value,
    )
    outcome = SealedTextField(blank=True, purpose=SEALED_FOR)
    ended_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose place they held in their agency's chain of leads, if any.
    ended_acting_as = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "at", "id"]
        indexes = [
            models.Index(fields=["person", "step", "due_on"]),
            models.Index(fields=["owner", "step", "due_on"]),
            models.Index(fields=["made_in", "made_in_id", "step"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(step="open", ended_at=None, ended_by=None)
                | (~Q(step="open") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="an_ended_action_says_when_and_by_whom",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.step == Step.OPEN
