"""What personal data every stored field is and how long it is kept, as each room's `personal_data.toml` says."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

NAME = "personal_data.toml"
SAID_OF_A_TABLE = {"about", "kept"}


@dataclass(frozen=True)
class Declared:
    """One table: what it is about, how long its rows are kept, and the kind of each of its fields."""

    table: str
    about: str
    kept: str
    kinds: dict[str, str]


def kinds() -> dict[str, str]:
    return _said_by_the_website()["kinds"]


def how_long() -> dict[str, str]:
    return _said_by_the_website()["kept"]


@cache
def declarations() -> dict[str, Declared]:
    """Every declared table by its label, such as `people.Address`, in the rooms' order."""
    found = {}
    for room in apps.get_app_configs():
        if room.name.startswith("rowan.") and (Path(room.path) / NAME).exists():
            for table, said in _read(Path(room.path) / NAME).items():
                label = table if "." in table else f"{room.label}.{table}"
                if label not in {"kinds", "kept"} and table not in {"kinds", "kept"}:
                    found[label] = _declared(label, said)
    return found


def faults(tables: list[type[models.Model]], declared: dict[str, Declared]) -> list[str]:
    """What is not declared, declared twice, or declared and not there: each in words that say what to do."""
    labels = {table._meta.label for table in tables}
    found = [f"{label} is declared in a {NAME} and is no table" for label in declared if label not in labels]
    for table in tables:
        label = table._meta.label
        if label not in declared:
            found.append(
                f"{label}: say in its room's {NAME} what it is about, how long it is kept and what each field is"
            )
            continue
        found += _faults_of_fields(label, fields_of(table), declared[label])
    return found


def fields_of(table: type[models.Model]) -> list[str]:
    """Every field that holds something; a row's running number says nothing."""
    return [
        field.name
        for field in table._meta.local_concrete_fields
        if not (isinstance(field, models.AutoField) and field.primary_key)
    ]


def personal_data_page() -> str:
    """Every table that holds personal data, for whoever answers for it."""
    lines = [
        "# Personal data: what is stored, and how long",
        "",
        *_words("Kinds", kinds()),
        *_words("Kept", how_long()),
    ]
    lines += ["## Tables", "", "| Table | About | Kept | Fields |", "|---|---|---|---|"]
    for declared in declarations().values():
        lines.append(
            f"| `{declared.table}` | {declared.about} | {declared.kept} | {_fields_by_kind(declared)} |"
        )
    return "\n".join(lines)


def _faults_of_fields(label: str, fields: list[str], declared: Declared) -> list[str]:
    found = [
        f"{label}.{name}: say in {NAME} what personal data it is"
        for name in fields
        if name not in declared.kinds
    ]
    found += [f"{label}.{name} is declared and is no field" for name in declared.kinds if name not in fields]
    found += [
        f"{label}.{name}: '{kind}' is no kind" for name, kind in declared.kinds.items() if kind not in kinds()
    ]
    if declared.kept not in how_long():
        found.append(f"{label}: '{declared.kept}' is not among the ways of keeping")
    if not declared.about:
        found.append(f"{label}: say what it is about")
    return found


def _declared(label: str, said: dict) -> Declared:
    by_field: dict[str, str] = {}
    for kind, fields in said.items():
        if kind in SAID_OF_A_TABLE:
            continue
        for field in fields:
            if field in by_field:
                raise ValueError(f"{label}.{field} is declared twice in {NAME}")
            by_field[field] = kind
    return Declared(label, said.get("about", ""), said.get("kept", ""), by_field)


def _fields_by_kind(declared: Declared) -> str:
    by_kind: dict[str, list[str]] = {}
    for field, kind in declared.kinds.items():
        by_kind.setdefault(kind, []).append(f"`{field}`")
    return "; ".join(f"{kind}: {', '.join(fields)}" for kind, fields in by_kind.items())


def _words(title: str, words: dict[str, str]) -> list[str]:
    return [
        f"## {title}",
        "",
        f"| {title} | Meaning |",
        "|---|---|",
        *(f"| {word} | {said} |" for word, said in words.items()),
        "",
    ]


def _said_by_the_website() -> dict:
    return _read(Path(__file__).parent / NAME)


@cache
def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))
