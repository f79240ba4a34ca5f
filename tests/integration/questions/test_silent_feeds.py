"""A school whose registers stopped is asked once; files that come close the question, and so does an answer until its day has passed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from rowan.agencies.models import Agency, LeadPlace, Post, PostHolding
from rowan.audit_trail.models import Entry as Line
from rowan.notices.models import Notice
from rowan.questions.actions import answer_about_feed, ask_about_feeds
from rowan.questions.models import FeedQuestion, RuleSwitch
from rowan.questions.rules import feed_late
from rowan.questions.silent_feeds import feeds_for_me
from rowan.records.models import OvernightRun
from rowan.refusals import NotAllowed, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from tests.integration.questions.conftest import NOW, TODAY

SILENT = {"feed": "attendance_marks", "agency": "school-8994001", "reaches_to": TODAY - timedelta(days=9), "school_days": 6, "others": 4}  # fmt: skip


@pytest.fixture
def lead(somebody, school):
    return somebody("sian", "school_safeguarding_lead", "school_lead", school)


@pytest.fixture
def night(db):
    def run(*silent, number=1, today=TODAY, now=NOW, **options):
        OvernightRun.objects.get_or_create(
            number=number, defaults={"as_of": today, "started_at": now, "finished_at": now}
        )
        return ask_about_feeds(silent, run=number, today=today, now=now, **options)  # fmt: skip

    return run


def question() -> FeedQuestion:
    return FeedQuestion.objects.select_related("post", "agency").get()


def test_the_schools_lead_is_asked_with_a_day_and_a_clock_and_told(lead, night):
    assert night(SILENT) == 1
    asked = question()
    assert "Rowan Road School has sent no attendance marks for 6 school days" in asked.sentence
    assert "4 other schools have sent marks of days since" in asked.sentence
    assert (asked.post.kind, asked.due_on) == ("school_lead", TODAY + timedelta(days=2))
    clock = Clock.objects.running().get()
    assert (clock.about_id, clock.about_person, clock.due_on) == (str(asked.pk), "", asked.due_on)
    assert Notice.objects.get().practitioner == lead
    assert [each.pk for each in feeds_for_me(lead, today=TODAY)] == [asked.pk]
    assert Line.objects.get(did="asked about a silent feed").about_person == ""


LATE = {
    "feed": "police_missing", "agency": "police-899", "reaches_to": TODAY - timedelta(days=14), "last_on": TODAY - timedelta(days=13),
    "silent_days": 9, "expected": 5, "deliveries": 40, "others": 0,
}  # fmt: skip


@pytest.fixture
def police(somebody):
    """The force's chain of leads: the first and her deputy's post."""
    force = Agency.objects.create(code="police-899", name="Invented Constabulary", kind="police")
    lead = somebody("priya", "police_exploitation_team", "lead", force)
    deputy = Post.objects.create(kind="missing_coordinator", agency=force, title="Deputy")
    post = Post.objects.get(kind="lead", agency=force)
    post.deputy = deputy
    post.save()
    LeadPlace.objects.create(post=post, place=1, from_on=TODAY - timedelta(days=30))
    LeadPlace.objects.create(post=deputy, place=2, from_on=TODAY - timedelta(days=30))
    return force, lead


def test_the_page_names_the_post_as_a_sentence_does(lead, night, client):
    night(SILENT)
    client.force_login(lead)
    page = client.get(reverse("questions:feed", args=[question().pk])).content.decode()
    assert "of the school&#x27;s safeguarding lead at Rowan Road School" in page


def test_any_agencys_lead_is_asked_about_its_own_feed_and_no_other(police, lead, night):
    force, first = police
    assert night(LATE, rule=feed_late.RULE) == 1
    asked = question()
    assert (asked.rule, asked.agency, asked.post.kind) == ("feed_late", force, "lead")
    assert "Invented Constabulary has sent nothing of its feed “Police missing reports”" in asked.sentence
    assert [each.pk for each in feeds_for_me(first, today=TODAY)] == [asked.pk]
    assert not feeds_for_me(lead, today=TODAY)
    assert Notice.objects.get().practitioner == first


def test_the_deputy_in_the_chain_is_asked_while_nobody_holds_the_first_post(police, somebody, night):
    force, first = police
    deputy = somebody("dora", "police_exploitation_team", "missing_coordinator", force)
    PostHolding.objects.filter(practitioner=first).update(until_on=TODAY - timedelta(days=1))
    night(LATE, rule=feed_late.RULE)
    assert len(feeds_for_me(deputy, today=TODAY)) == 1


def test_an_agency_without_a_chain_has_a_post_that_waits(council, night):
    night({**LATE, "agency": council.code, "feed": "council_case_list"}, rule=feed_late.RULE)
    assert (question().post.kind, question().post.agency) == ("lead", council)


def test_each_rule_on_feeds_ends_only_its_own_questions(police, lead, night):
    night(LATE, rule=feed_late.RULE)
    night(SILENT, number=2)
    night(number=3)
    assert [each.rule for each in FeedQuestion.objects.open()] == ["feed_late"]


def test_a_day_that_was_named_to_one_rule_on_feeds_holds_for_the_other(lead, night):
    night(SILENT)
    day = TODAY + timedelta(days=10)
    answer_about_feed(question(), why="The system is being changed", expected_on=day, by=lead, now=NOW)
    late = {**LATE, "feed": "attendance_marks", "agency": "school-8994001"}
    assert night(late, number=2, rule=feed_late.RULE) == 0


def test_the_deputy_is_asked_while_nobody_holds_the_post(somebody, school, night):
    deputy = somebody("dev", "school_safeguarding_lead", "lead", school)
    post = Post.objects.create(
        kind="school_lead", agency=school, title="Lead", deputy=Post.objects.get(kind="lead")
    )
    night(SILENT)
    assert question().post == post
    assert len(feeds_for_me(deputy, today=TODAY)) == 1


def test_it_is_asked_once_and_says_every_night_how_long_it_is(lead, night):
    night(SILENT)
    assert night({**SILENT, "school_days": 7}, number=2, today=TODAY + timedelta(days=1)) == 0
    assert "for 7 school days" in question().sentence
    night({**SILENT, "school_days": 7}, number=3, today=TODAY + timedelta(days=1))
    assert Line.objects.filter(did="said how long a feed has been silent by now").count() == 1


def test_files_that_come_close_it(lead, night):
    night(SILENT)
    night(number=2)
    assert question().ended_at and question().answered_by is None
    assert not Clock.objects.running().exists()
    assert Line.objects.filter(did="closed a question about a silent feed").count() == 1


def test_an_answer_closes_it_until_the_day_that_was_named_has_passed(lead, night):
    night(SILENT)
    day = TODAY + timedelta(days=10)
    answer_about_feed(question(), why="The system is being changed", expected_on=day, by=lead, now=NOW)
    assert not Clock.objects.running().exists()
    assert night(SILENT, number=2, today=day) == 0
    assert night(SILENT, number=3, today=day + timedelta(days=1)) == 1


def test_saying_it_twice_is_once_and_somebody_else_is_told_who_was_first(lead, night, somebody, council):
    night(SILENT)
    said = {"why": "The system is being changed", "expected_on": TODAY + timedelta(days=10), "now": NOW}
    answer_about_feed(question(), by=lead, **said)
    answer_about_feed(question(), by=lead, **said)
    assert Line.objects.filter(did="answered about a silent feed").count() == 1
    analyst = somebody("anna", "analyst")
    with pytest.raises(SomebodyWasFirst, match="Sian has answered"):
        answer_about_feed(question(), by=analyst, **said | {"why": "Nobody knows"})


def test_others_may_neither_read_nor_answer(lead, night, hub):
    night(SILENT)
    with pytest.raises(NotAllowed):
        answer_about_feed(
            question(), why="x", expected_on=TODAY + timedelta(days=1), by=hub["missing"], now=NOW
        )
    assert Line.objects.get(did="answered about a silent feed").refused_because


@pytest.mark.parametrize(("why", "days"), [(" ", 1), ("The system is being changed", 0), ("The system is being changed", 91)])  # fmt: skip
def test_an_answer_says_why_and_a_day_within_a_term(lead, night, why, days):
    night(SILENT)
    with pytest.raises(NotPossible):
        answer_about_feed(question(), why=why, expected_on=TODAY + timedelta(days=days), by=lead, now=NOW)
    assert question().ended_at is None


def test_a_rule_that_is_switched_off_asks_nobody_and_closes_what_came(lead, night):
    assert night(SILENT, switched_off={"feed_silent"}) == 0
    night(SILENT, number=2)
    night(number=3, switched_off={"feed_silent"})
    assert question().ended_at


def test_the_pages(lead, night, hub, client):
    night(SILENT)
    client.force_login(lead)
    asked = question()
    assert asked.sentence in client.get("/questions/").content.decode()
    page = f"/questions/feeds/{asked.pk}/"
    assert "Why has nothing come from this school" in client.get(page).content.decode()
    day = TODAY + timedelta(days=10)
    said = {"why": "The system is being changed", "expected_on_0": day.day, "expected_on_1": day.month, "expected_on_2": day.year}  # fmt: skip
    assert "Say why nothing comes" in client.post(page, said | {"why": ""}).content.decode()
    client.force_login(hub["missing"])
    assert client.get(page).status_code == 403
    for name in ("", "feed_silent/"):
        assert "registers have fallen silent" in client.get(f"/questions/rules/{name}").content.decode()
    assert "at the agency whose files they are" in client.get("/questions/rules/feed_late/").content.decode()
    assert client.get("/questions/rules/feed_silent/by-group/").status_code == 404
    assert not RuleSwitch.objects.exists()
