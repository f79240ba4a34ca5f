"""A row that is added and never changed: whoever was wrong adds another that points at it."""

from django.db import models


class AddedToQuerySet(models.QuerySet):
    def update(self, **changes):
        raise TypeError("This is added to, never changed.")

    def delete(self):
        raise TypeError("This is added to, never changed.")


class AddedTo(models.Model):
    objects = AddedToQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("This is added to, never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise TypeError("This is added to, never changed.")
