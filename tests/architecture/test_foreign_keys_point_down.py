"""A room's tables may point at earlier rooms' tables, never at later ones (docs/adr/0002)."""

import tomllib
from pathlib import Path

from django.apps import apps

CHECKOUT = Path(__file__).resolve().parents[2]
OUTLIVES_HER_RECORD = {"access", "audit_trail"}


def order_of_rooms() -> list[str]:
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c["id"] == "rooms")["layers"]
    return list(reversed(layers))


def test_foreign_keys_point_the_same_way_as_the_rooms():
    order = order_of_rooms()
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("rowan."):
            continue
        for field in model._meta.get_fields():
            if field.many_to_one or field.one_to_one:
                target = field.related_model
                if field.concrete and target.__module__.startswith("rowan."):
                    here, there = model._meta.app_label, target._meta.app_label
                    if order.index(there) > order.index(here):
                        wrong.append(f"{here}.{model.__name__}.{field.name} -> {there}")
    assert not wrong


def test_the_trail_and_access_name_a_child_by_id_only():
    for model in apps.get_models():
        if model._meta.app_label in OUTLIVES_HER_RECORD:
            pointed_at = {
                f.related_model._meta.app_label
                for f in model._meta.get_fields()
                if f.is_relation and f.concrete
            }
            assert pointed_at <= {"agencies", model._meta.app_label}, model


def test_the_settings_list_the_rooms_in_their_order():
    from django.conf import settings

    listed = [room.removeprefix("rowan.") for room in settings.ROOMS]
    order = order_of_rooms()
    assert listed == sorted(listed, key=order.index)
