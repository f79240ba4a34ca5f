"""Without the trail the act fails: every act that a test does is first tried with no trail to write on, and must change nothing."""

import contextlib
import copy
import importlib
import inspect
import sys
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError

ROWAN = Path(__file__).resolve().parents[1] / "rowan"
WRITES = "rowan.audit_trail.databases.writing_last.write"


def acts() -> dict[str, object]:
    """Every public function of a room's actions that takes `by`."""
    found = {}
    for path in sorted(ROWAN.glob("*/actions.py")):
        module = importlib.import_module(f"rowan.{path.parent.name}.actions")
        for name, act in inspect.getmembers(module, inspect.isfunction):
            own = act.__module__ == module.__name__ and not name.startswith("_")
            if own and path.parent.name != "audit_trail" and "by" in inspect.signature(act).parameters:
                found[f"{path.parent.name}.{name}"] = act
    return found


def everything() -> dict[str, list]:
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in apps.get_models()
    }


def try_each_first_without_the_trail(monkeypatch, tried: list[str]) -> None:
    """Wherever an act is called by its name, try it without the trail, hold the tables against what they were, then do it."""

    def no_trail(*_):
        raise DatabaseError("The trail is not to be had.")

    def wrapped(name, act):
        def first_without(*args, **given):
            before = everything()
            again = copy.deepcopy((args, given))
            with monkeypatch.context() as patch:
                patch.setattr(WRITES, no_trail)
                # Whatever it says, it must have changed nothing.
                with contextlib.suppress(Exception):
                    act(*again[0], **again[1])
            after = everything()
            changed = [table for table, rows in before.items() if rows != after[table]]
            assert not changed, f"{name} changed {changed} without a line on the trail"
            tried.append(name)
            return act(*args, **given)

        return first_without

    for name, act in acts().items():
        stand_in = wrapped(name, act)
        for module in list(sys.modules.values()):
            if getattr(module, "__name__", "").split(".")[0] in {"rowan", "tests"}:
                for attribute, value in list(vars(module).items()):
                    if value is act:
                        monkeypatch.setattr(module, attribute, stand_in)
