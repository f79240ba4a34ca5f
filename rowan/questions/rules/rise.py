"""Has a count risen? The exact test for two counts that come in clumps, as a table of critical values.

Of `total` sessions missed, `share` of the expected ones fall in the newest weeks when nothing has changed. Were sessions missed one by one, the
newest weeks' number would be binomial (the exact conditional test of two Poisson counts; Przyborowski and Wilenski 1940). They come in
clumps, such as two days of a cold, so that a count's variance is `clump` times its mean; conditional on their total, two such
negative binomial counts leave a beta-binomial. The table gives, for each total and share, the least number in the newest weeks whose chance
under "nothing has changed" is at most `chance`. Exact sums, no approximation; a share is rounded up, so that rounding never asks.

Many pupils are looked at in one night, and one in a thousand of a hundred thousand is a hundred questions about nothing. So the chance is kept
in steps, five to each power of ten, and of all that were looked at in a week only those stand of which at most an agreed share would be there by
chance alone: the false-discovery rate (Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B,
1995). How many would be there by chance is summed from each pupil's own chance of reaching the step, for a pupil who misses little can hardly
reach any (Heyse, "A false discovery rate procedure for categorical data", 2011; Döhler, Durand and Roquain, "New FDR bounds for discrete and
heterogeneous tests", Electronic Journal of Statistics, 2018, where the bound is proved but for a factor of 1 less the agreed chance, which is
kept). Counts are small integers, so a look is one look-up in this table.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import ceil, exp, lgamma, sqrt

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


def _chances(total: int, share: float, clump: float, *, steady: float | None = None) -> Iterator[float]:
    """The chance of 0, 1, … total in the newest weeks, each from the one before. `steady` stands for the total where clumping is judged."""
    if clump <= 1:
        each = (1 - share) ** total
        for number in range(total + 1):
            yield each
            each *= (total - number) / (number + 1) * share / (1 - share)
        return
    whole = (total if steady is None else steady) / (clump - 1)
    newest, past = share * whole, (1 - share) * whole
    each = exp(lgamma(past + total) - lgamma(past) - lgamma(whole + total) + lgamma(whole))
    for number in range(total + 1):
        yield each
        if number < total:
            each *= (total - number) / (number + 1) * (newest + number) / (past + total - number - 1)


def with_caution(total: int, share: float, clump: float) -> list[float]:
    """The same chances for whoever is looked at among many, clumping judged by a total one standard deviation below what was seen.

    What a pupil ordinarily misses is known by their total alone. Taken as it is, whoever missed much by chance looks steadier than they are, and of
    many pupils it is they who are found: in simulated nights up to half of those found had not changed, where a tenth was agreed.
    """
    if clump <= 1:
        return list(_chances(total, share, clump))
    return list(_chances(total, share, clump, steady=max(total - sqrt(clump * total), total / 10)))


STEPS_A_POWER = 5
# Beyond a hundred thousandth of the agreed chance nothing is gained: no county holds so many pupils.
POWERS = 5


def steps_of_chance(chance: float) -> tuple[float, ...]:
    """The agreed chance and the smaller ones it is told apart from, greatest first."""
    return tuple(chance * 10 ** (-step / STEPS_A_POWER) for step in range(STEPS_A_POWER * POWERS + 1))


@cache
def critical_values(
    *, chance: float, clump: float, most: int
) -> tuple[tuple[int, int, int, int, float, float], ...]:
    """Rows of (total, share in percent, at least, at most, chance, weight): what so many of the newest weeks are worth.

    One row holds for any number; `weight` is how likely chance alone is to end in that row, with caution. Below the first "at least" nothing has risen;
    combinations that can never be a rise are left out.
    """
    steps, rows = steps_of_chance(chance), []
    for total in range(1, most + 1):
        for percent in range(SHARE_STEP, MOST_SHARE + 1, SHARE_STEP):
            found = rows_of(
                list(_chances(total, percent / 100, clump)), with_caution(total, percent / 100, clump), steps
            )
            rows += [(total, percent, *row) for row in found]
    return tuple(rows)


def rows_of(
    chances: Sequence[float], weights: Sequence[float], steps: Sequence[float]
) -> list[tuple[int, int, float, float]]:
    """From the greatest number down, so that the chance grows; a new row begins where it passes a step."""
    rows: list[tuple[int, int, float]] = []
    tail, place, up_to = 0.0, len(steps) - 1, len(chances) - 1
    for number in range(len(chances) - 1, -1, -1):
        after = tail + chances[number]
        if after > steps[place] or number == 0:
            if up_to > number:
                rows.append((number + 1, up_to, steps[place]))
            up_to = number
            while place >= 0 and after > steps[place]:
                place -= 1
            if place < 0:
                break
        tail = after
    return [(least, up_to, worth, sum(weights[least : up_to + 1])) for least, up_to, worth in rows]


def stand_among(
    worths: Sequence[float], by_chance: Callable[[float], float], *, false_share: float
) -> list[bool]:
    """Which of these chances stand, when `by_chance` says how many of all looks would reach a chance with nothing changed."""
    in_order = sorted(worths)
    limit = max((worth for place, worth in enumerate(in_order, 1) if by_chance(worth) <= false_share * place), default=0.0)  # fmt: skip
    return [worth <= limit for worth in worths]


def critical_table(*, chance: float, clump: float, most: int, looks: int = 1) -> list[dict[str, int | float]]:
    """The rows for `tables` to join, where each pupil is looked at in so many ways (Bonferroni)."""
    rows = critical_values(chance=chance / looks, clump=clump, most=most)
    return [
        {"total": total, "share": share, "at_least": least, "at_most": up_to, "chance": worth * looks, "weight": weight}
        for total, share, least, up_to, worth, weight in rows
    ]  # fmt: skip


def share_step(share: float) -> int:
    """The step of the table a share falls in, rounded up."""
    return max(SHARE_STEP, SHARE_STEP * ceil(round(share * 100 / SHARE_STEP, 9)))
