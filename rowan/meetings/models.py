"""Series of meetings, each meeting, who was expected and came, the children on its list, what was decided, dissent and minutes."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models.added_to import AddedTo

from .rules.decisions import DECIDED_NAMES
from .rules.rhythm import RHYTHM_NAMES
from .rules.steps import AT_REST, STEP_NAMES, Step
from .rules.the_list import REASON_NAMES, SERIES_NAMES, Reason

SEALED_FOR = "meetings"


class Series(models.Model):
    """The id is the form's token. Who chairs, who arranges and who is asked to come are those of the next meeting."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=10, choices=[(each.value, name) for each, name in SERIES_NAMES.items()]
    )
    rhythm = models.CharField(
        max_length=12, choices=[(each.value, name) for each, name in RHYTHM_NAMES.items()]
    )
    place = models.CharField(max_length=200, blank=True)
    quorum = models.JSONField(default=list)  # kinds of agency
    chair = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    members = models.ManyToManyField("agencies.Practitioner", related_name="meeting_series")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]


class MeetingQuerySet(models.QuerySet):
    def of(self, practitioner):
        """Those somebody chairs, arranges, was asked to or came to."""
        return self.filter(
            Q(chair=practitioner) | Q(organiser=practitioner) | Q(expected__practitioner=practitioner)
        ).distinct()

    def not_at_rest(self):
        return self.exclude(step__in=[step.value for step in AT_REST])


class Meeting(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    # Copied from the series when it is planned; whoever their work passes to stands here then.
    chair = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(
        max_length=12,
        choices=[(step.value, name) for step, name in STEP_NAMES.items()],
        default=Step.PLANNED.value,
    )
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    quorate = models.BooleanField(null=True)  # as recorded when it ended
    quorum_words = models.CharField(max_length=300, blank=True)
    approved_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_acting_as = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=Q(step="planned"), name="one_next_meeting_of_a_series"
            ),
            models.CheckConstraint(
                condition=Q(step="approved", approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(step="approved") & Q(approved_by=None, approved_at=None)),
                name="approved_minutes_say_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["series", "on"]), models.Index(fields=["step", "on"])]


class Expected(models.Model):
    """Somebody asked to come, and whether they did. `came` stays empty until it is recorded."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="expected")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    came = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "practitioner"], name="expected_once_at_a_meeting")
        ]


class Item(models.Model):
    """A child on the list of a meeting, why, and what was decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="meeting_items")
    reasons = models.JSONField(default=list)
    why_added = SealedTextField(blank=True, purpose=SEALED_FOR)
    # None: from what is owed about the child.
    added_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_off_because = SealedTextField(blank=True, purpose=SEALED_FOR)
    taken_off_at = models.DateTimeField(null=True, blank=True)
    taken_off_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(
        max_length=12, blank=True, choices=[(each.value, name) for each, name in DECIDED_NAMES.items()]
    )
    reason = SealedTextField(blank=True, purpose=SEALED_FOR)
    childs_view = SealedTextField(blank=True, purpose=SEALED_FOR)
    review_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose place they held in their agency's chain of leads, if any; so for each decision here.
    decided_acting_as = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="on_the_list_of_a_meeting_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, review_on__isnull=False)),
                name="a_decision_says_when_it_is_looked_at_again",
            ),
        ]
        indexes = [models.Index(fields=["person", "meeting"])]

    @property
    def reason_names(self) -> list[str]:
        return [REASON_NAMES[Reason(each)] for each in self.reasons]

    @property
    def is_decided(self) -> bool:
        return bool(self.decision)


class Dissent(AddedTo):
    """An agency that does not agree, in its words. It stands beside the decision for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="dissents")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    words = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Minutes(AddedTo):
    """A version of what was said beyond the children's items: themes, gaps, learning. The newest stands; the chair approves one."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveIntegerField()
    words = SealedTextField(purpose=SEALED_FOR)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_version_of_a_number")]
