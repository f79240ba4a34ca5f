"""What one child's page shows, part by part, each as far as this reader may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import prefetch_related_objects

from rowan.access.rules.matrix import Kind
from rowan.access.rules.seeing import Seen, Through
from rowan.agencies.in_words import agency_kinds, agency_names
from rowan.agencies.models import AgencyKind
from rowan.asked_alike import asked_alike
from rowan.chronology.rules.attendance_week import AttendanceWeek
from rowan.chronology.rules.compartments import compartment_of
from rowan.people.models import Address, Identifier, Name, Person, SchoolPlace
from rowan.people.rules.safe_contact import Flag
from rowan.people.safe_contact import must_be_heeded
from rowan.people.where_they_live import may_be_told
from rowan.questions.models import Question, Reason
from rowan.questions.reasons import reasons_of, who_is_behind
from rowan.questions.rules.heard import heard_whole
from rowan.questions.rules.register import rule_named
from rowan.records.models import OvernightRun

WEEKS_IN_PICTURE = 52

IDENTIFIER_NAMES = {
    "upn": "Unique pupil number",
    "nhs_number": "NHS number",
    "council_id": "Council’s number",
    "child_903": "Looked-after return’s number",
    "school_id": "School’s admission number",
    "police_id": "Police person number",
}
# A number tells that its agency knows the child: it is shown to those who may know that.
NUMBER_STANDS_IN = {
    "nhs_number": Kind.HEALTH,
    "council_id": Kind.SOCIAL_CARE,
    "child_903": Kind.SOCIAL_CARE,
    "police_id": Kind.POLICE,
}
# So does the name of an agency beside a name or an address.
AGENCY_STANDS_IN = {
    AgencyKind.HEALTH: Kind.HEALTH,
    AgencyKind.POLICE: Kind.POLICE,
    AgencyKind.YOUTH_JUSTICE: Kind.POLICE,
}
ANOTHER_AGENCY = "Another agency"


person_named = asked_alike(lambda pk: Person.objects.filter(pk=pk))


def all_ids_of(person: Person) -> list[str]:
    """Her id and the ids that were joined into it: questions and involvement keep the id they were made with."""
    ids, fresh = [person.id], [person.id]
    while fresh:
        fresh = _joined_into(ids=fresh, but_for=ids)
        ids += fresh
    return ids


@asked_alike
def _joined_into(ids, but_for):
    return Person.objects.filter(now__among=ids).exclude(id__among=but_for).values_list("id", flat=True)


@dataclass(frozen=True)
class Fact:
    """One thing an agency says she is called or where she lives, with its dates."""

    label: str
    value: str
    note: str
    agency: str
    first_on: date | None
    last_on: date | None


def identity(person: Person, seen: Seen) -> dict[str, list[Fact]]:
    """Names, identifiers, addresses and schools, newest first. A withheld address is for those whose role has a plain Y."""
    withheld = must_be_heeded(person.id, Flag.ADDRESS_WITHHELD)
    parts = {
        "Names": [
            (
                row,
                {"preferred": "Preferred name", "legal": "Legal name"}.get(row.kind, "Name as recorded"),
                " ".join(filter(None, (row.first_name, row.middle_names, row.surname))),
                "",
            )
            for row in _rows(Name, person, seen)
        ],
        "Addresses": [
            (row, "Address", row.in_words, "Withheld: do not pass it on" if withheld or row.withheld else "")
            for row in may_be_told(_rows(Address, person, seen, Kind.ADDRESSES), seen, withheld=withheld)
        ],
        "Schools": [
            (
                row,
                "School",
                row.school_name,
                "; ".join(
                    filter(
                        None,
                        (
                            f"Year {row.year_group}" if row.year_group else "",
                            f"went on to {row.destination}" if row.destination else "",
                        ),
                    )
                ),
            )
            for row in _rows(SchoolPlace, person, seen)
        ],
        "Identifiers": [
            (row, IDENTIFIER_NAMES.get(row.kind, row.kind), row.value, row.note)
            # A look from outside sees name, age and school.
            for row in ([] if seen.through is Through.REASON else _rows(Identifier, person, seen))
            if seen.shows(row.agency_code, NUMBER_STANDS_IN.get(row.kind, Kind.CORE))
        ],
    }
    names = agencies_told((row.agency_code for rows in parts.values() for row, *_ in rows), seen)
    return {
        heading: [
            Fact(label, value, note, names[row.agency_code], row.first_on, row.last_on)
            for row, label, value, note in rows
        ]
        for heading, rows in parts.items()
    }


def agencies_told(codes: Iterable[str], seen: Seen) -> dict[str, str]:
    """By what name each agency stands beside what it says, for a reader who may not know that it knows the child."""
    codes = set(codes)
    names, kinds = agency_names(codes), agency_kinds(codes)
    known = {code for code in codes if seen.shows(code, AGENCY_STANDS_IN.get(kinds[code], Kind.CORE))}
    return {code: names[code] if code in known else ANOTHER_AGENCY for code in codes}


def _told_of(model) -> asked_alike:
    return asked_alike(lambda run, person_id: model.objects.current(run).filter(person=person_id))


_TOLD_OF = {model: _told_of(model) for model in (Name, Address, SchoolPlace, Identifier)}


def _rows(model, person: Person, seen: Seen, kind: Kind = Kind.CORE) -> list:
    told = _TOLD_OF[model](run=OvernightRun.current_number(), person_id=person.id)
    rows = [row for row in told if seen.shows(row.agency_code, kind)]
    return sorted(rows, key=lambda row: row.last_on or date.max, reverse=True)


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    height: float
    label: str


@dataclass(frozen=True)
class Chart:
    """The attendance picture, in the units of its own box; the table beside it says the same in words."""

    bars: list[Bar]
    months: list[tuple[float, str]]
    bar_width: float
    weeks: int
    width: int = 720
    left: int = 44
    top: int = 10
    bottom: int = 170


def chart(weeks: list[AttendanceWeek]) -> Chart | None:
    """Share of half days missed, week by week. Two schools in one week are drawn as one bar: the sessions are added."""
    if not weeks:
        return None
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for week in weeks:
        sums[week.week_on][0] += week.absent
        sums[week.week_on][1] += week.possible
    last = max(sums)
    first = max(min(sums), last - timedelta(weeks=WEEKS_IN_PICTURE - 1))
    count = (last - first).days // 7 + 1
    step = (Chart.width - Chart.left) / max(count, 12)
    bars, months = [], []
    for number in range(count):
        week_on = first + timedelta(weeks=number)
        x = Chart.left + number * step
        if week_on.day <= 7 and (not months or x - months[-1][0] > 34):
            months.append((round(x, 1), f"{week_on:%b}"))
        absent, possible = sums.get(week_on, (0, 0))
        if possible:
            height = (Chart.bottom - Chart.top) * absent / possible
            bars.append(
                Bar(
                    round(x + step * 0.15, 1),
                    round(Chart.bottom - height, 1),
                    round(height, 1),
                    f"{absent} of {possible}",
                )
            )
    return Chart(bars, months, round(step * 0.7, 1), count)


@dataclass(frozen=True)
class Asked:
    """A question as her page names it: by the rules that asked."""

    question: Question
    title: str
    sentence: str


def questions(person_ids: list[str], seen: Seen, run: int) -> tuple[list[Asked], list[Asked]]:
    """Open and answered, of the reader's audience: a school is not shown what the hub was asked, nor is a look from outside."""
    if seen.through is Through.REASON:
        return [], []
    asked = _asked_about(run=run, ids=person_ids, audience=seen.audience)
    past = [question for question in asked if question.answered_at]
    prefetch_related_objects(past, "answers__by")
    told = _reasons_told(asked, seen)
    waiting = [_named(question, told) for question in asked if question.answered_at is None]
    answered = sorted(past, key=lambda question: question.answered_at, reverse=True)
    return waiting, [_named(question, told) for question in answered]


@asked_alike
def _asked_about(run, ids, audience):
    asked = Question.objects.shown(run).filter(person__among=ids, audience=audience)
    return asked.select_related("post", "practitioner")


def _reasons_told(asked: list[Question], seen: Seen) -> dict[UUID, list[Reason]]:
    """By question: reasons of which the reader may see a row, and one of each agency's where a rule joins them. Other words would tell what rows say."""
    by_question: dict[UUID, list[Reason]] = defaultdict(list)
    reasons = reasons_of([question.pk for question in asked])
    behind = who_is_behind([reason.pk for reason in reasons])
    for reason in reasons:
        told = behind[reason.pk]
        if any(seen.shows(agency, compartment_of(kind)) for agency, kind in told) and heard_whole(
            reason.rule, told, seen
        ):
            by_question[reason.question_id].append(reason)
    return by_question


def _named(question: Question, told: dict[UUID, list[Reason]]) -> Asked:
    reasons = told[question.pk]
    rules = [rule_named(reason.rule) for reason in reasons]
    titles = dict.fromkeys(rule.title for rule in rules if rule)
    return Asked(question, "; ".join(titles) or "A question", reasons[0].sentence if reasons else "")
