"""What nobody saw to in time: up each level once, to somebody who is there, until it is seen to."""

from datetime import timedelta
from uuid import uuid4

import pytest

from rowan.access.actions import open_record
from rowan.access.models import KeptOut, LetIn, Restriction
from rowan.audit_trail.models import Entry
from rowan.escalation.actions.overdue import CLOCK, answer_overdue, open_overdue
from rowan.escalation.models import Overdue
from rowan.notices.models import Notice
from rowan.refusals import NothingThere, NotPossible
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented


def gone_up(overdue) -> list[tuple[str, str]]:
    return [(step.level, step.owner.display_name if step.owner else "") for step in overdue.steps.all()]


def test_day_by_day_it_goes_from_the_practitioner_to_the_partnership_and_each_has_a_clock(council):
    council.owe()
    assert council.on(council.today) == 0
    for day in council.working_days(14):
        council.on(day)
        assert council.on(day) == 0  # twice a day is once
        overdue = Overdue.objects.get()
        clock = Clock.objects.running().get(what=CLOCK)
        assert (clock.owner, clock.due_on) == (overdue.owner, overdue.due_on) and clock.due_on >= day
    assert gone_up(overdue)[:5] == [
        ("practitioner", "Joan Eccles"),
        ("manager", "Mark Osei"),
        ("head_of_service", "Hilde Voss"),
        ("safeguarding_lead", "Judith Castell"),
        ("partnership", "Aldous Merchant"),
    ]
    assert Entry.objects.filter(did="took something overdue up").count() == overdue.steps.count()
    assert Notice.objects.filter(practitioner=council.lead, urgent=True).exists()
    assert open_record(person_id=council.girl.pk, by=council.manager, today=day)


def test_when_it_is_seen_to_it_is_over_at_every_level(council):
    clock = council.owe()
    days = council.working_days(5)
    for day in days[:3]:
        council.on(day)
    Clock.objects.filter(pk=clock.pk).update(stopped_at=council.now)
    council.on(days[3])
    assert Overdue.objects.get().ended_at is not None
    assert not Clock.objects.running().exists()
    with pytest.raises(NothingThere):
        open_record(person_id=council.girl.pk, by=council.manager, today=days[3] + timedelta(days=1))
    assert council.on(days[4]) == 0


def test_a_level_that_is_away_is_passed_and_it_says_so(council):
    council.away(council.manager, council.chief, council.lead, council.deputy)
    council.owe()
    for day in council.working_days(3):
        council.on(day)
    overdue = Overdue.objects.get()
    assert gone_up(overdue)[-1] == ("head_of_service", "Hilde Voss")
    assert "the manager is away until" in overdue.steps.last().says


def test_a_restricted_childs_goes_to_whoever_answers_for_the_record_and_to_nobody_else(council):
    restriction = Restriction.objects.create(
        person_id=council.girl.pk, why="staff family", owner=council.head, set_by="operator"
    )
    for who in (council.head, council.worker):
        LetIn.objects.create(restriction=restriction, practitioner=who, by="operator")
    council.owe()
    for day in council.working_days(12):
        council.on(day)
    assert {name for _, name in gone_up(Overdue.objects.get())} == {"Hilde Voss"}
    assert Overdue.objects.get().level == "partnership"


def test_somebody_kept_out_of_the_record_is_passed_over_and_it_does_not_say_why(council):
    for who in (council.manager, council.chief):
        KeptOut.objects.create(person_id=council.girl.pk, practitioner=who, why="x", set_by="operator")
    council.owe()
    for day in council.working_days(3):
        council.on(day)
    step = Overdue.objects.get().steps.last()
    assert step.owner == council.head and "manager is away" not in step.says


def test_whoever_has_it_says_what_is_done_and_by_when_and_then_it_goes_up(council):
    council.owe()
    days = council.working_days(12)
    for day in days[:3]:
        council.on(day)
    overdue, token = Overdue.objects.get(), uuid4()
    said = {
        "token": token,
        "words": "I ring her today",
        "by": council.manager,
        "now": invented.at_noon(days[2]),
    }
    with pytest.raises(NotPossible, match="goes up"):
        answer_overdue(overdue, **{**said, "until_on": council.today + timedelta(days=60)})
    with pytest.raises(NotPossible, match="what is done"):
        answer_overdue(overdue, **{**said, "words": " ", "until_on": days[4]})
    for _ in range(2):
        answer_overdue(overdue, **said, until_on=days[6])
    overdue.refresh_from_db()
    assert overdue.due_on == days[6] and overdue.answers.count() == 1
    assert council.on(days[6]) == 0
    assert council.on(days[7]) == 1
    with pytest.raises(NotPossible, match="gone up to somebody else"):
        answer_overdue(overdue, **{**said, "token": uuid4()}, until_on=days[4])


def test_it_is_there_for_those_to_whom_it_came_and_nobody_else(council, client):
    due = council.today - timedelta(days=12)
    council.owe(due_on=due)
    for many in (1, 2, 3):
        council.on(add_working_days(due, many))
    overdue = Overdue.objects.get()
    for who in (council.worker, council.manager):
        assert open_overdue(overdue.pk, by=who)
    with pytest.raises(NothingThere):
        open_overdue(overdue.pk, by=council.stranger)
    client.force_login(council.manager)
    assert "Amina Larkfield: an answer to a question" in client.get("/escalation/").content.decode()
    page = client.post(f"/escalation/overdue/{overdue.pk}/", {"words": "Ring", "token": str(uuid4())})
    assert "Give a day from today" in page.content.decode() and "Ring" in page.content.decode()
    KeptOut.objects.create(
        person_id=council.girl.pk, practitioner=council.manager, why="x", set_by="operator"
    )
    assert "an answer to a question" not in client.get("/escalation/").content.decode()
    assert client.get(f"/escalation/overdue/{overdue.pk}/").status_code == 404


def test_when_whoever_has_it_goes_away_it_passes_on(council):
    council.owe()
    for day in council.working_days(3):
        council.on(day)
    overdue = Overdue.objects.get()
    assert overdue.owner == council.manager
    council.away(council.manager)
    pass_on(now=council.now)
    overdue.refresh_from_db()
    assert overdue.owner not in {council.manager, None}
    assert Clock.objects.running().get(what=CLOCK).owner == overdue.owner


def test_many_take_a_fixed_number_of_queries_to_be_looked_at(council, django_assert_max_num_queries, client):
    for _ in range(20):
        council.owe()
    [first, _, third] = council.working_days(3)
    assert (council.on(first), council.on(third)) == (20, 20)
    client.force_login(council.manager)
    with django_assert_max_num_queries(45):
        page = client.get("/escalation/").content.decode()
    assert page.count("/escalation/overdue/") == 20
