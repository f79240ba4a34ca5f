"""The history of who a child's records are: when they came, were joined or taken out, by machine or by whose word."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rowan.access.models import Restriction, Why
from rowan.access.rules.seeing import Through, what_is_seen
from rowan.agencies.rules.roles import Role
from rowan.matching.models import Judgement, RecordLink
from rowan.people.models import Person
from rowan.records.models import OvernightRun
from rowan.single_view.how_records_came import Move, changes
from tests import people_in_tests as invented
from tests.pairs_in_tests import rid_of


class Hub:
    def __init__(self):
        self.agencies = invented.three_agencies()
        self.council, school = self.agencies[invented.COUNCIL], self.agencies[invented.SCHOOL]
        self.night(1, 10)
        self.joan = invented.practitioner("joan", Role.LEAD_PROFESSIONAL, self.council, "Joan Eccles")
        self.ana = invented.practitioner("ana", Role.ANALYST, self.council, "Ana Reed")
        self.mia, self.miah = (
            invented.child(first, "Ode", sex="F", age=14, school=school) for first in ("Mia", "Miah")
        )
        invented.involve(self.mia, self.council, Why.WORKING_WITH, practitioner=self.joan)
        self.rid = rid_of(self.miah, invented.POLICE)

    def night(self, number: int, days_ago: int) -> OvernightRun:
        at = timezone.now() - timedelta(days=days_ago)
        return OvernightRun.objects.create(
            number=number, as_of=timezone.localdate(at), started_at=at, finished_at=at
        )

    def moves(self, number: int, person, *, how="same name", judged_by="machine", stood_before=""):
        """A night has the record with this person from now on."""
        link = RecordLink.objects.get(rid=self.rid, until_run=None)
        RecordLink.objects.filter(pk=link.pk).update(until_run=number)
        link.pk, link.since_run, link.person_id, link.how = None, number, person.id, how
        link.judged_by, link.stood_before = judged_by, stood_before
        link.save()

    def judged(self, verdict, days_ago, why="One girl: her mother says so") -> Judgement:
        return Judgement.objects.create(
            rid=self.rid, person_id=self.mia.id, other_rid=rid_of(self.mia), verdict=verdict, why=why, by=self.ana,
            at=timezone.now() - timedelta(days=days_ago),
        )  # fmt: skip

    def history(self, person=None, reader=None, through=Through.PART):
        reader = reader or self.joan
        seen = what_is_seen(reader.role, reader.agency.code, reader.agency.kind, through)
        return changes([(person or self.mia).id], seen, reader)


@pytest.fixture
def hub(db) -> Hub:
    return Hub()


def test_the_first_records_and_a_new_one_are_said_with_what_matched_them(hub):
    [first] = hub.history()
    assert (first.move, len(first.agencies)) == (Move.FOUNDED, 3)
    assert first.by == "By machine: same name, birth date and postcode"
    hub.night(2, 5)
    RecordLink.objects.create(
        since_run=2, rid="f" * 32, person_id=hub.mia.id, agency_code=invented.POLICE, source="x", source_id="2",
        how="same pupil number and name", judged_by="machine",
    )  # fmt: skip
    added, _ = hub.history()
    assert (added.move, added.agencies) == (Move.ADDED, ["Invented Constabulary"])
    assert added.by == "By machine: same pupil number and name"


def test_joined_by_somebodys_word_and_parted_when_it_is_taken_back(hub):
    judgement = hub.judged("same", 6)
    hub.night(2, 5)
    hub.moves(2, hub.mia, judged_by="person", stood_before=hub.miah.id)
    [joined, _] = hub.history()
    assert (joined.move, joined.agencies) == (Move.JOINED, ["Invented Constabulary"])
    assert joined.by.startswith("Judged by Ana Reed, ") and joined.by.endswith("One girl: her mother says so")
    Judgement.objects.filter(pk=judgement.pk).update(
        undone_by=hub.joan, undone_at=timezone.now() - timedelta(days=3), undone_because="They are cousins"
    )
    hub.night(3, 2)
    hub.moves(3, hub.miah)
    parted, still_joined, _ = hub.history()
    assert parted.move == Move.PARTED and still_joined == joined
    assert parted.by.startswith(
        "What had been judged was taken back by Joan Eccles, "
    ) and parted.by.endswith("They are cousins")
    # And on the other's page, the other way round.
    assert [each.move for each in hub.history(hub.miah)] == [Move.JOINED, Move.PARTED, Move.FOUNDED]


def test_joined_by_machine_says_so(hub):
    hub.night(2, 5)
    hub.moves(2, hub.mia, how="same NHS number and name")
    joined, _ = hub.history()
    assert joined.by == "By machine: same NHS number and name"
    # Which number it is tells which agency knows her.
    carer = invented.practitioner("officer", Role.EDUCATION_WELFARE_OFFICER, hub.council)
    assert hub.history(reader=carer)[0].by == "By machine: same number and name"


def test_what_a_running_night_has_not_finished_is_not_said(hub):
    OvernightRun.objects.create(number=2, as_of=timezone.localdate(), started_at=timezone.now())
    hub.moves(2, hub.mia)
    assert [each.move for each in hub.history()] == [Move.FOUNDED]


def test_nothing_is_said_of_somebody_hidden_from_the_reader(hub):
    hub.judged("same", 6)
    hub.night(2, 5)
    hub.moves(2, hub.mia, judged_by="person", stood_before=hub.miah.id)
    Restriction.objects.create(person_id=hub.miah.id, why="x", set_by="test", owner=hub.ana)
    assert [each.move for each in hub.history()] == [Move.FOUNDED]


def test_a_look_with_a_reason_and_a_school_are_not_told_who_knows_the_child(hub):
    lead = invented.practitioner("lead", Role.SCHOOL_SAFEGUARDING_LEAD, hub.agencies[invented.SCHOOL])
    assert hub.history(through=Through.REASON) == []
    assert hub.history(reader=lead) == []


def test_it_stands_on_the_childs_page(hub):
    client = Client()
    client.force_login(hub.joan)
    words = client.get(f"/children/{hub.mia.id}/").content.decode()
    assert "How these records came together" in words and "The first records of this child came" in words
    assert Person.objects.count() == 2
