"""Questions put to a named person, the rows they rest on, and what was answered."""

import uuid

from django.db import models
from django.db.models import Q

from rowan.people.models import Person

HUB = "hub"


class QuestionQuerySet(models.QuerySet):
    def shown(self, run: int):
        """Questions of runs that finished; a half-published one is not asked yet."""
        return self.filter(asked_run__lte=run)

    def open(self):
        return self.filter(answered_at__isnull=True)


class Question(models.Model):
    """One open question a child for each audience; reasons stand beneath it and new evidence joins it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="questions")
    audience = models.CharField(max_length=80)  # HUB, or a school's agency code
    post = models.ForeignKey(
        "agencies.Post", null=True, blank=True, on_delete=models.PROTECT, related_name="questions"
    )
    deputy = models.ForeignKey(
        "agencies.Post", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    practitioner = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="questions"
    )
    why_you = models.CharField(max_length=300)
    # Everybody it could be put to has as many as one person is given: it stands at its post, in nobody's list.
    waits_for_room = models.BooleanField(default=False)
    asked_run = models.PositiveIntegerField()
    asked_on = models.DateField()
    due_on = models.DateField()
    look_again_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "asked_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "audience"],
                condition=Q(answered_at__isnull=True),
                name="one_open_question_a_child_an_audience",
            )
        ]
        indexes = [
            models.Index(fields=["practitioner", "answered_at", "due_on"]),
            models.Index(fields=["post", "answered_at", "due_on"]),
            models.Index(fields=["person", "answered_at"]),
            # Nearly always empty, and asked of on every page of questions.
            models.Index(
                fields=["due_on"],
                condition=Q(answered_at__isnull=True, waits_for_room=True),
                name="questions_that_wait_for_room",
            ),
        ]


class Reason(models.Model):
    """An occasion of one rule: what made it ask, with the version and the numbers used that night."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="reasons")
    occasion = models.CharField(max_length=64)  # rule, person, date and evidence, digested
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    happened_on = models.DateField()
    figures = models.JSONField(default=dict)
    settings_used = models.JSONField(default=dict)
    sentence = models.TextField()
    asked_run = models.PositiveIntegerField()

    class Meta:
        ordering = ["-happened_on", "rule"]
        constraints = [models.UniqueConstraint(fields=["occasion"], name="an_occasion_asks_once")]


class EvidenceRow(models.Model):
    """A row of somebody's file that made a rule ask. Identified by source and source record id, never by version."""

    reason = models.ForeignKey(Reason, on_delete=models.CASCADE, related_name="evidence")
    record_kind = models.CharField(max_length=40)
    source = models.CharField(max_length=120)
    record_id = models.CharField(max_length=160)
    rid = models.CharField(max_length=32)
    agency_code = models.CharField(max_length=80)
    happened_on = models.DateField()
    received_on = models.DateField(null=True)
    what = models.CharField(max_length=300)  # the row in words
    how_matched = models.CharField(max_length=400)

    class Meta:
        ordering = ["happened_on", "record_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reason", "record_kind", "source", "record_id"],
                name="a_row_is_evidence_once_a_reason",
            )
        ]


class AnswerKind(models.TextChoices):
    CONCERN = "concern", "Raise or join a concern"
    STRATEGY = "strategy", "Strategy discussion today"
    IN_PLAN = "in_plan", "Already in the plan"
    EXPLAINED = "explained", "Explained"
    LOOK_AGAIN = "look_again", "Ask an agency, look again on a date"


class Answer(models.Model):
    """What somebody decided. A correction is a new answer that names the one it corrects; nothing is overwritten."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=12, choices=AnswerKind)
    text = models.TextField(blank=True)  # which plan, explained by what, what is asked
    how_known = models.TextField(blank=True)
    agency = models.ForeignKey("agencies.Agency", null=True, blank=True, on_delete=models.PROTECT)
    look_again_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT)
    acting_as = models.CharField(
        max_length=300, blank=True
    )  # whose place they held in the chain of leads, if any
    at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    class Meta:
        ordering = ["at", "id"]


class Owed(models.Model):
    """An act that an answer calls for and that has no room yet: recorded, with an owner and a date, until it has."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="owed")
    act = models.CharField(max_length=40)  # raise_concern, strategy_discussion, ask_agency
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    settled_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class StrategyAnswer(models.Model):
    """Held or not held, why, and which manager: the answer to a sign of harm. The sign itself stays in the chronology."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="strategy_answers")
    entry_key = models.CharField(max_length=64)
    held = models.BooleanField()
    reason = models.TextField()
    # Siblings, friends, that address; empty of a list of older signs that was answered as one.
    other_children = models.TextField(blank=True)
    manager = models.CharField(max_length=200)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT)
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    class Meta:
        ordering = ["at", "id"]


class RuleSwitchQuerySet(models.QuerySet):
    def standing(self, rule: str):
        """The newest switch of a rule, the one that no other follows."""
        return self.filter(rule=rule, followed_by=None).last()


class RuleSwitch(models.Model):
    """A rule switched off or on from a date, by whom and why. Each names the one it follows, so that two presses make one."""

    rule = models.CharField(max_length=60)
    on = models.BooleanField()
    from_on = models.DateField()
    by = models.CharField(max_length=200)
    why = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )

    objects = RuleSwitchQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule"], condition=Q(follows=None), name="one_first_switch_a_rule"
            )
        ]


class FeedQuestionQuerySet(models.QuerySet):
    def shown(self, run: int):
        """As of `Question`: what a half-published night asked is not asked yet."""
        return self.filter(asked_run__lte=run)

    def open(self):
        return self.filter(ended_at__isnull=True)


class FeedQuestion(models.Model):
    """A question about an agency's files that stopped coming, never about a child. Files that come end it, or an answer does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    feed = models.CharField(max_length=40)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    reaches_to = models.DateField()
    sentence = models.TextField()  # as of the newest night
    settings_used = models.JSONField(default=dict)
    asked_run = models.PositiveIntegerField()
    asked_on = models.DateField()
    due_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Empty when files ended it.
    answered_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.TextField(blank=True)
    expected_on = models.DateField(null=True, blank=True)

    objects = FeedQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "agency__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "feed", "agency"],
                condition=Q(ended_at__isnull=True),
                name="one_open_question_a_feed_an_agency",
            )
        ]


class DryRunQuestion(models.Model):
    """A question that a tried value would have asked anew, or no longer. Kept some weeks, to be read by those who may see the child."""

    dry_run = models.ForeignKey("timescales.DryRun", on_delete=models.CASCADE, related_name="questions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=80)
    rules = models.JSONField()
    on = models.DateField()
    is_new = models.BooleanField()
    # Agencies and kinds of rows behind it: who may hear of it.
    behind = models.JSONField()

    class Meta:
        ordering = ["on", "id"]
