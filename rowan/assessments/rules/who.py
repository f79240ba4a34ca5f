"""Who writes where a child stands, who is the second person, and who may read what was written.

What was written is read as the matrix gives "contacts, concerns and observations": its words, its heading, or nothing.
"""

from rowan.access.rules.matrix import Kind, Opens
from rowan.access.rules.seeing import Seen, Through
from rowan.agencies.rules.roles import Role

WRITES = frozenset(
    {
        Role.TRIAGE_OFFICER,
        Role.EXPLOITATION_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.APPROVING_MANAGER,
    }
)
APPROVES = frozenset({Role.EXPLOITATION_COORDINATOR, Role.APPROVING_MANAGER})
# Who may write why a sign of harm is not harm, and be the second person where past harm is on the record.
MANAGERS = frozenset({Role.APPROVING_MANAGER})

NOT_A_WRITER = "Where a child stands is written by those at the hub who work with the child: the lead professional, triage, the exploitation co-ordinator or a manager."
ONLY_LOOKING = "You gave a reason to look at this record. Somebody who works with the child writes in it."


def refusal_to_write(role: str, seen: Seen) -> str | None:
    if seen.through is Through.REASON:
        return ONLY_LOOKING
    return None if role in WRITES and seen.is_hub else NOT_A_WRITER


def refusal_to_be_second(role: str, *, is_writer: bool, over_a_sign: bool = False) -> str | None:
    """Why somebody cannot be the second person, or None when they can."""
    if is_writer:
        return "Somebody other than who wrote it has to decide this."
    if role not in APPROVES:
        return "This is decided by the exploitation co-ordinator or a manager."
    if over_a_sign and role not in MANAGERS:
        return "A sign of harm is in this child’s record, so a manager has to decide this."
    return None


def reads_words(seen: Seen, agency_code: str) -> bool:
    """An agency that reads what it sent itself is not thereby shown what the hub makes of it."""
    whole = seen.opens(Kind.CONTACTS) is Opens.EVERYTHING
    return whole and seen.through is not Through.REASON and seen.tells(agency_code, Kind.CONTACTS)


def knows_of(seen: Seen, agency_code: str) -> bool:
    """Where a child stands, since when and by whom, without the words."""
    return seen.opens(Kind.CONTACTS) in {
        Opens.EVERYTHING,
        Opens.HEADINGS,
    } and seen.shows(agency_code, Kind.CONTACTS)


def refusal_to_dissent(seen: Seen, *, own_agency: bool) -> str | None:
    """Any agency with a part in the child's life puts its disagreement on record; for another agency only the hub does."""
    if seen.through is Through.REASON:
        return ONLY_LOOKING
    if own_agency or seen.is_hub:
        return None
    return "You can put your own agency’s disagreement on record. For another agency’s, ring the hub."
