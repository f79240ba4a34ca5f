"""Pages of documentation made from the code itself, so that they cannot drift from it."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from rowan.timescales.declared import declared_settings

from .assurance_page import assurance_page
from .concerns_page import concerns_page
from .evaluation_page import evaluation_page
from .matrix_page import matrix_page
from .model_card_page import model_card_page
from .personal_data import personal_data_page
from .questions_page import questions_page
from .states_page import states_page

MADE = "<!-- Made by `make docs` from the code; change the code, not this page. -->\n\n"


def rooms_page() -> str:
    """The rooms in their order, from the contract that enforces it, each with its sentence from the glossary."""
    contracts = tomllib.loads((settings.CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract for contract in contracts if contract["id"] == "rooms")["layers"]
    sentences = dict(
        re.findall(
            r"^\| `([a-z_]+)` \| (.+?) \|$",
            (settings.CHECKOUT / "GLOSSARY.md").read_text(),
            flags=re.MULTILINE,
        )
    )
    rows = [
        f"| {n} | `{room}` | {sentences[room]} |"
        for n, room in enumerate(reversed(layers))
        if room in sentences
    ]
    return (
        "# The rooms, in their order\n\nA room may import the rooms above it in this list, never those below.\n\n| | Room | What it is |\n|---|---|---|\n"
        + "\n".join(rows)
    )


def settings_page() -> str:
    """Every setting a room declares: what it means, its default and range, who agreed it and on what ground."""
    rows = []
    for setting in declared_settings():
        allowed = (
            f"{setting.least:g} to {setting.most:g}"
            if setting.least is not None and setting.most is not None
            else ""
        )
        rows.append(
            f"| `{setting.name}` | {setting.explanation} | {setting.default} {setting.unit} | {allowed} | {setting.owner} | {setting.source} |"
        )
    return (
        "# Settings\n\nValues are dated: a change holds from a date on, and a question keeps the values it used.\n\n"
        "| Setting | What it means | Default | Allowed | Owner | Source |\n|---|---|---|---|---|---|\n"
        + "\n".join(rows)
    )


PAGES: dict[str, Callable[[], str]] = {
    "rooms.md": rooms_page,
    "settings.md": settings_page,
    "questions.md": questions_page,
    "personal_data.md": personal_data_page,
    "who-may-see-what.md": matrix_page,
    "concerns.md": concerns_page,
    "assurance.md": assurance_page,
    "evaluation.md": evaluation_page,
    "model_card.md": model_card_page,
    "states.md": states_page,
}


def folder() -> Path:
    return settings.CHECKOUT / "docs" / "generated"


def stale() -> list[str]:
    """Names of pages that differ from what the code would make now."""
    return [
        name
        for name, text in _texts().items()
        if not (folder() / name).exists() or (folder() / name).read_text() != text
    ]


def write() -> list[str]:
    changed = stale()
    folder().mkdir(parents=True, exist_ok=True)
    for name in changed:
        (folder() / name).write_text(_texts()[name])
    return changed


def _texts() -> dict[str, str]:
    return {name: MADE + make().rstrip() + "\n" for name, make in PAGES.items()}
