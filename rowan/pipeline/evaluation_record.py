"""The record an evaluation leaves: what was counted in each county, and the figures pooled over them. Nobody types a figure.

A county counted again takes its own place, so a run of ten can be made in several sittings.
"""

import json
import os
import platform
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rowan.refusals import NotPossible

from .evaluation_kinds import COUNTERS, NUMBERS, Counts, FoundStory
from .evaluation_pooled import pooled

ASKED = ("children", "stories per 1000", "stories file", "until", "identifiers of somebody else")


def asked_of(county: Path) -> dict[str, str]:
    """What the county's marker says it was asked for."""
    marker = county / "INVENTED"
    if not marker.is_file():
        raise NotPossible(f"{county} is no finished invented county: it has no file INVENTED.")
    lines = marker.read_text(encoding="utf-8", errors="replace").splitlines()
    said = {key: value for key, _, value in (line.partition(": ") for line in lines) if value}
    if not said.get("seed", "").isdigit():
        raise NotPossible(
            f"{marker} does not say with which seed the county was drawn, so it cannot stand on record."
        )
    return said


def keep(file: Path, name: str, counties: Mapping[Path, Counts], commit: str) -> None:
    """Adds these counties to the run of this name; refused if they were made in another way than those it holds."""
    record = _on_record(file)
    run = record.setdefault(name, {"asked": {}, "counties": {}})
    for county, counts in counties.items():
        said = asked_of(county)
        asked = {key: said[key] for key in ASKED if key in said}
        if run["asked"] and run["asked"] != asked:
            raise NotPossible(
                f"The run '{name}' on record is of other counties ({_words(run['asked'])}), not of {_words(asked)}. Give another name."
            )
        run["asked"] = asked
        run["counties"][said["seed"]] = {
            "counted_on": f"{datetime.now(UTC):%Y-%m-%d}",
            "commit": commit,
            "counts": _as_rows(counts),
        }
    run["counties"] = dict(sorted(run["counties"].items(), key=lambda item: int(item[0])))
    run["machine"] = f"{len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}"
    run["figures"] = pooled([counts_of(kept["counts"]) for kept in run["counties"].values()])
    fresh = file.with_name(f"{file.name}.unfinished")
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    os.replace(fresh, file)


def _on_record(file: Path) -> dict[str, Any]:
    try:
        record = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (json.JSONDecodeError, UnicodeDecodeError, OSError) as error:
        raise NotPossible(
            f"The record {file} cannot be read ({error}). Give another file, or mend this one; nothing was changed."
        ) from error
    if not isinstance(record, dict):
        raise NotPossible(
            f"The record {file} is none that an evaluation left. Give another file; nothing was changed."
        )
    return record


def commit_of(checkout: Path) -> str:
    """The commit the figures are of, and whether anything had been changed since."""

    def git(*what: str) -> str:
        return subprocess.run(
            ["git", *what], cwd=checkout, capture_output=True, text=True, check=False
        ).stdout.strip()

    changed = git("status", "--porcelain", "--", "rowan")
    return (git("rev-parse", "--short=10", "HEAD") or "no commit known") + (
        ", with changes" if changed else ""
    )


def _words(asked: Mapping[str, str]) -> str:
    return ", ".join(f"{key} {value}" for key, value in asked.items())


def _as_rows(counts: Counts) -> dict[str, Any]:
    kept: dict[str, Any] = {name: getattr(counts, name) for name in NUMBERS}
    for name in COUNTERS:
        kept[name] = {key: dict(counter) for key, counter in sorted(getattr(counts, name).items())}
    return kept | {"stories": [asdict(story) for story in counts.stories]}


def counts_of(kept: Mapping[str, Any]) -> Counts:
    counts = Counts(**{name: kept[name] for name in NUMBERS})
    for name in COUNTERS:
        for key, counter in kept.get(name, {}).items():  # a county counted before somebody thought of it
            getattr(counts, name)[key] = Counter(counter)
    counts.stories = [FoundStory(**story) for story in kept["stories"]]
    return counts
