"""How much of the sweep one run does: in `make test` a quarter on each database, and not the same quarter; all of it on both in `make soak`."""

import os
import zlib
from collections.abc import Sequence

from django.conf import settings

from rowan.agencies.rules.roles import Role

from .world import ANOTHERS, HERS, HIDDEN, KEPT_OUT, STANDINGS

WHOLE = os.environ.get("ROWAN_SWEEP") == "whole"
ON_POSTGRESQL = "postgresql" in settings.DATABASES["default"]["ENGINE"]

# Roles that come to a record in the same way: what is wrong for one of a kind is likely wrong for the others.
KINDS: dict[str, frozenset[Role]] = {
    "at the hub": frozenset(
        {
            Role.EDUCATION_WELFARE_OFFICER,
            Role.TRIAGE_OFFICER,
            Role.EXPLOITATION_COORDINATOR,
            Role.LEAD_PROFESSIONAL,
            Role.MISSING_COORDINATOR,
            Role.YOUTH_JUSTICE_WORKER,
            Role.APPROVING_MANAGER,
            Role.ANALYST,
        }
    ),
    "of a school": frozenset({Role.SCHOOL_SAFEGUARDING_LEAD, Role.REFERRER}),
    "of health": frozenset({Role.HEALTH_LEAD, Role.SEXUAL_HEALTH_CLINICIAN}),
    "of the police": frozenset({Role.POLICE_EXPLOITATION_TEAM}),
    "a carer or a mentor": frozenset(
        {Role.CHILDRENS_HOME_OR_FOSTER_CARER, Role.MENTOR, Role.RETURN_INTERVIEW_WORKER}
    ),
    "of a district": frozenset(
        {Role.LICENSING_OFFICER, Role.COMMUNITY_SAFETY_OFFICER, Role.SAFEGUARDING_LEAD}
    ),
    "at a panel": frozenset({Role.PANEL_CHAIR, Role.PANEL_MEMBER}),
    "sees no child": frozenset(
        {
            Role.COMMISSIONER,
            Role.COUNCILLOR,
            Role.RECORDS_OFFICER,
            Role.INFORMATION_GOVERNANCE,
            Role.ADMINISTRATOR,
        }
    ),
}
# The quarter of each database: between them every kind, and of the kinds that differ most within themselves two. PostgreSQL has its
# own wall of rows behind health and intelligence, and so gets those whom the wall lets in for both, for one, or for their own alone.
ROLES_ON_SQLITE = (
    Role.LEAD_PROFESSIONAL,  # sees the most words of anybody at the hub
    Role.SCHOOL_SAFEGUARDING_LEAD,  # its own pupils, and no other agency's rows
    Role.HEALTH_LEAD,
    Role.MENTOR,  # core alone, and the plan
    Role.COMMUNITY_SAFETY_OFFICER,
    Role.PANEL_MEMBER,  # packs, and no record
    Role.INFORMATION_GOVERNANCE,  # the trail and the register, and no record
)
ROLES_ON_POSTGRESQL = (
    Role.EXPLOITATION_COORDINATOR,  # intelligence, the desk and the panel
    Role.POLICE_EXPLOITATION_TEAM,
    Role.SEXUAL_HEALTH_CLINICIAN,  # health, her own clinic's alone
    Role.CHILDRENS_HOME_OR_FOSTER_CARER,
    Role.LICENSING_OFFICER,
    Role.COUNCILLOR,
)

# By whom it is tried that a hidden record answers as one that is not there: those who would be told most, and two who are told nothing.
ALIKE_ON_SQLITE = (
    Role.EXPLOITATION_COORDINATOR,
    Role.SCHOOL_SAFEGUARDING_LEAD,
    Role.COUNCILLOR,
)
ALIKE_ON_POSTGRESQL = (
    Role.LEAD_PROFESSIONAL,
    Role.HEALTH_LEAD,
    Role.PANEL_CHAIR,
)


# Beside her own child's object, which every role opens, and another's: in the short form a role opens half of all addresses with a
# hidden child's and half with that of one they are kept out of, and another role the other halves. One that is not there is asked for
# by those of whom it is tried that all three answer alike.
BEYOND_THEIR_OWN = (HIDDEN, KEPT_OUT)


def standings_here(role: Role, name_of_address: str) -> tuple[str, ...]:
    if WHOLE:
        return STANDINGS
    turn = sorted(Role).index(role) + zlib.crc32(name_of_address.encode())
    return HERS, ANOTHERS, BEYOND_THEIR_OWN[turn % 2]


def quarter_here(everything: Sequence) -> list:
    return list(everything) if WHOLE else list(everything[2 * ON_POSTGRESQL :: 4])


def roles_here() -> list[Role]:
    if WHOLE:
        return sorted(Role)
    return sorted(ROLES_ON_POSTGRESQL if ON_POSTGRESQL else ROLES_ON_SQLITE)


def roles_alike_here() -> list[Role]:
    if WHOLE:
        return sorted({*ALIKE_ON_SQLITE, *ALIKE_ON_POSTGRESQL})
    return sorted(ALIKE_ON_POSTGRESQL if ON_POSTGRESQL else ALIKE_ON_SQLITE)
