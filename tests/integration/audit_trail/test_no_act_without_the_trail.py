"""Without the trail the act fails: nothing is changed of which there is no line."""

import pytest

from rowan.timescales import actions
from tests.without_the_trail import acts, try_each_first_without_the_trail


def test_every_room_that_acts_is_among_those_tried():
    assert {"questions.answer", "access.open_record"} <= set(acts())


@pytest.mark.django_db
def test_an_act_that_changes_something_without_a_line_is_found(monkeypatch):
    from rowan.agencies.models import Agency

    def silent(*, by):
        Agency.objects.create(code="council-899", name="Council", kind="council")

    silent.__module__ = actions.__name__
    monkeypatch.setattr(actions, "silent", silent, raising=False)
    try_each_first_without_the_trail(monkeypatch, [])
    with pytest.raises(AssertionError, match=r"timescales.silent changed .*agencies\.Agency"):
        actions.silent(by="rowan")
