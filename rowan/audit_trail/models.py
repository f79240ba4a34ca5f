"""One line for every act and every look; it names people and things by id, so that it outlives their records."""

from django.db import models


class EntryQuerySet(models.QuerySet):
    def about(self, person_id: str):
        return self.filter(about_person=person_id)

    def refused(self):
        return self.filter(refused_because__gt="")

    def update(self, **changes):
        raise TypeError("The audit trail is added to, never changed.")

    def delete(self):
        raise TypeError("The audit trail is added to, never changed.")


class Entry(models.Model):
    """No foreign keys: the trail must stand when the practitioner, the child or the record is gone."""

    at = models.DateTimeField(db_index=True)
    by_kind = models.CharField(max_length=12)  # practitioner, rowan, operator, public
    by_id = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    by_role = models.CharField(max_length=40, blank=True)
    by_agency = models.CharField(max_length=80, blank=True)
    did = models.CharField(max_length=80)
    about_person = models.CharField(max_length=32, blank=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=80, blank=True)
    why = models.TextField(blank=True)
    refused_because = models.TextField(blank=True)
    particulars = models.JSONField(default=dict, blank=True)  # counts and codes, never narrative

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["about_person", "at"]),
            models.Index(fields=["by_id", "at"]),
            models.Index(fields=["about_kind", "about_id"]),
        ]

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("The audit trail is added to, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The audit trail is added to, never changed.")
