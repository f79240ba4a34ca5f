"""The groups that a rule's fairness is looked at by: a child's sex, age band, ethnic group and disability, for counts and nothing else."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Value, When

from rowan.people.models import KnownAs

NOT_KNOWN = "Not known"
BANDS = (("Under 10", 0), ("10 to 12", 10), ("13 to 15", 13), ("16 and 17", 16), ("18 and over", 18))
# The broad groups of the census, and apart the two in the first whose attendance the registers treat otherwise.
ETHNIC_GROUPS = {
    "White": "WBRI WIRI WOTH",
    "Gypsy, Roma or Irish Traveller": "WIRT WROM",
    "Mixed": "MWBC MWBA MWAS MOTH",
    "Asian": "AIND APKN ABAN AOTH CHNE",
    "Black": "BCRB BAFR BOTH",
    "Another group": "OOTH",
}
_ETHNIC_GROUP = {code: group for group, codes in ETHNIC_GROUPS.items() for code in codes.split()}


@dataclass(frozen=True)
class Child:
    """What of a child a group is told by."""

    sex: str
    ethnic_group: str
    disabled: bool | None
    band: str


GROUPED_BY: tuple[tuple[str, Callable[[Child], str], tuple[str, ...]], ...] = (
    ("Sex", lambda child: {"F": "Girls", "M": "Boys"}.get(child.sex, NOT_KNOWN), ("Girls", "Boys", NOT_KNOWN)),
    ("Age", lambda child: child.band, (*(name for name, _ in BANDS), NOT_KNOWN)),
    ("Ethnic group", lambda child: _ETHNIC_GROUP.get(child.ethnic_group, NOT_KNOWN), (*ETHNIC_GROUPS, NOT_KNOWN)),
    ("Disability", lambda child: {True: "Disabled", False: "Not disabled"}.get(child.disabled, NOT_KNOWN), ("Disabled", "Not disabled", NOT_KNOWN)),
)  # fmt: skip


UNKNOWN = Child("", "", None, NOT_KNOWN)


def known_children(until_on: date) -> Counter[Child]:
    rows = _with_band(KnownAs.objects.current(), until_on)
    rows = (
        rows.values_list("sex", "ethnic_group", "disabled", "band").annotate(children=Count("pk")).order_by()
    )
    return Counter({Child(*row): children for *row, children in rows})


def groups_of_children(person_ids: Iterable[str], until_on: date) -> dict[str, Child]:
    """What each of these children is told by, as of a first of a month. One nobody knows anything of is not there."""
    wanted = sorted(set(person_ids))
    found: dict[str, Child] = {}
    for start in range(0, len(wanted), 1_000):
        rows = _with_band(
            KnownAs.objects.current().filter(person_id__in=wanted[start : start + 1_000]), until_on
        )
        found |= {
            person: Child(*row)
            for person, *row in rows.values_list("person_id", "sex", "ethnic_group", "disabled", "band")
        }
    return found


def _with_band(rows, on: date):
    """Each row with the age band it stands in on a day."""
    until = [_years_before(on, age) for _, age in BANDS[1:]]
    return rows.annotate(
        band=Case(
            When(birth_date=None, then=Value(NOT_KNOWN)),
            *(
                When(birth_date__gt=born_after, then=Value(name))
                for (name, _), born_after in zip(BANDS, until, strict=False)
            ),
            default=Value(BANDS[-1][0]),
            output_field=CharField(),
        )
    )


def _years_before(on: date, years: int) -> date:
    """Always the first of a month, which every year has."""
    return on.replace(year=on.year - years)
