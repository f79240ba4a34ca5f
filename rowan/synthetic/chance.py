"""Chance that can be repeated: every part of the county draws from a stream of its own, named by seed and words."""

import math
from hashlib import blake2b
from random import Random

import numpy as np


def _number(seed: int, words: tuple) -> int:
    text = "|".join(map(str, (seed, *words)))
    return int.from_bytes(blake2b(text.encode(), digest_size=16).digest(), "big")


def stream(seed: int, *words) -> Random:
    """For drawing one thing after another."""
    return Random(_number(seed, words))


def bulk_stream(seed: int, *words) -> np.random.Generator:
    """For drawing a school's marks at once."""
    return np.random.Generator(np.random.PCG64(_number(seed, words)))


def how_many(chance: Random, mean: float) -> int:
    """A Poisson count."""
    if mean > 30:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def around(chance: Random, median: float, spread: float) -> float:
    """Log-normal: most near the median, a few far above it."""
    return median * math.exp(chance.gauss(0, spread))


def evenly(place: int, offset: float) -> float:
    """The golden-ratio sequence: spreads any number of draws evenly over 0 to 1, so that few draws still keep proportions."""
    return (offset + place * 0.6180339887498949) % 1.0
