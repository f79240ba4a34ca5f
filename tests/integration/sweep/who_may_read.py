"""Who may read which words of a child they have a part with: typed from the field's matrix and ADR 0015, not from the code.

"all": any agency's rows. "own": their own agency's rows. Nothing said: never, though a heading (what kind of thing, when, from
whom) may be shown, and a heading carries no mark.
"""

from rowan.agencies.rules.roles import Role

WORDS: dict[Role, dict[str, str]] = {
    Role.CHILDRENS_HOME_OR_FOSTER_CARER: {"core": "all", "addresses": "own", "police": "own"},
    Role.SCHOOL_SAFEGUARDING_LEAD: {
        "core": "own",
        "addresses": "own",
        "education": "own",
        "questions": "own",
    },
    Role.EDUCATION_WELFARE_OFFICER: {
        "core": "all",
        "addresses": "all",
        "education": "all",
        "questions": "all",
    },
    Role.TRIAGE_OFFICER: {
        "core": "all",
        "addresses": "all",
        "social_care": "all",
        "police": "all",
        "questions": "all",
        "decisions": "all",
    },
    Role.EXPLOITATION_COORDINATOR: {
        "core": "all",
        "addresses": "all",
        "social_care": "all",
        "police": "all",
        "intelligence": "all",
        "connections": "all",
        "questions": "all",
        "decisions": "all",
    },
    Role.LEAD_PROFESSIONAL: {
        "core": "all",
        "addresses": "all",
        "education": "all",
        "social_care": "all",
        "police": "all",
        "health": "all",
        "legal": "all",
        "questions": "all",
        "decisions": "all",
    },
    Role.MISSING_COORDINATOR: {
        "core": "all",
        "addresses": "all",
        "social_care": "all",
        "police": "all",
        "questions": "all",
    },
    Role.RETURN_INTERVIEW_WORKER: {"core": "all", "addresses": "all", "police": "all"},
    Role.YOUTH_JUSTICE_WORKER: {"core": "all", "addresses": "all", "police": "all", "questions": "all"},
    Role.MENTOR: {"core": "all"},
    Role.POLICE_EXPLOITATION_TEAM: {
        "core": "all",
        "addresses": "all",
        "police": "all",
        "intelligence": "all",
        "connections": "all",
        "questions": "all",
    },
    Role.HEALTH_LEAD: {
        "core": "all",
        "addresses": "all",
        "health": "all",
        "sexual_health": "all",
        "questions": "all",
    },
    Role.SEXUAL_HEALTH_CLINICIAN: {"core": "all", "health": "own", "sexual_health": "own"},
    Role.COMMUNITY_SAFETY_OFFICER: {"core": "all"},
    Role.APPROVING_MANAGER: {
        "core": "all",
        "addresses": "all",
        "social_care": "all",
        "police": "all",
        "legal": "all",
        "questions": "all",
        "decisions": "all",
    },
    Role.SAFEGUARDING_LEAD: {"core": "all"},
    Role.ANALYST: {
        "core": "all",
        "police": "all",
        "intelligence": "all",
        "connections": "all",
        "questions": "all",
    },
}
# ---- assessments: what the hub wrote of where a child stands, as the matrix gives contacts, concerns and observations
for _role in (
    Role.TRIAGE_OFFICER,
    Role.EXPLOITATION_COORDINATOR,
    Role.LEAD_PROFESSIONAL,
    Role.MISSING_COORDINATOR,
    Role.APPROVING_MANAGER,
    Role.ANALYST,
):
    WORDS[_role]["where a child stands"] = "all"
# Where a role sees that there is something, of what kind, when and from whom, and not its words.
HEADINGS: dict[Role, set[str]] = {
    Role.CHILDRENS_HOME_OR_FOSTER_CARER: {"education"},
    Role.EDUCATION_WELFARE_OFFICER: {"social_care"},
    Role.TRIAGE_OFFICER: {"education", "health", "intelligence", "legal", "connections"},
    Role.EXPLOITATION_COORDINATOR: {"education", "health", "legal"},
    Role.LEAD_PROFESSIONAL: {"intelligence", "connections"},
    Role.MISSING_COORDINATOR: {"education", "health", "intelligence", "connections"},
    Role.RETURN_INTERVIEW_WORKER: {"education", "social_care"},
    Role.YOUTH_JUSTICE_WORKER: {"education", "social_care", "legal"},
    Role.MENTOR: {"education"},
    Role.POLICE_EXPLOITATION_TEAM: {"education", "social_care", "health", "legal", "contacts"},
    Role.HEALTH_LEAD: {"social_care", "contacts"},
    Role.COMMUNITY_SAFETY_OFFICER: {"intelligence"},
    Role.APPROVING_MANAGER: {"education", "health", "intelligence", "connections"},
    Role.ANALYST: {"education", "social_care", "health"},
}
# A pack's headings, while the meeting lasts: a panel's, and beside them its chair's (ADR 0017).
HEADINGS[Role.PANEL_MEMBER] = {"education", "social_care", "police", "contacts"}
HEADINGS[Role.PANEL_CHAIR] = HEADINGS[Role.PANEL_MEMBER] | {"connections"}
HEADING = {("chronology.Entry", "title")}
# To whom a withheld address is told: those whose cell is a plain Y (ADR 0023).
WITHHELD_ADDRESSES = {
    Role.TRIAGE_OFFICER,
    Role.EXPLOITATION_COORDINATOR,
    Role.LEAD_PROFESSIONAL,
    Role.MISSING_COORDINATOR,
    Role.POLICE_EXPLOITATION_TEAM,
    Role.APPROVING_MANAGER,
}
# plans, meetings, escalation: whose cell is a plain Y for the plan, and who is shown a pack while a meeting lasts.
PLAN = {
    Role.EXPLOITATION_COORDINATOR,
    Role.LEAD_PROFESSIONAL,
    Role.YOUTH_JUSTICE_WORKER,
    Role.MENTOR,
    Role.POLICE_EXPLOITATION_TEAM,
    Role.APPROVING_MANAGER,
    Role.ANALYST,
}
PACKS = {Role.PANEL_CHAIR, Role.PANEL_MEMBER}
# Contacts and concerns: whose cell is a plain Y, and so the desk's.
CONTACTS = {
    Role.TRIAGE_OFFICER,
    Role.EXPLOITATION_COORDINATOR,
    Role.LEAD_PROFESSIONAL,
    Role.MISSING_COORDINATOR,
    Role.APPROVING_MANAGER,
    Role.ANALYST,
}
NAME_IN_A_PACK = {("people.KnownAs", "first_name"), ("people.KnownAs", "surname")}
# Everybody else opens no child's record and is shown no word of one.
OPENS_NO_RECORD = set(Role) - set(WORDS)


# Whoever began a draft of the sweep's county.
BEGUN_BY = {
    "sharing.DecisionDraft": Role.LEAD_PROFESSIONAL,
    "assessments.VersionDraft": Role.EXPLOITATION_COORDINATOR,
}


def may_read(role: Role, agency: str, canary) -> bool:
    """Whether somebody of this role and agency, with a part in the child's life, may read these words."""
    compartment, of_agency = canary.compartment, canary.agency
    if (canary.table, canary.field) in HEADING and compartment in HEADINGS.get(role, ()):
        return True
    if compartment == "withheld addresses":
        return role in WITHHELD_ADDRESSES
    if compartment == "safe contact" and role in set(WORDS) | PACKS:
        return True  # whoever may open her record, or reads her pack at the panel, is told how she may be reached
    if compartment == "decisions" and role in WORDS and of_agency == agency:
        return True  # what their own agency decided about a child they work with
    if compartment == "own draft":
        return role == BEGUN_BY[canary.table]  # and nobody else
    if compartment == "minutes":
        return role in PACKS | {
            Role.EXPLOITATION_COORDINATOR
        }  # whoever runs the panel, chairs it or sat at it
    if compartment == "requests":
        # Those who may read decisions, and everybody of the agency that asked or of the school that was asked.
        return role in WORDS and (
            "decisions" in WORDS[role] or of_agency == agency or agency.startswith("school-")
        )
    if canary.table == "assessments.Dissent" and role in WORDS and of_agency == agency:
        return True  # what their own agency said
    # plans, meetings, escalation
    if role in PACKS and (canary.table, canary.field) in NAME_IN_A_PACK:
        return True
    if compartment == "contacts":
        # In the timeline, also what their own agency sent.
        is_own_line = canary.table == "chronology.Entry" and role in WORDS and of_agency == agency
        return role in CONTACTS or is_own_line
    if compartment == "plan":
        return role in PLAN | PACKS
    if compartment == "disagreement":
        # Those of the agency that raised it and of the school it is raised with.
        return role in WORDS and (of_agency == agency or agency.startswith("school-"))
    if compartment == "gone up":
        return role in {Role.LEAD_PROFESSIONAL, Role.APPROVING_MANAGER}  # who owes it, and to whom it came
    cell = WORDS.get(role, {}).get(compartment)
    return cell == "all" or (cell == "own" and of_agency == agency)
