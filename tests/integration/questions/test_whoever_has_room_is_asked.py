"""Random posts, deputies, workers and absences, and three nights of questions: nobody is over the number, nothing is lost, first due comes first.

Held to a slow way of saying it that shares no code: in whose list each question stands is read from the lists themselves.
"""

import json
from datetime import timedelta
from itertools import combinations
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rowan.access.actions import involve
from rowan.agencies.models import Absence, LeadPlace, Post, PostHolding
from rowan.people.models import Person
from rowan.questions.models import Question
from rowan.questions.room import named_without_room
from rowan.questions.rules.register import rule_named
from rowan.questions.waiting import named_for_me
from rowan.timescales.models import Clock, SettingValue
from tests.integration.questions.conftest import NOW, TODAY, arrested, missing, risen

MOST = 2
CHILDREN = [f"{n:032d}" for n in range(24)]
HUBS_DESKS = ("missing_coordinator", "youth_justice", "exploitation_coordinator", "triage")
SINCE = TODAY - timedelta(days=30)


class Staff:
    """Who holds which post, drawn at random, and in which order a rule's posts are asked."""

    def __init__(self, random: Random, council, school, somebody):
        self.hub = [somebody(f"hub{n}", "approving_manager") for n in range(4)]
        self.school = [somebody(f"school{n}", "school_safeguarding_lead", agency=school) for n in range(3)]
        everybody = [*self.hub, *self.school]
        self.away = set(random.sample(everybody, random.choice([0, 0, 1, 2])))
        for person in self.away:
            Absence.objects.create(
                practitioner=person,
                from_on=TODAY,
                until_on=TODAY + timedelta(days=20),
                entered_by=person,
                entered_at=NOW,
            )
        self.holders: dict[Post, list] = {}
        self.desks = {kind: self._post(random, kind, council, self.hub) for kind in HUBS_DESKS}
        self.named = self._post(random, "lead", council, self.hub)
        self.desks["missing_coordinator"].deputy = self.named
        self.desks["missing_coordinator"].save()
        self.lead = self._post(random, "school_lead", school, self.school)
        self.deputies = [self._post(random, "lead", school, self.school) for _ in range(2)]
        for place, post in enumerate(self.deputies):
            LeadPlace.objects.create(post=post, place=place, from_on=SINCE)

    def _post(self, random: Random, kind: str, agency, people) -> Post:
        post = Post.objects.create(kind=kind, agency=agency, title=f"{kind} {len(self.holders)}")
        self.holders[post] = random.sample(people, random.choice([0, 1, 1, 2]))
        for person in self.holders[post]:
            PostHolding.objects.create(post=post, practitioner=person, from_on=SINCE)
        return post

    def bears(self, people) -> frozenset:
        return frozenset(set(people) - self.away or people)

    def line(self, question: Question) -> list[frozenset]:
        rule = rule_named(question.reasons.order_by("pk").first().rule)
        if question.audience == "hub":
            kinds = [rule.asks, rule.deputy]
            posts = [self.desks[kind] for kind in kinds if kind]
            posts += [self.named] if rule.asks == "missing_coordinator" else []
            posts += [self.desks["triage"]]
        else:
            posts = [self.lead, *self.deputies]
        return [self.bears(self.holders[post]) for post in posts if self.holders[post]]


def lists(staff: Staff) -> dict[Question, frozenset]:
    """In whose list each open question stands; those away bear none of it while somebody else could."""
    found: dict = {}
    for person in (*staff.hub, *staff.school):
        for pk in named_for_me(person, today=TODAY):
            found.setdefault(pk, set()).add(person)
    return {question: staff.bears(found.get(question.pk, ())) for question in Question.objects.open()}


def over(groups, people) -> bool:
    """Whether somewhere more is put to some people alone than they could have together."""
    return any(
        sum(group <= set(some) for group in groups) > MOST * many
        for many in range(1, len(people) + 1)
        for some in combinations(people, many)
    )


def due_within(occasion, days: int):
    row, rows = occasion
    due = rule_named(row["rule"]).due_working_days.name
    return row | {"settings": json.dumps({due: days})}, rows


def drawn(random: Random, person: str, run: int, school: str):
    on = TODAY - timedelta(days=random.randint(1, 9))
    kind = random.choice([missing, arrested, risen])
    if kind is missing:
        return missing(person, f"1{run}", f"2{run}", f"3{run}", on=on)
    return arrested(person, f"K{run}{person}", on=on) if kind is arrested else risen(person, school, on=on)


def check(staff: Staff, workers: dict, run: int) -> None:
    stands, people = lists(staff), [*staff.hub, *staff.school]
    groups = [group for group in stands.values() if group]
    assert not over(groups, people)
    for question, group in stands.items():
        line = staff.line(question)
        if question.waits_for_room:
            worker = workers.get(question.person_id) if question.audience == "hub" else None
            assert not group and line
            assert all(
                over([*groups, each], people) for each in [*line, *([frozenset([worker])] if worker else [])]
            )
            may_answer = [person for person in people if question.pk in named_without_room(person, today=TODAY)]  # fmt: skip
            assert may_answer
        else:
            assert group or not line
        assert Clock.objects.running().filter(about_id=str(question.pk)).count() == 1
    put = [q for q in stands if q.asked_run == run and not q.waits_for_room and not q.practitioner_id]
    for waits in (question for question in stands if question.waits_for_room):
        alike = [each for each in put if each.audience == waits.audience and staff.line(each) == staff.line(waits)]  # fmt: skip
        assert all(each.due_on <= waits.due_on for each in alike)


@pytest.mark.parametrize("seed", [*range(4), 27])
def test_nobody_is_over_the_number_nothing_is_lost_and_first_due_comes_first(
    seed, council, school, somebody, night
):
    random = Random(seed)
    SettingValue.objects.create(name="questions.open_at_once", value=MOST, from_on=SINCE, set_by="A test", why="-")  # fmt: skip
    Person.objects.bulk_create([Person(pk=pk) for pk in CHILDREN])
    staff = Staff(random, council, school, somebody)
    workers = {}
    for person in random.sample(CHILDREN, 5):
        workers[person] = random.choice(staff.hub)
        involve(
            person_id=person, why="allocated_worker", rests_on=f"case {person}", opened_on=TODAY, agency=council,
            practitioner=workers[person], worker_name="Somebody",
        )  # fmt: skip
    asked = set()
    for run in (1, 2, 3):
        occasions = []
        for person in random.sample(CHILDREN, 9):
            made = drawn(random, person, run, school.code)
            occasions.append(due_within(made, random.randint(1, 9)))
            asked.add((person, made[0]["audience"]))
        night(occasions, number=run)
        check(staff, workers, run)
        assert set(Question.objects.values_list("person", "audience")) == asked
        for question in random.sample(list(Question.objects.open()), 3):
            Question.objects.filter(pk=question.pk).update(answered_at=NOW)
            Clock.objects.filter(about_id=str(question.pk)).update(stopped_at=NOW)


def test_finding_room_costs_the_same_however_much_waits(council, school, somebody, night):
    """Of what waits without room, none asks the database apart: as much for one as for twenty-four in one transaction."""
    SettingValue.objects.create(name="questions.open_at_once", value=MOST, from_on=SINCE, set_by="A test", why="-")  # fmt: skip
    Person.objects.bulk_create([Person(pk=pk) for pk in CHILDREN])
    somebody("lead", "school_safeguarding_lead", "school_lead", school)

    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            night([], number=number)
        return len(asked)

    night([risen(person, school.code) for person in CHILDREN[: MOST + 1]])
    while_one_waits = queries(2)
    night([risen(person, school.code) for person in CHILDREN], number=3)
    assert Question.objects.filter(waits_for_room=True).count() == len(CHILDREN) - MOST
    assert queries(4) == while_one_waits
