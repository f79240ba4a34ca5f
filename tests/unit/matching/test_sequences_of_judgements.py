"""Link, unlink and undo give what a plain model gives, night after night; the long run is in tests/soak."""

import pytest

from tests.judging_sequences import run_one

title = "A judgement undone leaves no trace"


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_link_unlink_and_undo_as_the_plain_model_has_it(first):
    assert all(run_one(seed) for seed in range(first, first + 100))
