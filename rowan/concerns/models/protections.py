"""What the law gives a child who may be exploited: section 45, the National Referral Mechanism, and the duty to report. Each step is dated."""

import uuid

from django.db import models

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models.added_to import AddedTo

from ..rules.protections import ABOUT_NAMES, ACTS, PURPOSES, STATE_NAMES
from .concern import SEALED_FOR, Concern


class Protection(models.Model):
    """One matter of one child: a referral, a section 45 question at an arrest, or a report that the law asks for. The id is the form's token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protections")
    about = models.CharField(
        max_length=20, choices=[(each.value, name) for each, name in ABOUT_NAMES.items()]
    )
    concern = models.ForeignKey(
        Concern, null=True, blank=True, on_delete=models.PROTECT, related_name="protections"
    )
    # The line of the chronology it began with, such as an arrest: each asks once.
    entry_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=25, choices=[(each.value, name) for each, name in STATE_NAMES.items()]
    )
    act = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=20, blank=True)
    began_at = models.DateTimeField()

    class Meta:
        ordering = ["began_at", "id"]
        indexes = [models.Index(fields=["person", "about"])]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "entry_key"],
                condition=~models.Q(entry_key=""),
                name="an_arrest_asks_once_about_each_protection",
            )
        ]

    @property
    def rests_on(self) -> str:
        """The act and the purpose a referral names, in words."""
        said = (ACTS.get(self.act, ""), PURPOSES.get(self.purpose, ""))
        return ". ".join(words for words in said if words)


class ProtectionStep(AddedTo):
    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(
        max_length=25, choices=[(each.value, name) for each, name in STATE_NAMES.items()]
    )
    on = models.DateField()
    learned_on = models.DateField(null=True, blank=True)  # the duty to report: when it was learned
    reference = models.CharField(max_length=60, blank=True)
    to_whom = models.CharField(max_length=200, blank=True)
    words = SealedTextField(blank=True, purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
