"""What a practitioner is to the hub. Nobody's role is ever guessed."""

from enum import StrEnum


class Role(StrEnum):
    REFERRER = "referrer"
    CHILDRENS_HOME_OR_FOSTER_CARER = "childrens_home_or_foster_carer"
    SCHOOL_SAFEGUARDING_LEAD = "school_safeguarding_lead"
    EDUCATION_WELFARE_OFFICER = "education_welfare_officer"
    TRIAGE_OFFICER = "triage_officer"
    EXPLOITATION_COORDINATOR = "exploitation_coordinator"
    LEAD_PROFESSIONAL = "lead_professional"
    MISSING_COORDINATOR = "missing_coordinator"
    RETURN_INTERVIEW_WORKER = "return_interview_worker"
    YOUTH_JUSTICE_WORKER = "youth_justice_worker"
    MENTOR = "mentor"
    POLICE_EXPLOITATION_TEAM = "police_exploitation_team"
    HEALTH_LEAD = "health_lead"
    SEXUAL_HEALTH_CLINICIAN = "sexual_health_clinician"
    COMMUNITY_SAFETY_OFFICER = "community_safety_officer"
    LICENSING_OFFICER = "licensing_officer"
    PANEL_CHAIR = "panel_chair"
    PANEL_MEMBER = "panel_member"
    APPROVING_MANAGER = "approving_manager"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    ANALYST = "analyst"
    COMMISSIONER = "commissioner"
    COUNCILLOR = "councillor"
    RECORDS_OFFICER = "records_officer"
    INFORMATION_GOVERNANCE = "information_governance"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.REFERRER: "Referrer",
    Role.CHILDRENS_HOME_OR_FOSTER_CARER: "Children’s home or foster carer",
    Role.SCHOOL_SAFEGUARDING_LEAD: "School safeguarding lead",
    Role.EDUCATION_WELFARE_OFFICER: "Education welfare officer",
    Role.TRIAGE_OFFICER: "Triage officer",
    Role.EXPLOITATION_COORDINATOR: "Exploitation co-ordinator",
    Role.LEAD_PROFESSIONAL: "Lead professional",
    Role.MISSING_COORDINATOR: "Missing co-ordinator",
    Role.RETURN_INTERVIEW_WORKER: "Return-interview worker",
    Role.YOUTH_JUSTICE_WORKER: "Youth justice worker",
    Role.MENTOR: "Mentor",
    Role.POLICE_EXPLOITATION_TEAM: "Police exploitation team",
    Role.HEALTH_LEAD: "Health lead",
    Role.SEXUAL_HEALTH_CLINICIAN: "Sexual-health clinician",
    Role.COMMUNITY_SAFETY_OFFICER: "Community-safety officer",
    Role.LICENSING_OFFICER: "Licensing officer",
    Role.PANEL_CHAIR: "Panel chair",
    Role.PANEL_MEMBER: "Panel member",
    Role.APPROVING_MANAGER: "Approving manager",
    Role.SAFEGUARDING_LEAD: "Safeguarding lead",
    Role.ANALYST: "Analyst",
    Role.COMMISSIONER: "Commissioner",
    Role.COUNCILLOR: "Councillor",
    Role.RECORDS_OFFICER: "Records officer",
    Role.INFORMATION_GOVERNANCE: "Information governance officer",
    Role.ADMINISTRATOR: "Administrator",
}

# They keep Rowan running, watch over it, or answer for services as a whole; none of them works with a child.
SEES_NO_CHILD = {
    Role.ADMINISTRATOR,
    Role.INFORMATION_GOVERNANCE,
    Role.RECORDS_OFFICER,
    Role.COMMISSIONER,
    Role.COUNCILLOR,
}
# Files, feeds and rows put aside: counts and reasons, never a child's record.
KEEPS_THE_FEEDS = {Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE, Role.ANALYST}

# The second of two people, in any act that takes two: a file about many, an unmasking, a deletion (sharing), what was written of a child
# (assessments), an emergency access (access), a new second step (here). Nobody comes to such a role by one administrator alone.
APPROVES_FOR_TWO = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.INFORMATION_GOVERNANCE,
        Role.APPROVING_MANAGER,
        Role.SAFEGUARDING_LEAD,
        Role.EXPLOITATION_COORDINATOR,
        Role.POLICE_EXPLOITATION_TEAM,
    }
)


def leaves_the_work(before: str, after: str) -> bool:
    """Whether somebody whose role changes leaves what waits for them: work with a child, or a watch over such work."""
    return before != after and bool({Role(before), Role(after)} & SEES_NO_CHILD)
