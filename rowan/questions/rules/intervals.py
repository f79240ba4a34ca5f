"""How sure a share is: the 95% interval of Wilson (1927), which holds for small counts and for none."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Share:
    """A part of a whole, and between what it lies with 95% confidence; all from 0 to 1."""

    share: float
    least: float
    most: float


def share_of(part: int, whole: int) -> Share | None:
    """None where there is no whole to be part of."""
    if not whole:
        return None
    share, shrunk = part / whole, 1 + Z * Z / whole
    middle = (share + Z * Z / (2 * whole)) / shrunk
    reach = Z * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole)) / shrunk
    return Share(share, max(0.0, middle - reach), min(1.0, middle + reach))
