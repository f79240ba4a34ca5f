"""Has a count risen, given how often this one pupil missed school before? The chances of the newest weeks' number, as a table of critical values.

A pupil's own past says what is ordinary for them, and a short past says it badly. So the past is laid beside how pupils differ at all (empirical Bayes;
Efron and Morris, "Data analysis using Stein's estimator and its generalizations", Journal of the American Statistical Association, 1975): how many times
the year group's rate a pupil misses is taken to be spread over pupils as a gamma distribution of shape `SPREAD`, and the past moves it. Sessions are
missed in clumps, such as two days of a cold: clumps come by chance, and their lengths are geometric, so that a count's variance is `clump` times its
mean. The newest weeks' number is then a negative binomial number of such clumps, whose chances follow each from the two before.

Held against the exact test on the total of past and newest weeks (`rise`), which same days missed keep, this one does not take a great rise for a sign
that the pupil's sessions clump. In simulated nights (docs/measured.md) it finds several times as many of those who had risen, with no more that had not.

`share` is the part of the newest weeks in what would be expected of newest and past weeks together, where `SPREAD` clumps stand beside the past for what
is known of pupils at all. A share is rounded up, so that rounding never asks.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from math import exp, log1p

from .rise import MOST_SHARE, SHARE_STEP, rows_of, steps_of_chance

# England: about a fifth of pupils miss a tenth and more where the mean is 7 in 100 (Department for Education, pupil absence); a gamma of shape 1 gives a quarter.
SPREAD = 1.0
# Where the rest of a sum is less than nothing that is told apart.
NO_MORE = 1e-13


def chances_given_past(past: int, share: float, clump: float, *, most: int | None = None) -> list[float]:
    """The chance of 0, 1, … sessions in the newest weeks of a pupil who missed `past` before, as far as there is any, or up to `most`."""
    return list(islice(_chances(past, share, clump), None if most is None else most + 1))


def _chances(past: int, share: float, clump: float) -> Iterator[float]:
    known = SPREAD + past / clump
    longest = (clump + 1) / 2  # of a geometric clump, on average, so that variance is `clump` times the mean
    odds = clump * share / (1 - share) / longest
    goes_on, again = 1 - 1 / longest, 1 - 1 / longest / (1 + odds)
    before, here, number, told = 0.0, exp(-known * log1p(odds)), 0, 0.0
    while told < 1 - NO_MORE or here > NO_MORE:
        yield here
        told += here
        after = (known * (again - goes_on) + (again + goes_on) * number) * here - again * goes_on * (number - 1) * before  # fmt: skip
        before, here, number = here, max(after / (number + 1), 0.0), number + 1


def least_given_past(past: int, share: float, *, chance: float, clump: float, most: int) -> int | None:
    """The least number up to `most` that chance alone reaches at most at this chance; None when no number is."""
    chances = chances_given_past(past, share, clump)
    tail, found = sum(chances[most + 1 :]), None
    for number in range(most, 0, -1):
        tail += chances[number] if number < len(chances) else 0.0
        if tail > chance:
            break
        found = number
    return found


@cache
def _all_chances(past: int, share: float, clump: float, most: int) -> tuple[float, ...]:
    """Of each number up to `most`, where all that are more stand with it. Two rules ask with different chances of the same numbers."""
    chances = chances_given_past(past, share, clump, most=most)
    chances += [0.0] * (most + 1 - len(chances))
    chances[most] += max(0.0, 1 - sum(chances))
    return tuple(chances)


@cache
def critical_values_given_past(
    *, chance: float, clump: float, most_past: int, most: int
) -> tuple[tuple[int, int, int, int, float, float], ...]:
    """Rows of (past, share in percent, at least, at most, chance, weight), as `rise.critical_values` for totals.

    Whoever missed more than there were sessions stands with those who missed them all.
    """
    steps, rows = steps_of_chance(chance), []
    for past in range(most_past + 1):
        for percent in range(SHARE_STEP, MOST_SHARE + 1, SHARE_STEP):
            chances = _all_chances(past, percent / 100, clump, most)
            rows += [(past, percent, *row) for row in rows_of(chances, chances, steps)]
    return tuple(rows)


def critical_table_given_past(
    *, chance: float, clump: float, most_past: int, most: int
) -> list[dict[str, int | float]]:
    rows = critical_values_given_past(chance=chance, clump=clump, most_past=most_past, most=most)
    return [
        {"total": past, "share": share, "at_least": least, "at_most": up_to, "chance": worth, "weight": weight}
        for past, share, least, up_to, worth, weight in rows
    ]  # fmt: skip
