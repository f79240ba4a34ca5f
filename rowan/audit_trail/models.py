"""One line for every act and every look; it names people and things by id, so that it outlives their records."""

import json

from django.db import models

NEVER_CHANGED = "The audit trail is added to, never changed."


class Particulars(models.TextField):
    """Counts and codes, never narrative: kept as the very words that were hashed, read as a dictionary."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else json.loads(value)


class EntryQuerySet(models.QuerySet):
    def about(self, person_id: str):
        return self.filter(about_person=person_id)

    def refused(self):
        return self.filter(refused_because__gt="")

    def create(self, **fields):
        raise TypeError("Lines are left by audit_trail.actions.record.")

    def bulk_create(self, *args, **kwargs):
        raise TypeError("Lines are left by audit_trail.actions.record.")

    def update(self, **changes):
        raise TypeError(NEVER_CHANGED)

    def delete(self):
        raise TypeError(NEVER_CHANGED)


class Entry(models.Model):
    """No foreign keys: the trail must stand when the practitioner, the child or the record is gone."""

    # Our own number, from 1 without a gap: a database's serial leaves gaps of its own, and could not be told from a deleted line.
    position = models.BigIntegerField(primary_key=True)
    key_id = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
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
    particulars = Particulars(default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["about_person", "at"]),
            models.Index(fields=["by_id", "at"]),
            models.Index(fields=["about_kind", "about_id"]),
        ]

    def save(self, *args, **kwargs):
        raise TypeError(NEVER_CHANGED)

    def delete(self, *args, **kwargs):
        raise TypeError(NEVER_CHANGED)


class SearchText(models.Model):
    """What somebody searched for, apart from the chain, which holds only its salted digest: it can be erased and the chain still verifies."""

    digest = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=64)
    text = models.TextField()
    searched_at = models.DateTimeField(db_index=True)
    by_id = models.CharField(max_length=64, blank=True)
