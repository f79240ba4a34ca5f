"""Nobody is put more questions than one person can answer: the rest goes to the deputies, then to triage, and at last waits for room."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rowan.access.actions import involve
from rowan.agencies.models import Absence, LeadPlace, Post, PostHolding
from rowan.audit_trail.models import Entry
from rowan.people.models import Person
from rowan.questions.models import Question
from rowan.questions.room import named_without_room, waits_for_room
from rowan.questions.waiting import for_me, refusal_to_answer
from rowan.timescales.models import Clock, SettingValue
from tests.integration.questions.conftest import NOW, TODAY, arrested, missing, risen

MOST = 5
PEOPLE = [f"{n:032d}" for n in range(2 * MOST + 3)]


@pytest.fixture
def few_at_once(hub):
    SettingValue.objects.create(
        name="questions.open_at_once", value=MOST, from_on=TODAY - timedelta(days=1), set_by="A test", why="-"
    )
    Person.objects.bulk_create([Person(pk=pk) for pk in PEOPLE])
    return hub


def went_to() -> Counter:
    return Counter(Question.objects.open().values_list("post__kind", flat=True))


def test_the_rest_goes_to_the_deputy_and_then_to_triage(few_at_once, night):
    night([missing(person, "1", "2", "3") for person in PEOPLE])
    assert went_to() == {"missing_coordinator": MOST, "exploitation_coordinator": MOST, "triage": 3}
    spilt = Question.objects.filter(post__kind="exploitation_coordinator").first()
    assert "as many open questions as one person is given" in spilt.why_you
    assert list(Clock.objects.running().filter(about_id=spilt.pk).values_list("owner_post", flat=True)) == [
        spilt.post_id
    ]


def test_whoever_the_rule_names_may_still_answer_what_went_to_the_deputy(few_at_once, night):
    night([missing(person, "1", "2", "3") for person in PEOPLE])
    spilt = Question.objects.filter(post__kind="exploitation_coordinator").first()
    assert refusal_to_answer(spilt, few_at_once["missing"], today=TODAY) is None
    assert len(for_me(few_at_once["missing"], today=TODAY)) == MOST


def test_what_was_answered_makes_room(few_at_once, night):
    night([missing(person, "1", "2", "3") for person in PEOPLE[:MOST]])
    Question.objects.filter(person=PEOPLE[0]).update(answered_at=NOW)
    night([missing(person, "1", "2", "3") for person in PEOPLE[MOST : MOST + 2]], number=2)
    assert went_to() == {"missing_coordinator": MOST, "exploitation_coordinator": 1}


def test_what_waits_for_a_post_is_shared_by_those_who_hold_it(few_at_once, somebody, night):
    somebody("second", "missing_coordinator", "missing_coordinator")
    night([missing(person, "1", "2", "3") for person in PEOPLE])
    assert went_to() == {"missing_coordinator": 2 * MOST, "exploitation_coordinator": 3}


def test_a_worker_with_as_many_is_spared_and_named_to_the_post(few_at_once, somebody, council, night):
    worker = somebody("wren", "lead_professional")
    for person in PEOPLE[: MOST + 1]:
        involve(
            person_id=person, why="allocated_worker", rests_on=f"case {person}", opened_on=TODAY, agency=council,
            practitioner=worker, worker_name="Wren",
        )  # fmt: skip
    night([arrested(person, f"K{person}") for person in PEOPLE[: MOST + 1]])
    assert Question.objects.filter(practitioner=worker).count() == MOST
    other = Question.objects.get(practitioner=None)
    assert other.post.kind == "youth_justice" and "Wren, has as many" in other.why_you


def test_a_deputy_who_covers_an_empty_post_is_put_no_more_than_one_person(few_at_once, night):
    PostHolding.objects.filter(practitioner=few_at_once["missing"]).delete()
    night([missing(person, "1", "2", "3") for person in PEOPLE])
    assert len(for_me(few_at_once["coordinator"], today=TODAY)) == MOST
    assert len(for_me(few_at_once["triage"], today=TODAY)) == MOST
    assert Question.objects.filter(waits_for_room=True).count() == 3


def test_whoever_holds_two_posts_is_one_person(few_at_once, night):
    coordinator = few_at_once["coordinator"]
    PostHolding.objects.filter(post__kind="missing_coordinator").update(practitioner=coordinator)
    night([missing(person, "1", "2", "3") for person in PEOPLE])
    assert len(for_me(coordinator, today=TODAY)) == MOST
    assert went_to() == {"missing_coordinator": MOST + 3, "triage": MOST}


def test_an_allocated_worker_who_holds_a_post_is_one_person(few_at_once, council, night):
    worker = few_at_once["missing"]
    for person in PEOPLE[:3]:
        involve(
            person_id=person, why="allocated_worker", rests_on=f"case {person}", opened_on=TODAY, agency=council,
            practitioner=worker, worker_name="Mirela",
        )  # fmt: skip
    night([missing(person, "1", "2", "3") for person in PEOPLE])
    assert len(for_me(worker, today=TODAY)) == MOST
    assert Question.objects.filter(practitioner=worker).count() == 3


def test_somebody_away_bears_none_of_what_waits_for_a_post_while_another_is_there(
    few_at_once, somebody, night
):
    second = somebody("second", "missing_coordinator", "missing_coordinator")
    Absence.objects.create(
        practitioner=second, from_on=TODAY, until_on=TODAY, entered_by=second, entered_at=NOW
    )
    night([missing(person, "1", "2", "3") for person in PEOPLE])
    assert went_to()["missing_coordinator"] == MOST


@pytest.fixture
def staffed(few_at_once, school, somebody):
    """A school whose lead has two deputies: the one named for the post, and the next in the school's chain."""
    lead = somebody("sana", "school_safeguarding_lead", "school_lead", school)
    people = {"lead": lead}
    for place, name in enumerate(("dilys", "dov")):
        people[name] = somebody(name, "school_safeguarding_lead", agency=school)
        post = Post.objects.create(kind="lead", agency=school, title=f"Deputy {name.title()}")
        PostHolding.objects.create(post=post, practitioner=people[name], from_on=TODAY - timedelta(days=30))
        LeadPlace.objects.create(post=post, place=place, from_on=TODAY - timedelta(days=30))
    return people


def test_a_schools_question_goes_to_its_lead_and_then_its_deputies_and_never_out_of_the_school(
    staffed, few_at_once, school, night
):
    night([risen(person, school.code) for person in PEOPLE])
    assert [len(for_me(staffed[who], today=TODAY)) for who in ("lead", "dilys", "dov")] == [MOST, MOST, 3]
    assert set(Question.objects.values_list("post__agency__code", flat=True)) == {school.code}
    spilt = for_me(staffed["dilys"], today=TODAY)[0]
    assert "as one person is given, so it came to “Deputy Dilys”" in spilt.why_you
    assert refusal_to_answer(spilt, staffed["lead"], today=TODAY) is None
    assert refusal_to_answer(spilt, few_at_once["coordinator"], today=TODAY) is not None


def test_a_deputy_covers_a_school_that_has_no_lead(staffed, school, night):
    PostHolding.objects.filter(practitioner=staffed["lead"]).delete()
    night([risen(person, school.code) for person in PEOPLE])
    assert [len(for_me(staffed[who], today=TODAY)) for who in ("dilys", "dov")] == [MOST, MOST]
    assert Question.objects.filter(waits_for_room=True).count() == 3


def test_where_a_school_has_a_lead_alone_the_rest_waits_counted_and_due_first_comes_first(
    few_at_once, school, somebody, night
):
    lead = somebody("sana", "school_safeguarding_lead", "school_lead", school)
    night([risen(person, school.code) for person in PEOPLE])
    [waits] = waits_for_room(lead, today=TODAY)
    assert (waits.post.kind, waits.many, waits.may_read) == ("school_lead", len(PEOPLE) - MOST, True)
    assert len(named_without_room(lead, today=TODAY)) == len(PEOPLE) - MOST
    assert waits_for_room(few_at_once["triage"], today=TODAY) == []
    first_due = Question.objects.get(pk=named_without_room(lead, today=TODAY)[-1])
    Question.objects.filter(pk=first_due.pk).update(due_on=TODAY)
    Question.objects.filter(pk=for_me(lead, today=TODAY)[0].pk).update(answered_at=NOW)
    assert night([], number=2).found_room == 1
    first_due.refresh_from_db()
    assert not first_due.waits_for_room and len(for_me(lead, today=TODAY)) == MOST
    assert Entry.objects.filter(did="found room for a question", about_id=str(first_due.pk)).count() == 1


def test_whoever_leads_the_agency_is_told_how_many_wait_and_reads_none(few_at_once, council, somebody, night):
    lead = somebody("lowri", "approving_manager")
    post = Post.objects.create(kind="lead", agency=council, title="Head of safeguarding")
    PostHolding.objects.create(post=post, practitioner=lead, from_on=TODAY - timedelta(days=30))
    LeadPlace.objects.create(post=post, place=0, from_on=TODAY - timedelta(days=30))
    PostHolding.objects.filter(post__kind__in=["exploitation_coordinator", "triage"]).delete()
    night([missing(person, "1", "2", "3") for person in PEOPLE])
    [waits] = waits_for_room(lead, today=TODAY)
    assert (waits.many, waits.may_read) == (len(PEOPLE) - MOST, False)
    assert named_without_room(lead, today=TODAY) == []


def test_the_page_says_what_waits_for_room_and_lists_it_to_those_who_may_answer(
    client, few_at_once, school, somebody, night
):
    lead = somebody("sana", "school_safeguarding_lead", "school_lead", school)
    night([risen(person, school.code) for person in PEOPLE])
    client.force_login(lead)
    page = client.get("/questions/").content.decode()
    assert f"{len(PEOPLE) - MOST} questions, the first due" in page
    apart = client.get("/questions/?waits=for-room").content.decode()
    assert apart.count('class="rowan-question"') == len(PEOPLE) - MOST


def test_counting_costs_the_same_whatever_waits(few_at_once, night):
    def queries_of_a_night_that_asks_nothing(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            night([missing(PEOPLE[0], "1", "2", "3")], number=number)
        return len(asked)

    night([missing(PEOPLE[0], "1", "2", "3")])
    while_one_waits = queries_of_a_night_that_asks_nothing(2)
    night([missing(person, "1", "2", "3") for person in PEOPLE], number=3)
    assert queries_of_a_night_that_asks_nothing(4) == while_one_waits
