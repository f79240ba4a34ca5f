"""95% intervals for the figures of an evaluation, in plain arithmetic.

A figure pooled over counties varies in two ways: by the few that were counted, and from county to county. Each interval is
the wider of the two, so that neither is passed over.

Sources: shares, Wilson (1927); counts, Byar's approximation (Breslow and Day 1987, Statistical Methods in Cancer Research II,
p. 69); from county to county, the jackknife of a ratio of sums (Quenouille 1956) with Student's t; the difference of two shares,
Newcombe (1998), method 10; a median, order statistics by the binomial (Conover 1999, 3.2); the difference of two medians, from the
interval of each (Donner and Zou 2012, Statistical Methods in Medical Research 21, 347-359).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt
from statistics import NormalDist, median

Z = NormalDist().inv_cdf(0.975)
# Student's t, 97.5%, for 1 to 30 degrees of freedom; the normal beyond.
T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101,
    2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval, and how many it rests on. All None where there is nothing to take it of."""

    value: float | None
    low: float | None
    high: float | None
    of: float


NOTHING = Estimate(None, None, None, 0)


def share(parts: Sequence[float], wholes: Sequence[float]) -> Estimate:
    """A share pooled over counties."""
    part, whole = sum(parts), sum(wholes)
    if not whole:
        return NOTHING
    counted = wilson(part, whole)
    low, high = _wider(counted, _jackknife(parts, wholes))
    return Estimate(part / whole, max(0.0, low), min(1.0, high), whole)


def rate(counts: Sequence[float], wholes: Sequence[float], per: float) -> Estimate:
    """So many per 1,000, or per 10,000, pooled over counties."""
    count, whole = sum(counts), sum(wholes)
    if not whole:
        return NOTHING
    low, high = byar(count)
    low, high = _wider((low / whole, high / whole), _jackknife(counts, wholes))
    return Estimate(per * count / whole, per * max(0.0, low), per * high, whole)


def wilson(part: float, whole: float) -> tuple[float, float]:
    share_ = part / whole
    middle = (share_ + Z * Z / (2 * whole)) / (1 + Z * Z / whole)
    half = (
        Z / (1 + Z * Z / whole) * sqrt(max(0.0, share_ * (1 - share_) / whole + Z * Z / (4 * whole * whole)))
    )
    return middle - half, middle + half


def byar(count: float) -> tuple[float, float]:
    """Of a count of rare events."""
    more = count + 1
    low = count * max(0.0, 1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3 if count else 0.0
    return low, more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3


def _jackknife(parts: Sequence[float], wholes: Sequence[float]) -> tuple[float, float] | None:
    """From county to county: each left out in turn. None with fewer than three."""
    part, whole, counties = sum(parts), sum(wholes), len(parts)
    if counties < 3 or any(whole - one <= 0 for one in wholes):
        return None
    without = [(part - p) / (whole - w) for p, w in zip(parts, wholes, strict=True)]
    mean = sum(without) / counties
    error = sqrt((counties - 1) / counties * sum((one - mean) ** 2 for one in without))
    half = (T[counties - 2] if counties - 1 <= len(T) else Z) * error
    return part / whole - half, part / whole + half


def _wider(one: tuple[float, float], other: tuple[float, float] | None) -> tuple[float, float]:
    return one if other is None else (min(one[0], other[0]), max(one[1], other[1]))


def difference(part: int, whole: int, other_part: int, other_whole: int) -> Estimate:
    """How much larger one share is than another."""
    if not whole or not other_whole:
        return NOTHING
    one, other = part / whole, other_part / other_whole
    (low, high), (other_low, other_high) = wilson(part, whole), wilson(other_part, other_whole)
    return Estimate(
        one - other,
        one - other - sqrt((one - low) ** 2 + (other_high - other) ** 2),
        one - other + sqrt((high - one) ** 2 + (other - other_low) ** 2),
        whole + other_whole,
    )


def middle_of(values: Sequence[float]) -> Estimate:
    """The median. With fewer than six no order statistics hold it with 95%, and no interval is given."""
    ordered, count = sorted(values), len(values)
    if not count:
        return NOTHING
    place, below = -1, 0.0
    while below + comb(count, place + 1) / 2**count <= 0.025:
        place += 1
        below += comb(count, place) / 2**count
    if place < 0:
        return Estimate(median(ordered), None, None, count)
    return Estimate(median(ordered), ordered[place], ordered[count - 1 - place], count)


def difference_of_middles(values: Sequence[float], others: Sequence[float]) -> Estimate:
    """How much larger one median is than another; no interval where one of them has none."""
    one, other = middle_of(values), middle_of(others)
    if one.value is None or other.value is None:
        return NOTHING
    apart, of = one.value - other.value, one.of + other.of
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return Estimate(apart, None, None, of)
    low = apart - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = apart + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Estimate(apart, low, high, of)
