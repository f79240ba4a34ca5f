"""What needs somebody, and the mails that say so."""

import uuid

from django.db import models
from django.db.models import Q


class Mail(models.Model):
    """One "something needs you" to one person. What it is about is not in it."""

    key = models.UUIDField(
        default=uuid.uuid4, unique=True
    )  # the mail's own number, the same however often it is tried
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="mails")
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)  # empty once it is sent or given up
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    failed_with = models.CharField(max_length=100, blank=True)  # the kind of error, never its words

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="mails_that_wait"
            ),
            models.Index(fields=["practitioner", "made_at"]),
        ]


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """Something that needs somebody: what kind of thing, and the page where it waits. No child is named in it."""

    practitioner = models.ForeignKey(
        "agencies.Practitioner", on_delete=models.CASCADE, related_name="notices"
    )
    about = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(Mail, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            # Told once until it is mailed or read: a night that asks ten questions is one notice.
            models.UniqueConstraint(
                fields=["practitioner", "about", "path"],
                condition=Q(read_at__isnull=True, mail__isnull=True),
                name="told_once_until_mailed_or_read",
            )
        ]
        indexes = [
            models.Index(fields=["practitioner", "read_at", "made_at"]),
            models.Index(
                fields=["practitioner"],
                condition=Q(mail__isnull=True, read_at__isnull=True),
                name="notices_not_mailed",
            ),
        ]
