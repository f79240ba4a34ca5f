"""What the pages know of files and feeds, and which overnight run they show. The rows themselves lie in Delta tables."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar

from django.db import models
from django.db.models import Q

from rowan.agencies.models import Agency
from rowan.asked_alike import asked_alike
from rowan.encryption import SealedTextField


class FeedAgreement(models.Model):
    """Why an agency sends a feed, whose rows are kept, and how far back (design promise 9)."""

    feed = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="feed_agreements")
    purpose = models.TextField()
    whose_rows = models.CharField(max_length=200)
    how_far_back_days = models.PositiveIntegerField(null=True, blank=True)
    own_watch = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    # The signed paper: a home in service takes no file without one.
    document = models.CharField(max_length=200, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["feed", "agency__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "agency", "from_on"], name="one_agreement_a_feed_from_a_date"
            )
        ]


class ImpactAssessment(models.Model):
    """A data protection impact assessment as it was approved: the newest stands. The paper itself lies elsewhere."""

    reference = models.CharField(max_length=200)
    approved_by = models.CharField(max_length=200)
    approved_on = models.DateField()
    review_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-approved_on", "-id"]


class ImportedFile(models.Model):
    """One file that is in, as its line in the `imports` Delta table says."""

    import_id = models.CharField(max_length=32, unique=True)
    file = models.CharField(max_length=400)
    format = models.CharField(max_length=60)
    feed = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="imported_files")
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    received_on = models.DateField()
    rows = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    quarantined = models.PositiveIntegerField()
    repeated = models.PositiveIntegerField()
    marked = models.PositiveIntegerField()
    purged = models.PositiveIntegerField(default=0)
    seconds = models.FloatField()
    at = models.DateTimeField()
    notes = models.JSONField(
        default=list
    )  # what the import report says of the file as a whole, and counts of each defect

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["feed", "agency"]), models.Index(fields=["-at"])]


class QuarantinedRow(models.Model):
    """A row that was put aside: where it is in the file and why. The value is masked."""

    imported_file = models.ForeignKey(ImportedFile, on_delete=models.CASCADE, related_name="quarantined_rows")
    line = models.PositiveBigIntegerField()
    column = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=400)
    masked = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["imported_file", "line", "id"]
        indexes = [models.Index(fields=["imported_file", "line"])]


# While a page is made: the run that it shows, asked for once, so that a page is of one night from its first line to its last.
_shown_on_this_page: ContextVar[list["OvernightRun | None"] | None] = ContextVar(
    "shown on this page", default=None
)


@contextmanager
def one_night_on_a_page() -> Iterator[None]:
    before = _shown_on_this_page.set([])
    try:
        yield
    finally:
        _shown_on_this_page.reset(before)


class OvernightRun(models.Model):
    """One overnight run. The newest that finished is what every page shows; an unfinished one is never seen."""

    number = models.PositiveIntegerField(unique=True)
    as_of = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    engine = models.CharField(max_length=10, default="duckdb")
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-number"]

    @classmethod
    def current_number(cls) -> int:
        run = cls.current()
        return run.number if run else 0

    @classmethod
    def current(cls) -> "OvernightRun | None":
        shown = _shown_on_this_page.get()
        if shown:
            return shown[0]
        newest = _finished_last.first()
        if shown is not None:
            shown.append(newest)
        return newest


_finished_last = asked_alike(lambda: OvernightRun.objects.filter(finished_at__isnull=False)[:1])


class PublishedQuerySet(models.QuerySet):
    def current(self, run: int | None = None):
        """Rows of the run that pages show. A half-published run changes nothing here until its last line is written."""
        run = OvernightRun.current_number() if run is None else run
        return self.filter(Q(until_run__isnull=True) | Q(until_run__gt=run), since_run__lte=run)


class PublishedRow(models.Model):
    """A row the night writes. It holds from the run that first wrote it until the run that found it gone."""

    since_run = models.PositiveIntegerField()
    until_run = models.PositiveIntegerField(null=True, blank=True)

    objects = PublishedQuerySet.as_manager()
    # Fields of rows that people write by day beside the night's; the night knows nothing of them.
    OF_THE_DAY: ClassVar[frozenset[str]] = frozenset()
    # Fields made of the row's other fields as it is written, such as the key a name is found by.
    MADE_OF_THE_ROW: ClassVar[dict[str, Callable[[dict], object]]] = {}

    class Meta:
        abstract = True

    @classmethod
    def of_the_night(cls) -> models.QuerySet:
        """The rows a night may end, clear or forget: all, unless people write to this table by day as well."""
        return cls._default_manager.all()


class WrittenByDayToo(PublishedRow):
    """Rows of the night, and rows that somebody wrote by day: no night ends, clears or forgets those."""

    by_day = models.BooleanField(default=False, db_default=False)
    OF_THE_DAY: ClassVar[frozenset[str]] = frozenset({"by_day"})

    class Meta:
        abstract = True

    @classmethod
    def of_the_night(cls):
        return cls._default_manager.filter(by_day=False)


class FeedReach(PublishedRow):
    """Up to which date an agency's files reach, and what a night counted and purged of its feed."""

    key = models.CharField(max_length=140)
    feed = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="feed_reaches")
    reaches_to = models.DateField(null=True)
    rows_kept = models.PositiveBigIntegerField(default=0)
    rows_purged = models.PositiveBigIntegerField(default=0)
    purged_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since_run"], name="one_feed_reach_a_run")]


class Attachment(models.Model):
    """A document somebody added to a record. Its bytes lie sealed in the home's `uploads`; the child is named by id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.CharField(max_length=32)
    compartment = models.CharField(max_length=20)
    # What it belongs to, such as a concern; later rooms say.
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=80, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # What people call a file often names the child.
    name = SealedTextField(purpose="attachments")
    kind = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    data_key = SealedTextField(purpose="attachments")
    added_by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    # Deleted by two people: name and key are gone, and what it held is known again by its digest.
    erased_at = models.DateTimeField(null=True, blank=True)
    held_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-added_at", "id"]
        indexes = [
            models.Index(fields=["person_id", "-added_at"]),
            models.Index(fields=["about_kind", "about_id"]),
        ]
