"""One version of where a child stands: written once, never changed, approved or sent back by somebody else."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.sharing.models.added_to import AddedTo

from ..rules.states import CONFIDENCE_NAMES, TREND_NAMES, URGENCY_NAMES
from ..rules.written import WRITTEN_AS_NAMES
from .strand import SEALED_FOR, STATES, Strand


def _choices(names: dict) -> list[tuple[str, str]]:
    return [(each.value, name) for each, name in names.items()]


class Assessment(AddedTo):
    """The id is the form's token. Each names the version it follows, so that two people cannot both follow one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="versions")
    written_as = models.CharField(max_length=10, choices=_choices(WRITTEN_AS_NAMES))
    number = models.PositiveSmallIntegerField()
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    narrative = SealedTextField(purpose=SEALED_FOR)
    childs_words = SealedTextField(blank=True, purpose=SEALED_FOR)  # the child's own, apart
    harm_words = SealedTextField(blank=True, purpose=SEALED_FOR)
    harm_seen_on = models.DateField(null=True, blank=True)
    child_view = SealedTextField(blank=True, purpose=SEALED_FOR)
    child_not_sought = SealedTextField(blank=True, purpose=SEALED_FOR)
    carer_view = SealedTextField(blank=True, purpose=SEALED_FOR)
    carer_not_sought = SealedTextField(blank=True, purpose=SEALED_FOR)
    school_view = SealedTextField(blank=True, purpose=SEALED_FOR)
    school_not_sought = SealedTextField(blank=True, purpose=SEALED_FOR)
    state = models.CharField(max_length=20, choices=STATES)
    why_state = SealedTextField(purpose=SEALED_FOR)
    over_a_sign_why = SealedTextField(blank=True, purpose=SEALED_FOR)  # a manager's
    urgency = models.CharField(max_length=10, choices=_choices(URGENCY_NAMES))
    confidence = models.CharField(max_length=10, choices=_choices(CONFIDENCE_NAMES))
    trend = models.CharField(max_length=10, choices=_choices(TREND_NAMES))
    review_on = models.DateField()
    second = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")  # of `by`, then
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["strand", "number"], name="a_version_has_a_number_of_its_own")
        ]


class Noticed(AddedTo):
    """One observation of the published list, ticked. Counted nowhere."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="noticed")
    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="an_observation_once_a_version")
        ]


class Approval(AddedTo):
    """What somebody else than the writer said of a version: approved, or sent back with what is missing."""

    assessment = models.OneToOneField(
        Assessment, primary_key=True, on_delete=models.PROTECT, related_name="approval"
    )
    approved = models.BooleanField()
    words = SealedTextField(blank=True, purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
