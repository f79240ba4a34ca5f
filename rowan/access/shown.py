"""The matrix as a page shows it: a role at a time, so that it can be read on a phone."""

from dataclasses import dataclass

from rowan.agencies.rules.roles import ROLE_NAMES, Role

from .rules.matrix import KIND_NAMES, MATRIX, Cell, Kind


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
