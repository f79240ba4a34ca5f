"""One absence of one child, whoever reported it and however often; every step of it; and the reports that tell of it."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.sharing.models.added_to import AddedTo

from ..rules.same_absence import Absence
from ..rules.steps import INTERVIEW_NAMES, MISSING_NOW, STEP_NAMES, Interview, is_held

SEALED_FOR = "missing-text"
# Why somebody has a part in the child's life while an episode lasts: see `access.models.Involvement`.
RESTS_ON = "missing "
_WAITS = (Interview.REQUIRED, Interview.OFFERED, Interview.ACCEPTED, Interview.DECLINED)


class EpisodeQuerySet(models.QuerySet):
    def missing_now(self):
        return self.of_their_own().filter(step__in=MISSING_NOW)

    def of_their_own(self):
        """Without those that are one absence with another: they are counted, listed and timed there."""
        return self.filter(same_absence_as=None)

    def interview_waits(self):
        """Back, and not yet heard: an interview, or after a no the carer."""
        return self.of_their_own().filter(interview__in=_WAITS)


class Episode(models.Model):
    """The id is the form's token, or drawn where a feed's report founded it: pressing twice reports once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="missing_episodes")
    agency_code = models.CharField(max_length=80)  # whose report founded it
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    began_at = models.DateTimeField()  # last seen, or reported where nobody knows
    times_known = models.BooleanField(default=True)  # a council's return has dates alone
    recorded_at = models.DateTimeField()
    police_reference = models.CharField(max_length=60, blank=True)
    last_seen = SealedTextField(blank=True, purpose=SEALED_FOR)
    worry = SealedTextField(blank=True, purpose=SEALED_FOR)
    step = models.CharField(max_length=12, choices=[(step.value, name) for step, name in STEP_NAMES.items()])
    grade = models.CharField(max_length=20, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    interview = models.CharField(
        max_length=12, blank=True, choices=[(step.value, name) for step, name in INTERVIEW_NAMES.items()]
    )
    interview_due_at = models.DateTimeField(null=True, blank=True)
    interviewer = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The child's own line of the timeline, until a feed's report of the same absence takes its place.
    has_own_line = models.BooleanField(default=False)
    # Reported as nobody known, and one absence with this one of the child it was found to be.
    same_absence_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="told_in_it"
    )
    version = models.PositiveIntegerField(default=1)  # what a form was opened on

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["began_at", "id"]
        indexes = [
            models.Index(fields=["step", "began_at"]),
            models.Index(fields=["interview", "interview_due_at"]),
            models.Index(fields=["person", "began_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(step="returned", returned_at__isnull=False, interview_due_at__isnull=False)
                & ~Q(interview="")
                | ~Q(step="returned") & Q(interview="", interview_due_at=None),
                name="an_interview_is_due_from_the_return",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=models.F("began_at")),
                name="nobody_returns_before_they_went",
            ),
        ]

    @property
    def rests_on(self) -> str:
        return f"{RESTS_ON}{self.pk}"

    @property
    def is_missing_now(self) -> bool:
        return self.step in MISSING_NOW

    @property
    def was_held(self) -> bool:
        return is_held(self.interview)

    def as_absence(self) -> Absence:
        ended_at = self.returned_at or self.found_at
        return Absence(
            str(self.pk),
            self.began_at,
            ended_at,
            goes_on=self.is_missing_now and ended_at is None,
            whole_days=not self.times_known,
        )


class Report(models.Model):
    """One line of the night's chronology that tells of this absence. Taken in once; what it says may grow from night to night."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="reports")
    entry_key = models.CharField(max_length=64, unique=True)
    agency_code = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(default=True)
    taken_in_at = models.DateTimeField()

    class Meta:
        ordering = ["began_at", "id"]


class EventKind(models.TextChoices):
    REPORTED = "reported", "Reported missing"
    REPORTED_AGAIN = "reported_again", "Reported again, by somebody else"
    GRADED = "graded", "Graded by the police"
    FOUND = "found", "Found"
    RETURNED = "returned", "Came back"
    NOT_MISSING = "not_missing", "Recorded by mistake"
    ASSIGNED = "assigned", "Interview given to somebody to hold"
    OFFERED = "offered", "Interview offered"
    ACCEPTED = "accepted", "Interview accepted"
    DECLINED = "declined", "Interview declined"
    CARER_ASKED = "carer_asked", "The carer was asked"
    NOT_POSSIBLE = "not_possible", "Interview not possible"
    HELD_IN_TIME = "held_in_time", "Interview held in time"
    HELD_LATE = "held_late", "Interview held late"


class Event(AddedTo):
    """One step of an episode, with who recorded it: the history of grades, and every offer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind)
    at = models.DateTimeField()  # when it happened
    recorded_at = models.DateTimeField()
    # None: Rowan itself, from a feed.
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose place they held in their agency's chain of leads, if any.
    acting_as = models.CharField(max_length=300, blank=True)
    agency_code = models.CharField(max_length=80)
    code = models.CharField(max_length=20, blank=True)  # the grade, or how it was offered
    words = SealedTextField(blank=True, purpose=SEALED_FOR)

    class Meta:
        ordering = ["recorded_at", "at", "id"]
