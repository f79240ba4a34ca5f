"""What a signed-in practitioner is among those who raise concerns, and in which compartment it stays who raised one."""

from rowan.agencies.rules.roles import Role

from .who_raises import Raises

BY_ROLE = {
    Role.SCHOOL_SAFEGUARDING_LEAD: Raises.SCHOOL_LEAD,
    Role.CHILDRENS_HOME_OR_FOSTER_CARER: Raises.CARER,
    Role.SEXUAL_HEALTH_CLINICIAN: Raises.SEXUAL_HEALTH,
    Role.HEALTH_LEAD: Raises.HEALTH,
    Role.POLICE_EXPLOITATION_TEAM: Raises.POLICE,
    Role.LEAD_PROFESSIONAL: Raises.SOCIAL_CARE,
    Role.TRIAGE_OFFICER: Raises.SOCIAL_CARE,
    Role.YOUTH_JUSTICE_WORKER: Raises.YOUTH_SERVICE,
    Role.MENTOR: Raises.YOUTH_SERVICE,
}
BY_KIND_OF_AGENCY = {
    "school": Raises.SCHOOL_STAFF,
    "health": Raises.HEALTH,
    "police": Raises.POLICE,
    "youth_justice": Raises.YOUTH_SERVICE,
    "care": Raises.CARER,
    "council": Raises.HOUSING_OR_COUNCIL,
    "district": Raises.HOUSING_OR_COUNCIL,
}
A_HEALTH_PROFESSIONAL = "A health professional"


def raises_as(role: str, agency_kind: str) -> Raises:
    """What they are is known from their account: nobody who signs in is asked."""
    try:
        if known := BY_ROLE.get(Role(role)):
            return known
    except ValueError:
        pass
    return BY_KIND_OF_AGENCY.get(agency_kind, Raises.OTHER_PROFESSIONAL)


def compartment_of(raises: str, *, please_contact: bool) -> str:
    """Whose service it was that raised it stays in health's compartment; the worry itself is read by triage."""
    if raises == Raises.SEXUAL_HEALTH:
        return "sexual_health"
    return "health" if raises == Raises.HEALTH and please_contact else "core"


def is_called_a_health_professional(compartment: str) -> bool:
    """Whether those who read the concern are told no more of who raised it."""
    return compartment in {"health", "sexual_health"}
