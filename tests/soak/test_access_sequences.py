"""Ten thousand random lives of access against a plain model: parts, restrictions, letting in, taking off, handing over, keeping out, emergencies, joins and undone joins."""

from tests.access_sequences import live_once, make_world

LIVES = 10_000


def test_ten_thousand_lives(db, measured):
    """10,000 random sequences of involvement, restriction, emergency access, join and undo: may she see this child? As a plain model that shares no code says, each time."""
    found = measured()
    world = make_world()
    found["sequences"] = found["answers held against the model"] = 0
    for seed in range(LIVES):
        found["answers held against the model"] += live_once(seed, world)
        found["sequences"] += 1
    found["different"] = 0
