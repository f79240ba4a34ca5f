"""Whom a rule asks about, and what came of it, by sex, age, ethnic group and disability: for its fairness, never for its asking.

The same for every reader, and of what was asked and answered in whole months that are over: neither what one reader sees and
another does not, nor what changed from one day to the next, finds one child in the difference.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from django.utils import timezone

from rowan.access.models import JoinedRecord
from rowan.access.reading import ROWAN, reading_as
from rowan.records.models import OvernightRun

from .groups import GROUPED_BY, UNKNOWN, Child, groups_of_children, known_children
from .models import Answer, AnswerKind, Question
from .rules.declaration import Rule
from .rules.intervals import Share, share_of
from .rules.suppression import ALL, Cell, hidden_among, hidden_cells, with_totals
from .what_followed import FOLLOWED, furthest

MONTHS = 12
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
    changed: int | None  # answers that somebody corrected
    changed_of: Shown  # of the questions answered
    followed: list[int | None]  # children asked about, by the furthest that followed


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
        known = known_children(until_on)
        asked = _asked(rule, from_on, until_on)
        about = groups_of_children((question.person_id for question in asked), until_on)
        followed = furthest(_first_asked(asked), _over(until_on))
    came = Counter((about.get(question.person_id, UNKNOWN), question.came_of_it) for question in asked)
    answered = Counter(
        (about.get(question.person_id, UNKNOWN), question.changed)
        for question in asked
        if question.came_of_it != WAITING
    )
    children = Counter((about.get(person_id, UNKNOWN), kind) for person_id, kind in followed.items())
    tables = [
        Table(heading, _lines(group_of, groups, known, children, came, answered))
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


@dataclass(frozen=True)
class _Asked:
    person_id: str
    on: date
    came_of_it: str
    changed: bool  # somebody corrected the answer


def _over(until_on: date) -> datetime:
    return timezone.make_aware(datetime.combine(until_on, time.min))


def _first_asked(asked: Iterable[_Asked]) -> dict[str, date]:
    first: dict[str, date] = {}
    for question in asked:
        first[question.person_id] = min(question.on, first.get(question.person_id, question.on))
    return first


def _asked(rule: Rule, from_on: date, until_on: date) -> list[_Asked]:
    questions = (
        Question.objects.shown(OvernightRun.current_number())
        .filter(reasons__rule=rule.name, asked_on__gte=from_on, asked_on__lt=until_on)
        .order_by()
        .distinct()
    )
    answers = Answer.objects.filter(question__in=questions.values("pk"), at__lt=_over(until_on))
    given = list(answers.order_by("at", "id").values_list("question_id", "kind", "corrects"))
    # A correction is a newer answer: the newest that was given by then counts.
    kinds = {question: kind for question, kind, _ in given}
    changed = {question for question, _, corrects in given if corrects}
    rows = list(questions.values_list("pk", "person_id", "asked_on"))
    now_of = dict(
        JoinedRecord.objects.filter(person_id__in=questions.values("person_id")).values_list(
            "person_id", "now_id"
        )
    )
    return [
        _Asked(now_of.get(person, person), on, _AS[kinds[pk]] if pk in kinds else WAITING, pk in changed)
        for pk, person, on in rows
    ]


def _lines(
    group_of: Callable[[Child], str],
    groups: Iterable[str],
    known: Mapping[Child, int],
    children: Mapping[tuple[Child, str], int],
    came: Mapping[tuple[Child, str], int],
    answered: Mapping[tuple[Child, bool], int],
) -> list[Line]:
    there = _shown({(group, "known"): 0 for group in groups} | _sums(known, group_of, "known"))
    # How many children were asked about is the sum of what followed, so both are protected as one table.
    about = _shown(_by_column(children, group_of, groups, FOLLOWED), rows_add_up=True)
    decided = _shown(_by_column(came, group_of, groups, CAME_OF_IT), rows_add_up=True)
    changed = _shown_changed(_by_column(answered, group_of, groups, ((True, ""), (False, ""))))
    return [_line(group, there, about, decided, changed) for group in (*groups, ALL)]


def _by_column(counts: Mapping, group_of: Callable[[Child], str], groups: Iterable[str], columns) -> dict:
    table = {(group, column): 0 for group in groups for column, _ in columns}
    for (child, column), count in counts.items():
        table[group_of(child), column] += count
    return table


def _shown_changed(table: Mapping[tuple[str, bool], int]) -> dict[str, int | None]:
    """How many answers were changed; hidden also where those that were not would be few, as how many were answered may be told."""
    changed = {group: count for (group, was), count in table.items() if was}
    stayed = {group: count for (group, was), count in table.items() if not was}
    hidden = hidden_among(changed) | hidden_among(stayed)
    counts = changed | {ALL: sum(changed.values())}
    return {group: None if group in hidden else count for group, count in counts.items()}


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


def _line(group: str, there: Mapping, about: Mapping, decided: Mapping, changed: Mapping) -> Line:
    known, asked_about = there[group, "known"], about[group, ALL]
    came_of_it = [decided[group, column] for column, _ in CAME_OF_IT]
    questions = decided[group, ALL]
    return Line(
        group="All" if group == ALL else group,
        known=known,
        asked_about=asked_about,
        a_thousand=_share(asked_about, known),
        came_of_it=came_of_it,
        questions=questions,
        explained=_of_answered(came_of_it[1], questions, came_of_it),
        changed=changed[group],
        changed_of=_of_answered(changed[group], questions, came_of_it),
        followed=[about[group, column] for column, _ in FOLLOWED],
    )


def _of_answered(part: int | None, questions: int | None, came_of_it: list[int | None]) -> Shown:
    waiting = came_of_it[0]
    return None if questions is None or waiting is None else _share(part, questions - waiting)


def _share(part: int | None, whole: int | None) -> Shown:
    if part is None or whole is None:
        return None
    return TOO_FEW if whole < LEAST_WHOLE else share_of(part, whole)
