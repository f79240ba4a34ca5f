"""What was decided and why, what children's social care's own system says, what the referrer was told, and their challenge."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField
from rowan.sharing.models.added_to import AddedTo, AddedToQuerySet

from ..rules.decisions import DECIDED_NAMES, FACT_NAMES
from .concern import SEALED_FOR, Concern


class DecisionQuerySet(AddedToQuerySet):
    def standing(self):
        """Without those that another has taken the place of."""
        return self.filter(followed_by=None)


class Decision(AddedTo):
    """The id is the form's token. A decision anew names the one it follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="decisions")
    decided = models.CharField(
        max_length=20, choices=[(each.value, name) for each, name in DECIDED_NAMES.items()]
    )
    reason = SealedTextField(purpose=SEALED_FOR)
    manager = models.CharField(max_length=200, blank=True)
    # Other children at the same sign of harm: siblings, friends, that address.
    other_children = SealedTextField(blank=True, purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["concern"], condition=Q(follows=None), name="one_first_decision_a_concern"
            )
        ]


class StatutoryFact(AddedTo):
    """A contact, a referral, its acceptance: each with its date and the statutory system's own reference."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="statutory_facts")
    fact = models.CharField(max_length=12, choices=[(each.value, name) for each, name in FACT_NAMES.items()])
    on = models.DateField()
    reference = models.CharField(max_length=60, blank=True)
    words = SealedTextField(blank=True, purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "at", "id"]


class Told(AddedTo):
    """That whoever raised it was told, what and how. Never more than their kind may be told."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="told")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="told")
    of = models.CharField(max_length=10)
    words = SealedTextField(purpose=SEALED_FOR)
    how = models.CharField(max_length=20)  # in Rowan, by code, by telephone, could not be reached
    # None: Rowan itself, where nothing has to be said by anybody.
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Challenge(AddedTo):
    """The referrer does not agree with what was decided; somebody else than who decided looks at it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="challenges")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="challenged")
    why = SealedTextField(purpose=SEALED_FOR)
    sought = SealedTextField(blank=True, purpose=SEALED_FOR)
    # None: whoever raised it by a link, with the code of their receipt.
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
