"""Whom a rule asks about and what came of it, by group: right sums, whole months, nothing small shown, the same for everybody."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rowan.access.actions import join_records
from rowan.assessments.models import Strand
from rowan.audit_trail.models import Entry
from rowan.concerns.models import Concern
from rowan.people.models import KnownAs, Person
from rowan.questions.by_group import by_group, totals, window
from rowan.questions.models import Answer, Question, Reason
from rowan.questions.rules.register import rule_named
from rowan.records.models import OvernightRun
from tests.signing_in import signed_in_session

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 3)
IN_WINDOW = date(2026, 3, 2)
LONDON = ZoneInfo("Europe/London")
IN_TIME = datetime(2026, 3, 3, 9, 0, tzinfo=LONDON)
RULE = rule_named("missing_again")


@pytest.fixture
def county(hub):
    """200 girls and 100 boys of fourteen, of whom nobody has asked yet."""
    night = datetime(2026, 6, 3, 6, 0, tzinfo=LONDON)
    OvernightRun.objects.create(number=1, as_of=TODAY, started_at=night, finished_at=night)
    people = Person.objects.bulk_create(Person(pk=uuid4().hex, founded_run=1) for _ in range(300))
    KnownAs.objects.bulk_create(
        KnownAs(
            person=person, since_run=1, birth_date=date(2012, 1, 1), sex="F" if number < 200 else "M",
            ethnic_group="WBRI" if number % 2 else "APKN", disabled=None,
        )
        for number, person in enumerate(people)
    )  # fmt: skip
    return people


def ask(person, *, on=IN_WINDOW, rule="missing_again"):
    question = Question.objects.create(
        person=person, audience="hub", why_you="x", asked_run=1, asked_on=on, due_on=on + timedelta(days=2)
    )
    Reason.objects.create(
        question=question, occasion=uuid4().hex, rule=rule, rule_version=1, happened_on=on, asked_run=1
    )
    return question


def answer(question, kind, by, at=IN_TIME, **more):
    given = Answer.objects.create(question=question, kind=kind, by=by, at=at, **more)
    Question.objects.filter(pk=question.pk).update(answered_at=at)
    return given


def line(figures, heading, group):
    [table] = [table for table in figures.tables if table.heading == heading]
    return next(line for line in table.lines if line.group == group)


def test_questions_children_and_what_came_of_them_are_counted_by_group(county, hub):
    for number in range(20):
        question = ask(county[number])
        answer(question, "explained" if number < 12 else "concern", hub["missing"])
    for number in range(10):
        ask(county[number], on=IN_WINDOW + timedelta(days=30))  # the same children once more, not answered
        ask(county[200 + number])
    figures = by_group(RULE, TODAY)
    girls, everybody = line(figures, "Sex", "Girls"), line(figures, "Sex", "All")
    assert (girls.known, girls.asked_about, girls.questions) == (200, 20, 30)
    assert girls.came_of_it == [10, 12, 8, 0, 0]
    assert girls.a_thousand.share == 0.1
    assert girls.explained.share == 12 / 20
    assert (everybody.known, everybody.asked_about, everybody.questions) == (300, 30, 40)
    assert line(figures, "Age", "13 to 15").known == 300
    assert line(figures, "Ethnic group", "Asian").asked_about == 15
    assert line(figures, "Disability", "Not known").questions == 40


def test_a_small_count_is_not_shown_nor_to_be_had_from_the_others(county):
    for number in range(20):
        ask(county[number])
    for number in range(3):
        ask(county[200 + number])
    figures = by_group(RULE, TODAY)
    girls, boys, everybody = (line(figures, "Sex", group) for group in ("Girls", "Boys", "All"))
    assert (boys.asked_about, boys.questions, boys.a_thousand) == (None, None, None)
    assert (girls.asked_about, girls.questions) == (None, None)
    assert (everybody.asked_about, everybody.questions) == (23, 23)


def test_only_the_twelve_whole_months_before_this_one_count(county):
    assert window(TODAY) == (date(2025, 6, 1), date(2026, 6, 1))
    for number in range(8):
        ask(county[number], on=date(2025, 6, 1))
        ask(county[20 + number], on=date(2026, 5, 31))
        ask(county[40 + number], on=date(2025, 5, 31))
        ask(county[60 + number], on=date(2026, 6, 1))
    assert by_group(RULE, TODAY).questions == 16


def test_another_rules_questions_are_not_counted(county):
    for number in range(8):
        ask(county[number], rule="far_from_home")
    assert by_group(RULE, TODAY).questions == 0


def test_the_answer_that_stands_counts_and_not_the_one_it_corrects(county, hub):
    for number in range(10):
        first = answer(ask(county[number]), "explained", hub["missing"])
        answer(first.question, "concern", hub["missing"], corrects=first)
    assert line(by_group(RULE, TODAY), "Sex", "Girls").came_of_it == [0, 0, 10, 0, 0]


def test_what_is_answered_after_the_months_are_over_changes_nothing(county, hub):
    """A figure that changed with each answer would tell, from one day to the next, about whom it was."""
    for number in range(10):
        question = ask(county[number])
        answer(question, "explained", hub["missing"])
        answer(
            question,
            "concern",
            hub["missing"],
            at=datetime(2026, 6, 1, 0, 0, tzinfo=LONDON),
        )
    for number in range(10, 20):
        answer(
            ask(county[number]),
            "concern",
            hub["missing"],
            at=datetime(2026, 6, 2, 9, 0, tzinfo=LONDON),
        )
    assert line(by_group(RULE, TODAY), "Sex", "Girls").came_of_it == [10, 10, 0, 0, 0]


def test_a_question_of_a_record_that_was_joined_is_of_the_child_she_is_now(county):
    for number in range(10):
        once = Person.objects.create(pk=uuid4().hex, founded_run=1)
        ask(once)
        join_records([(once.pk, county[number].pk)])
    girls = line(by_group(RULE, TODAY), "Sex", "Girls")
    assert (girls.asked_about, girls.questions) == (10, 10)


def test_it_takes_as_many_queries_for_many_questions_as_for_few(county):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            by_group(RULE, TODAY)
        return len(asked)

    ask(county[0])
    few = queries()
    for number in range(1, 60):
        ask(county[number])
    assert queries() == few


def test_the_page_shows_it_to_whoever_signs_in_and_leaves_a_line(county, hub):
    for number in range(12):
        ask(county[number], on=window(date.today())[0])
    address = "/questions/rules/missing_again/by-group/"
    client = Client()
    assert client.get(address).status_code == 302
    client.cookies["sessionid"] = signed_in_session(hub["missing"])
    page = client.get(address).content.decode()
    assert "Whom it asks about" in page
    assert "60.0<br>" in page  # 12 of 200 girls
    assert Entry.objects.filter(did="looked at whom a rule asks about", about_id="missing_again").exists()
    assert client.get("/questions/rules/no-such-rule/by-group/").status_code == 404


def test_of_a_rule_that_asked_nothing_the_page_says_so(county, hub):
    client = Client()
    client.cookies["sessionid"] = signed_in_session(hub["missing"])
    assert (
        "asked nothing in these months"
        in client.get("/questions/rules/missing_again/by-group/").content.decode()
    )


def test_the_page_of_a_rule_and_the_register_hide_what_the_page_by_group_hides(county, hub, client):
    for number in range(20):
        question = ask(county[number])
        if number:
            answer(question, "explained" if number < 16 else "concern", hub["missing"])
    everybody, counts = line(by_group(RULE, TODAY), "Sex", "All"), totals(RULE, TODAY)
    assert [count for _, count in counts.came_of_it] == everybody.came_of_it == [None, 15, None, 0, 0]
    assert (counts.questions, counts.answered) == (everybody.questions, None) == (20, None)


def test_of_one_to_five_questions_no_page_says_how_many(county, hub, client):
    for number in range(3):
        ask(county[number])
    counts = totals(RULE, TODAY)
    assert (counts.questions, counts.answered, dict(counts.came_of_it)["Not answered by then"]) == (None,) * 3


@pytest.mark.parametrize("path", ["/questions/rules/", "/questions/rules/missing_again/"])
def test_no_small_count_stands_on_a_page_of_rules(county, hub, client, path):
    """Asked by somebody who signs in, whoever it is: nobody is shown a count from 1 to 5 (design choice, domain 9.4)."""
    on = window(timezone.localdate())[1] - timedelta(days=20)
    at = timezone.make_aware(datetime.combine(on, datetime.min.time()))
    for number in range(4):
        answer(ask(county[number], on=on), "explained", hub["missing"], at)
    OvernightRun.objects.update(
        counts={"questions": {"held_back": [{"rule": "missing_again", "occasions": 3, "because": "old"}]}}
    )
    client.force_login(hub["triage"])
    page = client.get(path).content.decode()
    assert 'title="not shown">c' in page
    assert "4 questions" not in page and ">4<" not in page and "3: old" not in page


def test_each_child_is_counted_at_the_furthest_that_followed(county, hub):
    for number in range(40):
        ask(county[number])
    for number in range(5, 30):
        Concern.objects.create(
            reference=f"R{number}", about="child", came_by="signed_in", raises="professional", received_at=IN_TIME,
            urgency="days", due_at=IN_TIME, person=county[number],
        )  # fmt: skip
    for number in range(20, 30):
        Strand.objects.create(
            person=county[number], lead=hub["triage"], step_at=IN_TIME, due_on=IN_WINDOW, opened_at=IN_TIME
        )
    # Begun before anybody asked: it did not follow.
    before = IN_TIME - timedelta(days=30)
    Strand.objects.create(
        person=county[35], lead=hub["triage"], step_at=before, due_on=IN_WINDOW, opened_at=before
    )
    everybody = line(by_group(RULE, TODAY), "Sex", "All")
    assert everybody.asked_about == 40
    assert everybody.followed == [15, 0, 15, 10, 0, 0]


def test_answers_that_were_changed_are_counted_with_how_sure_their_share_is(county, hub):
    for number in range(40):
        first = answer(ask(county[number]), "concern", hub["missing"])
        if number < 10:
            answer(first.question, "explained", hub["missing"], corrects=first)
    everybody = line(by_group(RULE, TODAY), "Sex", "All")
    assert everybody.changed == 10 and everybody.changed_of.share == 0.25
    assert everybody.changed_of.least < 0.25 < everybody.changed_of.most


def test_few_that_were_changed_or_that_stayed_are_not_shown(county, hub):
    for number in range(20):
        first = answer(ask(county[number]), "concern", hub["missing"])
        if number < 17:
            answer(first.question, "explained", hub["missing"], corrects=first)
    everybody = line(by_group(RULE, TODAY), "Sex", "All")
    assert (everybody.changed, everybody.changed_of) == (None, None)
