"""Who did something and when, where no template writes it."""

from datetime import datetime

from django.utils import timezone


def by_and_when(name: str, at: datetime) -> str:
    """Ann Archer, 3 June 2026 at 2:05pm."""
    local = timezone.localtime(at)
    clock = f"{local:%I:%M%p}".lstrip("0").lower()
    return f"{name}, {local.day} {local:%B %Y} at {clock}"
