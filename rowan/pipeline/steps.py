"""The steps of a night, one after the other, and what each came to."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ibis.expr.types import Table

from .engine import Engine


@dataclass
class Steps:
    """Does one step after the other, keeps its answer, and says on one line what it came to. Counts only, never a row."""

    engine: Engine
    done: list[dict[str, object]] = field(default_factory=list)

    def __call__(self, name: str, step: Callable[[], Table]) -> Table:
        began = time.perf_counter()
        kept = self.engine.keep(name, step())
        self.say(name, self.engine.count(kept), began)
        return kept

    def say(self, name: str, rows: int, began: float) -> None:
        seconds = round(time.perf_counter() - began, 2)
        self.done.append({"step": name, "rows": rows, "seconds": seconds})
        sys.stderr.write(f"  {name.replace('_', ' '):<28} {rows:>12,} rows {seconds:>8.2f} s\n")
        sys.stderr.flush()
