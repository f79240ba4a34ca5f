"""What a home is, as its `home.json` says, and whether it is in service: said here and nowhere else."""

import json
from pathlib import Path

from django.conf import settings

NOTE = "home.json"


def note_of(home: Path) -> dict:
    """What `home.json` says; nothing where nobody has said anything yet, or nothing that can be read."""
    try:
        note = json.loads((home / NOTE).read_text())
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def kind_of(home: Path) -> str:
    """Demonstration, invented or service; empty while nobody has said."""
    return str(note_of(home).get("kind", ""))


def is_in_service(home: Path | None = None) -> bool:
    """Put in service by its operator, or reached by others: what answers to any name but this machine's own is no trial, whatever its note says."""
    return serves(home or settings.ROWAN_HOME, only_this_machine=settings.SERVED_ON_LOOPBACK)


def serves(home: Path, *, only_this_machine: bool) -> bool:
    """The same for the settings themselves, which are read before they can be asked."""
    return kind_of(home) == "service" or not only_this_machine
