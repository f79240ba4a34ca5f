"""What a practitioner is to the hub. Later parts add roles; nobody's role is ever guessed."""

from enum import StrEnum


class Role(StrEnum):
    REFERRER = "referrer"
    SCHOOL_SAFEGUARDING_LEAD = "school_safeguarding_lead"
    EDUCATION_WELFARE_OFFICER = "education_welfare_officer"
    TRIAGE_OFFICER = "triage_officer"
    EXPLOITATION_COORDINATOR = "exploitation_coordinator"
    LEAD_PROFESSIONAL = "lead_professional"
    MISSING_COORDINATOR = "missing_coordinator"
    YOUTH_JUSTICE_WORKER = "youth_justice_worker"
    POLICE_EXPLOITATION_TEAM = "police_exploitation_team"
    HEALTH_LEAD = "health_lead"
    ANALYST = "analyst"
    INFORMATION_GOVERNANCE = "information_governance"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.REFERRER: "Referrer",
    Role.SCHOOL_SAFEGUARDING_LEAD: "School safeguarding lead",
    Role.EDUCATION_WELFARE_OFFICER: "Education welfare officer",
    Role.TRIAGE_OFFICER: "Triage officer",
    Role.EXPLOITATION_COORDINATOR: "Exploitation co-ordinator",
    Role.LEAD_PROFESSIONAL: "Lead professional",
    Role.MISSING_COORDINATOR: "Missing co-ordinator",
    Role.YOUTH_JUSTICE_WORKER: "Youth justice worker",
    Role.POLICE_EXPLOITATION_TEAM: "Police exploitation team",
    Role.HEALTH_LEAD: "Health lead",
    Role.ANALYST: "Analyst",
    Role.INFORMATION_GOVERNANCE: "Information governance officer",
    Role.ADMINISTRATOR: "Administrator",
}

# They keep Rowan running or watch over it; neither works with children.
SEES_NO_CHILD = {Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE}
# Files, feeds and rows put aside: counts and reasons, never a child's record.
KEEPS_THE_FEEDS = {Role.ADMINISTRATOR, Role.INFORMATION_GOVERNANCE, Role.ANALYST}
