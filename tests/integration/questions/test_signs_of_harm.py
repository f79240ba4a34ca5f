"""A sign of harm asks the same day: strategy discussion? A query over the chronology, never a copy."""

from datetime import date, timedelta

import pytest

from rowan.access.actions import involve, seen_by
from rowan.audit_trail.models import Entry as Line
from rowan.chronology.models import Entry, EntrySource
from rowan.questions import actions
from rowan.questions.actions import take_in_signs
from rowan.questions.models import StrategyAnswer
from rowan.questions.waiting import old_signs_due_on, old_signs_for, sign_named, signs_for, strategy_answers
from rowan.records.models import ImportedFile, OvernightRun
from rowan.refusals import NotAllowed, NotPossible
from rowan.timescales.models import Clock
from tests.integration.questions.conftest import ADA, BEN, NOW, TODAY


@pytest.fixture
def sign(hub, council):
    """Put a sign of harm in the chronology."""
    OvernightRun.objects.create(number=1, as_of=TODAY, started_at=NOW, finished_at=NOW)

    def make(person, key, happened_on=TODAY - timedelta(days=2), known_on=TODAY):
        EntrySource.objects.create(
            key=f"source {key}", entry_key=key, person_id=person, record_kind="police_missing", source="police:person", record_id=key,
            rid="r" * 32, agency_code="council-899", file="a.csv", line=2, received_on=known_on, since_run=1,
        )  # fmt: skip
        return Entry.objects.create(
            key=key, person_id=person, happened_on=happened_on, kind="sign_of_harm", title="Missing overnight twice in 90 days",
            agency_code="council-899", compartment="core", observed="S", observed_code="MISS-03", known_on=known_on, since_run=1,
        )  # fmt: skip

    return make


@pytest.fixture
def worker(hub, somebody, council):
    worker = somebody("wren", "lead_professional")
    involve(
        person_id=ADA,
        why="allocated_worker",
        rests_on="1",
        opened_on=TODAY,
        agency=council,
        practitioner=worker,
    )
    return worker


def take_in():
    return take_in_signs(run=1, today=TODAY, now=NOW)


def first_file(council, received_on):
    ImportedFile.objects.create(
        import_id=f"i{received_on}", file="a.csv", format="x", feed="police_missing", agency=council, received_on=received_on, rows=1, kept=1,
        quarantined=0, repeated=0, marked=0, seconds=1, at=NOW,
    )  # fmt: skip


def hold(sign, by, held=True, reason="Enquiry began", now=NOW):
    return actions.answer_strategy(
        sign,
        held=held,
        reason=reason,
        manager="M. Lane",
        other_children="Her cousin is seen too",
        by=by,
        now=now,
    )


def test_it_is_asked_of_the_allocated_worker_else_of_triage(hub, worker, sign):
    hers, his = sign(ADA, "s1"), sign(BEN, "s2")
    assert signs_for(worker, today=TODAY) == [hers]
    assert signs_for(hub["triage"], today=TODAY) == [his]
    assert signs_for(hub["missing"], today=TODAY) == []


def test_it_is_due_the_day_it_reached_rowan_whatever_its_age_and_its_clock_has_an_owner(
    hub, council, worker, sign
):
    first_file(council, TODAY - timedelta(days=300))
    old = sign(ADA, "s1", happened_on=TODAY - timedelta(days=200))
    sign(BEN, "s2")
    assert take_in() == 2
    assert signs_for(worker, today=TODAY) == [old]
    assert {
        (c.about_id, c.due_on, c.owner, c.owner_post and c.owner_post.kind) for c in Clock.objects.running()
    } == {
        ("s1", TODAY, worker, "triage"),
        ("s2", TODAY, None, "triage"),
    }
    assert seen_by(hub["triage"], [ADA, BEN], TODAY).keys() == {BEN}


def test_taking_signs_in_twice_changes_nothing(hub, sign):
    sign(BEN, "s2")
    assert (take_in(), take_in()) == (1, 0)
    assert Clock.objects.count() == 1


def test_when_the_case_closes_the_sign_goes_to_triage(hub, worker, sign):
    sign(ADA, "s1")
    take_in()
    worker.is_active = False
    worker.save()
    assert take_in() == 1
    assert [s.key for s in signs_for(hub["triage"], today=TODAY)] == ["s1"]
    assert Clock.objects.running().get().owner_post.kind == "triage"


def test_held_or_not_held_with_reason_and_manager_and_the_sign_stays(hub, sign):
    mine = sign(BEN, "s2")
    take_in()
    given = hold(mine, hub["triage"])
    assert given.held and signs_for(hub["triage"], today=TODAY) == []
    assert sign_named("s2") == mine
    assert not Clock.objects.running().exists()
    assert Line.objects.filter(did="answered a strategy question", about_person=BEN).count() == 1


def test_twice_the_same_is_once_and_another_answer_corrects_the_first(hub, sign):
    mine = sign(BEN, "s2")
    take_in()
    first = hold(mine, hub["triage"])
    assert hold(mine, hub["triage"]) == first
    second = hold(mine, hub["triage"], held=False, reason="It was another child")
    assert second.corrects == first and strategy_answers(mine) == [first, second]


def test_it_needs_a_reason_and_a_manager_and_somebody_who_was_asked(hub, sign):
    mine = sign(BEN, "s2")
    take_in()
    with pytest.raises(NotPossible, match="why"):
        hold(mine, hub["triage"], reason="")
    with pytest.raises(NotAllowed):
        hold(mine, hub["missing"])
    assert Line.objects.refused().count() == 2
    assert not StrategyAnswer.objects.exists()


def test_a_first_file_does_not_flood_older_signs_come_as_one_list_due_in_ten_working_days(hub, council, sign):
    first_file(council, TODAY)
    old = [sign(BEN, f"o{n}", happened_on=TODAY - timedelta(days=40 + n)) for n in range(3)]
    fresh = sign(BEN, "s9")
    take_in()
    assert signs_for(hub["triage"], today=TODAY) == [fresh]
    listed = old_signs_for(hub["triage"], today=TODAY)
    assert set(listed) == set(old)
    assert old_signs_due_on(listed, today=TODAY) == date(2026, 6, 17)
    assert Clock.objects.running().get(about_id="o1").due_on == date(2026, 6, 17)


def test_the_list_is_answered_at_once(hub, council, sign):
    first_file(council, TODAY)
    old = [sign(BEN, f"o{n}", happened_on=TODAY - timedelta(days=40 + n)) for n in range(3)]
    take_in()
    given = actions.answer_old_signs(
        old, acted_on=True, reason="All in the plan of 3 May", manager="M. Lane", by=hub["triage"], now=NOW
    )
    assert len(given) == 3
    assert old_signs_for(hub["triage"], today=TODAY) == []
    assert not Clock.objects.running().exists()


def test_a_later_old_sign_of_a_known_feed_asks_the_same_day(hub, council, sign):
    first_file(council, TODAY - timedelta(days=30))
    late = sign(BEN, "late", happened_on=TODAY - timedelta(days=90))
    assert signs_for(hub["triage"], today=TODAY) == [late]


def test_at_every_sign_other_children_are_asked_about_and_its_page_says_what_was_found(
    hub, worker, sign, client
):
    one = sign(ADA, "h1")
    said = {"held": True, "reason": "Enquiry began", "manager": "M. Lane", "by": worker, "now": NOW}
    with pytest.raises(NotPossible, match="other children"):
        actions.answer_strategy(one, other_children=" ", **said)
    client.force_login(worker)
    address = f"/questions/strategy/{one.key}/"
    typed = {"held": "yes", "reason": "Enquiry began", "manager": "M. Lane", "other_children": ""}
    assert "Say whether other children may be affected" in client.post(address, typed).text
    given = actions.answer_strategy(one, other_children="Her cousin is seen today", **said)
    assert given.other_children == "Her cousin is seen today"
    assert "Her cousin is seen today" in client.get(address).text
