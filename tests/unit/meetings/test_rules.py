"""Meetings: steps, rhythm, quorum, packs, decisions and the list."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rowan.agencies.rules.roles import SEES_NO_CHILD, Role
from rowan.meetings.rules import decisions, packs, quorum, rhythm, the_list
from rowan.meetings.rules.steps import (
    AT_REST,
    MOVES,
    STEP_NAMES,
    WHOSE,
    Step,
    refusal_to_decide,
    refusal_to_move,
)
from rowan.timescales.rules.working_days import is_working_day

TODAY = date(2026, 6, 3)
days = st.integers(-60, 60).map(lambda n: TODAY + timedelta(days=n))


@given(st.sampled_from(Step), st.sampled_from(Step))
def test_every_move_is_allowed_or_explained(step, to):
    refusal = refusal_to_move(step, to)
    assert (refusal is None) == (to in MOVES[step])
    assert refusal is None or STEP_NAMES[step].lower() in refusal


def test_every_step_has_somebody_whose_move_it_is_or_is_at_rest_and_leads_there():
    assert set(WHOSE) | AT_REST == set(Step) and not set(WHOSE) & AT_REST
    for step in Step:
        reached, fresh = {step}, {step}
        while fresh:
            fresh = {to for at in fresh for to in MOVES[at]} - reached
            reached |= fresh
        assert reached & AT_REST, step


def test_a_decision_is_taken_only_while_a_meeting_is_in_session():
    assert [step for step in Step if refusal_to_decide(step) is None] == [Step.IN_SESSION]


@settings(deadline=None)  # the first look at a year makes its bank holidays
@given(st.sampled_from(rhythm.Rhythm), days, days)
def test_the_next_meeting_is_a_working_day_after_the_last_one_and_after_today(how_often, last, today):
    on = rhythm.next_meeting(how_often, last, today)
    assert on > last and on > today and is_working_day(on)
    # Not more than one rhythm late, with a few days off.
    longest = timedelta(weeks=rhythm.WEEKS.get(how_often, 0), days=7)
    assert on <= max(last, today) + longest


@given(st.sets(st.sampled_from(["council", "police", "health", "school"])))
def test_a_meeting_is_quorate_when_council_police_and_health_came(came):
    words = quorum.in_words(quorum.BY_DEFAULT, came)
    assert (words == "Quorate.") == ({"council", "police", "health"} <= came)
    for kind in quorum.missing_from_quorum(quorum.BY_DEFAULT, came):
        assert quorum.KIND_NAMES[kind] in words


places = st.builds(
    packs.Place, st.sampled_from([each.value for each in Step]), st.booleans(), st.booleans(), st.booleans()
)


@given(st.sampled_from(Role), places, st.booleans())
def test_a_pack_opens_to_nobody_outside_a_meeting(role, place, has_part):
    opens = packs.opens_pack(role, place, has_part=has_part)
    if role in SEES_NO_CHILD or role == Role.REFERRER:
        assert not opens
    if place.step in {Step.APPROVED, Step.CANCELLED} or not (place.arranges or place.chairs or place.came):
        assert not opens
    if opens and not (place.chairs or place.arranges):
        assert place.step == Step.IN_SESSION and place.came
    if opens and place.step == Step.PLANNED:
        assert place.arranges


# Typed from the field's matrix (domain 5.5), not from the code.
NEVER_A_CHILD = {Role.LICENSING_OFFICER, Role.REFERRER, *SEES_NO_CHILD}
THEIR_OWN_CHILDREN_ONLY = {
    Role.MENTOR,
    Role.SCHOOL_SAFEGUARDING_LEAD,
    Role.CHILDRENS_HOME_OR_FOSTER_CARER,
    Role.COMMUNITY_SAFETY_OFFICER,
    Role.SAFEGUARDING_LEAD,
}


@given(st.sampled_from(Role), places, st.booleans())
def test_coming_to_a_meeting_opens_no_child_whom_a_role_would_never_open(role, place, has_part):
    opens = packs.opens_pack(role, place, has_part=has_part)
    assert not (opens and role in NEVER_A_CHILD)
    assert not (opens and role in THEIR_OWN_CHILDREN_ONLY and not has_part)


def test_police_health_and_members_of_the_panel_read_each_childs_pack_while_they_sit():
    there = packs.Place(Step.IN_SESSION.value, came=True)
    for role in (Role.PANEL_MEMBER, Role.POLICE_EXPLOITATION_TEAM, Role.HEALTH_LEAD):
        assert packs.opens_pack(role, there, has_part=False)


@given(
    st.one_of(st.sampled_from([each.value for each in decisions.Decided]), st.text(max_size=3)),
    st.text(max_size=3),
    st.text(max_size=3),
    st.one_of(st.none(), days),
)
def test_every_decision_has_a_reason_and_a_day_on_which_somebody_looks_again(decision, reason, view, review):
    said = decisions.Said(decision, reason, view, review)
    if decisions.what_is_missing(said, today=TODAY):
        return
    assert reason.strip() and review > TODAY
    assert decision not in decisions.DOES_LESS or view.strip()


owed = st.builds(
    the_list.Owed,
    st.sampled_from(["a review of the plan", "step-down to approve", "step up to decide", "an answer"]),
    st.sampled_from(["question", "sign of harm", "concern", "action"]),
    days,
)


@given(st.lists(owed), st.sampled_from(the_list.SeriesKind), days, st.booleans())
def test_the_list_does_not_depend_on_how_much_is_owed_or_in_what_order(rows, kind, on, had):
    said = {"kind": kind, "meeting_on": on, "today": TODAY, "had_before": had}
    found = the_list.reasons(rows, **said)
    assert found == the_list.reasons([*reversed(rows), *rows], **said)
    assert set(found) <= the_list.BRINGS[kind]
    if any(each.due_on < TODAY for each in rows):
        assert the_list.Reason.OVERDUE in found
    if any(each.about_kind == "sign of harm" for each in rows):
        assert the_list.Reason.STRATEGY in found
    assert not (had and the_list.Reason.NEW in found)
    assert rows or not found


def test_a_panel_hears_of_reviews_and_steps_and_a_huddle_does_not():
    rows = [
        the_list.Owed("a review of the plan", "assessment", TODAY),
        the_list.Owed("a step-down to approve", "assessment", TODAY),
        the_list.Owed("a step-up to approve", "assessment", TODAY),
    ]
    said = {"meeting_on": TODAY, "today": TODAY, "had_before": True}
    panel = the_list.reasons(rows, kind=the_list.SeriesKind.PANEL, **said)
    assert panel == [the_list.Reason.REVIEW_DUE, the_list.Reason.STEP_UP, the_list.Reason.STEP_DOWN]
    assert the_list.reasons(rows, kind=the_list.SeriesKind.HUDDLE, **said) == []


def test_a_look_back_comes_to_the_panel_when_it_is_due_and_asks_for_no_step_down():
    said = {"kind": the_list.SeriesKind.PANEL, "meeting_on": TODAY, "today": TODAY, "had_before": True}
    due = the_list.Owed("a look back after a step-down", "strand", TODAY)
    later = the_list.Owed("a look back after a step-down", "strand", TODAY + timedelta(days=9))
    assert the_list.reasons([due], **said) == [the_list.Reason.REVIEW_DUE]
    assert the_list.reasons([later], **said) == []
