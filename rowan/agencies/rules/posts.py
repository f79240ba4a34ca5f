"""The posts a question can be put to. A post outlives whoever holds it."""

from enum import StrEnum


class PostKind(StrEnum):
    SCHOOL_LEAD = "school_lead"  # one a school
    ALLOCATED_WORKER = (
        "allocated_worker"  # not a post anybody holds: the child's own worker, found through involvement
    )
    MISSING_COORDINATOR = "missing_coordinator"
    YOUTH_JUSTICE = "youth_justice"
    EXPLOITATION_COORDINATOR = "exploitation_coordinator"
    TRIAGE = "triage"
    LADO = "lado"  # the local authority designated officer: concerns about people who work with children
    LEAD = "lead"  # a place in an agency's chain of leads and deputies; an agency may have several
    CHIEF_OFFICER = "chief_officer"  # one an agency: where the chain ends


POST_NAMES = {
    PostKind.SCHOOL_LEAD: "the school's safeguarding lead",
    PostKind.ALLOCATED_WORKER: "the child's allocated worker",
    PostKind.MISSING_COORDINATOR: "the missing co-ordinator",
    PostKind.YOUTH_JUSTICE: "the youth justice service",
    PostKind.EXPLOITATION_COORDINATOR: "the exploitation co-ordinator",
    PostKind.TRIAGE: "the triage desk",
    PostKind.LADO: "the local authority designated officer",
    PostKind.LEAD: "a safeguarding lead or deputy",
    PostKind.CHIEF_OFFICER: "the chief officer",
}
