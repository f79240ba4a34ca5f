"""Whether what a run read was this county, file by file: another county has the same names of files and other children in them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from rowan.refusals import NotPossible

FILES = "files"
MARKER = "INVENTED"
FILES_NAMED = 3


def refuse_another_county(county: Path, folder: Path, home: Path) -> None:
    """NotPossible when the run read a file of the county's name that holds something else, or nothing of the county at all."""
    if not (folder / f"{FILES}.parquet").is_file():
        raise NotPossible(
            f"The run in {home} does not say which files it read: it was made by an earlier Rowan. Run `rowan overnight` there again."
        )
    same: list[Path] = []
    others: list[Path] = []
    for name, digest in sorted(_files_read(folder)):
        if here := _in_the_county(county, name):
            (same if _digest(here) == digest else others).append(here.relative_to(county))
    if others:
        named = ", ".join(str(name) for name in others[:FILES_NAMED])
        more = f" and {len(others) - FILES_NAMED} more" if len(others) > FILES_NAMED else ""
        raise NotPossible(
            f"The run in {home} was not of this county{_told_of(county)}: what it read as {named}{more} is not what stands in {county}. "
            "Give the county that was imported there, or import this one in a home of its own and run `rowan overnight`."
        )
    if not same:
        raise NotPossible(f"The run in {home} was not of this county: it read none of the files in {county}.")


def _files_read(folder: Path) -> set[tuple[str, str]]:
    file = folder / f"{FILES}.parquet"
    try:
        rows = pq.read_table(file, columns=["file", "content_hash"]).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise damaged(file) from error
    return {(row["file"], row["content_hash"]) for row in rows}


def damaged(file: Path) -> NotPossible:
    return NotPossible(
        f"{file} cannot be read: the run's own file is damaged. Run `rowan overnight` there again."
    )


def _in_the_county(county: Path, name: str) -> Path | None:
    """Names there are relative to the county; the run's begin wherever the import did."""
    parts = [part for part in Path(name).parts if part not in {"/", ".."}]
    return next(
        (found for tail in _tails(parts) if (found := county.joinpath(*tail)).is_file()),
        None,
    )


def _tails(parts: list[str]) -> Iterator[list[str]]:
    return (parts[start:] for start in range(len(parts)))


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _told_of(county: Path) -> str:
    """What its own marker says it was drawn with, so that whoever mixed two up sees which is which."""
    marker = county / MARKER
    lines = marker.read_text(encoding="utf-8", errors="replace").splitlines() if marker.is_file() else []
    told = [line.replace(":", "", 1) for line in lines if line.startswith(("children:", "seed:", "until:"))]
    return f" ({', '.join(told)})" if told else ""
