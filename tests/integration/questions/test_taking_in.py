"""A night's occasions become questions to somebody by name or post."""

from datetime import date, timedelta

import pytest

from rowan.access.actions import involve, seen_by
from rowan.access.models import Involvement, LetIn, Restriction
from rowan.audit_trail.models import Entry as Line
from rowan.people.models import Person
from rowan.questions.models import EvidenceRow, Question, Reason
from rowan.questions.waiting import for_me
from rowan.timescales.models import Clock
from tests.integration.questions.conftest import ADA, BEN, NOW, TODAY, arrested, missing, risen


def test_it_asks_the_post_the_rule_names_with_the_rows_behind_it(hub, night):
    taken = night([missing(ADA, "1", "2", "3")])
    assert (taken.asked, taken.joined) == (1, 0)
    question = Question.objects.get()
    assert question.post.kind == "missing_coordinator"
    assert question.deputy.kind == "exploitation_coordinator"
    assert question.due_on == date(2026, 6, 5)
    reason = question.reasons.get()
    assert "3 times" in reason.sentence
    assert reason.evidence.count() == 3


def test_being_asked_opens_the_record_starts_a_clock_and_leaves_a_line(hub, night):
    night([missing(ADA, "1", "2", "3")])
    question = Question.objects.get()
    assert seen_by(hub["missing"], [ADA], TODAY)
    assert seen_by(hub["coordinator"], [ADA], TODAY), "the deputy too"
    assert not seen_by(hub["youth"], [ADA], TODAY)
    clock = Clock.objects.running().get()
    assert (clock.about_id, clock.due_on, clock.owner_post) == (
        str(question.pk),
        question.due_on,
        question.post,
    )
    line = Line.objects.get(did="asked a question")
    assert (line.about_person, line.by_kind, line.particulars["rule"]) == (ADA, "rowan", "missing_again")


def test_taking_the_same_night_in_twice_asks_nothing_twice(hub, night):
    occasions = [missing(ADA, "1", "2", "3"), arrested(BEN, "K1")]
    night(occasions)
    before = (
        Question.objects.count(),
        Reason.objects.count(),
        EvidenceRow.objects.count(),
        Line.objects.count(),
    )
    again = night(occasions)
    assert (again.asked, again.joined, again.put_before) == (0, 0, 2)
    assert before == (
        Question.objects.count(),
        Reason.objects.count(),
        EvidenceRow.objects.count(),
        Line.objects.count(),
    )


def test_what_is_new_about_the_same_child_joins_the_open_question(hub, night):
    night([missing(ADA, "1", "2", "3")])
    taken = night([missing(ADA, "2", "3", "4", on=TODAY), arrested(ADA, "K1", on=TODAY)], number=2)
    assert (taken.asked, taken.joined) == (0, 2)
    assert Question.objects.get().reasons.count() == 3


def test_another_agencys_report_of_the_same_event_stands_beside_the_first_and_asks_nothing(hub, night):
    night([missing(ADA, "1", "2", "3")])
    taken = night([missing(ADA, "1", "2", "3", second_report=("3",))], number=2)
    assert (taken.asked, taken.joined) == (0, 0)
    assert Reason.objects.get().evidence.count() == 4


def test_a_school_is_asked_apart_from_the_hub(hub, somebody, school, night):
    lead = somebody("sian", "school_safeguarding_lead", "school_lead", agency=school)
    night([missing(ADA, "1", "2", "3"), risen(ADA, school.code)])
    assert {question.audience for question in Question.objects.all()} == {"hub", school.code}
    [mine] = for_me(lead, today=TODAY)
    assert mine.audience == school.code and mine.deputy is None
    assert not for_me(hub["triage"], today=TODAY)


def test_a_schools_question_waits_on_the_schools_own_post_when_nobody_holds_it(hub, school, night):
    night([risen(ADA, school.code)])
    question = Question.objects.get()
    assert (question.post.kind, question.post.agency) == ("school_lead", school)
    assert "waits" in question.why_you


def test_weeks_that_were_put_before_are_not_put_again(hub, school, night):
    night([risen(ADA, school.code)])
    Question.objects.update(answered_at=NOW)
    week_later = TODAY + timedelta(days=2)
    assert night([risen(ADA, school.code, on=week_later)], number=2).asked == 0
    assert night([risen(ADA, school.code, on=TODAY + timedelta(days=23))], number=3).asked == 1


def test_an_answered_question_is_asked_again_when_an_event_is_new(hub, night):
    night([missing(ADA, "1", "2", "3")])
    Question.objects.update(answered_at=NOW)
    assert night([missing(ADA, "1", "2", "3")], number=2).asked == 0
    assert night([missing(ADA, "2", "3", "4", on=TODAY)], number=3).asked == 1


def test_what_was_put_about_a_child_who_was_joined_into_another_counts_for_both(hub, night):
    night([missing(ADA, "1", "2", "3")])
    Question.objects.update(answered_at=NOW)
    Person.objects.filter(pk=ADA).update(now=BEN)
    assert night([missing(BEN, "1", "2", "3")], number=2).asked == 0
    assert night([missing(BEN, "1", "2", "3", "4", on=TODAY)], number=3).asked == 1


def test_news_of_an_open_child_goes_to_the_allocated_worker(hub, somebody, council, night):
    worker = somebody("wren", "lead_professional")
    involve(
        person_id=ADA, why="allocated_worker", rests_on="case 1", opened_on=TODAY, agency=council, practitioner=worker, worker_name="Wren"
    )  # fmt: skip
    night([missing(ADA, "1", "2", "3")])
    [mine] = for_me(worker, today=TODAY)
    assert mine.practitioner == worker and "allocated worker" in mine.why_you
    assert not for_me(hub["missing"], today=TODAY)
    assert Clock.objects.get().owner == worker


def test_a_worker_who_does_not_sign_in_is_named_to_the_post(hub, council, night):
    involve(
        person_id=ADA, why="allocated_worker", rests_on="case 1", opened_on=TODAY, agency=council, worker_name="Jo Field",
        worker_phone="01632 960777",
    )  # fmt: skip
    night([missing(ADA, "1", "2", "3")])
    [mine] = for_me(hub["missing"], today=TODAY)
    assert "Jo Field" in mine.why_you and "01632 960777" in mine.why_you


def test_a_question_to_a_worker_who_has_left_falls_to_the_post_behind_them(hub, somebody, council, night):
    worker = somebody("wren", "lead_professional")
    involve(
        person_id=ADA,
        why="allocated_worker",
        rests_on="1",
        opened_on=TODAY,
        agency=council,
        practitioner=worker,
    )
    night([missing(ADA, "1", "2", "3")])
    worker.is_active = False
    worker.save()
    assert for_me(hub["missing"], today=TODAY)


def test_with_a_post_that_nobody_holds_the_deputy_sees_it(somebody, children, night):
    coordinator = somebody("colm", "exploitation_coordinator", "exploitation_coordinator")
    night([missing(ADA, "1", "2", "3")])
    [mine] = for_me(coordinator, today=TODAY)
    assert mine.post.kind == "missing_coordinator" and "Nobody holds that post" in mine.why_you


def test_with_only_triage_there_it_goes_to_triage_and_says_so(somebody, children, night):
    triage = somebody("tamsin", "triage_officer", "triage")
    night([arrested(ADA, "K1")])
    [mine] = for_me(triage, today=TODAY)
    assert "came to triage" in mine.why_you
    assert seen_by(triage, [ADA], TODAY)


def test_with_no_accounts_it_stays_on_the_post(council, children, night):
    night([arrested(ADA, "K1")])
    question = Question.objects.get()
    assert question.post.kind == "youth_justice" and question.practitioner is None
    assert Clock.objects.running().get().owner_post == question.post


def test_a_rule_that_is_switched_off_asks_nothing(hub, night):
    assert night([arrested(ADA, "K1")], switched_off={"child_arrested"}).asked == 0


def test_a_run_that_never_finished_is_not_seen(hub, night):
    night([arrested(ADA, "K1")], number=1)
    Question.objects.update(asked_run=2)
    assert not for_me(hub["youth"], today=TODAY)


def test_the_list_is_by_due_date_then_the_oldest_in_a_fixed_number_of_queries(
    hub, night, django_assert_num_queries
):
    night([missing(ADA, "1", "2", "3")], today=TODAY - timedelta(days=1), now=NOW - timedelta(days=1))
    night([missing(BEN, "5", "6", "7")], number=2)
    with django_assert_num_queries(6):
        listed = [
            (q.person_id, len(q.reasons.all()), q.post.title) for q in for_me(hub["missing"], today=TODAY)
        ]
    assert [person for person, _, _ in listed] == [ADA, BEN]


def test_a_question_put_off_comes_back_with_new_evidence(hub, night):
    night([missing(ADA, "1", "2", "3")])
    later = TODAY + timedelta(days=40)
    Question.objects.update(look_again_on=later, due_on=later)
    night([missing(ADA, "2", "3", "4", on=TODAY)], number=2)
    question = Question.objects.get()
    assert question.look_again_on is None and question.due_on == date(2026, 6, 5)


@pytest.mark.parametrize("number_of_children", [60])
def test_many_children_are_taken_in_some_at_a_time(hub, night, number_of_children):
    people = [f"{n:032d}" for n in range(number_of_children)]
    Person.objects.bulk_create([Person(pk=pk) for pk in people])
    assert night([arrested(person, f"K{person}") for person in people]).asked == number_of_children
    assert Involvement.objects.filter(why="asked", person_id__in=people).count() == 2 * number_of_children


def test_a_restricted_childs_question_and_signs_go_to_whoever_answers_for_the_record_and_to_nobody_else(
    hub, night
):
    owner = hub["coordinator"]
    made = Restriction.objects.create(person_id=ADA, why="staff family", owner=owner, set_by="test")
    LetIn.objects.create(restriction=made, practitioner=owner, by="test")
    night([missing(ADA, "1", "2", "3")])
    question = Question.objects.get()
    assert question.practitioner == owner and "restricted" in question.why_you
    assert list(for_me(owner, today=TODAY)) == [question]
    assert not for_me(hub["missing"], today=TODAY)
    assert Clock.objects.get(what="a question").owner == owner
