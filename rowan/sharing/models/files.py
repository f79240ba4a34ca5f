"""Files that left Rowan: what, to whom, under which decision, and the digest by which each is known again. Not the file."""

import uuid

from django.db import models

from .added_to import AddedTo
from .approvals import Approval
from .decisions import SharingDecision


class SharedFileKind(models.TextChoices):
    CHILDS_RECORD = "childs_record", "A child’s record"
    REGISTER = "register", "Register of decisions"


class SharedFile(AddedTo):
    """The id is the form's token: pressing twice makes one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=20, choices=SharedFileKind)
    decision = models.ForeignKey(
        SharingDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    approval = models.OneToOneField(
        Approval, null=True, blank=True, on_delete=models.PROTECT, related_name="file"
    )
    to = models.CharField(max_length=402)
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    destroy_by = models.DateField()
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["sha256"])]
