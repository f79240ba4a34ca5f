"""Who may see what of a child, as plain sentences. Until part 2's matrix: by involvement, or by the post that was asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rowan.agencies.rules.roles import SEES_NO_CHILD, Role

HUB = "hub"

NOT_WORKING_WITH_CHILD = (
    "You are not working with this child. If you think you should be, ask the triage desk."
)
ROLE_SEES_NO_CHILD = "Your role keeps Rowan running and safe; it does not look at children's records."
SCHOOL_SEES_OWN_PUPILS = "This child is not on your school's roll."

# Compartments nobody sees through involvement alone; part 2 opens them one cell of the matrix at a time.
CLOSED_COMPARTMENTS = frozenset({"sexual_health", "intelligence", "sources", "legal"})


@dataclass(frozen=True)
class Part:
    """A part somebody has in a child's life: why, through which agency, from when to when."""

    why: str
    agency: str
    agency_kind: str
    opened_on: date
    closed_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.opened_on <= day and (self.closed_on is None or day <= self.closed_on)


@dataclass(frozen=True)
class Seen:
    """What the reader may see: everything the hub holds outside closed compartments, or one school's own rows."""

    audience: str

    @property
    def is_hub(self) -> bool:
        return self.audience == HUB

    def shows(self, agency: str, compartment: str = "core") -> bool:
        if compartment in CLOSED_COMPARTMENTS:
            return False
        return self.is_hub or agency == self.audience


def refusal_to_see(role: str, parts: Iterable[Part], *, restricted: bool, today: date) -> str | None:
    """Why this practitioner may not look at this child, or None when they may."""
    if Role(role) in SEES_NO_CHILD:
        return ROLE_SEES_NO_CHILD
    if restricted or not any(part.covers(today) for part in parts):
        # A restricted record answers exactly as one that she has no part in: it hides that it exists.
        return (
            SCHOOL_SEES_OWN_PUPILS if Role(role) == Role.SCHOOL_SAFEGUARDING_LEAD else NOT_WORKING_WITH_CHILD
        )
    return None


def what_is_seen(agency: str, agency_kind: str) -> Seen:
    """A school's staff see their own school's rows of their own pupils; everybody else with a part sees the hub's picture."""
    return Seen(audience=agency if agency_kind == "school" else HUB)
