"""From a list to minutes: who is on it, who sees it when, what is decided, and what goes on to the next meeting."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from rowan.access.actions import open_record
from rowan.access.models import Involvement, KeptOut, Why
from rowan.agencies.models import Absence
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.models import Entry as TrailEntry
from rowan.chronology.models import Entry
from rowan.meetings import actions
from rowan.meetings.models import Dissent, Meeting, Minutes, Series
from rowan.meetings.opened import items_shown, open_item, open_meeting, reads_minutes
from rowan.plans.models import Action
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import pass_on
from tests import people_in_tests as invented


def clocks(meeting):
    return {clock.what: clock for clock in Clock.objects.running().filter(about_id=str(meeting.pk))}


def test_a_series_set_up_twice_is_one_with_its_first_meeting_and_a_clock_until_it_is_held(panel):
    token = uuid4()
    assert panel.series(token=token) == panel.series(token=token)
    meeting = Meeting.objects.get()
    clock = clocks(meeting)["a meeting to be held"]
    assert (clock.owner, clock.due_on) == (panel.organiser, meeting.on)
    assert meeting.expected.count() == 5
    with pytest.raises(NotAllowed):
        panel.series(by=panel.worker)
    with pytest.raises(NotPossible, match="role opens children"):
        panel.series(organiser=panel.chair)
    with pytest.raises(NotPossible, match="sees no child"):
        panel.series(members=[panel.councillor])
    assert Series.objects.count() == 1


def test_the_list_is_drawn_up_from_what_is_owed_and_again_it_takes_nobody_off(panel):
    meeting = panel.drawn_up()
    assert {item.person_id: item.reasons for item in meeting.items.all()} == {
        panel.girl.pk: ["new", "strategy"],
        panel.boy.pk: ["new", "overdue"],
    }
    assert open_record(person_id=panel.girl.pk, by=panel.organiser, today=panel.today)
    panel.owe(panel.other, what="a review of the assessment", kind="assessment", due_in=0)
    Clock.objects.filter(about_person=panel.boy.pk).update(stopped_at=panel.now)
    assert actions.draw_up(meeting, by=panel.organiser, now=panel.now) == 1
    assert panel.item(meeting, panel.other).reasons == ["review_due"]
    assert meeting.items.count() == 3
    with pytest.raises(NotAllowed):
        actions.draw_up(meeting, by=panel.officer, now=panel.now)


def test_a_restricted_child_is_on_no_list_of_somebody_who_may_not_know(panel):
    meeting = panel.drawn_up()
    assert not meeting.items.filter(person=panel.hidden).exists()
    with pytest.raises(NothingThere):
        actions.add_child(meeting, person_id=panel.hidden.pk, why="x", by=panel.organiser, now=panel.now)
    assert not meeting.items.filter(person=panel.hidden).exists()


def test_a_child_is_added_by_somebody_who_may_open_the_record_and_taken_off_with_a_reason(panel):
    meeting = panel.meeting()
    with pytest.raises(NothingThere):
        actions.add_child(
            meeting, person_id=panel.other.pk, why="She asked", by=panel.organiser, now=panel.now
        )
    with pytest.raises(NotAllowed):
        actions.add_child(meeting, person_id=panel.girl.pk, why="She asked", by=panel.chair, now=panel.now)
    worked_with = panel.meeting(organiser=panel.worker, chair=panel.worker)
    for _ in range(2):
        item = actions.add_child(worked_with, person_id=panel.girl.pk, why="She asked", by=panel.worker, now=panel.now)  # fmt: skip
    assert (item.reasons, item.why_added, worked_with.items.count()) == (["added"], "She asked", 1)
    with pytest.raises(SomebodyWasFirst, match="already") as first:
        actions.add_child(worked_with, person_id=panel.girl.pk, why="Her school asks", by=panel.worker, now=panel.now)  # fmt: skip
    assert (first.value.both[0].now, first.value.both[0].typed) == ("She asked", "Her school asks")
    with pytest.raises(NotPossible, match="Say why"):
        actions.take_off(item, why=" ", by=panel.worker, now=panel.now)
    actions.take_off(item, why="Heard yesterday", by=panel.worker, now=panel.now)
    with pytest.raises(SomebodyWasFirst):
        actions.take_off(item, why="Another reason", by=panel.worker, now=panel.now)
    item.refresh_from_db()
    assert item.taken_off_because == "Heard yesterday" and item.taken_off_by == panel.worker


def test_a_child_asked_for_again_is_on_the_list_with_why_they_came_off_it(panel):
    meeting = panel.meeting(organiser=panel.worker, chair=panel.worker)
    add = partial(actions.add_child, meeting, person_id=panel.girl.pk, by=panel.worker, now=panel.now)
    actions.take_off(add(why="She asked"), why="Heard yesterday", by=panel.worker, now=panel.now)
    for _ in range(2):  # the second press says the same
        item = add(why="Her school asks")
    newest, came_off, before = item.why_added.splitlines()
    assert (item.taken_off_at, newest, before) == (None, "Her school asks", "She asked")
    assert came_off.startswith("Taken off this list by ") and came_off.endswith(": Heard yesterday")


def test_a_member_sees_an_item_while_the_meeting_lasts_and_never_the_record(panel):
    meeting = panel.drawn_up()
    item = panel.item(meeting)
    for who in (panel.member, panel.chair, panel.officer):
        with pytest.raises(NothingThere):
            open_item(item.pk, by=who, now=panel.now)
    actions.who_came(meeting, came=[panel.member, panel.chair], by=panel.organiser, now=panel.now)
    for who in (panel.member, panel.chair):
        assert open_item(item.pk, by=who, now=panel.now).child.name == "Amina Larkfield"
        with pytest.raises(NotAllowed):
            open_record(person_id=panel.girl.pk, by=who, today=panel.today)
    with pytest.raises(NothingThere):
        open_item(item.pk, by=panel.officer, now=panel.now)  # did not come
    part = Involvement.objects.get(practitioner=panel.member, person_id=panel.girl.pk)
    assert (part.why, part.closed_on) == ("asked", panel.today)
    actions.end(meeting, by=panel.organiser, now=panel.now)
    with pytest.raises(NothingThere):
        open_item(item.pk, by=panel.member, now=panel.now)
    assert open_item(item.pk, by=panel.chair, now=panel.now)  # until the minutes are approved


def test_a_member_who_is_kept_out_of_one_child_sees_the_others(panel):
    KeptOut.objects.create(person_id=panel.girl.pk, practitioner=panel.member, why="x", set_by="operator")
    meeting = panel.in_session()
    with pytest.raises(NothingThere):
        open_item(panel.item(meeting).pk, by=panel.member, now=panel.now)
    shown = items_shown(meeting.items.all(), meeting, panel.member, panel.now)
    assert [item.person_id for item, _ in shown] == [panel.boy.pk]
    assert not Involvement.objects.filter(practitioner=panel.member, person_id=panel.girl.pk).exists()


def test_who_was_not_asked_opens_no_meeting(panel):
    meeting = panel.drawn_up()
    for who in (panel.worker, panel.councillor):
        with pytest.raises(NothingThere):
            open_meeting(meeting.pk, by=who)


@pytest.mark.parametrize(("comes", "quorate"), [("nurse", True), ("nobody", False)])
def test_quorum_is_recorded_and_the_decision_says_so(panel, comes, quorate):
    came = [panel.chair, panel.officer, *([panel.nurse] if comes == "nurse" else [])]
    meeting = panel.in_session(came)
    panel.decide(panel.item(meeting))
    meeting = actions.end(meeting, by=panel.chair, now=panel.now)
    assert meeting.quorate is quorate
    assert ("health" in meeting.quorum_words) is not quorate
    line = Entry.objects.get(kind="meeting_decision")
    assert line.person == panel.girl and line.text == "She was away again"
    assert ("not quorate" in line.title) is not quorate


def test_a_decision_waits_for_the_meeting_and_is_put_right_by_somebody_who_has_read_it(panel):
    early = panel.drawn_up()
    with pytest.raises(NotPossible, match="Begin the meeting"):
        panel.decide(panel.item(early), by=panel.organiser)
    meeting = actions.who_came(early, came=[panel.chair, panel.member], by=panel.organiser, now=panel.now)
    item = panel.item(meeting)
    with pytest.raises(NotAllowed):
        panel.decide(item, by=panel.member)
    with pytest.raises(NotPossible, match="own view"):
        panel.decide(item, decision="comes_off")
    panel.decide(item, opened_on="0")
    with pytest.raises(SomebodyWasFirst) as first:
        panel.decide(item, reason="Another", by=panel.organiser, opened_on="0")
    assert first.value.may_send and ("She was away again", "Another") in [
        (both.now, both.typed) for both in first.value.both
    ]
    panel.decide(item, reason="Another", by=panel.organiser, opened_on="1")
    item.refresh_from_db()
    assert (item.reason, item.version, item.decided_by) == ("Another", 2, panel.organiser)


def test_dissent_is_added_once_and_stands_for_good(panel):
    item, token = panel.item(panel.in_session()), uuid4()
    for _ in range(2):
        actions.dissent(
            item, token=token, agency=panel.health, words="Too early", by=panel.chair, now=panel.now
        )
    row = Dissent.objects.get()
    assert (row.agency, row.words) == (panel.health, "Too early")
    with pytest.raises(TypeError):
        row.delete()
    with pytest.raises(NotPossible, match="why they do not agree"):
        actions.dissent(item, token=uuid4(), agency=panel.health, words="", by=panel.chair, now=panel.now)


def test_after_the_end_a_look_again_and_the_minutes_have_owner_and_date(panel):
    meeting = panel.in_session()
    panel.decide(panel.item(meeting))
    for _ in range(2):
        meeting = actions.end(meeting, by=panel.organiser, now=panel.now)
    assert set(clocks(meeting)) == {"minutes to be approved"}
    assert clocks(meeting)["minutes to be approved"].owner == panel.chair
    again = Clock.objects.running().get(what="a review at a meeting")
    assert (again.about_person, again.due_on) == (panel.girl.pk, panel.today + timedelta(days=28))
    with pytest.raises(NotPossible, match="The meeting is over"):
        panel.decide(panel.item(meeting))


def test_minutes_are_versions_and_only_the_chair_approves_the_one_that_was_read(panel):
    meeting = actions.end(panel.in_session(), by=panel.organiser, now=panel.now)
    with pytest.raises(NotPossible, match="no minutes yet"):
        actions.approve(meeting, by=panel.chair, now=panel.now)
    for _ in range(2):
        actions.write_minutes(
            meeting, words="Taxis were a theme", by=panel.organiser, now=panel.now, opened_on="0"
        )
    with pytest.raises(SomebodyWasFirst):
        actions.write_minutes(meeting, words="Mine", by=panel.chair, now=panel.now, opened_on="0")
    actions.write_minutes(meeting, words="Taxis and hotels", by=panel.chair, now=panel.now, opened_on="1")
    assert list(Minutes.objects.values_list("number", flat=True)) == [1, 2]
    with pytest.raises(NotAllowed, match="chair approves"):
        actions.approve(meeting, by=panel.organiser, now=panel.now)
    with pytest.raises(SomebodyWasFirst):
        actions.approve(meeting, by=panel.chair, now=panel.now, opened_on="1")
    for _ in range(2):
        meeting = actions.approve(meeting, by=panel.chair, now=panel.now, opened_on="2")
    assert (meeting.step, meeting.approved_by) == ("approved", panel.chair)
    assert clocks(meeting) == {}
    assert TrailEntry.objects.filter(did="approved minutes", refused_because="").count() == 1


def test_what_was_not_done_is_carried_forward_and_who_was_not_reached_is_on_the_next_list(panel):
    meeting = panel.in_session()
    series = meeting.series
    panel.decide(panel.item(meeting))
    late = panel.act(panel.item(meeting))
    in_time = panel.act(panel.item(meeting), what="See her school", due_on=panel.today + timedelta(days=60))
    # Four weeks later: the first meeting is long over.
    first = _approved(panel, meeting)
    second = series.meetings.get(step="planned")
    assert {item.person_id: item.reasons for item in second.items.all()} == {
        panel.girl.pk: ["actions"],
        panel.boy.pk: ["left_over"],
    }
    late.refresh_from_db()
    assert late.step == "open" and first.on < second.on
    then = panel.now + timedelta(days=30)
    second = actions.who_came(second, came=[panel.chair], by=panel.organiser, now=then)
    item = panel.item(second)
    done = panel.act(item, what="Ring her", due_on=then.date() + timedelta(days=3), now=then)
    actions.what_came_of_it(item, done, to="done", words="Rang", by=panel.chair, now=then, token=uuid4())
    third = _approved(panel, second, now=then).series.meetings.get(step="planned")
    late.refresh_from_db()
    in_time.refresh_from_db()
    assert (late.step, in_time.step) == ("carried", "open")
    again = late.carried_by
    assert (again.due_on, again.owner, again.step) == (third.on, panel.officer, "open")
    assert Clock.objects.running().get(about_id=str(again.pk)).due_on == third.on
    assert "actions" in panel.item(third).reasons
    assert Action.objects.filter(carries=late).count() == 1


def _approved(panel, meeting, now=None):
    now = now or panel.now
    meeting = actions.end(meeting, by=panel.organiser, now=now)
    actions.write_minutes(meeting, words="Said", by=panel.organiser, now=now)
    return actions.approve(meeting, by=panel.chair, now=now)


def test_a_meeting_called_off_leaves_its_children_to_the_next_one(panel):
    meeting = panel.drawn_up()
    with pytest.raises(NotPossible, match="not held"):
        actions.cancel(meeting, why="", by=panel.organiser, now=panel.now)
    for _ in range(2):
        actions.cancel(meeting, why="Snow", by=panel.organiser, now=panel.now)
    with pytest.raises(SomebodyWasFirst) as first:
        actions.cancel(meeting, why="Flood", by=panel.chair, now=panel.now)
    assert [(both.now, both.typed) for both in first.value.both] == [("Snow", "Flood")]
    following = Meeting.objects.get(step="planned")
    assert {item.person_id for item in following.items.all()} == {panel.girl.pk, panel.boy.pk}
    assert clocks(meeting) == {} and set(clocks(following)) == {"a meeting to be held"}


def test_when_the_organiser_is_away_somebody_else_arranges_the_meeting(panel):
    from rowan.agencies.rules.posts import PostKind
    from rowan.agencies.rules.roles import Role
    from tests import people_in_tests as invented

    other = invented.practitioner("other", Role.EXPLOITATION_COORDINATOR, panel.council)
    invented.post(PostKind.EXPLOITATION_COORDINATOR, panel.council, panel.organiser, other)
    meeting = panel.drawn_up()
    Absence.objects.create(
        practitioner=panel.organiser, from_on=panel.today, until_on=panel.today + timedelta(days=20),
        entered_by=panel.organiser, entered_at=panel.now,
    )  # fmt: skip
    pass_on(now=panel.now)
    meeting.refresh_from_db()
    assert meeting.organiser == other
    assert open_item(panel.item(meeting).pk, by=other, now=panel.now)


def test_coming_to_a_panel_opens_no_child_to_a_role_that_opens_none_and_to_a_school_its_own_pupils_only(
    panel,
):
    licensing = invented.practitioner("licensing", Role.LICENSING_OFFICER, panel.council)
    safety = invented.practitioner("safety", Role.COMMUNITY_SAFETY_OFFICER, panel.council)
    school = invented.practitioner("school-lead", Role.SCHOOL_SAFEGUARDING_LEAD, panel.school)
    invented.involve(panel.girl, panel.school, Why.ON_ROLL)
    members = [panel.member, panel.officer, panel.nurse, licensing, safety, school]
    meeting = panel.meeting(members=members)
    actions.draw_up(meeting, by=panel.organiser, now=panel.now)
    meeting = actions.who_came(meeting, came=[panel.chair, *members], by=panel.organiser, now=panel.now)
    shown = {
        who.username: {
            item.person_id for item, _ in items_shown(meeting.items.all(), meeting, who, panel.now)
        }
        for who in members
    }
    both = {panel.girl.pk, panel.boy.pk}
    assert shown == {
        "member": both,
        "officer": both,
        "nurse": both,
        "licensing": set(),
        "safety": set(),
        "school-lead": {panel.girl.pk},
    }


def test_minutes_are_read_by_those_who_came_and_by_whoever_runs_it(panel):
    meeting = panel.in_session(came=[panel.chair, panel.member])
    assert reads_minutes(meeting, panel.member) and reads_minutes(meeting, panel.chair)
    assert reads_minutes(meeting, panel.organiser)
    assert not reads_minutes(meeting, panel.officer)
