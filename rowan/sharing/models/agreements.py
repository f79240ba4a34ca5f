"""What agencies have agreed to share routinely, and when each agreement is looked at again."""

from django.db import models
from django.db.models import Q


class AgreementQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day, replaced_by=None)

    def newest(self):
        return self.filter(replaced_by=None)


class Agreement(models.Model):
    """One version of it. A change is a new version that names the one it replaces."""

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
    token = models.UUIDField(unique=True)  # pressed twice makes one
    by = models.ForeignKey("agencies.Practitioner", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["review_on", "name", "id"]
        indexes = [models.Index(fields=["review_on"])]

    def __str__(self):
        return self.name
