"""Who works with whom, and whose records stand together, as a night found it: twice is once, and each change is on the trail."""

from datetime import date

import pytest

from rowan.access.models import Involvement, JoinedRecord, Why
from rowan.audit_trail.models import Entry
from rowan.matching.models import RecordLink
from rowan.people.actions import take_in_involvements, take_in_joins, take_in_partings, take_in_people
from rowan.people.models import Person
from tests import people_in_tests as invented

TODAY = date(2026, 11, 23)
ADA, BEN = "a" * 32, "b" * 32
CASE = {
    "person_id": ADA, "agency": invented.COUNCIL, "team": "Assessment", "worker": "Joan Eccles", "worker_phone": "01632 960101",
    "opened_on": date(2026, 5, 1), "closed_on": None, "record_id": "77",
}  # fmt: skip


@pytest.fixture
def people(db):
    invented.three_agencies()
    take_in_people([ADA, BEN], run=1)


def lines(did: str) -> list[Entry]:
    return list(Entry.objects.filter(did=did))


def test_who_works_with_whom_is_taken_in_once_and_closed_when_a_night_no_longer_holds_it(people):
    assert take_in_involvements([CASE], [], today=TODAY) == 1
    assert take_in_involvements([CASE], [], today=TODAY) == 0
    assert take_in_involvements([], [], today=TODAY) == 1
    assert Involvement.objects.get(why=Why.ALLOCATED_WORKER).closed_on == TODAY
    told = [line.particulars for line in lines("took in who works with whom")]
    assert told == [
        {"why": "allocated_worker", "new": 1, "changed": 0, "closed": 0},
        {"why": "allocated_worker", "new": 0, "changed": 0, "closed": 1},
    ]


def test_two_records_that_a_night_joined_are_on_the_trail_each_and_once(people):
    assert take_in_joins([(BEN, ADA)]) == 1
    assert take_in_joins([(BEN, ADA)]) == 0
    assert Person.objects.get(pk=BEN).now_id == ADA
    assert JoinedRecord.objects.get(person_id=BEN).now_id == ADA
    [line] = lines("joined two records")
    assert (line.by_kind, line.about_person, line.about_id) == ("rowan", BEN, ADA)


def test_a_join_that_a_night_no_longer_holds_is_undone_on_the_trail_and_once(people):
    take_in_joins([(BEN, ADA)])
    assert take_in_partings(run=2) == 0
    RecordLink.objects.create(
        since_run=2, rid="r1", person_id=BEN, agency_code="c", source="s", source_id="1", how="alone", judged_by="alone"
    )  # fmt: skip
    assert take_in_partings(run=2) == 1
    assert take_in_partings(run=2) == 0
    assert Person.objects.get(pk=BEN).now is None
    assert not JoinedRecord.objects.exists()
    [line] = lines("parted two records")
    assert (line.by_kind, line.about_person, line.about_id) == ("rowan", BEN, ADA)
