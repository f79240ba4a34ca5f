"""What agencies have agreed to share routinely, version by version, and what became of each. Added to, never changed."""

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ..rules.agreements import Agreed
from .added_to import AddedTo, AddedToQuerySet


class AgreementQuerySet(AddedToQuerySet):
    def on(self, day):
        """The versions in force on a day: begun, not lapsed, not ended, and not yet replaced by one that has begun."""
        newer = Agreement.objects.filter(replaces=OuterRef("pk"), from_on__lte=day)
        return self.filter(
            Q(until_on=None) | Q(until_on__gte=day), ~Exists(newer), from_on__lte=day
        ).standing()

    def newest(self):
        return self.filter(replaced_by=None)

    def standing(self):
        """Without those that somebody has ended."""
        return self.filter(~Exists(ended_ones()))

    def current(self, day):
        """The newest versions that have not lapsed or ended, whether or not they have begun."""
        return self.newest().standing().filter(Q(until_on=None) | Q(until_on__gte=day))

    def past(self, day):
        return self.newest().filter(Exists(ended_ones()) | Q(until_on__lt=day))


class Agreement(AddedTo):
    """One version of it. A change is a new version that names the one it replaces; all of one agreement share its series."""

    series = models.UUIDField(default=uuid.uuid4)
    name = models.CharField(max_length=200)
    parties = models.ManyToManyField("agencies.Agency", related_name="sharing_agreements")
    other_parties = models.CharField(max_length=400, blank=True)  # bodies that Rowan does not know
    purpose = models.TextField()
    what = models.TextField()
    article6 = models.CharField(max_length=40)
    condition = models.CharField(max_length=40)
    duty = models.CharField(max_length=40)
    document_reference = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    owner = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    why = models.TextField(blank=True)  # what changed, and why
    token = models.UUIDField(unique=True)  # pressed twice makes one
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["review_on", "name", "id"]
        indexes = [models.Index(fields=["review_on"]), models.Index(fields=["series"])]

    def __str__(self):
        return self.name

    @property
    def says(self) -> Agreed:
        same = {
            name: getattr(self, name)
            for name in Agreed.__dataclass_fields__
            if name not in {"parties", "owners_agency"}
        }
        parties = frozenset(agency.pk for agency in self.parties.all())
        return Agreed(**same, parties=parties, owners_agency=self.owner.agency_id)


class AgreementEventKind(models.TextChoices):
    TOLD = "told", "Its owner was told that its review is due soon"
    CHASED = "chased", "Its review is late and was chased"
    ESCALATED = "escalated", "Its review is late and was taken to the agency’s lead"
    LAPSED = "lapsed", "It lapsed"
    ENDED = "ended", "Ended"


class AgreementEvent(AddedTo):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=AgreementEventKind)
    on = models.DateField()
    at = models.DateTimeField()
    # None: Rowan itself.
    by = models.ForeignKey(
        "agencies.Practitioner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acting_as = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "on"], name="an_agreement_is_chased_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["agreement", "kind"], condition=~Q(kind="chased"), name="an_agreement_ends_once"
            ),
        ]


def ended_ones():
    """The end of an agreement, whichever of its versions it was written under."""
    return AgreementEvent.objects.filter(agreement__series=OuterRef("series"), kind=AgreementEventKind.ENDED)
