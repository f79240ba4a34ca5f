"""Nobody is put more of the hub's questions than one person can answer: the rest goes to the deputy, then to triage."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rowan.access.actions import involve
from rowan.people.models import Person
from rowan.questions.models import Question
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


def test_a_schools_question_stays_with_its_lead_however_many(few_at_once, school, night):
    night([risen(person, school.code) for person in PEOPLE])
    assert went_to() == {"school_lead": len(PEOPLE)}


def test_counting_costs_the_same_whatever_waits(few_at_once, night):
    def queries_of_a_night_that_asks_nothing(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            night([missing(PEOPLE[0], "1", "2", "3")], number=number)
        return len(asked)

    night([missing(PEOPLE[0], "1", "2", "3")])
    while_one_waits = queries_of_a_night_that_asks_nothing(2)
    night([missing(person, "1", "2", "3") for person in PEOPLE], number=3)
    assert queries_of_a_night_that_asks_nothing(4) == while_one_waits
