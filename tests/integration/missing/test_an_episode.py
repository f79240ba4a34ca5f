"""From a report to an interview: each step has an owner and a date, is recorded once, and nobody overwrites anybody unseen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.hiding import restrict
from rowan.access.models import Involvement
from rowan.audit_trail.models import Entry as TrailEntry
from rowan.chronology.models import Entry
from rowan.missing import actions
from rowan.missing.models import Episode, Event
from rowan.missing.rules.steps import Interview, Step
from rowan.notices.models import Notice
from rowan.people.safe_contact import heed
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.actions import change_setting
from rowan.timescales.models import Clock, HandOver
from rowan.timescales.passing_on import pass_on
from tests.integration.missing.conftest import heard


def test_a_report_puts_the_child_on_the_board_with_an_owner_and_a_date(hub):
    episode = hub.report(last_seen="At the bus station, in a grey coat")
    clock = hub.clock(episode)
    assert (episode.step, clock.due_on, clock.owner_post.kind) == (
        "reported",
        hub.today,
        "missing_coordinator",
    )
    assert open_record(person_id=hub.boy.pk, by=hub.coordinator, today=hub.today)
    assert open_record(person_id=hub.boy.pk, by=hub.triage, today=hub.today)
    told = set(Notice.objects.values_list("practitioner__username", "urgent"))
    assert told == {("missing", True), ("worker", True)}
    [line] = Entry.objects.filter(by_day=True)
    assert (line.kind, line.compartment, line.text) == (
        "went_missing",
        "police",
        "At the bus station, in a grey coat",
    )


def test_pressed_twice_it_is_one_report(hub):
    token = uuid4()
    assert hub.report(token=token).pk == hub.report(token=token).pk
    assert Event.objects.count() == 1


def test_reported_by_a_second_person_it_is_still_one_absence(hub):
    first = hub.report(hours=5)
    second = hub.report(hours=4, by=hub.carer, worry="He rang from a station")
    assert second.pk == first.pk
    assert Event.objects.get(kind="reported_again").words == "He rang from a station"
    assert Event.objects.get(kind="reported_again").agency_code == hub.home.code


def test_a_boy_who_came_back_and_went_again_is_missing_anew(hub):
    first = hub.returned(hours=10)
    again = hub.report(hours=2)
    assert again.pk != first.pk
    assert again.is_missing_now


def test_the_72_hours_run_from_the_return_and_not_from_the_report(hub):
    episode = hub.returned(hours=20, person_id=hub.boy.pk)
    assert episode.interview_due_at == hub.ago(hours=20) + timedelta(hours=72)
    assert hub.clock(episode).due_on == timezone.localdate(episode.interview_due_at)


def test_another_number_of_hours_holds_from_its_day(hub):
    from rowan.missing.rules.settings import INTERVIEW_WITHIN_HOURS

    change_setting(INTERVIEW_WITHIN_HOURS, 48, by=hub.coordinator, from_on=hub.today, why="Agreed locally")
    assert hub.returned(hours=20).interview_due_at == hub.ago(hours=20) + timedelta(hours=48)


def test_every_grade_stays_in_the_history(hub):
    episode = hub.report()
    for hours, grade in ((3, "medium"), (2, "high")):
        episode = hub.step(actions.grade, episode, grade=grade, at=hub.ago(hours=hours))
    assert (episode.step, episode.grade) == ("graded", "high")
    assert [event.code for event in episode.events.filter(kind="graded")] == ["medium", "high"]
    assert hub.clock(episode).due_on == hub.today + timedelta(days=1)


def test_found_is_not_back(hub):
    episode = hub.step(actions.say_found, hub.report(), at=hub.ago(hours=3), words="At his aunt’s, safe")
    assert (episode.step, episode.interview, episode.is_missing_now) == ("found", "", True)
    with pytest.raises(NotPossible, match="Record the return first"):
        hub.step(actions.offer, episode, how="in_person", at=hub.ago(hours=1))


def test_offered_twice_and_held_late_it_says_so(hub):
    """The journey in acts; in a browser it is told in tests/acceptance/test_a_missing_boy_returns.py."""
    episode = hub.step(actions.say_returned, hub.report(hours=120), at=hub.ago(hours=100))
    episode = hub.step(actions.offer, episode, how="in_person", at=hub.ago(hours=90))
    episode = hub.step(actions.say_declined, episode, at=hub.ago(hours=89), words="Not today")
    assert hub.clock(episode).what == "what the carer knows, after an interview was declined"
    episode = hub.step(actions.offer, episode, how="worker", at=hub.ago(hours=20))
    assert hub.clock(episode).due_on == timezone.localdate(episode.interview_due_at)
    episode = hub.step(actions.say_accepted, episode, at=hub.ago(hours=19), words="At the library")
    episode = hub.step(actions.hear, episode, at=hub.ago(hours=1), heard=heard())
    assert episode.interview == Interview.HELD_LATE
    assert hub.clock(episode) is None
    assert episode.events.filter(kind="offered").count() == 2


def test_declined_the_carer_is_asked_and_then_nothing_is_owed(hub):
    episode = hub.step(actions.offer, hub.returned(), how="in_person", at=hub.ago(hours=9))
    episode = hub.step(actions.say_declined, episode, at=hub.ago(hours=8), words="No")
    with pytest.raises(NotPossible, match="Say what the carer knows"):
        hub.step(actions.ask_carer, episode, at=hub.ago(hours=7), words=" ")
    episode = hub.step(actions.ask_carer, episode, at=hub.ago(hours=7), words="He was with his cousin")
    assert hub.clock(episode) is None
    closed = Involvement.objects.filter(rests_on__startswith=episode.rests_on)
    assert {row.closed_on for row in closed} == {hub.today + timedelta(days=28)}
    # Offered once more, it is somebody's again, with a part in his life.
    episode = hub.step(actions.offer, episode, how="in_person", at=hub.ago(hours=1))
    assert hub.clock(episode)
    assert {row.closed_on for row in closed.all()} == {None}


def test_not_possible_takes_a_reason_and_a_manager(hub):
    episode = hub.returned()
    with pytest.raises(NotPossible, match="Name the manager"):
        hub.step(actions.not_possible, episode, words="He has moved to Spain", manager="")
    episode = hub.step(actions.not_possible, episode, words="He has moved to Spain", manager="Asha Bell")
    assert (episode.interview, hub.clock(episode)) == ("not_possible", None)
    assert "Decided by Asha Bell." in episode.events.last().words


def test_given_to_somebody_the_clock_is_theirs_and_the_record_opens_to_them(hub):
    episode = hub.step(actions.assign, hub.returned(), interviewer=hub.interviewer)
    assert hub.clock(episode).owner == hub.interviewer
    assert open_record(person_id=hub.boy.pk, by=hub.interviewer, today=hub.today)
    # They record the interview themselves, and read it back.
    episode = hub.step(actions.hear, episode, by=hub.interviewer, at=hub.ago(hours=1), heard=heard())
    assert episode.interview == Interview.HELD_IN_TIME


def test_it_is_given_to_nobody_whose_role_reads_no_report(hub):
    with pytest.raises(NotPossible, match="Choose who holds"):
        hub.step(actions.assign, hub.returned(), interviewer=hub.lead)


def test_somebody_who_is_away_hands_it_on_and_the_next_may_open_it(hub):
    episode = hub.step(actions.assign, hub.returned(), interviewer=hub.interviewer)
    hub.interviewer.is_active = False
    hub.interviewer.save()
    assert pass_on(now=hub.now) >= 1
    moved = HandOver.objects.get(clock=hub.clock(episode))
    assert open_record(person_id=hub.boy.pk, by=moved.to_owner, today=hub.today)
    assert Notice.objects.filter(
        practitioner=moved.to_owner, about__startswith="Work has passed to you"
    ).exists()


def test_an_offer_by_telephone_heeds_safe_contact(hub):
    heed(
        person_id=hub.boy.pk,
        flag="device_watched",
        said_by="He",
        said_on=hub.today,
        by=hub.worker,
        now=hub.now,
    )
    episode = hub.returned()
    with pytest.raises(NotAllowed, match="watched"):
        hub.step(actions.offer, episode, how="phone", at=hub.ago(hours=1))
    assert episode.events.filter(kind="offered").count() == 0
    hub.step(
        actions.offer, episode, how="phone", at=hub.ago(hours=1), override_why="He rang us himself just now"
    )
    hub.step(actions.offer, episode, how="carer", at=hub.ago(hours=1))
    assert episode.events.filter(kind="offered").count() == 2


def test_going_there_in_person_heeds_that_nobody_goes_alone(hub):
    said = {"flag": "staff_safety", "words": "Two of you, by daylight", "said_by": "The police"}
    heed(person_id=hub.boy.pk, said_on=hub.today, by=hub.worker, now=hub.now, **said)
    episode = hub.returned()
    with pytest.raises(NotAllowed, match="do not visit alone"):
        hub.step(actions.offer, episode, how="in_person", at=hub.ago(hours=1))
    hub.step(
        actions.offer,
        episode,
        how="in_person",
        at=hub.ago(hours=1),
        override_why="Two of us went to his school",
    )
    assert episode.events.filter(kind="offered").count() == 1


def test_the_second_of_two_sees_what_the_first_recorded(hub):
    episode = hub.report()
    hub.step(actions.say_returned, episode, at=hub.ago(hours=2), words="Walked in at ten")
    with pytest.raises(SomebodyWasFirst) as first:
        hub.step(
            actions.say_found, episode, opened_on=episode.version, at=hub.ago(hours=3), words="At the park", by=hub.worker
        )  # fmt: skip
    assert [(row.now, row.typed) for row in first.value.both][:2] == [
        ("Came back", "Found"),
        ("Walked in at ten", "At the park"),
    ]


def test_a_step_pressed_twice_is_taken_once(hub):
    episode, token = hub.report(), uuid4()
    for _ in range(2):
        hub.step(actions.grade, episode, token=token, opened_on=1, grade="low", at=hub.ago(hours=1))
    assert Event.objects.filter(kind="graded").count() == 1


@pytest.mark.parametrize("hours", [-1, 31])
def test_nothing_happens_before_it_began_or_after_now(hub, hours):
    with pytest.raises(NotPossible):
        hub.step(actions.say_returned, hub.report(hours=30), at=hub.ago(hours=hours))


def test_recorded_by_mistake_it_is_kept_and_leaves_the_timeline(hub):
    episode = hub.step(actions.say_not_missing, hub.report(), words="He was at school trip")
    assert (episode.step, hub.clock(episode)) == (Step.NOT_MISSING, None)
    assert not Entry.objects.current().filter(kind="went_missing").exists()
    assert Episode.objects.count() == 1


def test_the_line_of_the_timeline_says_until_when(hub):
    episode = hub.returned(hours=20)
    assert Entry.objects.get(key=f"missing {episode.pk}").ended_on == timezone.localdate(hub.ago(hours=20))


@pytest.mark.parametrize("who", ["stranger", "lead"])
def test_nobody_without_a_part_or_whose_role_reads_no_report_records_anything(hub, who):
    episode, somebody = hub.report(), getattr(hub, who)
    with pytest.raises((NothingThere, NotAllowed)):
        hub.report(by=somebody)
    with pytest.raises(NothingThere):
        hub.step(actions.say_returned, episode, at=hub.ago(hours=1), by=somebody)
    assert Episode.objects.get().step == "reported"
    assert TrailEntry.objects.filter(by_id=str(somebody.pk)).exclude(refused_because="").exists()


def test_a_restricted_boys_episode_goes_to_whoever_answers_for_the_record_and_to_nobody_else(hub):
    restrict(
        person_id=hub.boy.pk, kind="other", why="His aunt works here", owner=hub.worker, let_in=[hub.worker], by=hub.worker, now=hub.now
    )  # fmt: skip
    Notice.objects.all().delete()
    episode = hub.report(by=hub.worker)
    assert hub.clock(episode).owner == hub.worker
    assert set(Notice.objects.values_list("practitioner__username", flat=True)) == {"worker"}
    with pytest.raises(NothingThere):
        hub.step(actions.say_returned, episode, at=hub.ago(hours=1), by=hub.coordinator)
    assert not Clock.objects.running().exclude(owner=hub.worker).filter(about_person=hub.boy.pk).exists()
