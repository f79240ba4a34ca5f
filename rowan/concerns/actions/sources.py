"""Keeps apart who stands behind a concern as it is raised, so that no desk, list or file ever holds it."""

from django.db import models

from rowan.access.reading import ROWAN, reading_as

from ..models import Concern, Referrer, Source
from ..models.concern import CameBy
from ..rules import told as telling
from ..rules.sources import told_the_police


def keep_whoever_raised_it(concern: Concern, referrer: telling.Referrer) -> None:
    """How they can be reached opens for the desk. Who they are does not, where they came by the public page."""
    said = vars(referrer)
    if concern.came_by == CameBy.PUBLIC:
        _keep_apart(concern, name=referrer.name, works_at=referrer.works_at)
        said = said | {"name": "", "works_at": ""}
    Referrer.objects.create(concern=concern, **said)


def keep_whoever_told_the_police(concern: Concern, told: telling.Told) -> None:
    if told_the_police(told.raises, told.told_by):
        _keep_apart(concern, told_by=told.told_by)


def _keep_apart(concern: Concern, **words: str) -> None:
    if not any(words.values()):
        return
    # As Rowan: whoever writes the row may not read it, and somebody of the police on the public page writes it twice.
    with reading_as(ROWAN):
        Source.objects.update_or_create(
            concern=concern, defaults=words, create_defaults={"agency": concern.agency, **words}
        )


def is_kept_apart(concern: Concern, *, for_agency: models.Model) -> bool:
    """Whether this agency may ask whose it is. Says nothing of who."""
    with reading_as(ROWAN):
        return (
            Source.objects.filter(concern=concern)
            .filter(models.Q(agency=None) | models.Q(agency=for_agency))
            .exists()
        )
