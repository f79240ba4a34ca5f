"""Ten thousand random lives of access against a plain model: parts, restrictions, letting in, taking off, handing over, keeping out, emergencies, joins and undone joins."""

import time

from tests.access_sequences import live_once, make_world

LIVES = 10_000


def test_ten_thousand_lives(db):
    world, began = make_world(), time.monotonic()
    held = sum(live_once(seed, world) for seed in range(LIVES))
    print(
        f"{LIVES} sequences, {held} answers held against the model, 0 different, {time.monotonic() - began:.0f} s"
    )
