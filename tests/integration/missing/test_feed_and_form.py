"""Feed and form make one episode, whichever is first; taken in once; what somebody recorded by hand stands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rowan.access.actions import join_records
from rowan.chronology.models import Entry
from rowan.missing import actions
from rowan.missing.models import Episode, Event, Report
from rowan.notices.models import Notice
from rowan.people.models import Person
from tests import people_in_tests as invented


def take_in(hub, **more) -> int:
    return actions.take_in_reports(now=more.get("now", hub.now))


def lines() -> list[str]:
    return list(Entry.objects.current().filter(kind="went_missing").values_list("title", flat=True))


def test_a_report_in_a_file_founds_an_episode_with_its_interview_due_from_the_return(hub):
    ended = hub.ago(hours=20)
    hub.reported_in_a_file(began=hub.ago(hours=30), ended=ended, grade="high")
    assert take_in(hub) == 1
    episode = Episode.objects.get()
    assert (episode.step, episode.interview, episode.grade) == ("returned", "required", "high")
    assert abs(episode.interview_due_at - ended - timedelta(hours=72)) < timedelta(seconds=1)
    assert hub.clock(episode).owner_post.kind == "missing_coordinator"
    assert {event.by for event in episode.events.all()} == {None}


def test_taken_in_twice_it_is_one_and_changes_nothing(hub):
    hub.reported_in_a_file(began=hub.ago(hours=30), ended=None)
    assert [take_in(hub), take_in(hub), take_in(hub)] == [1, 0, 0]
    assert (Episode.objects.count(), Report.objects.count()) == (1, 1)
    assert Notice.objects.filter(about__startswith="The police or the council").count() == 1


def test_the_form_first_then_the_feed(hub):
    episode = hub.report(hours=31)
    hub.reported_in_a_file(began=hub.ago(hours=30), ended=hub.ago(hours=20), title="From the police")
    take_in(hub)
    assert Episode.objects.get().pk == episode.pk
    assert Episode.objects.get().interview == "required"
    assert lines() == ["From the police"]


def test_the_feed_first_then_the_form(hub):
    hub.reported_in_a_file(began=hub.ago(hours=30), ended=None, title="From the police")
    take_in(hub)
    episode = hub.report(hours=31, worry="He has no coat")
    assert Episode.objects.get().pk == episode.pk
    assert Event.objects.get(kind="reported_again").words == "He has no coat"
    assert lines() == ["From the police"]


def test_a_form_about_last_night_joins_what_the_feed_says_is_over(hub):
    hub.reported_in_a_file(began=hub.ago(hours=30), ended=hub.ago(hours=20))
    take_in(hub)
    assert hub.report(hours=31).pk == hub.report(hours=25).pk
    assert Episode.objects.count() == 1
    assert hub.report(hours=2).is_missing_now
    assert Episode.objects.count() == 2


def test_what_somebody_recorded_by_hand_the_feed_does_not_put_back(hub):
    episode = hub.returned(hours=10)
    hub.reported_in_a_file(began=hub.ago(hours=30), ended=hub.ago(hours=20))
    take_in(hub)
    assert Episode.objects.get().returned_at == episode.returned_at


def test_a_later_night_that_knows_the_end_brings_the_return(hub):
    entry = hub.reported_in_a_file(began=hub.ago(hours=30), ended=None)
    take_in(hub)
    assert Episode.objects.get().is_missing_now
    ended = timezone.localtime(hub.ago(hours=12))
    Entry.objects.filter(pk=entry.pk).update(
        ended_on=ended.date(), particulars={"ended_at": ended.strftime("%Y-%m-%d %H:%M:%S")}
    )
    assert [take_in(hub), take_in(hub)] == [1, 0]
    assert Episode.objects.get().interview == "required"


def test_from_a_councils_dates_alone_no_72_hours_are_told(hub):
    day = hub.today - timedelta(days=3)
    invented.happened(
        hub.boy, day, "went_missing", "In the return", by=invented.COUNCIL, compartment="social_care", ended_on=day + timedelta(days=1)
    )  # fmt: skip
    take_in(hub)
    episode = Episode.objects.get()
    assert (episode.step, episode.interview_due_at, episode.times_known) == ("found", None, False)
    assert hub.clock(episode).what == "the return of a child who was found"


def test_away_from_placement_is_not_missing(hub):
    invented.happened(hub.boy, hub.today, "away_from_placement", "Away", by=invented.COUNCIL)
    assert take_in(hub) == 0


def test_what_is_long_over_floods_nobody_and_what_is_open_is_never_too_old(hub):
    hub.reported_in_a_file(began=hub.ago(days=90), ended=hub.ago(days=89))
    assert take_in(hub) == 0
    hub.reported_in_a_file(began=hub.ago(days=80), ended=None, title="Never returned")
    assert take_in(hub) == 1
    assert Episode.objects.get().is_missing_now


def test_a_report_that_a_later_return_no_longer_holds_founds_nothing_and_says_so_where_it_did(hub):
    entry = hub.reported_in_a_file(began=hub.ago(hours=30), ended=None)
    other = hub.reported_in_a_file(
        began=hub.ago(days=9), ended=hub.ago(days=8), title="Other", confirmed=False
    )
    assert take_in(hub) == 1
    Entry.objects.filter(pk=entry.pk).update(confirmed=False)
    assert take_in(hub) == 1
    assert not Report.objects.get().confirmed
    assert not Report.objects.filter(entry_key=other.key).exists()


def test_a_line_under_another_name_of_the_night_joins_the_same_episode(hub):
    """When an earlier report comes, the night founds the episode anew: another key, the same absence."""
    entry = hub.reported_in_a_file(began=hub.ago(hours=30), ended=None)
    take_in(hub)
    Entry.objects.filter(pk=entry.pk).update(until_run=2)
    hub.reported_in_a_file(began=hub.ago(hours=32), ended=None, title="As founded anew")
    invented.finished_run(2)
    take_in(hub)
    assert (Episode.objects.count(), Report.objects.count()) == (1, 2)


def test_an_episode_follows_the_child_into_the_record_it_was_joined_into(hub):
    episode = hub.report(hours=31)
    other = invented.child("Casper", "Holloway", sex="M", age=15, school=hub.school)
    join_records([(hub.boy.pk, other.pk)])
    Person.objects.filter(pk=hub.boy.pk).update(now=other)
    hub.reported_in_a_file(began=hub.ago(hours=30), ended=hub.ago(hours=20), child=other)
    take_in(hub)
    assert Episode.objects.get().pk == episode.pk


def test_two_absences_in_one_file_are_two_episodes(hub):
    hub.reported_in_a_file(began=hub.ago(days=5), ended=hub.ago(days=4), title="First")
    hub.reported_in_a_file(began=hub.ago(days=2), ended=hub.ago(days=1), title="Second")
    assert take_in(hub) == 2
    assert Episode.objects.count() == 2


def test_killed_between_two_children_the_next_night_goes_on_from_there(hub, monkeypatch):
    other = invented.child("Amina", "Larkfield", sex="F", age=14, school=hub.school)
    hub.reported_in_a_file(began=hub.ago(hours=40), ended=None)
    hub.reported_in_a_file(began=hub.ago(hours=30), ended=None, child=other)
    from rowan.missing.actions import feed

    whole, calls = feed._take_in, []

    def killed(entry, *more):
        calls.append(entry)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(entry, *more)

    monkeypatch.setattr(feed, "_take_in", killed)
    with pytest.raises(KeyboardInterrupt):
        take_in(hub)
    monkeypatch.setattr(feed, "_take_in", whole)
    assert Episode.objects.count() == 1
    assert take_in(hub) == 1
    assert Episode.objects.count() == 2
