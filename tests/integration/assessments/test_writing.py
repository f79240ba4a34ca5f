"""Opening the work, writing where a child stands, approving it; and what a sign of harm does."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from rowan.access.models import LetIn, Restriction
from rowan.agencies.rules.roles import Role
from rowan.assessments.actions import approve, hand_over, write
from rowan.assessments.models import Assessment, Strand
from rowan.audit_trail.models import Entry as Trail
from rowan.chronology.models import Entry
from rowan.notices.models import Notice
from rowan.questions.models import StrategyAnswer
from rowan.refusals import NotAllowed, NothingThere, NotPossible, SomebodyWasFirst
from rowan.timescales.models import Clock
from rowan.timescales.rules.working_days import is_working_day
from tests import people_in_tests as invented

from .conftest import HARM


def test_the_work_begins_with_a_lead_a_screening_that_is_due_and_a_plan_for_18(hub):
    strand = hub.begin(by=hub.coordinator)
    assert (strand.lead, strand.step, strand.state) == (hub.worker, "screening", "")
    running = hub.clocks(strand)
    assert set(running) == {"a screening", "a move to adult services"}
    assert all(clock.owner == hub.worker for clock in running.values())
    assert running["a screening"].due_on == strand.due_on > hub.today
    assert Trail.objects.about(hub.girl.pk).filter(did="opened the hub’s work with a child").count() == 1


def test_opening_twice_is_once_and_a_second_person_is_told_who_was_first(hub):
    token = uuid4()
    assert hub.begin(token=token) == hub.begin(token=token)
    with pytest.raises(SomebodyWasFirst) as first:
        hub.begin(by=hub.coordinator, lead=hub.coordinator)
    assert "Joan Eccles" in [row.now for row in first.value.both]
    assert Strand.objects.count() == 1


@pytest.mark.parametrize("who", ["lead", "police"])
def test_those_who_do_not_write_are_refused_and_it_is_on_the_trail(hub, who):
    hub.begin()
    for act in (lambda: hub.begin(by=getattr(hub, who)), lambda: hub.write(by=getattr(hub, who))):
        with pytest.raises(NotAllowed):
            act()
    assert Trail.objects.about(hub.girl.pk).refused().count() == 2
    with pytest.raises(NothingThere):
        hub.write(by=hub.stranger)


def test_nothing_is_written_before_the_work_is_open(hub):
    with pytest.raises(NotPossible, match="Open the work first"):
        hub.write()


def test_a_version_stands_with_its_author_and_date_and_waits_for_somebody_else(hub):
    strand = hub.begin()
    version = hub.write()
    strand.refresh_from_db()
    assert (strand.state, strand.state_by, strand.state_at) == ("significant_concern", hub.worker, hub.now)
    running = hub.clocks(strand)
    assert set(running) == {"an approval of where a child stands", "a move to adult services"}
    assert running["an approval of where a child stands"].owner == hub.manager
    line = Entry.objects.get(kind="where_a_child_stands")
    assert (line.title, line.by_day) == ("Where the child stands: significant concern", True)
    with pytest.raises(NotAllowed, match="other than who wrote it"):
        approve(version, approved=True, by=hub.worker, now=hub.now)


def test_a_writer_cannot_name_herself_or_somebody_who_approves_nothing(hub):
    hub.begin(by=hub.manager)
    with pytest.raises(NotPossible, match="other than who wrote it"):
        hub.write(by=hub.manager, second=hub.manager)
    with pytest.raises(NotPossible, match="co-ordinator or a manager"):
        hub.write(second=hub.police)


def test_an_approved_screen_leads_to_an_assessment_and_that_to_reviews(hub):
    strand = hub.begin()
    approve(hub.write(), approved=True, by=hub.manager, now=hub.now)
    strand.refresh_from_db()
    assert strand.step == "assessment"
    assert "an assessment" in hub.clocks(strand)
    version = hub.write(written_as="assessment")
    assert version.number == 2
    approve(version, approved=True, by=hub.coordinator, now=hub.now)
    strand.refresh_from_db()
    assert (strand.step, strand.due_on) == ("review", version.review_on)
    assert hub.clocks(strand)["a review of where a child stands"].due_on == version.review_on


def test_a_screen_that_finds_nothing_closes_nothing(hub):
    strand = hub.begin()
    approve(hub.write(state="not_indicated"), approved=True, by=hub.manager, now=hub.now)
    strand.refresh_from_db()
    assert (strand.step, strand.state, strand.is_open) == ("review", "not_indicated", True)
    assert "a review of where a child stands" in hub.clocks(strand)


def test_sent_back_it_is_owed_again_by_the_lead_and_says_why(hub):
    strand = hub.begin()
    version = hub.write()
    with pytest.raises(NotPossible, match="what is missing"):
        approve(version, approved=False, by=hub.manager, now=hub.now)
    approve(version, approved=False, words="Ask her school", by=hub.manager, now=hub.now)
    running = hub.clocks(strand)
    assert running["a screening"].owner == hub.worker
    assert "an approval of where a child stands" not in running
    assert Notice.objects.filter(practitioner=hub.worker, about__contains="sent back").exists()


def test_a_second_look_twice_is_once_and_of_two_people_the_second_sees_both(hub):
    hub.begin()
    version = hub.write()
    said = approve(version, approved=True, words="Good", by=hub.manager, now=hub.now)
    assert approve(version, approved=True, words="Good", by=hub.manager, now=hub.now) == said
    with pytest.raises(SomebodyWasFirst) as first:
        approve(version, approved=False, words="No", by=hub.coordinator, now=hub.now)
    assert ["Approved", "Sent back"] == [first.value.both[0].now, first.value.both[0].typed]


def test_only_the_newest_version_is_approved(hub):
    hub.begin()
    old = hub.write()
    new = hub.write()
    assert new.follows == old
    with pytest.raises(NotPossible, match="newer version"):
        approve(old, approved=True, by=hub.manager, now=hub.now)


def test_two_people_at_one_form_the_second_sees_both_versions_and_nothing_is_overwritten(hub):
    hub.begin()
    first = hub.write(opened_on="")
    with pytest.raises(SomebodyWasFirst) as refused:
        hub.write(by=hub.coordinator, opened_on="", narrative="He collects her by car")
    assert refused.value.may_send
    assert ("He collects her by car", first.narrative) in [(row.typed, row.now) for row in refused.value.both]
    hub.write(by=hub.coordinator, opened_on=str(first.pk), narrative="He collects her by car")
    assert [version.number for version in Assessment.objects.all()] == [1, 2]


def test_sent_twice_a_version_is_one(hub):
    hub.begin()
    token = uuid4()
    assert hub.write(token=token, opened_on="") == hub.write(token=token, opened_on="")
    assert Assessment.objects.count() == 1


def test_a_version_says_no_less_than_what_stands(hub):
    hub.begin()
    hub.write()
    with pytest.raises(NotPossible, match="step-down takes evidence"):
        hub.write(state="emerging_concern")


def test_a_version_is_never_changed(hub):
    hub.begin()
    version = hub.write()
    version.narrative = "Something else"
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        Assessment.objects.all().delete()


def test_a_sign_of_harm_asks_the_same_day_and_stands_in_the_timeline(hub):
    hub.begin()
    hub.write(state="experiencing_harm", **HARM)
    sign = Entry.objects.get(kind="sign_of_harm")
    assert (sign.observed, sign.observed_code, sign.text) == ("S", "ADU-05", HARM["harm_words"])
    clock = Clock.objects.running().get(what="a strategy question")
    assert (clock.about_id, clock.due_on, clock.owner) == (sign.key, hub.today, hub.worker)
    assert Notice.objects.filter(practitioner=hub.worker, about__contains="strategy discussion").exists()
    hub.answer_signs()
    assert StrategyAnswer.objects.get().entry_key == sign.key


def test_the_same_sign_of_the_same_day_asks_once_and_a_newer_one_again(hub):
    hub.begin()
    yesterday = hub.today - timedelta(days=1)
    hub.write(state="experiencing_harm", **HARM, harm_seen_on=yesterday)
    hub.answer_signs()
    hub.write(state="experiencing_harm", **HARM, harm_seen_on=yesterday)
    assert not Clock.objects.running().filter(what="a strategy question").exists()
    hub.write(state="experiencing_harm", **HARM)
    assert Clock.objects.running().filter(what="a strategy question").count() == 1


def at_the_hour(hour: int) -> datetime:
    """On the last working day, so that the posts have their holders."""
    on = timezone.localdate()
    while not is_working_day(on):
        on -= timedelta(days=1)
    return timezone.make_aware(datetime(on.year, on.month, on.day, hour))


@pytest.mark.parametrize(("hour", "rings"), [(23, True), (11, False)])
def test_out_of_hours_the_duty_post_is_asked_too_and_may_answer(hub, hour, rings):
    hub.now = at_the_hour(hour)
    hub.today = timezone.localdate(hub.now)
    hub.begin()
    hub.write(state="experiencing_harm", **HARM)
    rung = Notice.objects.filter(practitioner=hub.triage, about__contains="strategy discussion")
    assert rung.exists() == rings
    if rings:
        sign = Entry.objects.get(kind="sign_of_harm")
        assert rung.get().path == f"/questions/strategy/{sign.key}/"
        assert "ADU" not in rung.get().path


def test_a_restricted_childs_sign_goes_to_whoever_answers_for_the_record_and_to_nobody_else(hub):
    hub.now = at_the_hour(23)
    hub.today = timezone.localdate(hub.now)
    made = Restriction.objects.create(
        person_id=hub.girl.pk, why="staff family", owner=hub.manager, set_by="operator"
    )
    for each in (hub.manager, hub.coordinator):
        LetIn.objects.create(restriction=made, practitioner=each, by="operator")
    hub.begin(by=hub.manager, lead=hub.manager)
    write(hub.said(state="experiencing_harm", **HARM), token=uuid4(), person_id=hub.girl.pk, second=hub.coordinator, by=hub.manager, now=hub.now)  # fmt: skip
    told = Notice.objects.filter(about__contains="strategy discussion")
    outside = invented.practitioner("manager-2", Role.APPROVING_MANAGER, hub.council)
    assert {notice.practitioner for notice in told} == {hub.manager}
    with pytest.raises(NotPossible, match="may open this record"):
        write(hub.said(state="experiencing_harm"), token=uuid4(), person_id=hub.girl.pk, second=outside, by=hub.manager, now=hub.now)  # fmt: skip


@pytest.mark.parametrize("state", ["not_indicated", "emerging_concern", "significant_concern"])
def test_over_a_sign_of_harm_nothing_less_is_saved_unless_a_manager_writes_why(hub, state):
    hub.begin()
    with pytest.raises(NotPossible, match="never filed as a concern"):
        hub.write(state=state, **HARM)
    with pytest.raises(NotPossible, match="Only a manager"):
        hub.write(state=state, over_a_sign_why="It was her cousin", **HARM)
    assert not Assessment.objects.exists()
    version = hub.write(by=hub.manager, second=hub.coordinator, state=state, over_a_sign_why="The hotel was her cousin’s wedding, says the police officer", **HARM)  # fmt: skip
    approve(version, approved=True, by=hub.coordinator, now=hub.now)
    # What it said stays a sign, and asks.
    assert Clock.objects.running().filter(what="a strategy question").exists()


def test_a_sign_that_an_agency_sent_years_ago_counts_as_one_that_is_ticked(hub):
    invented.happened(hub.girl, invented.days_ago(900), "sign_of_harm", "Found far away", by=invented.POLICE, compartment="police", observed="S")  # fmt: skip
    hub.begin()
    with pytest.raises(NotPossible, match="never filed as a concern"):
        hub.write(state="emerging_concern")


def test_handed_over_the_work_and_what_is_owed_go_to_the_new_lead(hub):
    strand = hub.begin()
    hand_over(person_id=hub.girl.pk, lead=hub.coordinator, why="Joan moves teams", by=hub.worker, now=hub.now, opened_on=str(hub.worker.pk))  # fmt: skip
    strand.refresh_from_db()
    assert strand.lead == hub.coordinator
    assert {clock.owner for clock in hub.clocks(strand).values()} == {hub.coordinator}
    with pytest.raises(SomebodyWasFirst):
        hand_over(person_id=hub.girl.pk, lead=hub.stranger, why="Other", by=hub.manager, now=hub.now, opened_on=str(hub.worker.pk))  # fmt: skip
    hand_over(person_id=hub.girl.pk, lead=hub.coordinator, why="Again", by=hub.worker, now=hub.now, opened_on=str(hub.worker.pk))  # fmt: skip
    assert strand.steps.count() == 2
