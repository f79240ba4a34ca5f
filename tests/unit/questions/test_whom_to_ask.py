"""A question goes to somebody by name or post, and says why."""

import pytest

from rowan.agencies.rules.posts import PostKind
from rowan.questions.rules.register import RULES, rule_named
from rowan.questions.rules.whom_to_ask import Lead, Place, Worker, line_of_kinds
from rowan.questions.rules.whom_to_ask import whom_to_ask as whom_in_line

MISSING, ARREST, ABSENCE = (rule_named(name) for name in ("missing_again", "child_arrested", "absence_risen"))
EVERYBODY = set(PostKind)


def whom_to_ask(rule, audience, worker, held, full=(), lead=None):
    return whom_in_line(rule, audience, worker, line_of_kinds(rule, audience, held, full), lead)


def test_missing_goes_to_the_missing_co_ordinator_with_a_deputy():
    whom = whom_to_ask(MISSING, "hub", None, EVERYBODY)
    assert (whom.post.kind, whom.deputy.kind) == (
        PostKind.MISSING_COORDINATOR,
        PostKind.EXPLOITATION_COORDINATOR,
    )
    assert whom.why == "This rule asks the missing co-ordinator."


def test_an_arrest_goes_to_youth_justice_with_the_co_ordinator_as_deputy():
    whom = whom_to_ask(ARREST, "hub", None, EVERYBODY)
    assert (whom.post.kind, whom.deputy.kind) == (PostKind.YOUTH_JUSTICE, PostKind.EXPLOITATION_COORDINATOR)


def test_news_of_an_open_child_goes_to_the_allocated_worker():
    whom = whom_to_ask(MISSING, "hub", Worker("Jo Field", signs_in=True), EVERYBODY)
    assert whom.worker
    assert "allocated worker" in whom.why


def test_a_worker_who_does_not_sign_in_is_named_with_a_phone_number():
    whom = whom_to_ask(MISSING, "hub", Worker("Jo Field", "01632 960001"), EVERYBODY)
    assert not whom.worker
    assert "Jo Field" in whom.why and "01632 960001" in whom.why


def test_news_of_a_child_with_a_plan_and_no_worker_who_signs_in_goes_to_whoever_leads_it():
    whom = whom_to_ask(MISSING, "hub", None, EVERYBODY, lead=Lead("Joan Eccles"))
    assert whom.lead and not whom.worker
    assert whom.why == "You lead the hub's plan for this child: news of a child with a plan goes to you."
    whom = whom_to_ask(MISSING, "hub", Worker("Jo Field", "01632 960001"), EVERYBODY, lead=Lead("Joan Eccles"))  # fmt: skip
    assert whom.lead and "Jo Field, does not sign in to Rowan: ring 01632 960001" in whom.why


def test_the_allocated_worker_who_signs_in_comes_before_the_plans_lead():
    whom = whom_to_ask(MISSING, "hub", Worker("Jo Field", signs_in=True), EVERYBODY, lead=Lead("Joan Eccles"))
    assert whom.worker and not whom.lead
    full = Worker("Jo Field", signs_in=True, is_full=True)
    whom = whom_to_ask(MISSING, "hub", full, EVERYBODY, lead=Lead("Joan Eccles"))
    assert whom.lead and "Jo Field, has as many open questions" in whom.why


def test_a_plans_lead_with_as_many_as_one_is_given_is_spared_and_named():
    whom = whom_to_ask(MISSING, "hub", None, EVERYBODY, lead=Lead("Joan Eccles", is_full=True))
    assert not whom.by_name and whom.post.kind == PostKind.MISSING_COORDINATOR
    assert "Joan Eccles, who leads the hub's plan for the child, has as many open questions" in whom.why


def test_a_schools_question_goes_to_no_plans_lead():
    assert not whom_to_ask(ABSENCE, "school-1", None, EVERYBODY, lead=Lead("Joan Eccles")).by_name


def test_the_deputy_answers_for_a_post_that_nobody_holds():
    whom = whom_to_ask(MISSING, "hub", None, {PostKind.EXPLOITATION_COORDINATOR, PostKind.TRIAGE})
    assert whom.post.kind == PostKind.MISSING_COORDINATOR
    assert "Nobody holds that post, so the exploitation co-ordinator answers" in whom.why


def test_a_post_and_deputy_that_nobody_holds_go_to_triage_and_say_so():
    whom = whom_to_ask(ARREST, "hub", None, {PostKind.TRIAGE})
    assert whom.post.kind == PostKind.TRIAGE
    assert "came to triage" in whom.why


def test_with_no_accounts_it_stays_on_the_post():
    whom = whom_to_ask(ARREST, "hub", None, set())
    assert whom.post.kind == PostKind.YOUTH_JUSTICE
    assert "waits" in whom.why


def test_what_is_beyond_what_one_person_is_given_goes_to_the_deputy_and_who_was_meant_may_still_answer():
    whom = whom_to_ask(MISSING, "hub", None, EVERYBODY, {PostKind.MISSING_COORDINATOR})
    assert (whom.post.kind, whom.deputy.kind) == (
        PostKind.EXPLOITATION_COORDINATOR,
        PostKind.MISSING_COORDINATOR,
    )
    assert (
        "has as many open questions as one person is given, so it came to the exploitation co-ordinator"
        in whom.why
    )


def test_where_the_deputy_has_as_many_it_goes_to_triage():
    full = {PostKind.MISSING_COORDINATOR, PostKind.EXPLOITATION_COORDINATOR}
    assert whom_to_ask(MISSING, "hub", None, EVERYBODY, full).post.kind == PostKind.TRIAGE
    nobody_there = EVERYBODY - {PostKind.MISSING_COORDINATOR}
    assert whom_to_ask(MISSING, "hub", None, nobody_there, full).post.kind == PostKind.TRIAGE


def test_where_everybody_has_as_many_it_waits_where_the_rule_puts_it():
    whom = whom_to_ask(MISSING, "hub", None, EVERYBODY, EVERYBODY)
    assert whom.waits_for_room
    assert "waits until somebody has room" in whom.why
    assert (whom.post.kind, whom.deputy.kind) == (
        PostKind.MISSING_COORDINATOR,
        PostKind.EXPLOITATION_COORDINATOR,
    )


def test_a_deputy_of_an_empty_post_is_given_no_more_than_one_person_either():
    deputy, desk = PostKind.EXPLOITATION_COORDINATOR, PostKind.TRIAGE
    whom = whom_to_ask(MISSING, "hub", None, {deputy}, {deputy})
    assert (whom.post.kind, whom.deputy.kind, whom.waits_for_room) == (MISSING.asks, deputy, True)
    whom = whom_to_ask(MISSING, "hub", None, {deputy, desk}, {deputy})
    assert (whom.post.kind, whom.deputy, whom.waits_for_room) == (desk, None, False)


def test_the_deputies_are_asked_in_their_order():
    named = [Place(n, PostKind.LEAD, f"“Lead {n}”", is_full=n < 2, stands_in=True) for n in range(4)]
    line = [*line_of_kinds(MISSING, "hub", EVERYBODY, EVERYBODY)[:2], *named]
    whom = whom_in_line(MISSING, "hub", None, line)
    assert (whom.post, whom.deputy.kind) == (named[2], MISSING.asks)
    assert "so it came to “Lead 2”" in whom.why


def test_a_worker_who_has_as_many_is_named_and_the_rules_post_is_asked():
    whom = whom_to_ask(MISSING, "hub", Worker("Jo Field", signs_in=True, is_full=True), EVERYBODY)
    assert (whom.post.kind, whom.worker) == (PostKind.MISSING_COORDINATOR, False)
    assert "Jo Field, has as many open questions" in whom.why


@pytest.mark.parametrize("held", [EVERYBODY, {PostKind.TRIAGE}, set()])
def test_a_schools_question_never_leaves_the_school(held):
    whom = whom_to_ask(ABSENCE, "school-8994001", Worker("Jo Field", signs_in=True), held)
    assert whom.post.kind == PostKind.SCHOOL_LEAD
    assert whom.deputy is None
    assert not whom.worker


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_why_fits_the_page(rule):
    longest = max(
        len(whom_to_ask(rule, "hub", worker, held, full).why)
        for held in (EVERYBODY, {PostKind.EXPLOITATION_COORDINATOR}, {PostKind.TRIAGE}, set())
        for full in (set(), {rule.asks}, {rule.asks, rule.deputy})
        for worker in (
            Worker("A" * 60, "01632 960001"),
            Worker("A" * 60, signs_in=True, is_full=True),
        )
    )
    assert longest <= 300
