"""Answering a question, correcting an answer, and what follows."""

from datetime import date, timedelta

import pytest

from rowan.access.actions import seen_by
from rowan.audit_trail.models import Entry as Line
from rowan.matching.models import Judgement, RecordLink
from rowan.questions import actions
from rowan.questions.models import Answer, EvidenceRow, Owed, Question
from rowan.questions.waiting import for_me
from rowan.refusals import NotAllowed, NotPossible
from rowan.timescales.models import Clock
from tests.integration.questions.conftest import ADA, NOW, TODAY, arrested, missing

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def question(hub, night):
    night([missing(ADA, "1", "2", "3")])
    return Question.objects.get()


def explain(question, by, now=NOW, text="At her grandmother's"):
    return actions.answer(question, kind="explained", text=text, how_known="Her mother rang", by=by, now=now)


def test_an_answer_closes_the_question_stops_its_clock_and_leaves_a_line(hub, question):
    given = explain(question, hub["missing"])
    question.refresh_from_db()
    assert question.answered_at == NOW
    assert not Clock.objects.running().exists()
    line = Line.objects.get(did="answered a question")
    assert (line.about_person, line.particulars["kind"], line.by_name) == (ADA, "explained", "Mirela")
    assert given.owed.count() == 0
    assert not for_me(hub["missing"], today=TODAY)


def test_the_record_stays_open_to_whoever_answered_for_28_days(hub, question):
    explain(question, hub["missing"])
    assert seen_by(hub["missing"], [ADA], TODAY + timedelta(days=28))
    assert not seen_by(hub["missing"], [ADA], TODAY + timedelta(days=29))


def test_the_same_answer_given_twice_is_one_answer(hub, question):
    assert explain(question, hub["missing"]) == explain(question, hub["missing"], now=LATER)
    assert Answer.objects.count() == 1


def test_when_somebody_else_was_first_the_second_is_told_who_and_when(hub, question):
    explain(question, hub["missing"])
    with pytest.raises(NotPossible, match=r"Mirela answered this at 06:00 on 3 June 2026: Explained\."):
        actions.answer(question, kind="concern", by=hub["coordinator"], now=LATER)
    assert Answer.objects.count() == 1
    assert Line.objects.refused().filter(by_name="Colm", about_person=ADA).exists()


def test_somebody_who_was_not_asked_is_refused_and_the_refusal_is_on_the_trail(hub, question):
    with pytest.raises(NotAllowed, match="not working with this child"):
        explain(question, hub["youth"])
    assert Line.objects.refused().get().by_name == "Yusuf"


def test_an_answer_that_lacks_something_says_what_and_changes_nothing(hub, question):
    with pytest.raises(NotPossible, match="how you know"):
        actions.answer(question, kind="explained", text="Ordinary", by=hub["missing"], now=NOW)
    assert not Answer.objects.exists()
    assert Line.objects.refused().count() == 1


@pytest.mark.parametrize(
    ("kind", "act", "due_on"),
    [("concern", "raise_concern", date(2026, 6, 4)), ("strategy", "strategy_discussion", TODAY)],
)
def test_an_act_that_has_no_room_yet_is_owed_with_an_owner_a_date_and_a_clock(
    hub, question, kind, act, due_on
):
    given = actions.answer(question, kind=kind, text="She was seen with adults", by=hub["missing"], now=NOW)
    owed = given.owed.get()
    assert (owed.act, owed.due_on) == (act, due_on)
    clock = Clock.objects.running().get()
    assert (clock.about_kind, clock.owner, clock.due_on) == ("owed", hub["missing"], due_on)


def test_what_came_of_it_shows_later_and_stops_the_clock(hub, question):
    given = actions.answer(question, kind="concern", text="Worried", by=hub["missing"], now=NOW)
    owed = actions.settle_owed(
        given.owed.get(), outcome="Referral accepted", by=hub["coordinator"], now=LATER
    )
    assert (owed.outcome, owed.settled_by) == ("Referral accepted", hub["coordinator"])
    assert not Clock.objects.running().exists()
    assert actions.settle_owed(owed, outcome="Referral accepted", by=hub["coordinator"], now=LATER) == owed
    with pytest.raises(NotPossible, match="Colm has said already"):
        actions.settle_owed(owed, outcome="Nothing", by=hub["missing"], now=LATER)


def test_asking_an_agency_keeps_the_question_open_until_the_date(hub, council, question):
    day = TODAY + timedelta(days=10)
    said = {"kind": "look_again", "text": "Is she back?", "agency": council, "look_again_on": day}
    given = actions.answer(question, by=hub["missing"], now=NOW, **said)
    assert actions.answer(question, by=hub["missing"], now=LATER, **said) == given
    question.refresh_from_db()
    assert question.answered_at is None and (question.look_again_on, question.due_on) == (day, day)
    assert Clock.objects.running().get(about_kind="question").due_on == day
    assert Owed.objects.get().act == "ask_agency"
    explain(question, hub["missing"], now=LATER)
    question.refresh_from_db()
    assert question.answered_at and question.look_again_on is None


def test_a_correction_names_the_answer_it_corrects_and_lets_its_promise_fall(hub, question):
    first = actions.answer(question, kind="concern", text="Worried", by=hub["missing"], now=NOW)
    second = actions.correct(
        first,
        kind="explained",
        text="A wrong date",
        how_known="Police rang",
        by=hub["coordinator"],
        now=LATER,
    )
    first.refresh_from_db()
    assert second.corrects == first and first.corrected_by == second
    assert first.owed.get().settled_at == LATER
    assert not Clock.objects.running().exists()
    with pytest.raises(NotPossible, match="corrected already"):
        actions.correct(first, kind="concern", by=hub["missing"], now=LATER)


def test_correcting_to_look_again_opens_the_question_again_unless_a_newer_one_is_open(
    hub, council, question, night
):
    first = explain(question, hub["missing"])
    said = {"kind": "look_again", "agency": council, "look_again_on": TODAY + timedelta(days=10)}
    actions.correct(first, by=hub["missing"], now=LATER, **said)
    question.refresh_from_db()
    assert question.answered_at is None
    second = explain(question, hub["missing"], now=LATER)
    night([missing(ADA, "2", "3", "4", on=TODAY)], number=2)
    assert Question.objects.open().count() == 1
    with pytest.raises(NotPossible, match="newer question"):
        actions.correct(second, by=hub["missing"], now=LATER, **said | {"text": "again"})


def test_a_row_about_another_child_is_judged_once_and_can_be_told_from_the_others(hub, question):
    row = EvidenceRow.objects.first()
    RecordLink.objects.create(
        rid="o" * 32, person_id=ADA, agency_code="council-899", source="council-899:cin", source_id="1", how="same name",
        judged_by="machine", since_run=1,
    )  # fmt: skip
    judgement = actions.not_this_child(row, why="He is her brother", by=hub["missing"], now=NOW)
    assert (judgement.rid, judgement.person_id, judgement.other_rid) == (row.rid, ADA, "o" * 32)
    assert judgement.verdict == "not_same"
    assert actions.not_this_child(row, why="He is her brother", by=hub["missing"], now=LATER) == judgement
    assert actions.judged_not_this_child(question) == {row.rid: judgement}
    assert Line.objects.filter(did="judged a row not to be this child", refused_because="").count() == 1


def test_a_judgement_needs_a_reason_and_a_part_in_the_childs_life(hub, question):
    row = EvidenceRow.objects.first()
    with pytest.raises(NotPossible, match="how you know"):
        actions.not_this_child(row, why=" ", by=hub["missing"], now=NOW)
    with pytest.raises(NotAllowed):
        actions.not_this_child(row, why="Somebody else", by=hub["youth"], now=NOW)
    assert not Judgement.objects.exists()


def test_a_rule_is_switched_off_by_the_coordinator_with_a_reason(hub):
    with pytest.raises(NotAllowed):
        actions.switch_rule("missing_again", on=False, from_on=TODAY, why="Too many", by=hub["missing"])
    with pytest.raises(NotPossible, match="Say why"):
        actions.switch_rule("missing_again", on=False, from_on=TODAY, why="", by=hub["coordinator"])
    switch = actions.switch_rule(
        "missing_again", on=False, from_on=TODAY, why="Too many", by=hub["coordinator"]
    )
    assert (
        not switch.on
        and Line.objects.get(did="switched a rule off", refused_because="").about_id == "missing_again"
    )


def test_an_arrest_is_answered_by_youth_justice(hub, night):
    night([arrested(ADA, "K1")])
    given = actions.answer(
        Question.objects.get(), kind="in_plan", text="Plan of 3 May", by=hub["youth"], now=NOW
    )
    assert given.kind == "in_plan"
