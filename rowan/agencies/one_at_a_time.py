"""Acts that make the first row of its kind about somebody have nothing of their own to lock: they hold the practitioner instead."""

from .models import Practitioner


def one_at_a_time(practitioner) -> None:
    """Until this transaction ends, whoever begins the same about them waits, and then finds what was done. Other rows may name them meanwhile."""
    Practitioner.objects.select_for_update(no_key=True).get(pk=practitioner.pk)
