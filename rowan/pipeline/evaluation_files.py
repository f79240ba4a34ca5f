"""What `rowan evaluate` reads: written before the purge and only in an invented home, each night anew."""

import shutil
from pathlib import Path

from .engine import Engine
from .run import Night


def write_evaluation(engine: Engine, night: Night, folder: Path) -> None:
    """links (one row a row of a person), unsure_pairs, occasions of the whole period, occasion_evidence. Replaced whole."""
    fresh = folder.with_name(folder.name + ".writing")
    shutil.rmtree(fresh, ignore_errors=True)
    engine.write(night["about_people"], fresh / "links.parquet")
    engine.write(night["unsure_pairs"].select("left_rid", "right_rid"), fresh / "unsure_pairs.parquet")
    engine.write(night["occasions"], fresh / "occasions.parquet")
    engine.write(night["occasion_evidence"], fresh / "occasion_evidence.parquet")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
