"""Opening a record: allowed or refused, it is on the trail."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from rowan.access.actions import involve, open_record, seen_by, who_is_involved
from rowan.access.models import Restriction
from rowan.agencies.models import Agency, Post, PostHolding, Practitioner
from rowan.audit_trail.models import Entry
from rowan.refusals import NotAllowed

TODAY = date(2026, 11, 23)
CHILD = "c" * 32


@pytest.fixture
def council(db):
    return Agency.objects.create(code="council-899", name="Council", kind="council", la_code="899")


@pytest.fixture
def school(db):
    return Agency.objects.create(code="school-8994001", name="A school", kind="school", laestab="8994001")


@pytest.fixture
def worker(council):
    return Practitioner.objects.create_user(
        "worker", display_name="Wren Ali", agency=council, role="lead_professional"
    )


def test_a_worker_with_a_part_in_the_childs_life_opens_her_record_and_it_is_on_the_trail(council, worker):
    involve(
        person_id=CHILD,
        why="allocated_worker",
        rests_on="case 1",
        opened_on=TODAY,
        agency=council,
        practitioner=worker,
    )
    assert open_record(person_id=CHILD, by=worker, today=TODAY).is_hub
    line = Entry.objects.get()
    assert (line.about_person, line.by_name, line.refused_because) == (CHILD, "Wren Ali", "")


def test_a_worker_with_no_part_in_the_childs_life_is_refused_and_told_why(worker):
    with pytest.raises(NotAllowed, match="not working with this child"):
        open_record(person_id=CHILD, by=worker, today=TODAY)
    assert "not working" in Entry.objects.refused().get().refused_because


@pytest.mark.parametrize(
    ("from_on", "until_on", "opens"),
    [
        (TODAY - timedelta(days=9), None, True),
        (TODAY - timedelta(days=9), TODAY, True),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
        (TODAY + timedelta(days=1), None, False),
    ],
)
def test_a_post_opens_records_to_whoever_holds_it_that_day_and_to_nobody_before_or_after(
    council, worker, from_on, until_on, opens
):
    desk = Post.objects.create(kind="triage", agency=council, title="Triage desk")
    PostHolding.objects.create(post=desk, practitioner=worker, from_on=from_on, until_on=until_on)
    involve(person_id=CHILD, why="asked", rests_on="q", opened_on=TODAY, agency=council, post=desk)
    noon = timezone.make_aware(datetime.combine(TODAY, time(12)))
    if opens:
        assert open_record(person_id=CHILD, by=worker, today=TODAY, now=noon)
        return
    with pytest.raises(NotAllowed):
        open_record(person_id=CHILD, by=worker, today=TODAY, now=noon)


@pytest.mark.django_db(transaction=True)
def test_a_refusal_stays_on_the_trail_though_the_act_is_rolled_back():
    council = Agency.objects.create(code="council-899", name="Council", kind="council")
    worker = Practitioner.objects.create_user(
        "worker", display_name="Wren Ali", agency=council, role="triage_officer"
    )
    with pytest.raises(NotAllowed):
        open_record(person_id=CHILD, by=worker, today=TODAY)
    with pytest.raises(RuntimeError), transaction.atomic():
        raise RuntimeError("the act fails afterwards")
    assert Entry.objects.refused().count() == 1


def test_an_involvement_of_one_worker_does_not_open_the_record_to_a_colleague(council, worker):
    involve(
        person_id=CHILD,
        why="allocated_worker",
        rests_on="case 1",
        opened_on=TODAY,
        agency=council,
        practitioner=worker,
    )
    colleague = Practitioner.objects.create_user(
        "other", display_name="Olu", agency=council, role="lead_professional"
    )
    assert seen_by(colleague, [CHILD], TODAY) == {}


def test_a_named_worker_who_does_not_sign_in_opens_nothing_to_the_whole_council(council, worker):
    involve(
        person_id=CHILD,
        why="allocated_worker",
        rests_on="case 1",
        opened_on=TODAY,
        agency=council,
        worker_name="Somebody Else",
    )
    assert seen_by(worker, [CHILD], TODAY) == {}


def test_a_schools_staff_see_their_own_pupils_as_their_school(school):
    lead = Practitioner.objects.create_user(
        "lead", display_name="Sol", agency=school, role="school_safeguarding_lead"
    )
    involve(person_id=CHILD, why="on_roll", rests_on="roll 1", opened_on=TODAY, agency=school)
    assert open_record(person_id=CHILD, by=lead, today=TODAY).audience == "school-8994001"


def test_a_restricted_child_is_refused_in_the_same_words_as_an_unknown_one(council, worker):
    involve(
        person_id=CHILD,
        why="allocated_worker",
        rests_on="case 1",
        opened_on=TODAY,
        agency=council,
        practitioner=worker,
    )
    Restriction.objects.create(person_id=CHILD, why="staff family", set_by="test")
    with pytest.raises(NotAllowed) as hidden:
        open_record(person_id=CHILD, by=worker, today=TODAY)
    with pytest.raises(NotAllowed) as unknown:
        open_record(person_id="d" * 32, by=worker, today=TODAY)
    assert str(hidden.value) == str(unknown.value)


def test_a_list_of_any_length_costs_the_same_five_queries(council, worker, django_assert_num_queries):
    for n in range(30):
        involve(
            person_id=f"{n:032d}",
            why="working_with",
            rests_on="x",
            opened_on=TODAY,
            agency=council,
            practitioner=worker,
        )
    with django_assert_num_queries(5):
        assert len(seen_by(worker, [f"{n:032d}" for n in range(40)], TODAY)) == 30


def test_taking_the_same_involvement_in_twice_makes_one(council):
    for phone in ("1", "2"):
        involve(
            person_id=CHILD,
            why="allocated_worker",
            rests_on="case 1",
            opened_on=TODAY,
            agency=council,
            worker_name="W",
            worker_phone=phone,
        )
    assert [i.worker_phone for i in who_is_involved(CHILD, TODAY)] == ["2"]
