"""Has a count risen? The exact test for two counts that come in clumps, as a table of critical values.

Of `total` sessions missed, `share` of the expected ones fall in the newest weeks when nothing has changed. Were sessions missed one by one, the
newest weeks' number would be binomial (the exact conditional test of two Poisson counts; Przyborowski and Wilenski 1940). They come in
clumps, such as two days of a cold, so that a count's variance is `clump` times its mean; conditional on their total, two such
negative binomial counts leave a beta-binomial. The table gives, for each total and share, the least number in the newest weeks whose chance
under "nothing has changed" is at most `chance`. Exact sums, no approximation; a share is rounded up, so that rounding never asks.
"""

from collections.abc import Iterator
from functools import cache
from math import ceil, exp, lgamma

# Shares are kept in steps of two percent; beyond this share the past is too short to judge by.
SHARE_STEP = 2
MOST_SHARE = 60


def least_that_is_a_rise(total: int, share: float, *, chance: float, clump: float) -> int | None:
    """The least number of `total` in the newest weeks that chance alone makes at most `chance`; None when no number is."""
    tail, found = 0.0, None
    chances = list(_chances(total, share, clump))
    for number in range(total, 0, -1):
        tail += chances[number]
        if tail > chance:
            break
        found = number
    return found


def _chances(total: int, share: float, clump: float) -> Iterator[float]:
    """The chance of 0, 1, … total in the newest weeks, each from the one before."""
    if clump <= 1:
        each = (1 - share) ** total
        for number in range(total + 1):
            yield each
            each *= (total - number) / (number + 1) * share / (1 - share)
        return
    whole = total / (clump - 1)
    newest, past = share * whole, (1 - share) * whole
    each = exp(lgamma(past + total) - lgamma(past) - lgamma(whole + total) + lgamma(whole))
    for number in range(total + 1):
        yield each
        if number < total:
            each *= (total - number) / (number + 1) * (newest + number) / (past + total - number - 1)


@cache
def critical_values(*, chance: float, clump: float, most: int) -> tuple[tuple[int, int, int], ...]:
    """Rows of (total, share in percent, at least): where a rise begins. Combinations that can never be a rise are left out."""
    rows = []
    for total in range(1, most + 1):
        for percent in range(SHARE_STEP, MOST_SHARE + 1, SHARE_STEP):
            least = least_that_is_a_rise(total, percent / 100, chance=chance, clump=clump)
            if least is not None:
                rows.append((total, percent, least))
    return tuple(rows)


def share_step(share: float) -> int:
    """The step of the table a share falls in, rounded up."""
    return max(SHARE_STEP, SHARE_STEP * ceil(round(share * 100 / SHARE_STEP, 9)))
