"""Who has looked at one child: read from the trail, grouped by person and day, and shown as far as the reader may know.

Whoever would give away a sexual-health contact by being there at all is "a health professional" before anything is counted, grouped
or filtered, so that no list, sum or filter can tell them apart again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Concat, TruncDate, TruncWeek
from django.utils import timezone

from rowan.access.involved import A_HEALTH_PROFESSIONAL, ASK_HEALTH
from rowan.access.models import Involvement
from rowan.access.rules.matrix import Kind
from rowan.access.rules.seeing import Seen
from rowan.agencies.models import Agency, Practitioner
from rowan.agencies.rules.roles import ROLE_NAMES, Role
from rowan.audit_trail.actions import OPERATOR, PUBLIC, ROWAN
from rowan.audit_trail.models import Entry
from rowan.audit_trail.rules.chain import particulars_in_words

from .rules.looks import (
    BEGINS,
    EMERGENCY_ACTS,
    ENDS,
    HOW_NAMES,
    LOOK_NAMES,
    LOOKS_BEGIN,
    WHY_THEY_LOOKED,
    Look,
    how_opened,
)

GROUPS_ON_A_PAGE = 15
PEOPLE_IN_SUMMARY = 20
WEEKS_IN_PICTURE = 26
HEALTH = "health"
_NAMES = {OPERATOR: "An operator of Rowan", PUBLIC: "Somebody not signed in"}
# What makes one person's lines one: under another role or agency they stand apart, as they were at the time.
WHOSE = ("who", "name", "role", "agency")
_EMERGENCY = Q(did__in=EMERGENCY_ACTS) | Q(
    particulars__contains=particulars_in_words({"through": "emergency"})[1:-1]
)


def lines_about(ids: list[str], reader: Seen) -> QuerySet:
    """Every line about her by a person, and about whoever was joined with her. What Rowan does by itself at night is no look."""
    words = CharField(max_length=200)
    hidden = _health_professionals(ids, reader)
    return (
        Entry.objects.filter(about_person__in=ids)
        .exclude(by_kind=ROWAN)
        .annotate(
            who=Case(When(hidden, then=Value(HEALTH)), default=Concat("by_kind", Value("-"), "by_id", output_field=words), output_field=words),
            name=Case(When(hidden, then=Value(A_HEALTH_PROFESSIONAL)), default="by_name", output_field=words),
            role=Case(When(hidden, then=Value("")), default="by_role", output_field=words),
            agency=Case(When(hidden, then=Value("")), default="by_agency", output_field=words),
            # Only why they looked; and of a health professional not even that: it may say where they work.
            typed=Case(When(Q(did__in=WHY_THEY_LOOKED) & ~hidden, then="why"), default=Value(""), output_field=CharField()),
            kind=_kind(),
        )
        .order_by()
    )  # fmt: skip


def _health_professionals(ids: list[str], reader: Seen) -> Q:
    """Lines by those of whom the reader may know no more than that they work in health."""
    if reader.shows("", Kind.SEXUAL_HEALTH):
        return Q(pk__in=[])
    clinicians = Practitioner.objects.filter(role=Role.SEXUAL_HEALTH_CLINICIAN.value)
    discreet = Involvement.objects.filter(person_id__in=ids, discreet=True)
    people, agencies = set(clinicians.values_list("pk", flat=True)), set()
    for practitioner, agency in discreet.values_list("practitioner", "agency__code"):
        people.add(practitioner)
        agencies.add(agency)
    who = (
        Q(by_role=Role.SEXUAL_HEALTH_CLINICIAN.value)
        | Q(by_id__in=[str(pk) for pk in sorted(filter(None, people))])
        | Q(by_agency__in=sorted(agencies))
    )
    own = reader.agency if reader.shows(reader.agency, Kind.SEXUAL_HEALTH) else None
    return who & ~Q(by_agency=own) if own else who


def _kind() -> Case:
    """As `rules.looks.kind_of` says it of one line, asked of the database."""
    whens = [When(refused_because__gt="", then=Value(Look.REFUSED.value))]
    whens += [When(did__endswith=end, then=Value(kind.value)) for kind, ends in ENDS.items() for end in ends]
    whens += [When(_EMERGENCY, then=Value(Look.EMERGENCY.value))]
    whens += [
        When(did__startswith=begin, then=Value(kind.value))
        for kind, begins in (*BEGINS.items(), (Look.RECORD, LOOKS_BEGIN))
        for begin in begins
    ]
    return Case(*whens, default=Value(Look.DID.value), output_field=CharField(max_length=10))


@dataclass(frozen=True)
class Looker:
    """Somebody who has looked: who they were at the time, how often, first and last."""

    who: str
    name: str
    role: str
    agency: str
    times: int = 0
    first: datetime | None = None
    last: datetime | None = None

    @property
    def where(self) -> str:
        if self.who == HEALTH:
            return f"{ASK_HEALTH} who it is"
        return ", ".join(part for part in (self.role, self.agency) if part)


@dataclass(frozen=True)
class Item:
    """The same thing done in the same way on one day, however often."""

    did: str
    kind: str
    how: str
    why: str
    times: int
    first: datetime
    last: datetime


@dataclass
class Day:
    looker: Looker
    on: date
    items: list[Item] = field(default_factory=list)


def everybody(lines: QuerySet) -> list[Looker]:
    """Who has looked, the newest look first."""
    rows = lines.values(*WHOSE).annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    return list(_lookers(rows.order_by("-last", "who")))


def narrowed(lines: QuerySet, *, who: str = "", agency: str = "", kind: str = "") -> QuerySet:
    asked = {name: value for name, value in (("who", who), ("agency", agency), ("kind", kind)) if value}
    return lines.filter(**asked)


def days(lines: QuerySet, page_number) -> tuple[Page, list[Day]]:
    """One page of days, newest first: each person's day whole, with what they did in the order they did it."""
    by_day = lines.annotate(on=TruncDate("at"))
    groups = by_day.values(*WHOSE, "on").annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    page = Paginator(groups.order_by("-on", "-last", *WHOSE), GROUPS_ON_A_PAGE).get_page(page_number)
    rows = list(page.object_list)
    if not rows:
        return page, []
    lookers = list(_lookers(rows))
    made = {_key(row): Day(looker, row["on"]) for row, looker in zip(rows, lookers, strict=True)}
    on_these_days = by_day.filter(
        at__range=(min(row["first"] for row in rows), max(row["last"] for row in rows)),
        who__in={row["who"] for row in rows},
    )
    items = on_these_days.values(
        *WHOSE, "on", "did", "kind", "typed", "refused_because", "particulars"
    ).annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    for row in items.order_by("first"):
        if day := made.get(_key(row)):
            day.items.append(_item(row))
    for day in made.values():
        day.items = _together(day.items)
    return page, list(made.values())


def _key(row: dict) -> tuple:
    return tuple(row[name] for name in (*WHOSE, "on"))


def _item(row: dict) -> Item:
    how = how_opened(row["particulars"], row["refused_because"])
    did = row["did"].removesuffix(": child shown").removesuffix(": found")
    return Item(did[:1].upper() + did[1:], LOOK_NAMES[Look(row["kind"])], HOW_NAMES.get(how, ""), row["typed"], row["times"], row["first"], row["last"])  # fmt: skip


def _together(items: Iterable[Item]) -> list[Item]:
    """Lines that differ only in counts and codes are one thing done several times."""
    made: dict[tuple, Item] = {}
    for item in items:
        key = (item.did, item.kind, item.how, item.why)
        if before := made.get(key):
            item = Item(*key, before.times + item.times, before.first, max(before.last, item.last))
        made[key] = item
    return list(made.values())


def _lookers(rows: Iterable[dict]) -> Iterator[Looker]:
    rows = list(rows)
    agencies = dict(
        Agency.objects.filter(code__in={row["agency"] for row in rows}).values_list("code", "name")
    )
    roles = {role.value: name for role, name in ROLE_NAMES.items()}
    for row in rows:
        yield Looker(
            who=row["who"],
            name=row["name"] or _NAMES.get(row["who"].partition("-")[0], row["who"]),
            role=roles.get(row["role"], row["role"]),
            agency=agencies.get(row["agency"], row["agency"]),
            times=row["times"],
            first=row["first"],
            last=row["last"],
        )


def agencies_of(lines: QuerySet) -> list[tuple[str, str]]:
    codes = [code for code in lines.values_list("agency", flat=True).distinct() if code]
    return sorted(Agency.objects.filter(code__in=codes).values_list("code", "name"), key=lambda pair: pair[1])


@dataclass(frozen=True)
class Week:
    on: date
    times: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Picture:
    """Lines by week, in the units of its own box; the table beside it says the same in numbers."""

    weeks: list[Week]
    months: list[tuple[float, str]]
    most: int
    bar_width: float
    width: int = 720
    left: int = 44
    top: int = 10
    bottom: int = 170


def picture(lines: QuerySet, today: date) -> Picture:
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS_IN_PICTURE - 1)
    since = timezone.make_aware(datetime.combine(first, time.min))
    rows = lines.filter(at__gte=since).annotate(week=TruncWeek("at")).values("week")
    counted = {
        timezone.localdate(row["week"]): row["times"] for row in rows.annotate(times=Count("pk")).order_by()
    }
    most = max(counted.values(), default=0)
    step = (Picture.width - Picture.left) / WEEKS_IN_PICTURE
    weeks, months = [], []
    for number in range(WEEKS_IN_PICTURE):
        on = first + timedelta(weeks=number)
        times = counted.get(on, 0)
        height = (Picture.bottom - Picture.top) * times / most if most else 0
        x = round(Picture.left + number * step, 1)
        weeks.append(
            Week(on, times, round(x + step * 0.15, 1), round(Picture.bottom - height, 1), round(height, 1))
        )
        if on.day <= 7:
            months.append((x, f"{on:%b}"))
    return Picture(weeks, months, most, round(step * 0.7, 1))
