"""What must be heeded before a child is reached stands on top of every page that names the child, whoever built the page."""

from rowan.agencies.rules.roles import Role
from rowan.people.models import Name
from rowan.people.safe_contact import heed

from .addresses import ADDRESSES
from .world import HERS

HEEDED = "Ring her aunt Farida first"
# Those to whom between them every page about a child opens.
READERS = (
    Role.LEAD_PROFESSIONAL,
    Role.MISSING_COORDINATOR,
    Role.SCHOOL_SAFEGUARDING_LEAD,
    Role.APPROVING_MANAGER,
)


def test_every_page_that_names_her_says_what_must_be_heeded(world, clients):
    child = world.records[HERS].child
    heed(
        person_id=child.id, flag="trusts", words=HEEDED, said_by="Amina", said_on=world.today,
        by=world.near.people[Role.LEAD_PROFESSIONAL], now=world.now,
    )  # fmt: skip
    names = {row.surname for row in Name.objects.filter(person=child)}
    names |= {row.surname for row in child.known_as.all()}
    silent, naming = [], set()
    for role in READERS:
        for address in [each for each in ADDRESSES if each.about_a_child and each.takes_get]:
            answer = clients[role].get(address.paths(world, HERS)[0], follow=True)
            page = answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""
            main = page.partition("<main")[2]
            if not any(name in main for name in names):
                continue
            naming.add(address.name)
            if HEEDED not in main[: main.index("<h1")]:
                silent.append(f"{address.name} for {role}")
    assert silent == []
    assert len(naming) >= 15, naming
