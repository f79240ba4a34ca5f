"""Who is working with which child, from when to when. A child is named by id: involvement outlives her record."""

from django.db import models
from django.db.models import Q


class Why(models.TextChoices):
    ALLOCATED_WORKER = "allocated_worker", "allocated worker"
    ON_ROLL = "on_roll", "on the school's roll"
    ASKED = "asked", "was asked a question"
    WORKING_WITH = "working_with", "is working with the child"


class InvolvementQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day), opened_on__lte=day)

    def of(self, practitioner):
        """Theirs by name, by team, by agency where the whole agency is involved, or by a post they hold."""
        return self.filter(
            Q(practitioner=practitioner)
            | Q(team=practitioner.team_id, team__isnull=False, practitioner__isnull=True)
            | Q(
                agency=practitioner.agency_id,
                team__isnull=True,
                practitioner__isnull=True,
                post__isnull=True,
                worker_name="",
            )
            | Q(post__holdings__practitioner=practitioner, practitioner__isnull=True)
        ).distinct()


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


class Restriction(models.Model):
    """Her record is hidden from everybody not named by the restriction (part 2 gives the ways to set and lift it)."""

    person_id = models.CharField(max_length=32, unique=True)
    why = models.CharField(max_length=200)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True, blank=True)
