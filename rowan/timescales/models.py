"""Settings with the dates they hold from, and every running clock in one table."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SettingValue(models.Model):
    """A setting's value from a date on. The newest that has begun holds; older ones stay, to explain old questions."""

    name = models.CharField(max_length=80)
    value = models.JSONField()
    from_on = models.DateField()
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.CharField(max_length=200)
    why = models.TextField()

    class Meta:
        ordering = ["name", "from_on", "id"]
        indexes = [models.Index(fields=["name", "from_on"])]


class DryRun(models.Model):
    """A value of a setting tried on the past year before it goes live: by whom, how far it is, and what it came to, in counts alone."""

    name = models.CharField(max_length=80)
    value = models.JSONField()
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=200)
    # Whoever works on it says so as it goes: a worker that was killed falls silent, and another begins again.
    heard_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=80, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=300, blank=True)
    found = models.JSONField(default=dict)

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [
            models.Index(fields=["name", "started_at"]),
            models.Index(fields=["started_at"], condition=Q(finished_at=None), name="dry_runs_that_wait"),
        ]


class ClockQuerySet(models.QuerySet):
    def running(self):
        return self.filter(stopped_at__isnull=True)

    def overdue(self, now: datetime):
        """A moment is over when it has passed; a day, when it has ended."""
        by_day = Q(due_at__isnull=True, due_on__lt=timezone.localdate(now))
        return self.running().filter(by_day | Q(due_at__lt=now))


class Clock(models.Model):
    """What is owed, about what, by whom, by when, and when it stopped."""

    what = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=80)
    about_person = models.CharField(max_length=32, blank=True)
    owner_post = models.ForeignKey("agencies.Post", null=True, blank=True, on_delete=models.PROTECT)
    owner = models.ForeignKey("agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT)
    started_at = models.DateTimeField()
    due_on = models.DateField()
    # Where it is owed by the hour; `due_on` is its day.
    due_at = models.DateTimeField(null=True, blank=True)
    every_hour = models.BooleanField(default=False)  # nights and weekends count too
    # Of somebody to whom something has gone up: the clock of the thing itself.
    watches = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="watched_by"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=200, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_post__isnull=False) | Q(owner__isnull=False),
                name="a_clock_always_has_an_owner",
            ),
            models.UniqueConstraint(
                fields=["what", "about_kind", "about_id"],
                condition=Q(stopped_at__isnull=True),
                name="one_running_clock_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(every_hour=False) | Q(due_at__isnull=False),
                name="what_counts_every_hour_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["stopped_at", "due_on"]),
            models.Index(fields=["about_kind", "about_id"]),
            models.Index(
                fields=["due_at"],
                condition=Q(stopped_at__isnull=True, due_at__isnull=False),
                name="running_clocks_by_the_moment",
            ),
            # Whose clocks run, and which run at a post: what a hand-over asks, however many have stopped.
            models.Index(
                fields=["owner"], condition=Q(stopped_at__isnull=True), name="running_clocks_of_somebody"
            ),
            models.Index(
                fields=["owner_post"], condition=Q(stopped_at__isnull=True), name="running_clocks_at_a_post"
            ),
        ]


class HandOver(models.Model):
    """That a clock passed from one to another, when and why. Added to, never changed: the clock itself says who has it now."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="hand_overs")
    from_owner = models.ForeignKey(
        "agencies.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_post = models.ForeignKey("agencies.Post", null=True, on_delete=models.PROTECT, related_name="+")
    to_owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    through_post = models.ForeignKey("agencies.Post", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=20)
    because = models.CharField(max_length=300)  # as whoever has it now reads it
    beyond_the_cap = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["to_owner", "at"])]


class Scheduled(models.Model):
    """When a piece of scheduled work was last due. Whoever moves it on is the one worker that puts it in the queue."""

    function = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()
