"""News of a child goes to whoever leads the hub's plan with them, while the plan goes on and no allocated worker signs in."""

from rowan.access.models import Involvement, Why
from rowan.assessments.actions import hand_over
from rowan.people.models import Person
from rowan.questions.actions import take_in
from rowan.questions.actions.allocated import plan_leads
from rowan.questions.models import Question
from rowan.questions.waiting import for_me
from rowan.records.models import OvernightRun
from tests.integration.questions.conftest import missing


def led_by(hub, child=None):
    found = plan_leads([(child or hub.girl).pk], hub.today)
    return {person: who.display_name for person, (_, who) in found.items()}


def test_whoever_opened_work_was_given_leads_until_it_is_handed_over_or_closed(hub):
    assert led_by(hub) == {}
    hub.assessed()
    assert led_by(hub) == {hub.girl.pk: "Joan Eccles"}
    hand_over(person_id=hub.girl.pk, lead=hub.stranger, why="Joan leaves", by=hub.worker, now=hub.now)
    assert led_by(hub) == {hub.girl.pk: "Priya Vane"}


def test_closed_work_has_no_lead_though_somebody_still_looks_back(hub):
    hub.assessed()
    hub.stepped_down(to="closed", state="not_indicated")
    assert Involvement.objects.on(hub.today).filter(rests_on__startswith="strand ", practitioner=hub.worker).exists()  # fmt: skip
    assert led_by(hub) == {}


def test_stepped_down_and_watched_it_still_has_its_lead(hub):
    hub.assessed()
    hub.stepped_down()
    assert led_by(hub) == {hub.girl.pk: "Joan Eccles"}


def test_a_lead_who_has_left_leads_nothing(hub):
    hub.begin()
    hub.worker.is_active = False
    hub.worker.save()
    assert led_by(hub) == {}


def test_work_opened_under_an_id_that_was_joined_into_another_is_the_childs(hub):
    hub.begin()
    Person.objects.filter(pk=hub.girl.pk).update(now=hub.boy.pk)
    assert led_by(hub, hub.boy) == {hub.boy.pk: "Joan Eccles"}


def test_the_night_puts_a_question_to_the_lead_by_name(hub):
    hub.begin()
    Involvement.objects.filter(why=Why.ALLOCATED_WORKER).delete()
    occasion, rows = missing(hub.girl.pk, "1", "2", "3", on=hub.today)
    take_in([occasion], rows, run=OvernightRun.current_number(), today=hub.today, now=hub.now)
    question = Question.objects.get()
    assert question.practitioner == hub.worker
    assert question.why_you.startswith("You lead the hub's plan for this child")
    assert question in list(for_me(hub.worker, today=hub.today))
