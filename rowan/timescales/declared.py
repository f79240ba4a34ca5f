"""Every setting and every piece of scheduled work that a room declares, gathered from the rooms' modules by name."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

from rowan.refusals import NotPossible

from .rules.settings import Setting


def declared_settings() -> list[Setting]:
    """The settings of every room, in the rooms' order. A room lists its own as SETTINGS in `rules/settings.py`."""
    return [setting for module in _modules_of_settings() for setting in getattr(module, "SETTINGS", [])]


def may_be_tried(name: str) -> bool:
    """Whether a changed value can be tried on the past year. A room lists the names of those that can as MAY_BE_TRIED, beside its SETTINGS."""
    return any(name in getattr(module, "MAY_BE_TRIED", ()) for module in _modules_of_settings())


def _modules_of_settings() -> Iterator[ModuleType]:
    for room in apps.get_app_configs():
        module = f"{room.name}.rules.settings"
        if room.name.startswith("rowan.") and find_spec(f"{room.name}.rules") and find_spec(module):
            yield import_module(module)


def setting_named(name: str) -> Setting:
    for setting in declared_settings():
        if setting.name == name:
            return setting
    raise NotPossible(f"No room declares a setting '{name}'.")


def declared_schedule() -> list[tuple[str, int]]:
    """The scheduled work of every room: a function that takes `now`, and the minutes between its runs. Rooms list theirs in `schedule.py`."""
    found: list[tuple[str, int]] = []
    for room in apps.get_app_configs():
        module = f"{room.name}.schedule"
        if room.name.startswith("rowan.") and find_spec(module):
            found.extend(import_module(module).SCHEDULE)
    return found
