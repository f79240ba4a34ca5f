"""What happened, in date order, from every agency: each line rests on a row that was sent, or on what somebody wrote here."""

from typing import ClassVar

from django.db import models

from rowan.access.models import JoinedRecord
from rowan.encryption import SealedTextField
from rowan.people.models import Person
from rowan.records.models import PublishedQuerySet, PublishedRow, WrittenByDayToo

from .rules.attendance_week import AttendanceWeek, weeks_written


class Compartment(models.TextChoices):
    CORE = "core", "Core"
    EDUCATION = "education", "Education"
    SOCIAL_CARE = "social_care", "Social care"
    POLICE = "police", "Police reports"
    HEALTH = "health", "Health"
    SEXUAL_HEALTH = "sexual_health", "Sexual health"
    INTELLIGENCE = "intelligence", "Intelligence"
    CONTACTS = "contacts", "Contacts and concerns"


class Observed(models.TextChoices):
    """Three kinds that are never mixed, and strengths (domain 2.2)."""

    VULNERABILITY = "V", "Vulnerability or context"
    INDICATOR = "I", "Indicator"
    SIGN_OF_HARM = "S", "Sign of harm"
    PROTECTIVE = "P", "Protective"


class EntryQuerySet(PublishedQuerySet):
    def about(self, person_id: str):
        """Hers, and what was written by day under an id that was joined into hers since."""
        joined = JoinedRecord.objects.filter(now_id=person_id).values("person_id")
        return self.filter(models.Q(person_id=person_id) | models.Q(by_day=True, person_id__in=joined))


class Entry(WrittenByDayToo):
    key = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chronology")
    happened_on = models.DateField()
    happened_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    # went_missing, away_from_placement, arrested, charged, placement_began, placement_ended, referral, assessment, section47,
    # child_protection_plan, school_joined, school_left, school_log, case_opened, case_closed, sign_of_harm …
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    # What somebody wrote: health and intelligence among it, so all of it is sealed.
    text = SealedTextField(purpose="chronology-text", blank=True)
    agency_code = models.CharField(max_length=80)
    compartment = models.CharField(max_length=20, choices=Compartment)
    observed = models.CharField(max_length=1, choices=Observed, blank=True)
    observed_code = models.CharField(max_length=12, blank=True)  # MISS-03 and the like
    confirmed = models.BooleanField(default=True)
    known_on = models.DateField()  # the day it reached Rowan
    particulars = models.JSONField(default=dict)
    # A line somebody wrote by day keeps the id of the person it was written about.
    written_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)
    OF_THE_DAY: ClassVar[frozenset[str]] = WrittenByDayToo.OF_THE_DAY | {"written_by", "written_at"}

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "since_run"], name="one_chronology_entry_a_run"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(by_day=True), name="a_line_is_written_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "happened_on"]),
            models.Index(fields=["observed", "known_on"]),
            models.Index(fields=["key"]),
            # Few among many lines: what asks whether somebody exploited the child.
            models.Index(fields=["happened_on"], condition=models.Q(kind="arrested"), name="arrests_by_day"),
        ]


class EntrySource(PublishedRow):
    """The source row a line rests on; several agencies may report one thing."""

    key = models.CharField(max_length=64)
    entry_key = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    record_kind = models.CharField(max_length=40)
    source = models.CharField(max_length=120)
    record_id = models.CharField(max_length=160)
    rid = models.CharField(max_length=32)
    agency_code = models.CharField(max_length=80)
    file = models.CharField(max_length=400)
    line = models.PositiveBigIntegerField()
    received_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since_run"], name="one_entry_source_a_run")]
        indexes = [models.Index(fields=["entry_key"]), models.Index(fields=["person"])]


class AttendanceTerm(PublishedRow):
    """One child's weeks at one school in one term, in sessions (half days): what a page shows is read in few rows."""

    key = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendance_terms")
    agency_code = models.CharField(max_length=80)
    term_on = models.DateField()  # its first day (`tables/attendance_terms.py`)
    weeks = models.JSONField(default=list)  # Monday, possible, absent, authorised, unauthorised
    codes = models.JSONField(default=dict)  # by Monday: sessions by code

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since_run"], name="one_attendance_term_a_run")]
        indexes = [models.Index(fields=["person", "term_on"])]

    def by_week(self, *, with_codes: bool) -> list[AttendanceWeek]:
        return weeks_written(self.agency_code, self.weeks, self.codes if with_codes else {})
