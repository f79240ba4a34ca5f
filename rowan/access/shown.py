"""What the pages of access show: the matrix a role at a time, so that it can be read on a phone; how long an access lasts."""

from dataclasses import dataclass
from datetime import date

from rowan.agencies.rules.roles import ROLE_NAMES, Role
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on

from .models import Restriction
from .rules.matrix import KIND_NAMES, MATRIX, Cell, Kind
from .rules.settings import EMERGENCY_HOURS, REASONED_LOOK_HOURS, SETTINGS
from .standing import Groups


@dataclass(frozen=True)
class ShownRole:
    role: Role
    name: str
    cells: list[tuple[str, Cell]]
    never: list[str]


def matrix_by_role() -> list[ShownRole]:
    return [
        ShownRole(
            role,
            ROLE_NAMES[role],
            [(KIND_NAMES[kind], MATRIX[role][kind]) for kind in Kind if kind in MATRIX[role]],
            [KIND_NAMES[kind] for kind in Kind if kind not in MATRIX[role]],
        )
        for role in Role
    ]


def hours_of_emergency(today: date) -> int:
    return int(values_on(SETTINGS, dated_values(), today)[EMERGENCY_HOURS.name])


def hours_of_look(today: date) -> int:
    return int(values_on(SETTINGS, dated_values(), today)[REASONED_LOOK_HOURS.name])


def standing_restriction(person_id: str) -> Restriction | None:
    """For a reader who has been let into the record."""
    rows = Restriction.objects.standing().filter(person_id__in=Groups([person_id]).all_ids)
    return rows.select_related("owner").prefetch_related("let_in__practitioner").first()
