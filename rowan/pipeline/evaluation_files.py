"""What `rowan evaluate` reads: written before the purge and only in an invented home, each night anew."""

import shutil
from pathlib import Path

from .engine import Engine
from .run import Night

# What anybody would give to a program that matches people.
COMPARED = ("rid", "first_name", "surname", "birth_date", "postcode", "address", "upn", "nhs_number")


def write_evaluation(engine: Engine, night: Night, folder: Path) -> None:
    """files (what was read, by digest), links (one row a row of a person), unsure_pairs, occasions of the whole period, occasion_evidence, and records, from which
    plain Splink can be run beside ours. Replaced whole."""
    fresh = folder.with_name(folder.name + ".writing")
    shutil.rmtree(fresh, ignore_errors=True)
    engine.write(night["imports"].select("file", "content_hash").distinct(), fresh / "files.parquet")
    engine.write(night["about_people"], fresh / "links.parquet")
    engine.write(night["unsure_pairs"].select("left_rid", "right_rid"), fresh / "unsure_pairs.parquet")
    engine.write(night["identity_records"].select(*COMPARED), fresh / "records.parquet")
    engine.write(night["occasions"], fresh / "occasions.parquet")
    engine.write(night["occasion_evidence"], fresh / "occasion_evidence.parquet")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
