"""A row that is locked is read without what it is joined to; every test of the suite watches for it."""

import pytest

from rowan.timescales.models import Clock


def test_the_guard_knows_a_locked_row_with_its_joins_when_it_sees_one():
    with pytest.raises(AssertionError, match="Clock is locked with select_related"):
        str(Clock.objects.select_for_update().select_related("owner").query)


def test_a_row_that_is_not_locked_may_be_joined():
    assert "JOIN" in str(Clock.objects.select_related("owner").query)
