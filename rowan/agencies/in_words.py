"""Who did something and when, and what an agency is called, where no template writes it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from rowan.asked_alike import asked_alike
from rowan.asked_once import asked_one_by_one

from .models import Agency

# What was told by somebody who has no account and speaks for no agency.
NO_AGENCY = "told by somebody outside the agencies"


def by_and_when(name: str, at: datetime) -> str:
    """Ann Archer, 3 June 2026 at 2:05pm."""
    local = timezone.localtime(at)
    clock = f"{local:%I:%M%p}".lstrip("0").lower()
    return f"{name}, {day_in_words(local.date())} at {clock}"


def day_in_words(on: date) -> str:
    """3 June 2026."""
    return f"{on.day} {on:%B %Y}"


def agency_names(codes: Iterable[str]) -> dict[str, str]:
    return {code: name for code, (name, _) in _known(codes).items()}


def agency_kinds(codes: Iterable[str]) -> dict[str, str]:
    """By code, the kind of agency; of one that is not known, an empty word."""
    return {code: kind for code, (_, kind) in _known(codes).items()}


def _known(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    return asked_one_by_one("names and kinds of agencies", set(codes), _named)


@asked_alike
def _called(codes):
    return Agency.objects.filter(code__among=codes).order_by().values_list("code", "name", "kind")


def _named(codes: set[str]) -> dict[str, tuple[str, str]]:
    known = {code: (name, kind) for code, name, kind in _called(codes=codes)}
    return {code: known.get(code, (code, "")) if code else (NO_AGENCY, "") for code in codes}
