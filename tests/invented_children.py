"""The children of an invented county, one after another, without its files."""

from collections.abc import Iterator
from datetime import date, timedelta

from rowan.synthetic.children import Families
from rowan.synthetic.land import Land
from rowan.synthetic.rates import FIGURES

UNTIL = date(2026, 6, 30)


def children(count: int, seed: int) -> Iterator:
    size = round(FIGURES["community_size"])
    communities = max(1, round(count / size))
    land = Land(seed, communities)
    first = 0
    for community in range(communities):
        families = Families(seed, community, land, UNTIL, UNTIL - timedelta(days=730), first)
        drawn = families.draw(min(size, count - first))
        first += len(drawn)
        yield from drawn
