"""One worry as it was told. Its words are never changed: whoever knows more adds to them."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models.added_to import AddedTo

from ..rules.steps import STEP_NAMES, WAITS_FOR_TRIAGE, Step
from ..rules.urgency import Urgency
from ..rules.what_it_is_about import ABOUT_NAMES
from ..rules.who_raises import RAISES_NAMES, MayBeTold, may_be_told

SEALED_FOR = "concerns"


class CameBy(models.TextChoices):
    PRACTITIONER = "practitioner", "Somebody who signs in"
    LINK = "link", "A one-time link sent to an agency"
    API = "api", "An agency’s own system"
    PUBLIC = "public", "The public page"
    QUESTION = "question", "The answer to a question"


def _in_turn(now) -> Q:
    return Q(came_in_flood=True, step=Step.RECEIVED.value, due_at__gt=now) & ~Q(urgency=Urgency.RED.value)


class ConcernQuerySet(models.QuerySet):
    def waiting_for_triage(self):
        return self.filter(step__in=[step.value for step in WAITS_FOR_TRIAGE])

    def in_turn(self, now):
        """Came when many came at once, and can wait: nobody has read it, it is not red, and its hour to be decided has not come."""
        return self.filter(_in_turn(now))

    def not_in_turn(self, now):
        return self.exclude(_in_turn(now))

    def not_about(self, practitioner):
        """Without those about this very person, or about a colleague at their agency: they are shut out from the first moment.

        The designated officer, who sits in a council and hears of the council's own people, is let in by the caller.
        """
        return self.exclude(about_a_professional=True, professional=practitioner).exclude(
            about_a_professional=True, professionals_agency=practitioner.agency_id
        )


class Concern(models.Model):
    """The id is the form's token: sent twice, it is one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.CharField(max_length=12, unique=True)  # to say on the telephone; opens nothing
    about = models.CharField(
        max_length=10, choices=[(each.value, name) for each, name in ABOUT_NAMES.items()]
    )
    came_by = models.CharField(max_length=12, choices=CameBy)
    raises = models.CharField(
        max_length=20, choices=[(each.value, name) for each, name in RAISES_NAMES.items()]
    )
    # None when somebody without an account told it.
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField()
    compartment = models.CharField(max_length=20, default="core")
    # Who or what, as told: name, age, school, address, what sets them apart. Matching happens at triage.
    details = SealedTextField(blank=True, purpose=SEALED_FOR)  # JSON
    what_worries = SealedTextField(blank=True, purpose=SEALED_FOR)  # the writer's
    childs_words = SealedTextField(blank=True, purpose=SEALED_FOR)  # the child's own, apart
    seen_or_heard = models.CharField(max_length=10, blank=True)
    first_hand = models.CharField(max_length=10, blank=True)
    told_by = SealedTextField(blank=True, purpose=SEALED_FOR)
    when_words = SealedTextField(blank=True, purpose=SEALED_FOR)
    where_words = SealedTextField(blank=True, purpose=SEALED_FOR)
    already_done = SealedTextField(blank=True, purpose=SEALED_FOR)
    immediate_danger = models.BooleanField(default=False)
    child_knows = models.CharField(max_length=15, blank=True)
    why_child_does_not_know = SealedTextField(blank=True, purpose=SEALED_FOR)
    please_contact = models.BooleanField(default=False)  # a health professional says no more than that
    about_a_professional = models.BooleanField(default=False)
    professional = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    professionals_agency = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    step = models.CharField(
        max_length=15,
        choices=[(step.value, name) for step, name in STEP_NAMES.items()],
        default=Step.RECEIVED.value,
    )
    urgency = models.CharField(max_length=5)
    due_at = models.DateTimeField()
    came_in_flood = models.BooleanField(default=False)  # so many came at once that it waits its turn
    # Whom triage found it to be about; a joined child is followed by whoever asks.
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="concerns"
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "received_at", "id"]
        indexes = [
            models.Index(fields=["step", "due_at"]),
            models.Index(fields=["person", "received_at"]),
            models.Index(fields=["agency", "received_at"]),
            models.Index(fields=["by", "received_at"]),
            models.Index(fields=["came_by", "received_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(about="child") | Q(person__isnull=True),
                name="only_a_childs_concern_names_a_child",
            ),
        ]

    @property
    def waits_for_triage(self) -> bool:
        return self.step in WAITS_FOR_TRIAGE

    @property
    def child_of_its_clock(self) -> str:
        """The child whom its clock names, on lists of children and of meetings. One about a professional stands on none of them."""
        return "" if self.about_a_professional else self.person_id or ""

    @property
    def may_be_told(self) -> MayBeTold:
        """What whoever raised it may be told of what came of it."""
        return may_be_told(self.raises, vouched=self.came_by != CameBy.PUBLIC)


class AddedWords(AddedTo):
    """What whoever raised it, or somebody at triage, added afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="added_words")
    words = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class NameHeard(AddedTo):
    """A name as it was said. It is a name that was heard, and nothing more."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="names_heard")
    as_said = SealedTextField(purpose=SEALED_FOR)
    said_by = SealedTextField(blank=True, purpose=SEALED_FOR)
    child_calls_them = SealedTextField(blank=True, purpose=SEALED_FOR)
    description = SealedTextField(blank=True, purpose=SEALED_FOR)  # "driver of a silver hatchback"

    class Meta:
        ordering = ["id"]


class Noticed(AddedTo):
    """One observation of the published list. None need be chosen."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="noticed")
    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "code"], name="an_observation_once_a_concern")
        ]
