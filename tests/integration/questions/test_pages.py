"""The pages of questions, as far as their reader may see, in few queries however long the list."""

import pytest
from django.utils.html import escape

from rowan.access.models import Involvement, Restriction, Why
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry as Line
from rowan.questions.models import EvidenceRow, Question, RuleSwitch
from rowan.questions.rules.register import rule_named
from rowan.timescales.models import SettingValue
from tests import people_in_tests as invented

ago = invented.days_ago


@pytest.fixture
def agencies(db):
    invented.finished_run()
    return invented.three_agencies()


@pytest.fixture
def desk(agencies):
    """The missing co-ordinator and her post."""
    council = agencies[invented.COUNCIL]
    holder = invented.practitioner("missing", Role.MISSING_COORDINATOR, council, "Mirela Hughes")
    return holder, invented.post(PostKind.MISSING_COORDINATOR, council, holder)


def ask(agencies, post, number: int) -> Question:
    child = invented.child(f"Child{number}", "Larkfield", sex="M", age=14, school=agencies[invented.SCHOOL])
    invented.involve(child, agencies[invented.COUNCIL], Why.ALLOCATED_WORKER, f"Worker {number}")
    return invented.question(
        child,
        "missing_again",
        rows=[(invented.POLICE, ago(number), "Reported missing")],
        at_post=post,
        figures={"episodes": 3, "first_on": str(ago(80)), "last_on": str(ago(number))},
    )


def test_the_list_takes_as_many_queries_for_twenty_as_for_two(
    client, agencies, desk, django_assert_max_num_queries
):
    holder, post = desk
    client.force_login(holder)
    for number in range(20):
        ask(agencies, post, number)
    with django_assert_max_num_queries(50):
        page = client.get("/questions/")
    assert page.content.decode().count("rowan-question") == 20


def test_whoever_has_two_parts_in_a_childs_life_stands_once_in_the_line_of_whom_to_ring(
    client, agencies, desk
):
    holder, post = desk
    client.force_login(holder)
    question = ask(agencies, post, 1)
    invented.involve(question.person, agencies[invented.COUNCIL], Why.WORKING_WITH, "Worker 1")
    for page in ("/questions/", f"/questions/{question.pk}/"):
        assert client.get(page).content.decode().count("Worker 1") == 1


def test_a_long_list_is_paged_and_each_child_shown_is_on_the_trail(client, agencies, desk):
    holder, post = desk
    client.force_login(holder)
    asked = [ask(agencies, post, number) for number in range(23)]
    assert "Page 2" in client.get("/questions/").content.decode()
    before = Line.objects.count()
    client.get("/questions/?page=2")
    shown = (
        Line.objects.filter(position__gt=before)
        .exclude(about_person="")
        .values_list("about_person", flat=True)
    )
    assert len(shown) == 3
    assert set(shown) <= {question.person_id for question in asked}


def test_a_restricted_child_is_on_no_list_and_her_question_is_refused(client, agencies, desk):
    holder, post = desk
    client.force_login(holder)
    asked = ask(agencies, post, 1)
    Restriction.objects.create(person_id=asked.person_id, why="withheld", set_by="test")
    assert "Child1" not in client.get("/questions/").content.decode()
    assert client.get(f"/questions/{asked.id}/").status_code == 404
    assert client.get(f"/children/{asked.person_id}/").status_code == 404


def test_a_question_put_to_somebody_else_can_be_read_by_the_childs_worker_but_not_answered(
    client, agencies, desk
):
    _, post = desk
    asked = ask(agencies, post, 1)
    worker = invented.practitioner("social-worker", Role.LEAD_PROFESSIONAL, agencies[invented.COUNCIL])
    Involvement.objects.filter(person_id=asked.person_id, why=Why.ALLOCATED_WORKER).update(
        practitioner=worker
    )
    client.force_login(worker)
    page = client.get(f"/questions/{asked.id}/").content.decode()
    assert "put to somebody else" in page
    assert "Save the answer" not in page
    answered = client.post(f"/questions/{asked.id}/answer/", {"kind": "concern"})
    assert answered.status_code == 403
    assert Question.objects.get().answered_at is None


def test_a_question_of_a_run_that_did_not_finish_is_not_there_yet(client, agencies, desk):
    holder, post = desk
    client.force_login(holder)
    asked = ask(agencies, post, 1)
    Question.objects.update(asked_run=2)
    assert client.get(f"/questions/{asked.id}/").status_code == 404
    assert "Child1" not in client.get("/questions/").content.decode()


def missing_and_absent(child, **put) -> Question:
    asked = invented.question(
        child,
        "missing_and_absent",
        rows=[(invented.POLICE, ago(20), "Missing from"), (invented.SCHOOL, ago(3), "Morning: no reason")],
        figures={"episodes": 1, "missing_on": str(ago(20)), "unexplained": 7, "run_from": str(ago(6))},
        **put,
    )
    EvidenceRow.objects.filter(agency_code=invented.SCHOOL).update(record_kind="attendance_marks")
    return asked


def test_the_post_asked_reads_why_and_sees_the_rows_of_those_agencies_her_role_shows(client, agencies, desk):
    holder, post = desk
    child = invented.child("Ada", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])
    asked = missing_and_absent(child, at_post=post)
    client.force_login(holder)
    page = client.get(f"/questions/{asked.id}/").content.decode()
    assert "Missing, and absent from school" in page
    assert "7 sessions missed in a row" in page
    assert "Missing from" in page
    assert "Morning: no reason" not in page
    assert "1 more row that you may not see" in page


def test_whoever_may_see_one_agencys_rows_alone_does_not_read_what_the_other_said(client, agencies):
    child = invented.child("Ada", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])
    officer = invented.practitioner("welfare", Role.EDUCATION_WELFARE_OFFICER, agencies[invented.COUNCIL])
    invented.involve(child, agencies[invented.COUNCIL], Why.ALLOCATED_WORKER, "Worker", practitioner=officer)
    asked = missing_and_absent(child, to=officer)
    client.force_login(officer)
    pages = (
        "/questions/",
        f"/questions/{asked.id}/",
        f"/questions/{asked.id}/answer/",
        f"/children/{child.id}/",
    )
    for address in pages:
        page = client.get(address).content.decode()
        assert "Reported missing" not in page
        assert "Missing from" not in page
        assert "Missing, and absent" not in page
    page = client.get(f"/questions/{asked.id}/").content.decode()
    assert "Your role shows the rows of one of them" in page
    assert "Morning: no reason" in page


def test_what_is_typed_in_a_box_of_another_answer_stops_nobody(client, agencies, desk):
    holder, post = desk
    client.force_login(holder)
    asked = ask(agencies, post, 1)
    client.post(f"/questions/{asked.id}/answer/", {"kind": "concern", "look_again_on_day": "x"})
    assert Question.objects.get().answered_at


@pytest.mark.parametrize("days", [0, -1, 91])
def test_nothing_is_put_off_into_the_past_or_beyond_ninety_days(client, agencies, desk, days):
    holder, post = desk
    client.force_login(holder)
    asked = ask(agencies, post, 1)
    day = ago(-days)
    said = {
        "kind": "look_again",
        "agency": agencies[invented.SCHOOL].pk,
        "look_again_on_day": day.day,
        "look_again_on_month": day.month,
        "look_again_on_year": day.year,
    }
    page = client.post(f"/questions/{asked.id}/answer/", said).content.decode()
    assert "The date must be after today and within 90 days" in page
    assert "<title>Error: " in page


def test_a_rule_is_switched_off_with_a_reason_and_on_again(client, agencies):
    coordinator = invented.practitioner(
        "coordinator", Role.EXPLOITATION_COORDINATOR, agencies[invented.COUNCIL], "Colm Desai"
    )
    client.force_login(coordinator)
    address = "/questions/rules/missing_again/switch/"
    assert "Say why the rule is switched" in client.post(address, {"to": "off", "why": ""}).content.decode()
    off = {"to": "off", "why": "Too many reports of late returns"}
    client.post(address, off)
    client.post(address, off)
    assert RuleSwitch.objects.get().on is False
    page = client.get("/questions/rules/missing_again/").content.decode()
    assert "Switched off" in page and "Too many reports of late returns" in page
    client.post(address, {"to": "on", "why": "The home has changed how it reports"})
    assert [switch.on for switch in RuleSwitch.objects.order_by("id")] == [False, True]


def test_whoever_was_second_to_switch_a_rule_sees_the_first_reason_and_keeps_her_own(client, agencies):
    first, second = (
        invented.practitioner(f"coordinator-{n}", Role.EXPLOITATION_COORDINATOR, agencies[invented.COUNCIL])
        for n in (1, 2)
    )
    address = "/questions/rules/missing_again/switch/"
    client.force_login(first)
    client.post(address, {"to": "off", "why": "Late returns are counted twice"})
    client.force_login(second)
    page = client.post(address, {"to": "off", "why": "The police feed is wrong"}).content.decode()
    assert "Coordinator 1 was first and gave this reason: Late returns are counted twice" in page
    assert "The police feed is wrong" in page
    assert RuleSwitch.objects.get().why == "Late returns are counted twice"


def test_nobody_else_switches_a_rule(client, agencies, desk):
    holder, _ = desk
    client.force_login(holder)
    assert client.get("/questions/rules/missing_again/switch/").status_code == 403
    assert client.post("/questions/rules/missing_again/switch/", {"to": "off", "why": "x"}).status_code == 403
    assert not RuleSwitch.objects.exists()
    assert Line.objects.refused().filter(about_id="missing_again").exists()


def test_before_signing_in_the_register_shows_sentences_and_no_counts(client, agencies, desk):
    _, post = desk
    ask(agencies, post, 1)
    page = client.get("/questions/rules/missing_again/").content.decode()
    assert "A child has gone missing 3 times within 90 days" in page
    assert "How often it has asked" not in page
    assert "Switch this rule" not in page
    assert " waiting," not in client.get("/questions/rules/").content.decode()
    assert Line.objects.filter(by_kind="public").count() == 2


def test_the_register_says_who_carries_what_is_overdue_with_the_numbers_in_force(client, db):
    SettingValue.objects.create(
        name="escalation.overdue_manager_working_days",
        value=7,
        from_on=ago(1),
        set_by="A lead",
        why="Agreed here.",
    )
    page = client.get("/questions/rules/").content.decode()
    assert "A review, an action or an answer is overdue" in page
    assert "to the manager, who has 7 working days, the head of service" in page
    assert "No rule of the night asks this: the clocks do, and escalation carries it up." in page
    assert "No rule about being stopped by the police" in page


def test_every_rules_page_can_be_read(client, db):
    from rowan.questions.rules.register import RULES

    for rule in RULES:
        page = client.get(f"/questions/rules/{rule.name}/").content.decode()
        assert rule.title in page
        assert "{" not in page, "a number's name was left in the sentence"
    assert client.get("/questions/rules/no-such-rule/").status_code == 404


def test_the_administrator_has_no_questions_and_sees_no_child(client, agencies, desk):
    _, post = desk
    asked = ask(agencies, post, 1)
    client.force_login(invented.practitioner("administrator", Role.ADMINISTRATOR, agencies[invented.COUNCIL]))
    for address in (f"/questions/{asked.id}/", f"/children/{asked.person_id}/"):
        assert client.get(address).status_code == 403
    assert "Child1" not in client.get("/questions/").content.decode()


def test_what_was_going_on_stands_beside_the_question_and_a_move_says_no_address(client, agencies, desk):
    from rowan.people.models import Address

    holder, post = desk
    asked = ask(agencies, post, 1)
    child = asked.person
    Address.objects.create(
        key="later",
        person=child,
        since_run=1,
        agency_code=invented.COUNCIL,
        address="9 Another Row",
        postcode="ZQ1 9ZZ",
        first_on=ago(40),
    )
    for days, title, observed in [
        (60, "Bereavement", "V"),
        (900, "A year in the same placement", "P"),
        (900, "Old", "V"),
    ]:
        invented.happened(child, ago(days), "school_log", title, by=invented.COUNCIL, observed=observed)
    client.force_login(holder)
    page = client.get(f"/questions/{asked.id}/").content.decode().partition("What stands beside it")[2]
    assert "Bereavement" in page and "A year in the same placement" in page
    assert "A new address, as Invented Council has it" in page
    assert "ZQ1 9ZZ" not in page
    assert ": Old" not in page


def test_what_a_rule_cannot_see_of_any_child_is_not_said_to_be_missing_for_this_one(client, agencies, desk):
    holder, post = desk
    asked = ask(agencies, post, 1)
    client.force_login(holder)
    page = client.get(f"/questions/{asked.id}/").content.decode()
    for_her, _, of_any = page.partition("What is missing for ")[2].partition(
        "What the rules cannot see, of any child"
    )
    assert "This says nothing about" in of_any and "no clinic or hospital sends Rowan" in of_any
    blind = rule_named(asked.reasons.first().rule).not_seen({})
    assert blind and all(escape(line) in of_any and escape(line) not in for_her for line in blind)
