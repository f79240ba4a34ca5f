"""What people write by day stands in the one chronology, beside what the nights bring, and no night takes it away."""

import pytest
from django.db import transaction
from django.utils import timezone

from rowan.access.actions import join_records, undo_join
from rowan.access.reading import reader_of, reading_as
from rowan.access.rules.seeing import what_is_seen
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import record
from rowan.chronology import shown as chronology
from rowan.chronology.models import Entry, Observed
from rowan.chronology.notes import Written, take_back, write_line
from rowan.pipeline.publish import clear_unfinished, forget_ended, publish_rows
from rowan.questions.actions import ask_about_signs
from rowan.questions.waiting import signs_for
from rowan.timescales.models import Clock
from tests import people_in_tests as invented

HUB_READER = what_is_seen("lead_professional", invented.COUNCIL, "council")


@pytest.fixture
def agencies(db):
    invented.finished_run()
    return invented.three_agencies()


@pytest.fixture
def child(agencies):
    return invented.child("Amina", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])


@pytest.fixture
def triage(agencies):
    triage = invented.practitioner("triage", Role.TRIAGE_OFFICER, agencies[invented.COUNCIL])
    invented.post(PostKind.TRIAGE, agencies[invented.COUNCIL], triage)
    return triage


def note(child, **more) -> Written:
    return Written(
        **{
            "key": "concern 1",
            "person_id": child.id,
            "kind": "concern_raised",
            "title": "A concern was raised",
            "happened_on": invented.days_ago(1),
            "compartment": "core",
        }
        | more
    )


def write(written: Written, by) -> Entry:
    """As a room's act does: the line on the trail in the same transaction."""
    with transaction.atomic():
        record(by=by, did="wrote a note", about_person=written.person_id)
        return write_line(written, by=by, now=timezone.now())


def titles(child) -> list[str]:
    return [entry.title for entry in chronology.entries(child, HUB_READER)]


def test_a_note_stands_on_her_page_beside_what_a_file_brought(child, triage):
    invented.happened(child, invented.days_ago(9), "went_missing", "Went missing", by=invented.POLICE)
    write(note(child, text="She was seen at the bus station"), triage)
    assert titles(child) == ["A concern was raised", "Went missing"]


def test_written_twice_it_is_one_line(child, triage):
    first = write(note(child), triage)
    assert write(note(child), triage) == first
    assert Entry.objects.count() == 1


def test_no_night_ends_clears_or_forgets_it(child, triage):
    write(note(child), triage)
    publish_rows(Entry, [], run=2)
    clear_unfinished(Entry, 0)
    forget_ended(Entry, [child.id])
    invented.finished_run(2)
    assert titles(child) == ["A concern was raised"]


def test_taken_back_it_is_shown_no_more_and_is_kept(child, triage):
    take_back(write(note(child), triage))
    forget_ended(Entry, [child.id])
    assert titles(child) == []
    assert Entry.objects.get().written_by == triage


def test_it_follows_her_into_the_record_hers_was_joined_into_and_back(child, agencies, triage):
    other = invented.child("Amena", "Larkfield", sex="F", age=14, school=agencies[invented.SCHOOL])
    write(note(child), triage)
    join_records([(child.id, other.id)])
    assert titles(other) == ["A concern was raised"]
    undo_join(child.id)
    assert titles(other) == []
    assert titles(child) == ["A concern was raised"]


def test_a_sign_of_harm_written_by_day_asks_at_once(child, triage):
    now = timezone.now()
    written = note(child, observed=Observed.SIGN_OF_HARM, observed_code="HARM-01")
    sign = write(written, triage)
    assert ask_about_signs([sign], run=1, today=timezone.localdate(now), now=now) == 1
    assert Clock.objects.running().get().due_on == timezone.localdate(now)
    assert signs_for(triage, today=timezone.localdate(now)) == [sign]


def test_whoever_may_not_read_a_compartment_may_write_into_it(child, agencies):
    teacher = invented.practitioner("teacher", Role.SCHOOL_SAFEGUARDING_LEAD, agencies[invented.SCHOOL])
    with reading_as(reader_of(teacher)):
        written = write(note(child, compartment="health"), teacher)
    assert written.pk
