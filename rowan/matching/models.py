"""Which record is which person, as the last run found it, and what people judged about it."""

from django.db import models
from django.db.models import Q

from rowan.records.models import PublishedRow


class RecordLink(PublishedRow):
    """One agency's record of somebody, and the person it belongs to."""

    rid = models.CharField(max_length=32)
    person_id = models.CharField(max_length=32)
    agency_code = models.CharField(max_length=80)
    source = models.CharField(max_length=120)
    source_id = models.CharField(max_length=120)
    how = models.CharField(max_length=400)  # in words: "same NHS number and birth date"
    judged_by = models.CharField(max_length=20)  # machine, person, alone
    # Where it stood before a judgement moved it, and stands again, that very person, when the judgement is undone.
    stood_before = models.CharField(max_length=32, blank=True, default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rid", "since_run"], name="one_link_a_record_a_run")]
        indexes = [
            models.Index(fields=["person_id"]),
            models.Index(fields=["rid"]),
            models.Index(fields=["source", "source_id"]),
        ]


class UnsurePair(PublishedRow):
    """Two records that might be one person: neither joined nor forgotten."""

    key = models.CharField(max_length=65)
    left_rid = models.CharField(max_length=32)
    right_rid = models.CharField(max_length=32)
    left_person_id = models.CharField(max_length=32)
    right_person_id = models.CharField(max_length=32)
    reasons = models.CharField(max_length=400)
    weight = models.FloatField()  # of the match, in bits; never of a child

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since_run"], name="one_unsure_pair_a_run")]
        indexes = [
            models.Index(fields=["left_person_id"]),
            models.Index(fields=["right_person_id"]),
            models.Index(
                fields=["-weight", "key"], condition=Q(until_run=None), name="pairs_the_strongest_first"
            ),
            models.Index(fields=["left_rid", "right_rid"]),
        ]


class Verdict(models.TextChoices):
    SAME = "same", "same person"
    NOT_SAME = "not_same", "not the same person"
    UNSURE = "unsure", "cannot tell"


class JudgementQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(undone_at=None)

    def between(self, one: str, other: str):
        """About these two records, whichever of them was named first."""
        return self.filter(Q(rid=one, other_rid=other) | Q(rid=other, other_rid=one))


class Judgement(models.Model):
    """Somebody's word on whether a record is this person. Undone, it stays on record."""

    rid = models.CharField(max_length=32)
    person_id = models.CharField(max_length=32)
    # The record that founded the person, or stands for her: judgements travel to the night as pairs of records.
    other_rid = models.CharField(max_length=32, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict)
    why = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT)
    # Whose place they held in their agency's chain of leads, if any; so where it is undone.
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_acting_as = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.CharField(max_length=400, blank=True, default="", db_default="")

    objects = JudgementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rid", "person_id"],
                condition=Q(undone_at__isnull=True),
                name="one_standing_judgement_of_a_record_and_person",
            )
        ]
        indexes = [models.Index(fields=["other_rid"]), models.Index(fields=["-at"])]


class JoinQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(closed_at=None)


class AwaitedJoin(models.Model):
    """Somebody's word that two people with work on both are one: it joins nobody until a second person has said the same."""

    left_rid = models.CharField(max_length=32)
    right_rid = models.CharField(max_length=32)
    left_person_id = models.CharField(max_length=32)
    right_person_id = models.CharField(max_length=32)
    why = models.CharField(max_length=400)
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    second_verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    second_why = models.CharField(max_length=400, blank=True)
    second_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_acting_as = models.CharField(max_length=300, blank=True)
    # When the second answered, or when there was nothing left to answer.
    closed_at = models.DateTimeField(null=True, blank=True)
    judgement = models.ForeignKey(
        Judgement, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )

    objects = JoinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["left_rid", "right_rid"],
                condition=Q(closed_at__isnull=True),
                name="one_join_of_two_records_waits",
            )
        ]
        indexes = [models.Index(fields=["left_rid", "right_rid"])]

    @property
    def was_disagreed_with(self) -> bool:
        return bool(self.second_verdict) and self.second_verdict != Verdict.SAME
