"""Who did something and when, and what an agency is called, where no template writes it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from .models import Agency

# What was told by somebody who has no account and speaks for no agency.
NO_AGENCY = "told by somebody outside the agencies"


def by_and_when(name: str, at: datetime) -> str:
    """Ann Archer, 3 June 2026 at 2:05pm."""
    local = timezone.localtime(at)
    clock = f"{local:%I:%M%p}".lstrip("0").lower()
    return f"{name}, {local.day} {local:%B %Y} at {clock}"


def agency_names(codes: Iterable[str]) -> dict[str, str]:
    wanted = set(codes)
    known = dict(Agency.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: known.get(code, code) if code else NO_AGENCY for code in wanted}
