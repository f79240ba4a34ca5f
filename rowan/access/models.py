"""Who is working with which child, and what stands between a record and a reader. A child is named by id: this outlives her record."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from rowan.agencies.models import PostHolding


class Why(models.TextChoices):
    ALLOCATED_WORKER = "allocated_worker", "allocated worker"
    ON_ROLL = "on_roll", "on the school's roll"
    ASKED = "asked", "was asked a question"
    WORKING_WITH = "working_with", "is working with the child"


def _who_now():
    """Within a query: the id under which the child of a row stands now."""
    joined = JoinedRecord.objects.filter(person_id=OuterRef("person_id")).values("now_id")
    return Coalesce(Subquery(joined), "person_id")


class InvolvementQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day), opened_on__lte=day)

    def of(self, practitioner, day):
        """Theirs by name, by team, by agency where the whole agency is involved, or by a post they hold that day."""
        return self.of_somebody(practitioner.pk, practitioner.team_id, practitioner.agency_id, day)

    def of_somebody(self, practitioner_id, team_id, agency_id, day):
        """As `of`, told piece by piece. Whoever is in no team has a part by none."""
        posts = PostHolding.objects.on(day).filter(practitioner=practitioner_id)
        return self.filter(
            Q(practitioner=practitioner_id)
            | Q(team=team_id, team__isnull=False, practitioner__isnull=True)
            | Q(
                agency=agency_id,
                team__isnull=True,
                practitioner__isnull=True,
                post__isnull=True,
                worker_name="",
            )
            | Q(post__in=posts.values("post"), practitioner__isnull=True)
        )

    def not_kept_out(self):
        """Without those by name who are kept out of that child's record, under whichever of the child's ids: nothing about the child goes to them."""
        kept = KeptOut.objects.standing().alias(child=_who_now())
        kept = kept.filter(child=OuterRef("child"), practitioner=OuterRef("practitioner"))
        return self.alias(child=_who_now()).filter(~Exists(kept))


class Involvement(models.Model):
    person_id = models.CharField(max_length=32)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)
    team = models.ForeignKey("agencies.Team", null=True, blank=True, on_delete=models.PROTECT)
    practitioner = models.ForeignKey("agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT)
    post = models.ForeignKey("agencies.Post", null=True, blank=True, on_delete=models.PROTECT)
    # As the agency's own list names them, for those who do not sign in to Rowan.
    worker_name = models.CharField(max_length=200, blank=True)
    worker_phone = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=20, choices=Why)
    # Set where the agency itself would tell why: such a worker is shown as "a health professional" and no more.
    discreet = models.BooleanField(default=False, db_default=False)
    # What it rests on, such as a question or a row of the case list: taking it in twice makes one.
    rests_on = models.CharField(max_length=120)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "why", "rests_on"], name="an_involvement_is_taken_in_once"
            )
        ]
        indexes = [
            models.Index(fields=["person_id", "closed_on"]),
            models.Index(fields=["practitioner", "closed_on"]),
            models.Index(fields=["agency", "why", "closed_on"]),
        ]


class JoinedRecord(models.Model):
    """A record that was joined into another: parts and restrictions of either hold for both (people writes this)."""

    person_id = models.CharField(primary_key=True, max_length=32)
    into_id = models.CharField(max_length=32)  # as it was judged, so that undoing one join leaves the others
    now_id = models.CharField(max_length=32, db_index=True)  # where all the joins lead


class StandingQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(lifted_at__isnull=True)


class RestrictionKind(models.TextChoices):
    STAFF_FAMILY = "staff_family", "Family of somebody who works here"
    ADOPTION = "adoption", "Adoption"
    REFUGE = "refuge", "Refuge or another address that must not be known"
    OTHER = "other", "Another reason"


class Restriction(models.Model):
    """Her record is hidden from everybody who is not let in. A lifted one stays, so that it can be said when it held."""

    person_id = models.CharField(max_length=32)
    kind = models.CharField(max_length=20, choices=RestrictionKind, default=RestrictionKind.OTHER)
    why = models.CharField(max_length=200)
    # Answers for the record while it is restricted: questions and concerns about the child go here.
    owner = models.ForeignKey("agencies.Practitioner", null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.CharField(max_length=200)
    # Whose place they held in their agency's chain of leads, if any; so for each decision below.
    set_acting_as = models.CharField(max_length=300, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=200, blank=True)
    lifted_acting_as = models.CharField(max_length=300, blank=True)
    lifted_because = models.CharField(max_length=200, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"], condition=Q(lifted_at__isnull=True), name="one_standing_restriction"
            )
        ]
        indexes = [models.Index(fields=["person_id", "lifted_at"])]


class LetIn(models.Model):
    """Somebody whom a restriction names: they and nobody else open the record."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="let_in")
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["restriction", "practitioner"], name="let_in_once_a_restriction")
        ]


class ChangeOfRestriction(models.TextChoices):
    LET_IN = "let_in", "was let in"
    TAKEN_OFF = "taken_off", "was taken off"
    HANDED_TO = "handed_to", "answers for the record"


class RestrictionChange(models.Model):
    """What became of a restriction after it was set: added to, never changed. `LetIn` says who is let in now."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=20, choices=ChangeOfRestriction)
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    by = models.CharField(max_length=200)
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]


class KeptOut(models.Model):
    """One member of staff is kept out of one child's record: her own family, a colleague's, a conflict of interest."""

    person_id = models.CharField(max_length=32)
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.CharField(max_length=200)
    set_acting_as = models.CharField(max_length=300, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=200, blank=True)
    lifted_acting_as = models.CharField(max_length=300, blank=True)
    lifted_because = models.CharField(max_length=200, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "practitioner"],
                condition=Q(lifted_at__isnull=True),
                name="kept_out_once_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["practitioner", "lifted_at"])]


class OpeningKind(models.TextChoices):
    EMERGENCY = "emergency", "Emergency access"
    REASON = "reason", "A look with a reason"


class OpeningQuerySet(models.QuerySet):
    def running(self, now):
        return self.filter(opened_at__lte=now, until_at__gt=now, ended_at__isnull=True)

    def emergency(self):
        return self.filter(kind=OpeningKind.EMERGENCY)


class Opening(models.Model):
    """A record opened for a time to somebody without a part in it: in an emergency, or with a reason."""

    kind = models.CharField(max_length=10, choices=OpeningKind)
    person_id = models.CharField(max_length=32)
    practitioner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # An emergency access is looked at afterwards by somebody else.
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_acting_as = models.CharField(max_length=300, blank=True)
    justified = models.BooleanField(null=True)
    review = models.TextField(blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="an_opening_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until_at__gt=models.F("opened_at")), name="an_opening_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["practitioner", "until_at"]),
            models.Index(fields=["kind", "reviewed_at", "opened_at"]),
        ]


class ReviewStep(models.Model):
    """That an overdue review of an emergency access went up the chain of leads, to whom and how they were reached."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField()
    at = models.DateTimeField()
    # Nobody, where the chain has come to its end or everybody in it is away: `says` tells.
    practitioner = models.ForeignKey(
        "agencies.Practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    post = models.ForeignKey("agencies.Post", null=True, on_delete=models.PROTECT, related_name="+")
    says = models.TextField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["opening", "on"], name="a_review_goes_up_once_a_day")]
