"""The rise test on simulated pupils, through the night's own table functions: how long, how many of those found are false, and how many of the true are found.

What is simulated knows nothing of the test: sessions missed one by one (Poisson), and in spells of one to six (over-dispersed: the variance is
four times the mean, and not by the test's own model). How much they clump is measured on each night's past weeks, never told. Each pupil has a rate of
their own, spread otherwise than the test takes it to be; one in a hundred misses two, three, five or eight times as much in the newest four of
twenty-eight weeks. The false-discovery rate is the mean, over all simulations, of the share of those found who had not changed.
"""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from rowan.pipeline.engine import DuckDB
from rowan.questions.rules.absence_risen import CHANCE, CLUMP, critical_rows
from rowan.questions.rules.rise import share_step
from rowan.questions.rules.rise_given_past import SPREAD
from rowan.questions.tables.absence_risen import with_chance
from rowan.questions.tables.false_discoveries import by_chance_alone, stand_among

NEWEST, BLOCKS = 4, 6  # weeks, and as many of the past, block by block
PAST = NEWEST * BLOCKS
SESSIONS_A_WEEK = 0.6  # missed, of ten: six in a hundred
RAISED = 0.01
STRENGTHS = (2.0, 3.0, 5.0, 8.0)  # so many times as much as before
LONGEST_SPELL = 6
SECONDS_A_NIGHT = 0.5
HELD_TO_PERCENT = 10  # as is usual; what an area lives with is its own setting


def poisson(chance: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    return chance.poisson(mean)


def in_spells(chance: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    """Spells come one by one and last one to six sessions, each length as likely as the others."""
    spells = chance.poisson(mean / ((1 + LONGEST_SPELL) / 2))
    each = chance.multinomial(spells, np.full(LONGEST_SPELL, 1 / LONGEST_SPELL))
    return each @ np.arange(1, LONGEST_SPELL + 1)


MODELS = {"one by one (Poisson)": poisson, "in spells (over-dispersed)": in_spells}


@dataclass(frozen=True)
class Held:
    model: str
    times: float
    simulations: int
    pupils: int
    false_share: float  # of those found, on average
    power: float
    alone_false_share: float  # each judged as if nobody else were looked at
    alone_power: float
    seconds: float  # of one night, the median
    clump: float  # as measured, the mean


def hold_all(scratch: Path, pupils: int, simulations: int, seed: int) -> list[Held]:
    if not simulations:
        return []
    engine = DuckDB(scratch)
    try:
        return [
            hold(engine, model, pupils=pupils, simulations=simulations, seed=seed, times=times)
            for model in MODELS
            for times in STRENGTHS
        ]
    finally:
        engine.close()


def hold(
    engine: DuckDB, model: str, *, pupils: int, simulations: int, seed: int, times: float = STRENGTHS[0]
) -> Held:
    chance = np.random.default_rng(seed)
    share = HELD_TO_PERCENT / 100
    measured, alone, seconds, clumps = [], [], [], []
    for _ in range(simulations):
        night = _simulated(chance, MODELS[model], pupils, times)
        clumps.append(night.clump)
        rows = critical_rows({CLUMP.name: night.clump})
        critical = engine.take("bench_critical_values", pa.Table.from_pylist(rows))
        looked_at = engine.take("bench_windows", night.windows)
        began = time.perf_counter()
        found = with_chance(looked_at, looked_at.absent, critical)
        stand = _numbers(
            engine, stand_among(found, by_chance_alone(looked_at, critical), share, CHANCE.default)
        )
        seconds.append(time.perf_counter() - began)
        measured.append(_judged(stand, night.raised))
        alone.append(_judged(_numbers(engine, found), night.raised))
    false, power = np.mean(measured, axis=0)
    alone_false, alone_power = np.mean(alone, axis=0)
    return Held(
        model,
        times,
        simulations,
        pupils,
        *(round(float(one), 4) for one in (false, power, alone_false, alone_power)),
        seconds=round(float(np.median(seconds)), 3),
        clump=round(float(np.mean(clumps)), 2),
    )


@dataclass(frozen=True)
class Simulated:
    windows: pa.Table
    raised: np.ndarray
    clump: float


def clumping(blocks: np.ndarray) -> float:
    """Sessions that come together: the variance of a pupil's equal stretches of weeks, over their mean, pooled over pupils; to the half above."""
    measured = blocks.var(axis=1, ddof=1).sum() / max(blocks.mean(axis=1).sum(), 1e-9)
    return max(1.0, float(np.ceil(2 * measured - 0.02) / 2))


def _simulated(chance, model, pupils: int, times: float) -> Simulated:
    """One night's windows, and which of them have truly risen."""
    rate = chance.gamma(2.0, SESSIONS_A_WEEK / 2.0, pupils)
    raised = np.zeros(pupils, dtype=bool)
    raised[: int(pupils * RAISED)] = True
    newest = model(chance, rate * NEWEST * np.where(raised, times, 1.0))
    blocks = np.stack([model(chance, rate * NEWEST) for _ in range(BLOCKS)], axis=1)
    clump = clumping(blocks)
    # Nobody misses more sessions than there are.
    newest, past = np.minimum(newest, NEWEST * 10), np.minimum(blocks.sum(axis=1), PAST * 10)
    expected, before = SESSIONS_A_WEEK * NEWEST, SESSIONS_A_WEEK * PAST
    step = share_step(expected / (expected + before + SPREAD * clump))
    windows = pa.table(
        {
            "pupil": np.arange(pupils),
            "absent": newest.astype("int64"),
            "total": past.astype("int64"),
            "step": np.full(pupils, step, dtype="int64"),
            "week_on": np.zeros(pupils, dtype="int64"),
            "audience": pa.array(["school"] * pupils),
        }
    )
    return Simulated(windows, raised, clump)


def _numbers(engine: DuckDB, found: Table) -> np.ndarray:
    batches = list(engine.batches(found.select("pupil")))
    return pa.Table.from_batches(batches)["pupil"].to_numpy() if batches else np.array([], dtype="int64")


def _judged(found: np.ndarray, raised: np.ndarray) -> tuple[float, float]:
    true = int(raised[found].sum())
    return ((len(found) - true) / len(found) if len(found) else 0.0), true / int(raised.sum())


def tell(one: Held) -> str:
    return (
        f"Missing {one.times:g} times as much, {one.model} (clumps of {one.clump:g}, measured): {one.simulations} nights of {one.pupils:,} pupils; of those found {100 * one.false_share:.1f}% had not changed (allowed: "
        f"{HELD_TO_PERCENT:g}%), found of those who had {100 * one.power:.1f}%; each judged alone at {CHANCE.default:g}: {100 * one.alone_false_share:.1f}% "
        f"and {100 * one.alone_power:.1f}%; {one.seconds:.2f} s a night (allowed: {SECONDS_A_NIGHT} s)"
    )


def is_as_promised(one: Held) -> bool:
    return one.false_share <= HELD_TO_PERCENT / 100 and one.seconds <= SECONDS_A_NIGHT
