"""The hub's work with one child who may be exploited. It runs beside the statutory work; opened again, it is the same work."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models.added_to import AddedTo

from ..rules.states import STATE_NAMES
from ..rules.steps import STEP_NAMES, Step

SEALED_FOR = "assessments"
STEPS = [(step.value, name) for step, name in STEP_NAMES.items()]
STATES = [(state.value, name) for state, name in STATE_NAMES.items()]


class StrandQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(step=Step.CLOSED.value)


class Strand(models.Model):
    """The id is the token of the form that opened it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="strands")
    # Answers for it, whatever the step: no state is without an owner.
    lead = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12, choices=STEPS, default=Step.SCREENING.value)
    step_at = models.DateTimeField()
    due_on = models.DateField()  # of what is owed at this step
    opened_at = models.DateTimeField()
    # Where the child stands, as the newest version or step-down says; empty until the first is written.
    state = models.CharField(max_length=20, choices=STATES, blank=True)
    state_at = models.DateTimeField(null=True, blank=True)
    state_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = StrandQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], name="one_strand_a_child"),
            models.CheckConstraint(
                condition=Q(state="") | (Q(state_at__isnull=False) & Q(state_by__isnull=False)),
                name="a_state_has_an_author_and_a_date",
            ),
        ]
        indexes = [models.Index(fields=["step", "due_on"])]

    @property
    def is_open(self) -> bool:
        return self.step != Step.CLOSED.value


class StepTaken(AddedTo):
    """Every step, by whom, when and why; and each time the work was handed to another lead."""

    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="steps")
    to = models.CharField(max_length=12, choices=STEPS)
    lead = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    why = SealedTextField(blank=True, purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
