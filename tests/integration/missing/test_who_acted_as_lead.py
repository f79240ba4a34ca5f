"""Every step of a missing episode says in which place of their agency's chain of leads somebody recorded it."""

import pytest

from rowan.audit_trail.models import Entry as Line
from rowan.missing import actions
from rowan.missing.models import Event
from tests import people_in_tests as invented
from tests.acting_as import acting_on_the_trail, page


@pytest.fixture
def words(hub):
    return invented.acting_lead(hub.coordinator)


def test_a_step_says_it_and_so_does_the_page(hub, words):
    episode = hub.step(actions.say_returned, hub.report(), at=hub.ago(hours=20))
    assert episode.events.get(kind="returned").acting_as == words
    assert acting_on_the_trail("recorded of a missing episode: came back") is True
    assert f"Mirela Hughes ({words})" in page(hub.coordinator, f"/missing/{episode.pk}/")


def test_recorded_by_somebody_else_a_step_is_in_nobodys_place(hub, words):
    episode = hub.step(actions.say_returned, hub.report(), by=hub.worker, at=hub.ago(hours=20))
    assert episode.events.get(kind="returned").acting_as == ""
    assert acting_on_the_trail("recorded of a missing episode: came back") is False


def test_a_report_and_one_that_joins_it_say_it(hub):
    words = invented.acting_lead(hub.worker)
    hub.report()
    hub.report(hours=29)
    rows = Event.objects.order_by("recorded_at", "at")
    assert [(row.kind, row.acting_as) for row in rows] == [("reported", words), ("reported_again", words)]
    lines = Line.objects.filter(did="reported a child missing", refused_because="")
    assert [line.particulars["acting"] for line in lines] == [True, True]


def test_what_a_file_tells_is_in_nobodys_place(hub, words):
    hub.reported_in_a_file(began=hub.ago(hours=30), ended=hub.ago(hours=20))
    actions.take_in_reports(now=hub.now)
    assert Event.objects.exists() and not Event.objects.exclude(acting_as="").exists()
