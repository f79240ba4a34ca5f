"""What went up because nobody saw to it in time, and professional disagreements with their stages."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models.added_to import AddedTo

from .rules.disagreements import ABOUT, HOW, STEP_NAMES, Step
from .rules.ladder import LEVEL_NAMES, TOP

SEALED_FOR = "escalation"
LEVELS = [(level.value, name) for level, name in LEVEL_NAMES.items()]


class PlaceQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class Place(models.Model):
    """A post that stands at a level: the heads of service of an agency, or the safeguarding partnership's own.

    Managers are known by their role, safeguarding leads by their agency's chain of leads.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    level = models.CharField(max_length=20, choices=LEVELS)
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["level", "order", "at", "id"]


class OverdueQuerySet(models.QuerySet):
    def going_up(self):
        return self.filter(ended_at__isnull=True)


class Overdue(models.Model):
    """A clock that ran out, at the level to which it has gone up, with whoever has it there and by when."""

    clock = models.OneToOneField("timescales.Clock", on_delete=models.PROTECT, related_name="gone_up")
    level = models.CharField(max_length=20, choices=LEVELS)
    owner = models.ForeignKey("agencies.Practitioner", null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)  # where it goes up by the hour
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OverdueQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["ended_at", "due_on"]), models.Index(fields=["owner", "ended_at"])]

    @property
    def until(self):
        return self.due_at or self.due_on


class OverdueStep(AddedTo):
    """That it went up, to whom, and how they were reached."""

    overdue = models.ForeignKey(Overdue, on_delete=models.PROTECT, related_name="steps")
    level = models.CharField(max_length=20, choices=LEVELS)
    owner = models.ForeignKey("agencies.Practitioner", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("agencies.Post", null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    by_the_hour = models.BooleanField(default=False)
    says = models.TextField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["overdue", "on"],
                condition=Q(by_the_hour=False),
                name="something_overdue_goes_up_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["overdue", "level"],
                condition=Q(by_the_hour=True) & ~Q(level=TOP.value),
                name="by_the_hour_each_level_has_it_once",
            ),
        ]


class OverdueAnswer(AddedTo):
    """What somebody to whom it went up does about it, and until when it stays with them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    overdue = models.ForeignKey(Overdue, on_delete=models.PROTECT, related_name="answers")
    words = SealedTextField(purpose=SEALED_FOR)
    until_on = models.DateField()
    until_at = models.DateTimeField(null=True, blank=True)  # where it goes up by the hour
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    # Whose place they held in their agency's chain of leads, if any; so for each decision below.
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class DisagreementQuerySet(models.QuerySet):
    def open(self):
        return self.filter(step=Step.OPEN.value)


class Disagreement(models.Model):
    """The id is the form's token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disagreements")
    about = models.CharField(max_length=12, choices=list(ABOUT.items()))
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    with_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    what = SealedTextField(purpose=SEALED_FOR)
    sought = SealedTextField(purpose=SEALED_FOR)
    safe_meanwhile = SealedTextField(purpose=SEALED_FOR)
    skips_levels = models.BooleanField(default=False)  # the child is in danger now
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    step = models.CharField(
        max_length=10,
        choices=[(step.value, name) for step, name in STEP_NAMES.items()],
        default=Step.OPEN.value,
    )
    how = models.CharField(max_length=10, blank=True, choices=list(HOW.items()))
    resolution = SealedTextField(blank=True, purpose=SEALED_FOR)
    resolved_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_acting_as = models.CharField(max_length=300, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    learning = SealedTextField(blank=True, purpose=SEALED_FOR)
    learnt_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    learnt_at = models.DateTimeField(null=True, blank=True)

    objects = DisagreementQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["person", "step"]), models.Index(fields=["step", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(step="open", resolved_at=None)
                | (~Q(step="open") & Q(resolved_at__isnull=False, resolved_by__isnull=False)),
                name="a_resolved_disagreement_says_when_and_by_whom",
            )
        ]

    @property
    def stage(self):
        return self.stages.last()


class Stage(models.Model):
    """A level that a disagreement has reached: who has it, who answers for the other agency, by when."""

    disagreement = models.ForeignKey(Disagreement, on_delete=models.PROTECT, related_name="stages")
    level = models.CharField(max_length=20, choices=LEVELS)
    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(
        "agencies.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    says = models.TextField()
    counterpart_says = models.TextField(blank=True)
    why = SealedTextField(blank=True, purpose=SEALED_FOR)  # why the stage before did not resolve it
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )  # None: Rowan itself, because its time was over
    acting_as = models.CharField(max_length=300, blank=True)
    began_at = models.DateTimeField()
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)  # where the child is in immediate danger

    class Meta:
        ordering = ["began_at", "id"]

    @property
    def until(self):
        return self.due_at or self.due_on

    def is_late(self, now) -> bool:
        return self.due_at < now if self.due_at else self.due_on < timezone.localdate(now)


class Response(AddedTo):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    disagreement = models.ForeignKey(Disagreement, on_delete=models.PROTECT, related_name="responses")
    level = models.CharField(max_length=20, choices=LEVELS)
    words = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
