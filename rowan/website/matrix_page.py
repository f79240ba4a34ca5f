"""`docs/generated/who-may-see-what.md`: the matrix of access, made from the data that decides."""

from rowan.access.rules.matrix import KIND_NAMES, MATRIX, Kind
from rowan.agencies.rules.roles import ROLE_NAMES, Role


def matrix_page() -> str:
    limits = list(
        dict.fromkeys(cell.means for row in MATRIX.values() for cell in row.values() if cell.letter == "L")
    )
    number = {means: n for n, means in enumerate(limits, start=1)}
    head = "| Role | " + " | ".join(KIND_NAMES[kind] for kind in Kind) + " |\n"
    rows = "".join(
        f"| {ROLE_NAMES[role]} | " + " | ".join(_letter(role, kind, number) for kind in Kind) + " |\n"
        for role in Role
    )
    return (
        "# Who may see what\n\nY: yes, when they have a part in the child’s life, or their post gives it. L: limited, by the number. "
        "Empty: never. Reasons stand in [ADR 0017](../adr/0017-the-matrix-says-who-may-see-what.md).\n\n"
        + head
        + "|"
        + "---|" * (len(Kind) + 1)
        + "\n"
        + rows
        + "\n## What each L means\n\n"
        + "".join(f"{n}. {means}\n" for means, n in number.items())
    )


def _letter(role: Role, kind: Kind, number: dict[str, int]) -> str:
    cell = MATRIX[role].get(kind)
    if cell is None:
        return ""
    return cell.letter if cell.letter == "Y" else f"L{number[cell.means]}"
