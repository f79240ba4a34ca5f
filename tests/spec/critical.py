"""A table of critical values as a spec draws it, as far as small drawn counties need it."""

from collections.abc import Sequence

COLUMNS = ("total", "share", "at_least", "at_most", "chance", "weight")


def drawn(rows: Sequence[dict], most: int = 40) -> str:
    lines = [" | ".join(str(row[name]) for name in COLUMNS) for row in rows if row["total"] <= most]
    return "\n".join([" | ".join(COLUMNS), *lines])
