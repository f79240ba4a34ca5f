"""What the pages of access show: the matrix a role at a time, so that it can be read on a phone; how long an access lasts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import ROLE_NAMES, Role
from rowan.asked_alike import asked_alike
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on

from .models import KeptOut, LetIn, Restriction, RestrictionChange
from .rules.matrix import KIND_NAMES, MATRIX, Cell, Kind, roles_that_open_records
from .rules.settings import EMERGENCY_HOURS, REASONED_LOOK_HOURS, SETTINGS
from .standing import Groups, owner_of_restricted

CHANGES_SHOWN = 50


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


@dataclass(frozen=True)
class Inside:
    """Somebody whom a restriction names. Of two joined records, both must name them; else they are outside all the same."""

    practitioner: Practitioner
    by: str
    at: datetime
    is_owner: bool
    by_all: bool


@dataclass(frozen=True)
class Restricted:
    """What the page of a restricted record shows to those inside."""

    restrictions: list[Restriction]
    owner: Practitioner | None
    inside: list[Inside]
    kept_out: list[KeptOut]
    changes: list[RestrictionChange]


def restricted(person_id: str) -> Restricted | None:
    """For a reader who has been let into the record; None where it is not restricted. A fixed number of queries."""
    ids = Groups([person_id]).all_ids
    rows = list(Restriction.objects.standing().filter(person_id__in=ids).order_by("set_at", "pk"))
    if not rows:
        return None
    owner = owner_of_restricted(person_id)
    named: dict[int, list[LetIn]] = defaultdict(list)
    for row in LetIn.objects.filter(restriction__in=rows).select_related("practitioner__agency"):
        named[row.practitioner_id].append(row)
    inside = [
        Inside(
            practitioner=each[0].practitioner,
            by=each[0].by,
            at=each[0].at,
            is_owner=owner is not None and each[0].practitioner_id == owner.pk,
            by_all=len(each) == len(rows),
        )
        for each in named.values()
    ]
    changes = RestrictionChange.objects.filter(restriction__in=rows).select_related("practitioner")
    return Restricted(
        restrictions=rows,
        owner=owner,
        inside=sorted(inside, key=lambda each: (not each.is_owner, each.practitioner.display_name)),
        kept_out=kept_out_of(person_id),
        changes=list(changes[:CHANGES_SHOWN]),
    )


def kept_out_of(person_id: str, *, also_before: bool = False) -> list[KeptOut]:
    """`also_before`: those who were let back, too."""
    standing = KeptOut.objects.all() if also_before else KeptOut.objects.standing()
    rows = standing.filter(person_id__in=Groups([person_id]).all_ids)
    return list(rows.select_related("practitioner__agency").order_by("set_at"))


def is_restricted(person_id: str) -> bool:
    return bool(_restrictions_of(ids=Groups([person_id]).all_ids))


@asked_alike
def _restrictions_of(ids):
    return Restriction.objects.standing().filter(person_id__among=ids).values_list("pk", flat=True)[:1]


def who_open_records():
    """Those who can be let into a record: they sign in, and their role opens records."""
    return Practitioner.objects.filter(is_active=True, role__in=roles_that_open_records())
