"""Every file Rowan makes for somebody outside, by every role that may make it: unpacked, and held against what its maker may see."""

import csv
import io
import zipfile
from uuid import uuid4

import pytest
from django.urls import reverse

from rowan.agencies.rules.roles import Role

from .addresses import DECIDES_AND_READS, EVERYBODY
from .glimpses import NAMED, fields
from .looking import forbidden
from .world import HERS, STANDINGS

# What a child's record for a recipient may hold, and does when everything is shared by somebody who sees it.
OF_HER = (
    NAMED
    | fields("people.KnownAs", "birth_date")
    | fields("people.Name", "first_name", "middle_names", "surname")
    | fields("people.Address", "address", "postcode", "sealed_address", "sealed_postcode")
    | fields("people.Identifier", "value")
    | fields("people.SchoolPlace", "school_name")
    | fields("chronology.Entry", "title", "text")
)
BESIDE_THE_ROWS = {"HOW-TO-CHECK.txt", "manifest.json", "manifest.signature"}


def ask_for_file(world, client, standing: str, which: str):
    record = world.records.get(standing)
    decision = record.more[which].pk if record else uuid4()
    data = {"token": str(uuid4()), "override_why": "The officer fetches her from there"}
    return client.post(reverse("sharing:file", args=[decision]), data)


@pytest.mark.parametrize("which", ["decision", "shared_whole"])
def test_a_file_holds_no_more_of_a_child_than_its_maker_may_see(world, clients, which):
    faults, made, held = [], set(), set()
    for role, client in clients.items():
        answer = ask_for_file(world, client, HERS, which)
        shown = world.canaries.shown_in(answer)
        faults += [f"{role}: {what}" for what in forbidden(world, role, shown)]
        if answer.status_code == 200:
            made.add(role)
            held |= {canary.place for canary in shown}
            assert answer["Content-Type"] == "application/zip"
            assert shown, f"the file that a {role} makes is empty"
    assert faults == [], "\n".join(faults)
    # Of health lines are shared by whoever sees them, and of the council's own decisions by whoever reads those.
    assert made and made <= DECIDES_AND_READS
    if which == "shared_whole":
        assert Role.LEAD_PROFESSIONAL in made
        assert held == OF_HER


def test_its_words_stand_in_its_tables_and_nothing_of_her_beside_them(world, clients):
    answer = ask_for_file(world, clients[Role.LEAD_PROFESSIONAL], HERS, "shared_whole")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        read = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    assert set(read) == BESIDE_THE_ROWS | {"who.csv", "timeline.csv", "attendance.csv", "record.html"}
    assert {name for name in read if name in BESIDE_THE_ROWS and world.canaries.in_words(read[name])} == set()
    tables = {
        name: list(csv.DictReader(io.StringIO(words)))
        for name, words in read.items()
        if name.endswith(".csv")
    }
    values = {row["Value"] for row in tables["who.csv"]} | {row["In words"] for row in tables["timeline.csv"]}
    told = {canary.table for canary in world.canaries.in_words("\n".join(values))}
    assert told == {
        "people.KnownAs",
        "people.Name",
        "people.Address",
        "people.Identifier",
        "people.SchoolPlace",
        "chronology.Entry",
    }


def test_nobody_makes_a_file_of_anybody_elses_child(world, clients):
    faults = []
    for role, client in clients.items():
        for standing in set(STANDINGS) - {HERS}:
            answer = ask_for_file(world, client, standing, "shared_whole")
            faults += [f"{role}, {standing}: {what}" for what in world.canaries.shown_in(answer)]
            if answer.status_code not in {403, 404}:
                faults.append(f"{role}, {standing}: answers {answer.status_code}")
    assert faults == [], "\n".join(faults)


def test_the_file_of_the_register_names_no_child(world, clients):
    made = set()
    for role in EVERYBODY:
        data = {"token": str(uuid4()), "to": "The board", "purpose": "The yearly look"}
        answer = clients[role].post(reverse("sharing:register"), data)
        assert world.canaries.shown_in(answer) == set()
        if answer.status_code == 200:
            made.add(role)
            assert answer["Content-Type"] == "application/zip"
    assert made == {Role.INFORMATION_GOVERNANCE}
