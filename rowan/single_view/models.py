"""How far the trail was read, who opened which record on which day, and the questions that patterns of looks put.

The trail itself is the evidence: a question keeps the positions of its lines. A child is named by id, as the trail names her.
"""

import uuid

from django.db import models
from django.db.models import Q

from .rules.answers import ANSWER_NAMES
from .rules.patterns import ASKS, Pattern, explain


class TrailRead(models.Model):
    """Up to which line the trail was read for patterns. One row: what is new begins after it."""

    one = models.BooleanField(default=True, unique=True)
    position = models.BigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(one=True), name="the_trail_is_read_once")]


class OpenedRecord(models.Model):
    """That somebody opened a child's record on a day, or was refused: once a day and way, however often. Forgotten after some weeks."""

    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)  # at the time
    on = models.DateField()
    person_id = models.CharField(max_length=32)
    how = models.CharField(max_length=10)  # part, emergency, reason, refused
    out_of_hours = models.BooleanField()
    position = models.BigIntegerField()  # of the day's first such line on the trail

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "on", "person_id", "how", "out_of_hours"],
                name="an_opening_counts_once_a_day",
            )
        ]
        indexes = [models.Index(fields=["role", "on"]), models.Index(fields=["on"])]


class LooksQuestionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_at__isnull=True)

    def answered(self):
        return self.filter(answered_at__isnull=False)


class LooksQuestion(models.Model):
    """A pattern of somebody's looks, put to information governance once. Never shown to the person it is about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pattern = models.CharField(max_length=20, choices=[(p.value, asks.title) for p, asks in ASKS.items()])
    version = models.PositiveSmallIntegerField()
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    about_person = models.CharField(
        max_length=32, blank=True
    )  # where the pattern is about one child's record
    figures = models.JSONField()
    settings_used = models.JSONField()
    asked_at = models.DateTimeField()
    asked_of = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose place they held in their agency's chain of leads, if any.
    answered_acting_as = models.CharField(max_length=300, blank=True)
    answer = models.CharField(
        max_length=20, blank=True, choices=[(kind.value, name) for kind, name in ANSWER_NAMES.items()]
    )
    words = models.TextField(blank=True)

    objects = LooksQuestionQuerySet.as_manager()

    @property
    def asks(self):
        return ASKS[Pattern(self.pattern)]

    @property
    def sentence(self) -> str:
        return explain(self.pattern, self.figures, self.settings_used)

    class Meta:
        ordering = ["due_on", "asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pattern", "practitioner", "about_person"],
                condition=Q(answered_at__isnull=True),
                name="one_open_question_of_a_pattern",
            ),
            models.CheckConstraint(
                condition=Q(asked_of__isnull=True) | ~Q(asked_of=models.F("practitioner")),
                name="nobody_is_asked_about_themselves",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("practitioner")),
                name="nobody_answers_about_themselves",
            ),
        ]
        indexes = [
            models.Index(fields=["answered_at", "due_on"]),
            models.Index(fields=["practitioner", "pattern"]),
        ]


class LooksEvidence(models.Model):
    """A line of the trail that made a pattern ask."""

    question = models.ForeignKey(LooksQuestion, on_delete=models.CASCADE, related_name="evidence")
    position = models.BigIntegerField()

    class Meta:
        ordering = ["-position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="a_line_is_evidence_once")
        ]
