"""Whose name stays sealed: a member of the public's, and that of whoever told the police."""

from collections.abc import Mapping

from .who_raises import Raises

STAYS_SEALED = (
    "Somebody whose name stays sealed with the police. Ask their unit, by this concern’s reference."
)
NAMES = {"name": "Name", "works_at": "Where they work", "told_by": "Told by"}


def told_the_police(raises: str, told_by: str) -> bool:
    """A police report holds a reference to its source, and never who that is (domain 5.4)."""
    return raises == Raises.POLICE and bool(told_by.strip())


def said_of(source: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(label, source[key]) for key, label in NAMES.items() if source[key]]
