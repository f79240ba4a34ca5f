"""Those who come to a record without a part in the child's life: by a typed reason, which opens less, and in an emergency."""

import pytest
from django.db import connection
from django.utils import timezone

from rowan.access.models import KeptOut
from rowan.access.openings import look_with_a_reason, open_in_emergency
from rowan.access.rules.seeing import Through
from rowan.agencies.models import AgencyKind, Practitioner
from rowan.agencies.rules.roles import Role
from tests import people_in_tests as invented

from .addresses import ADDRESSES, BY_NAME, Address
from .canaries import Canary
from .conftest import signed_in
from .glimpses import HEEDED, NAMED, fields
from .short import ON_POSTGRESQL, WHOLE
from .stored import differences, stored
from .test_every_hidden_record import SENT_TO, what_is_sent
from .who_may_read import CONTACTS, HEADING, WORDS, may_read
from .world import ANOTHERS, HERS, HIDDEN, KEPT_OUT, WHERE_THEY_WORK, World

# A school's lead has a part in the life of every pupil, and the desk sees each concern that lies there: neither is among these.
WAYS = [
    (Role.LEAD_PROFESSIONAL, Through.REASON),
    (Role.LEAD_PROFESSIONAL, Through.EMERGENCY),
    (Role.ANALYST, Through.REASON),
    (Role.POLICE_EXPLOITATION_TEAM, Through.EMERGENCY),
    (Role.MENTOR, Through.EMERGENCY),
    (Role.HEALTH_LEAD, Through.EMERGENCY),
]
WAYS_HERE = WAYS if WHOLE else WAYS[2 * ON_POSTGRESQL :][:2]
BY_REASON_HERE = [role for role, through in WAYS_HERE if through is Through.REASON]
OPENS = {Through.REASON: look_with_a_reason, Through.EMERGENCY: open_in_emergency}
# Name, age and school; and how she may be reached, which stands on top of every page that names her.
BY_A_REASON = NAMED | HEEDED | fields("people.Name", "first_name", "middle_names", "surname")
BY_A_REASON |= fields("people.SchoolPlace", "school_name", "destination")
by_way = pytest.mark.parametrize(("role", "through"), WAYS_HERE, ids=lambda each: each.name.lower())


def may_see(role: Role, agency: str, through: Through, canary: Canary) -> bool:
    """What of her record is opened in this way: in an emergency all but what not even a limited reader sees; by a reason very little."""
    if canary.child != HERS or canary.compartment == "withheld addresses":
        return False
    if through is Through.EMERGENCY:
        return may_read(role, agency, canary)
    whole = WORDS[role].get(canary.compartment) == "all" or (
        canary.compartment == "contacts" and role in CONTACTS
    )
    return canary.place in BY_A_REASON or (whole and (canary.table, canary.field) in HEADING)


def visitor(world: World, role: Role, through: Through, why: str) -> Practitioner:
    """Of the near area, with no part in anybody's life, who asks in this way for her, for the hidden child and for the kept-out one."""
    at = world.near.agencies[WHERE_THEY_WORK.get(role, AgencyKind.COUNCIL)]
    made = invented.practitioner(f"{role.value}-visitor", role, at)
    KeptOut.objects.create(
        person_id=world.records[KEPT_OUT].child.id, practitioner=made, why="A neighbour", set_by="operator"
    )
    for standing in (HERS, HIDDEN, KEPT_OUT):
        person_id = world.records[standing].child.id
        said = why if standing == HERS else "A report names her"
        OPENS[through](person_id=person_id, why=said, by=made, now=timezone.now())
    return made


def opened(world: World, standing: str) -> list[tuple[Address, str]]:
    return [
        (address, path)
        for address in ADDRESSES
        if address.about_a_child or standing == HERS
        for path in address.paths(world, standing)
    ]


@by_way
def test_whoever_comes_without_a_part_sees_what_their_way_in_opens(world, role, through):
    who = visitor(world, role, through, "A report names her")
    client, faults, seen, before = signed_in(who), [], set(), stored()
    for standing in (HERS, HIDDEN, KEPT_OUT, ANOTHERS):
        for address, path in opened(world, standing):
            answer = client.get(path)
            shown = world.canaries.shown_in(answer)
            seen |= {canary.place for canary in shown if address.name == "single_view:child"}
            faults += [
                f"{path} ({address.name}, {standing}): shows {canary}"
                for canary in sorted(shown, key=str)
                if not may_see(role, who.agency.code, through, canary)
            ]
            if answer.status_code >= 500:
                faults.append(f"{path} ({address.name}): answers {answer.status_code}")
    assert faults + differences(before, stored()) == [], "\n".join(faults)
    assert seen >= NAMED


@pytest.mark.parametrize("role", BY_REASON_HERE)
def test_whoever_gave_a_reason_changes_nothing(world, role):
    """In an emergency they may do what their role does; here they look."""
    client = signed_in(visitor(world, role, Through.REASON, "A report names her"))
    before, faults = stored(), []
    for address in SENT_TO:
        if address.asks_everybody:
            continue
        for path in address.paths(world, HERS)[:1]:
            answer = client.post(path, what_is_sent(address, world))
            faults += [f"{address.name}: answers {answer.status_code}"] if answer.status_code >= 500 else []
            now = stored()
            faults += [f"{address.name}: {row[:200]}" for row in differences(before, now)]
            before = now
    assert faults == [], "\n".join(faults)


# Who reads why somebody came: on the trail of a child they work with, and whoever reviews it.
READS_WHY = {
    "access:reviews": {Role.INFORMATION_GOVERNANCE},
    "single_view:who_has_looked": {
        Role.EXPLOITATION_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.APPROVING_MANAGER,
        Role.INFORMATION_GOVERNANCE,
    },
    "home": set(),
    "notices:for_me": set(),
    "single_view:child": set(),
    "looks:questions": set(),
}


def test_why_they_came_is_read_by_those_who_look_into_it(world, clients):
    mark = world.canaries.by_hand("access.Opening", "why", HERS, "trail", "")
    visitor(world, Role.LEAD_PROFESSIONAL, Through.EMERGENCY, f"A report of {mark}")
    # Outside a test the line stands on the trail by now; here the county's own transaction is open.
    connection._write_what_waits()
    read: dict[str, set] = {name: set() for name in READS_WHY}
    for name in READS_WHY:
        for path in BY_NAME[name].paths(world, HERS):
            for role, client in clients.items():
                if world.canaries.planted[mark] in world.canaries.shown_in(client.get(path)):
                    read[name].add(role)
    assert read == READS_WHY
