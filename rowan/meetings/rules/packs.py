"""Who is shown a child's item of a meeting: the matrix's pack, "while the meeting lasts; nothing outside a meeting" (docs/adr/0017).

For a member who came it lasts while the meeting is in session; for the chair until the minutes are approved, because they cannot be
approved unread; for whoever arranges the meeting from when its list is drawn up.
"""

from dataclasses import dataclass

from rowan.access.rules.matrix import IF_ACTIONED, OWN_CASELOAD, OWN_PUPILS, Kind, cell_of, opens_records

from .steps import Step


@dataclass(frozen=True)
class Place:
    """How one practitioner stands to one meeting."""

    step: str
    arranges: bool = False
    chairs: bool = False
    came: bool = False


# Roles that open a child's record for some children only: a meeting gives them no other.
OWN_CHILDREN_ONLY = (OWN_CASELOAD, OWN_PUPILS, IF_ACTIONED)


def opens_pack(role: str, place: Place, *, has_part: bool) -> bool:
    """`has_part`: they have a part in this very child's life. Whoever never opens a child's record opens none at a meeting."""
    core = cell_of(role, Kind.CORE)
    if core is None or cell_of(role, Kind.PLAN) is None:
        return False
    if core in OWN_CHILDREN_ONLY and not has_part:
        return False
    if place.arranges and opens_records(role):
        return place.step in {Step.PLANNED, Step.IN_SESSION, Step.ENDED}
    if place.chairs or place.arranges:
        return place.step in {Step.IN_SESSION, Step.ENDED}
    return place.came and place.step == Step.IN_SESSION
