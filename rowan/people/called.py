"""What a page calls a child, for this reader: the hub's name for her, or the name one school knows her by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rowan.access.rules.seeing import Seen
from rowan.asked_alike import asked_alike
from rowan.records.models import OvernightRun

from .models import NOT_KNOWN, KnownAs, Name, join_names
from .rules.age import age_on


@dataclass(frozen=True)
class Called:
    person_id: str
    name: str
    birth_date: date | None  # also None where the reader sees an age and no day
    age: int | None


def called(seen: Mapping[str, Seen], today: date) -> dict[str, Called]:
    """Names of the children in `seen`, each as far as the reader may see. Two queries, however long the list."""
    if not seen:
        return {}
    known = {
        person_id: (join_names(*names) or NOT_KNOWN, born)
        for person_id, born, *names in _known_as(run=OvernightRun.current_number(), ids=list(seen))
    }
    schools = _names_schools_use({person_id: s.agency for person_id, s in seen.items() if not s.hub_name})
    made = {}
    for person_id, part in seen.items():
        hubs_name, born = known.get(person_id, (NOT_KNOWN, None))
        name = hubs_name if part.hub_name else schools.get(person_id, NOT_KNOWN)
        made[person_id] = Called(person_id, name, born if part.birth_date else None, age_on(born, today))
    return made


@asked_alike
def _known_as(run, ids):
    rows = KnownAs.objects.current(run).filter(person_id__among=ids)
    return rows.values_list("person_id", "birth_date", "first_name", "surname")


def _names_schools_use(audiences: Mapping[str, str]) -> dict[str, str]:
    if not audiences:
        return {}
    rows = Name.objects.current().filter(
        person_id__in=list(audiences), agency_code__in=set(audiences.values())
    )
    names: dict[str, str] = {}
    # The newest last, so that it stands; a preferred name before a legal one of the same day.
    for row in sorted(rows, key=lambda row: (row.last_on or date.min, row.kind == "preferred")):
        if row.agency_code == audiences[row.person_id]:
            names[row.person_id] = join_names(row.first_name, row.surname)
    return names
