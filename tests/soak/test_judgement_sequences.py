"""Ten thousand random sequences of link, unlink and undo, each night held against a plain model."""

from tests.judging_sequences import run_one

SEQUENCES = 10_000


def test_ten_thousand_sequences(measured):
    """10,000 random sequences of link, unlink and undo: whose is each record, night after night, and is everything as it was once all is undone? As a plain model that shares no code says, each time."""
    found = measured()
    found["sequences"] = found["nights held against the model"] = 0
    for seed in range(SEQUENCES):
        found["nights held against the model"] += run_one(seed)
        found["sequences"] += 1
    found["different"] = 0
