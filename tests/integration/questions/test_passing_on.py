"""Leaving and long absence strand nothing: the clock passes on, and the question, the sign or the promise with it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rowan.access.actions import seen_by
from rowan.access.models import Involvement, Why
from rowan.agencies.absences import come_back, enter_absence
from rowan.agencies.models import LeadPlace, Post, PostHolding
from rowan.agencies.passing_on import pass_on_everything
from rowan.audit_trail.actions import OPERATOR, ROWAN
from rowan.audit_trail.models import Entry as Line
from rowan.people.models import Person
from rowan.questions import actions
from rowan.questions.actions import take_in_signs
from rowan.questions.clocks import why_it_came
from rowan.questions.models import HUB, Question
from rowan.questions.waiting import for_me, refusal_to_answer, signs_for
from rowan.records.models import OvernightRun
from rowan.refusals import NotAllowed
from rowan.timescales.actions import start_clock
from rowan.timescales.models import Clock, HandOver
from rowan.timescales.passing_on import pass_on, without_anybody
from tests.integration.questions.conftest import ADA, BEN, CAL, NOW, TODAY

IN_A_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def chain(hub, somebody, council):
    """The council's lead, one deputy and its chief officer."""

    def seat(username, kind, title, place=None, agency=None):
        person = somebody(username, "safeguarding_lead", agency=agency)
        post = Post.objects.create(kind=kind, agency=agency or council, title=title)
        PostHolding.objects.create(post=post, practitioner=person, from_on=TODAY - timedelta(days=30))
        if place:
            LeadPlace.objects.create(post=post, place=place, from_on=TODAY - timedelta(days=30))
        return person

    OvernightRun.objects.get_or_create(
        number=1, defaults={"as_of": TODAY, "started_at": NOW, "finished_at": NOW}
    )
    return {
        "lead": seat("judith", "lead", "Head of Community Services", 1),
        "deputy": seat("femi", "lead", "Head of Leisure", 2),
        "chief": seat("aldous", "chief_officer", "Chief Executive"),
        "seat": seat,
    }


def put(
    person_id=ADA,
    *,
    to=None,
    kind="missing_coordinator",
    agency="council-899",
    due_on=IN_A_WEEK,
    audience=HUB,
):
    post = Post.objects.get(kind=kind, agency__code=agency)
    question = Question.objects.create(
        person_id=person_id, audience=audience, post=post, practitioner=to, why_you="You were asked", asked_run=1, asked_on=TODAY, due_on=due_on
    )  # fmt: skip
    Involvement.objects.create(
        person_id=person_id, why=Why.ASKED, rests_on=f"question {question.pk}", opened_on=TODAY, agency=post.agency,
        practitioner=to, post=None if to else post,
    )  # fmt: skip
    start_clock(
        what="a question", about_kind="question", about_id=question.pk, about_person=person_id, due_on=due_on, now=NOW, owner=to, owner_post=post
    )  # fmt: skip
    return question


def away(person, days=5, **more):
    until_on = TODAY + timedelta(days=days - 1) if days else None
    return enter_absence(person, from_on=TODAY, until_on=until_on, by=person, now=NOW, **more)


def owner():
    return Clock.objects.running().get().owner


def asked_of(person):
    return [question.pk for question in for_me(person, today=TODAY)]


def test_a_question_passes_to_the_posts_other_holder_with_its_reason_its_record_and_a_line(
    hub, chain, somebody
):
    other = somebody("mo", "missing_coordinator", "missing_coordinator")
    question = put(to=hub["missing"])
    away(hub["missing"])
    assert owner() == other
    assert asked_of(other) == [question.pk]
    assert asked_of(hub["missing"]) == []
    question.refresh_from_db()
    assert question.why_you == "This came to you because Mirela is away until 7 June 2026."
    assert seen_by(other, [ADA], TODAY).keys() == {ADA}
    assert refusal_to_answer(question, other, today=TODAY) is None
    line = Line.objects.get(did="passed a clock on")
    assert (line.about_person, line.about_id) == (ADA, str(question.pk))
    assert (line.particulars["from"], line.particulars["to"]) == (hub["missing"].pk, other.pk)
    assert HandOver.objects.get().because == "because Mirela is away until 7 June 2026"


def test_it_goes_to_the_deputy_then_the_lead_then_the_chief_officer_and_then_says_that_nobody_is_there(
    hub, chain
):
    Post.objects.filter(kind="missing_coordinator").update(
        deputy=Post.objects.get(kind="exploitation_coordinator")
    )
    put(to=hub["missing"])
    went = []
    for person in (hub["missing"], hub["coordinator"], chain["lead"], chain["deputy"], chain["chief"]):
        assert owner() == person
        away(person)
        went.append(owner().username)
    assert went == ["colm", "judith", "femi", "aldous", "aldous"]
    assert without_anybody(TODAY) == 1
    assert without_anybody(TODAY + timedelta(days=5)) == 0


def test_who_returns_gets_nothing_back_by_machine_and_nothing_goes_to_and_fro(hub, chain):
    question = put(to=hub["missing"])
    absence = away(hub["missing"])
    assert owner() == chain["lead"]
    come_back(absence, by=hub["missing"], now=NOW + timedelta(days=1))
    for day in range(1, 12):
        assert pass_on(now=NOW + timedelta(days=day)) == 0
    assert asked_of(chain["lead"]) == [question.pk]
    assert HandOver.objects.count() == 1


def test_a_question_at_a_post_stays_while_one_holder_is_there_and_moves_when_none_is(hub, chain, somebody):
    other = somebody("mo", "missing_coordinator", "missing_coordinator")
    question = put()
    away(hub["missing"])
    assert (owner(), asked_of(other)) == (None, [question.pk])
    away(other, days=None)
    assert owner() == chain["lead"]
    assert asked_of(chain["lead"]) == [question.pk]
    assert "nobody who holds the post of missing_coordinator is there" in HandOver.objects.get().because


def test_ending_an_account_hands_everything_over_first(hub, chain, somebody):
    other = somebody("mo", "missing_coordinator", "missing_coordinator")
    for person_id in (ADA, BEN):
        put(person_id, to=hub["missing"])
    assert pass_on_everything(leaving=[hub["missing"]], now=NOW, by=OPERATOR) == 2
    hub["missing"].is_active = False
    hub["missing"].save()
    assert {clock.owner for clock in Clock.objects.running()} == {other}
    assert pass_on(now=NOW) == 0
    assert HandOver.objects.first().because == "because Mirela has left"


def test_answering_ends_the_part_of_whoever_it_passed_to(hub, chain):
    question = put(to=hub["missing"])
    away(hub["missing"])
    actions.answer(
        Question.objects.get(),
        kind="explained",
        text="At her aunt’s",
        how_known="Rang",
        by=chain["lead"],
        now=NOW,
    )
    assert not Clock.objects.running().exists()
    parts = Involvement.objects.filter(rests_on__startswith=f"question {question.pk}")
    assert {part.closed_on for part in parts} == {TODAY + timedelta(days=28)}
    line = Line.objects.get(did="answered a question")
    assert (line.particulars["lead"], line.particulars["acting"]) == (chain["lead"].pk, False)


def test_a_decision_by_the_deputy_says_that_she_was_acting(hub, chain):
    put(to=hub["missing"])
    away(hub["missing"])
    away(chain["lead"])
    answer = actions.answer(
        Question.objects.get(),
        kind="explained",
        text="At her aunt’s",
        how_known="Rang",
        by=chain["deputy"],
        now=NOW,
    )
    assert Line.objects.get(did="answered a question").particulars["acting"] is True
    assert answer.acting_as == "Head of Leisure, acting lead"


def test_a_sign_of_harm_passes_on_and_a_night_does_not_hand_it_back(hub, chain, somebody, council):
    from rowan.access.actions import involve
    from rowan.chronology.models import Entry

    worker = somebody("wren", "lead_professional")
    involve(
        person_id=ADA,
        why="allocated_worker",
        rests_on="1",
        opened_on=TODAY,
        agency=council,
        practitioner=worker,
    )
    sign = Entry.objects.create(
        key="s1", person_id=ADA, happened_on=TODAY, kind="sign_of_harm", title="Missing overnight twice in 90 days", agency_code="council-899",
        compartment="core", observed="S", observed_code="MISS-03", known_on=TODAY, since_run=1,
    )  # fmt: skip
    take_in_signs(run=1, today=TODAY, now=NOW)
    away(worker)
    assert owner() == hub["triage"]
    assert signs_for(hub["triage"], today=TODAY) == [sign]
    assert why_it_came(hub["triage"], ["s1"]) == {"s1": "because Wren is away until 7 June 2026"}
    assert take_in_signs(run=1, today=TODAY, now=NOW) == 0
    assert owner() == hub["triage"]
    away(hub["triage"])
    assert signs_for(chain["lead"], today=TODAY) == [sign]
    assert signs_for(chain["deputy"], today=TODAY) == []
    with pytest.raises(NotAllowed):
        actions.answer_strategy(
            sign,
            held=True,
            reason="Enquiry began",
            manager="M. Lane",
            other_children="None",
            by=chain["deputy"],
            now=NOW,
        )
    actions.answer_strategy(
        sign,
        held=True,
        reason="Enquiry began",
        manager="M. Lane",
        other_children="None",
        by=chain["lead"],
        now=NOW,
    )
    assert not Clock.objects.running().exists()
    assert {part.closed_on for part in Involvement.objects.filter(why=Why.ASKED)} == {
        TODAY + timedelta(days=28)
    }


def test_what_was_promised_passes_on_too(hub, chain):
    put(to=hub["missing"])
    actions.answer(Question.objects.get(), kind="concern", text="Worried", by=hub["missing"], now=NOW)
    away(hub["missing"])
    clock = Clock.objects.running().get()
    assert (clock.about_kind, clock.owner) == ("owed", chain["lead"])
    assert seen_by(chain["lead"], [ADA], TODAY).keys() == {ADA}


def test_a_schools_question_stays_in_its_school_and_whoever_watches_it_elsewhere_sees_no_child(
    hub, chain, school, somebody
):
    head = chain["seat"]("hilda", "chief_officer", "Head teacher", agency=school)
    lead = somebody("sian", "school_safeguarding_lead", "school_lead", agency=school)
    question = put(kind="school_lead", agency=school.code, audience=school.code)
    away(lead)
    assert (owner(), asked_of(head)) == (head, [question.pk])
    away(head)
    assert owner() == chain["chief"]
    assert asked_of(chain["chief"]) == []
    assert seen_by(chain["chief"], [ADA], TODAY) == {}
    question.refresh_from_db()
    assert question.practitioner == head


def test_a_schools_question_that_was_somebodys_by_name_says_where_it_waits(hub, chain, school, somebody):
    """Put to a person and to no post: whoever watches it elsewhere is told which school to ring."""
    lead = somebody("sian", "school_safeguarding_lead", "school_lead", agency=school)
    put(to=lead, kind="school_lead", agency=school.code, audience=school.code)
    Clock.objects.update(owner_post=None)
    away(lead)
    assert (owner(), asked_of(owner())) == (chain["chief"], [])
    told = chain["chief"].notices.get(about__contains="nobody there can see to it")
    assert school.name in told.about


def test_a_hidden_childs_clock_passes_only_to_somebody_who_is_let_in_and_to_nobody_kept_out(hub, chain):
    from rowan.access.models import KeptOut, LetIn, Restriction

    hidden = Restriction.objects.create(person_id=ADA, why="A relative works here", set_by="Gwen")
    for person in (hub["missing"], chain["deputy"]):
        LetIn.objects.create(restriction=hidden, practitioner=person, by="Gwen")
    KeptOut.objects.create(person_id=BEN, practitioner=chain["lead"], why="A neighbour", set_by="Gwen")
    for person_id in (ADA, BEN, CAL):
        put(person_id, to=hub["missing"])
    away(hub["missing"])
    went = dict(Clock.objects.running().values_list("about_person", "owner"))
    assert went == {ADA: chain["deputy"].pk, BEN: chain["deputy"].pk, CAL: chain["lead"].pk}
    away(chain["deputy"])
    assert without_anybody(TODAY) == 1
    assert Clock.objects.get(about_person=ADA).owner == chain["deputy"]


def test_nobody_is_handed_more_than_the_cap_and_the_deputy_takes_the_rest(hub, chain):
    from rowan.timescales.actions import change_setting
    from rowan.timescales.rules.settings import CLOCKS_A_PERSON

    change_setting(CLOCKS_A_PERSON, 5, by=ROWAN, from_on=TODAY, why="To see what happens beyond it")
    many(12, hub["missing"])
    away(hub["missing"])
    load = {person.username: Clock.objects.running().filter(owner=person).count() for person in (chain["lead"], chain["deputy"], chain["chief"])}  # fmt: skip
    assert load == {"judith": 5, "femi": 5, "aldous": 2}
    assert not HandOver.objects.filter(beyond_the_cap=True).exists()


def many(number, to):
    people = Person.objects.bulk_create([Person(pk=f"{n:032x}") for n in range(1, number + 1)])
    post = Post.objects.get(kind="missing_coordinator")
    asked = Question.objects.bulk_create(
        [
            Question(
                person=person, audience=HUB, post=post, practitioner=to, why_you="You were asked", asked_run=1, asked_on=TODAY, due_on=IN_A_WEEK
            )
            for person in people
        ]
    )  # fmt: skip
    Clock.objects.bulk_create(
        [
            Clock(
                what="a question", about_kind="question", about_id=str(question.pk), about_person=question.person_id, owner=to,
                owner_post=post, started_at=NOW, due_on=IN_A_WEEK,
            )
            for question in asked
        ]
    )  # fmt: skip


def test_a_thousand_clocks_pass_on_in_a_fixed_number_of_queries(hub, chain):
    many(1000, hub["missing"])
    with CaptureQueriesContext(connection) as asked:
        assert pass_on(leaving=[hub["missing"]], now=NOW) == 1000
    # A line for each child is on the trail, whose own room says how many go in at once.
    assert len([query for query in asked if "audit_trail" not in query["sql"]]) < 80
    assert Line.objects.filter(did="passed a clock on").count() == 1000
    assert not Clock.objects.running().filter(owner=hub["missing"]).exists()


def test_when_nothing_is_stranded_it_asks_little(hub, chain, django_assert_max_num_queries):
    many(50, hub["missing"])
    with django_assert_max_num_queries(6):
        assert pass_on(now=NOW) == 0
