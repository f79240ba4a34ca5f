"""Whom a rule asks about, and what came of it, by sex, age, ethnic group and disability: for its fairness, never for its asking.

The same for every reader, and of what was asked and answered in whole months that are over: neither what one reader sees and
another does not, nor what changed from one day to the next, finds one child in the difference.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from django.db.models import Case, CharField, Count, Value, When
from django.utils import timezone

from rowan.access.models import JoinedRecord
from rowan.access.reading import ROWAN, reading_as
from rowan.people.models import KnownAs
from rowan.records.models import OvernightRun

from .models import Answer, AnswerKind, Question
from .rules.declaration import Rule
from .rules.intervals import Share, share_of
from .rules.suppression import ALL, Cell, hidden_among, hidden_cells, with_totals

MONTHS = 12
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
WAITING = "waiting"
# What came of a question, in the order of the page; the kinds of answer that each takes together.
CAME_OF_IT = (
    (WAITING, "Not answered by then"),
    ("explained", "Explained"),
    ("acted", "Concern or strategy discussion"),
    ("in_plan", "Already in the plan"),
    ("look_again", "Look again"),
)
_AS = {
    AnswerKind.EXPLAINED: "explained",
    AnswerKind.CONCERN: "acted",
    AnswerKind.STRATEGY: "acted",
    AnswerKind.IN_PLAN: "in_plan",
    AnswerKind.LOOK_AGAIN: "look_again",
}


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


# Of fewer than this no share is shown (domain 9.4).
LEAST_WHOLE = 10
TOO_FEW = "too few"
Shown = Share | Literal["too few"] | None


@dataclass(frozen=True)
class Line:
    """One group. None where a figure is not shown."""

    group: str
    known: int | None
    asked_about: int | None
    a_thousand: Shown  # children asked about, of those known
    came_of_it: list[int | None]
    questions: int | None
    explained: Shown  # of the questions answered


@dataclass(frozen=True)
class Table:
    heading: str
    lines: list[Line]


@dataclass(frozen=True)
class ByGroup:
    from_on: date
    until_on: date  # the day after the last
    questions: int | None  # None where there are too few to say how many
    tables: list[Table]


def window(today: date) -> tuple[date, date]:
    """The twelve whole months before this one."""
    until_on = today.replace(day=1)
    return until_on.replace(year=until_on.year - 1), until_on


def by_group(rule: Rule, today: date) -> ByGroup:
    from_on, until_on = window(today)
    # With Rowan's own eyes: a count that differed from reader to reader would tell who is hidden from one of them.
    with reading_as(ROWAN):
        known = _known(until_on)
        asked = _asked(rule, from_on, until_on)
        about = groups_of_children((question.person_id for question in asked), until_on)
    came = Counter((about.get(question.person_id, UNKNOWN), question.came_of_it) for question in asked)
    children = Counter(
        about.get(person_id, UNKNOWN) for person_id in {question.person_id for question in asked}
    )
    tables = [
        Table(heading, _lines(group_of, groups, known, children, came))
        for heading, group_of, groups in GROUPED_BY
    ]
    return ByGroup(from_on, until_on, tables[0].lines[-1].questions, tables)


@dataclass(frozen=True)
class Totals:
    """What a rule asked and what came of it, as the last line of each table by group has it; None where a count is not shown."""

    from_on: date
    until_on: date
    questions: int | None
    answered: int | None
    came_of_it: list[tuple[str, int | None]]


def totals(rule: Rule, today: date) -> Totals:
    """Of the same whole months as the tables by group, and hidden as there: two pages that differed would tell what either hides."""
    from_on, until_on = window(today)
    with reading_as(ROWAN):
        came = Counter(question.came_of_it for question in _asked(rule, from_on, until_on))
    counts = {column: came[column] for column, _ in CAME_OF_IT}
    hidden = hidden_among(counts)
    shown = {
        column: None if column in hidden else count
        for column, count in (counts | {ALL: came.total()}).items()
    }
    questions, waiting = shown[ALL], shown[WAITING]
    answered = None if questions is None or waiting is None else questions - waiting
    return Totals(from_on, until_on, questions, answered, [(name, shown[column]) for column, name in CAME_OF_IT])  # fmt: skip


UNKNOWN = Child("", "", None, NOT_KNOWN)


@dataclass(frozen=True)
class _Asked:
    person_id: str
    came_of_it: str


def _asked(rule: Rule, from_on: date, until_on: date) -> list[_Asked]:
    questions = (
        Question.objects.shown(OvernightRun.current_number())
        .filter(reasons__rule=rule.name, asked_on__gte=from_on, asked_on__lt=until_on)
        .order_by()
        .distinct()
    )
    over = timezone.make_aware(datetime.combine(until_on, time.min))
    answers = Answer.objects.filter(question__in=questions.values("pk"), at__lt=over).order_by("at", "id")
    # A correction is a newer answer: the newest that was given by then counts.
    kinds = dict(answers.values_list("question_id", "kind"))
    rows = list(questions.values_list("pk", "person_id"))
    now_of = dict(
        JoinedRecord.objects.filter(person_id__in=questions.values("person_id")).values_list(
            "person_id", "now_id"
        )
    )
    return [
        _Asked(now_of.get(person, person), _AS[kinds[pk]] if pk in kinds else WAITING) for pk, person in rows
    ]


def _known(until_on: date) -> Counter[Child]:
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


def _lines(
    group_of: Callable[[Child], str],
    groups: Iterable[str],
    known: Mapping[Child, int],
    children: Mapping[Child, int],
    came: Mapping[tuple[Child, str], int],
) -> list[Line]:
    there = _shown({(group, "known"): 0 for group in groups} | _sums(known, group_of, "known"))
    about = _shown({(group, "about"): 0 for group in groups} | _sums(children, group_of, "about"))
    of_each = {(group, column): 0 for group in groups for column, _ in CAME_OF_IT}
    for (child, column), count in came.items():
        of_each[group_of(child), column] += count
    decided = _shown(of_each, rows_add_up=True)
    return [_line(group, there, about, decided) for group in (*groups, ALL)]


def _sums(counts: Mapping[Child, int], group_of: Callable[[Child], str], column: str) -> Counter[Cell]:
    sums: Counter[Cell] = Counter()
    for child, count in counts.items():
        sums[group_of(child), column] += count
    return sums


def _shown(counts: Mapping[Cell, int], *, rows_add_up: bool = False) -> dict[Cell, int | None]:
    table = with_totals(counts, rows_add_up=rows_add_up)
    hidden = hidden_cells(
        table, rows_add_up=rows_add_up, hidden_totals=_hidden_totals(table) if rows_add_up else ()
    )
    return {cell: None if cell in hidden else count for cell, count in table.items()}


def _hidden_totals(table: Mapping[Cell, int]) -> set[Cell]:
    """The totals stand alike in the tables of every characteristic, so they are protected first, by themselves."""
    return {(ALL, column) for column in hidden_among({column: count for (row, column), count in table.items() if row == ALL and column != ALL})}  # fmt: skip


def _line(group: str, there: Mapping, about: Mapping, decided: Mapping) -> Line:
    known, asked_about = there[group, "known"], about[group, "about"]
    came_of_it = [decided[group, column] for column, _ in CAME_OF_IT]
    questions = decided[group, ALL]
    return Line(
        group="All" if group == ALL else group,
        known=known,
        asked_about=asked_about,
        a_thousand=_share(asked_about, known),
        came_of_it=came_of_it,
        questions=questions,
        explained=_explained(questions, came_of_it),
    )


def _explained(questions: int | None, came_of_it: list[int | None]) -> Shown:
    waiting, explained = came_of_it[0], came_of_it[1]
    return None if questions is None or waiting is None else _share(explained, questions - waiting)


def _share(part: int | None, whole: int | None) -> Shown:
    if part is None or whole is None:
        return None
    return TOO_FEW if whole < LEAST_WHOLE else share_of(part, whole)
