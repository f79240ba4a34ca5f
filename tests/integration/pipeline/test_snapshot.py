"""What the day hands to the night."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from rowan.access.actions import involve
from rowan.access.models import Restriction
from rowan.agencies.models import Agency, Practitioner
from rowan.matching.models import Judgement, RecordLink
from rowan.people.models import Person
from rowan.pipeline.snapshot import take_snapshot
from rowan.questions.models import RuleSwitch
from rowan.records.models import OvernightRun

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 21, tzinfo=ZoneInfo("Europe/London"))
MIA, OMAR = "a" * 32, "b" * 32


@pytest.fixture
def hub(db):
    agency = Agency.objects.create(code="council-899", name="Council", kind="council")
    worker = Practitioner.objects.create_user(
        "worker", display_name="Wren", agency=agency, role="lead_professional"
    )
    OvernightRun.objects.create(number=1, as_of=TODAY, started_at=NOW, finished_at=NOW)
    for n, person_id in enumerate([MIA, OMAR]):
        Person.objects.create(pk=person_id, founded_run=1)
        RecordLink.objects.create(
            since_run=1,
            rid=f"r{n}",
            person_id=person_id,
            agency_code="c",
            source="s",
            source_id=str(n),
            how="alone",
            judged_by="alone",
        )
    return worker


def touched() -> dict[str, bool]:
    return {row["rid"]: row["touched"] for row in take_snapshot(TODAY).standing.to_pylist()}


def test_a_person_nobody_has_worked_on_may_be_joined_by_machine(hub):
    assert touched() == {"r0": False, "r1": False}


def test_a_case_list_row_alone_does_not_stop_the_machine_but_a_question_asked_does(hub):
    involve(
        person_id=MIA,
        why="allocated_worker",
        rests_on="case",
        opened_on=TODAY,
        agency=hub.agency,
        worker_name="W",
    )
    assert touched()["r0"] is False
    involve(
        person_id=MIA, why="asked", rests_on="question", opened_on=TODAY, agency=hub.agency, practitioner=hub
    )
    assert touched() == {"r0": True, "r1": False}


def test_a_restriction_and_a_judgement_stop_the_machine(hub):
    Restriction.objects.create(person_id=OMAR, why="staff family", set_by="test")
    Judgement.objects.create(rid="r0", person_id=MIA, verdict="not_same", by=hub, at=NOW)
    assert touched() == {"r0": True, "r1": True}
    snapshot = take_snapshot(TODAY)
    assert snapshot.restricted.to_pylist() == [{"person_id": OMAR}]
    assert snapshot.judged.to_pylist() == [
        {"rid": "r0", "other_rid": "", "person_id": MIA, "verdict": "not_same"}
    ]


def test_an_undone_judgement_is_not_handed_over(hub):
    Judgement.objects.create(
        rid="r0", person_id=MIA, verdict="not_same", by=hub, at=NOW, undone_at=NOW, undone_by=hub
    )
    assert take_snapshot(TODAY).judged.num_rows == 0


def test_working_with_a_child_is_handed_over_while_it_is_open(hub):
    involve(
        person_id=MIA, why="working_with", rests_on="x", opened_on=TODAY, agency=hub.agency, practitioner=hub
    )
    involve(person_id=OMAR, why="on_roll", rests_on="x", opened_on=TODAY, agency=hub.agency)
    assert take_snapshot(TODAY).involved.to_pylist() == [{"person_id": MIA}]
    assert take_snapshot(date(2026, 11, 22)).involved.num_rows == 0


def test_a_rule_is_off_from_the_date_somebody_switched_it_off(hub):
    RuleSwitch.objects.create(rule="missing_again", on=False, from_on=TODAY, by="x", why="x")
    assert take_snapshot(TODAY).switched_off == {"missing_again"}
    assert take_snapshot(date(2026, 11, 22)).switched_off == frozenset()


def test_a_record_that_a_person_placed_says_so_and_is_placed_anew_each_night(hub):
    RecordLink.objects.filter(rid="r1").update(judged_by="person")
    assert {row["rid"]: row["judged_by"] for row in take_snapshot(TODAY).standing.to_pylist()} == {
        "r0": "alone",
        "r1": "person",
    }


def test_whoever_a_judged_record_stands_with_or_stood_with_is_left_alone_even_when_it_is_undone(hub):
    Judgement.objects.create(
        rid="r1", other_rid="r9", person_id="z" * 32, verdict="same", by=hub, at=NOW, undone_at=NOW, undone_by=hub
    )  # fmt: skip
    assert touched() == {"r0": False, "r1": True}
    RecordLink.objects.filter(rid="r1").update(person_id="z" * 32, judged_by="person", stood_before=MIA)
    assert touched() == {"r0": True, "r1": True}
    stood = {row["rid"]: row["stood_before"] for row in take_snapshot(TODAY).standing.to_pylist()}
    assert stood == {"r0": "", "r1": MIA}
