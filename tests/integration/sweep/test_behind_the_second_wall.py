"""Of every walled table, told by its rows' own numbers as a page might that forgot to ask: a hidden child's rows are not there."""

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from rowan.access.models import LetIn, Restriction
from rowan.access.reading import reader_of, reading_as
from rowan.access.rules.seeing import NOTHING_THERE
from rowan.agencies.rules.roles import Role
from rowan.assessments.models import Noticed
from rowan.escalation import clocks as escalation
from rowan.missing import clocks as missing
from rowan.missing.models import Episode, Report
from rowan.notices.models import Notice
from rowan.questions import clocks as questions
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import Moved
from rowan.website.row_security import BEHIND_THE_WALL
from rowan.website.walled_tables import IN_A_COMPARTMENT, OF_TWO_PEOPLE

from .canaries import child_of
from .world import HERS, HIDDEN, KEPT_OUT

on_postgresql = connection.vendor == "postgresql"
TABLES = {table._meta.db_table: table for table in apps.get_models()}


def rows_of(world, standing: str, name: str) -> set:
    table = TABLES[name]
    hers = table._base_manager.filter(**{child_of(table): world.records[standing].child.id})
    return set(hers.values_list("pk", flat=True))


def shown_to(practitioner, name: str, rows: set) -> set:
    with reading_as(reader_of(practitioner)):
        # Without a join: what the rows belong to may be walled, and would hide them itself.
        return set(TABLES[name]._base_manager.filter(pk__in=rows).values_list("pk", flat=True))


def also_noticed_and_reported(world) -> None:
    """What no address of the sweep needs, and so nobody in its county has."""
    for standing in (HERS, HIDDEN):
        record = world.records[standing]
        Noticed.objects.create(assessment=record.more["version"], code="MISS-02", kind="I")
        episode = Episode.objects.filter(person=record.child).first()
        Report.objects.create(
            episode=episode, entry_key=f"a report of {standing}", agency_code="police", began_at=world.now, taken_in_at=world.now
        )  # fmt: skip


@pytest.mark.parametrize("name", [name for name in BEHIND_THE_WALL if name not in OF_TWO_PEOPLE])
def test_rows_of_a_hidden_child_are_not_there_and_those_of_others_are(world, name):
    reader = world.near.people[Role.EXPLOITATION_COORDINATOR]
    also_noticed_and_reported(world)
    hers, hidden = rows_of(world, HERS, name), rows_of(world, HIDDEN, name)
    assert hers, "the sweep's county has a row of every kind"
    assert hidden
    assert shown_to(reader, name, hidden | rows_of(world, KEPT_OUT, name)) == set() or not on_postgresql
    assert shown_to(reader, name, hers) == hers or name in IN_A_COMPARTMENT

    for restriction in Restriction.objects.standing().filter(person_id=world.records[HIDDEN].child.id):
        LetIn.objects.create(restriction=restriction, practitioner=reader, by="-")
    assert shown_to(reader, name, hidden) == hidden or name in IN_A_COMPARTMENT, "let in, they are shown them"


def test_what_is_hidden_from_whoever_passes_it_on_is_the_new_owners_all_the_same(world):
    record, admin = world.records[HIDDEN], world.near.people[Role.ADMINISTRATOR]
    to, at_school = (
        world.far.people[Role.EXPLOITATION_COORDINATOR],
        world.near.people[Role.SCHOOL_SAFEGUARDING_LEAD],
    )
    clocks = Clock.objects.running().filter(about_person=record.child.id).select_related("owner")
    rooms = (missing, "missing action", to), (escalation, "disagreement", to), (questions, "owed", at_school)
    with reading_as(reader_of(admin)):
        for room, kind, who in rooms:
            of_this_kind = clocks.filter(about_kind=kind)
            moved = [Moved(clock, clock.owner, who, None, "because of leave", True) for clock in of_this_kind]
            assert moved, kind
            room.follow(moved, now=world.now, by=admin)
    assert record.more["disagreement"].stage.owner == to
    told = set(Notice.objects.filter(practitioner__in=[to, at_school]).values_list("path", flat=True))
    assert reverse("missing:episode", args=[record.more["to_do"].episode_id]) in told
    assert reverse("questions:settle", args=[record.more["owed"].pk]) in told


@pytest.mark.parametrize(
    ("address", "thing"),
    [
        ("missing:episode", "missing"),
        ("missing:action_done", "to_do"),
        ("assessments:version", "version"),
        ("questions:settle", "owed"),
        ("escalation:disagreement", "disagreement"),
    ],
)
def test_the_trail_says_whose_hidden_record_was_asked_for_by_the_number_of_a_walled_row(
    world, clients, address, thing, monkeypatch
):
    record, said = world.records[HIDDEN], []
    monkeypatch.setattr("rowan.access.actions.record", lambda **line: said.append(line))
    answer = clients[Role.LEAD_PROFESSIONAL].get(reverse(address, args=[record.more[thing].pk]))
    assert answer.status_code == 404
    assert [(line["about_person"], line["refused_because"]) for line in said] == [
        (record.child.id, NOTHING_THERE)
    ]
