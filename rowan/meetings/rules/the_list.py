"""Which children are on the list for a meeting, and why: read from what is owed about them, never from a number that adds up.

Every reason is a plain fact of one running clock or of an earlier meeting. Nothing weighs one reason against another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SeriesKind(StrEnum):
    HUDDLE = "huddle"
    PANEL = "panel"


SERIES_NAMES = {SeriesKind.HUDDLE: "Daily huddle", SeriesKind.PANEL: "Child panel"}


class Reason(StrEnum):
    NEW = "new"
    REVIEW_DUE = "review_due"
    STEP_UP = "step_up"
    STEP_DOWN = "step_down"
    OVERDUE = "overdue"
    STRATEGY = "strategy"
    ACTIONS = "actions"
    LEFT_OVER = "left_over"
    ADDED = "added"


REASON_NAMES = {
    Reason.NEW: "New",
    Reason.REVIEW_DUE: "Review due",
    Reason.STEP_UP: "Step up proposed",
    Reason.STEP_DOWN: "Step down proposed",
    Reason.OVERDUE: "Something is overdue",
    Reason.STRATEGY: "Strategy discussion pending",
    Reason.ACTIONS: "Actions from last time",
    Reason.LEFT_OVER: "Not reached last time",
    Reason.ADDED: "Added for this meeting",
}
# What makes somebody new to a meeting that has not had them before.
NEWS = frozenset({"question", "sign of harm", "concern"})
# A huddle looks at today: reviews and steps wait for the panel.
BRINGS = {
    SeriesKind.HUDDLE: frozenset({Reason.NEW, Reason.OVERDUE, Reason.STRATEGY}),
    SeriesKind.PANEL: frozenset(
        {Reason.NEW, Reason.REVIEW_DUE, Reason.STEP_UP, Reason.STEP_DOWN, Reason.OVERDUE, Reason.STRATEGY}
    ),
}


@dataclass(frozen=True)
class Owed:
    """A running clock about a child, as the list reads it."""

    what: str
    about_kind: str
    due_on: date
    says_more: bool = (
        False  # a version of where the child stands that says more than stood, and waits for approval
    )


def reasons(
    owed: Iterable[Owed], *, kind: SeriesKind, meeting_on: date, today: date, had_before: bool
) -> list[Reason]:
    """Why a child is on the list, in the order in which the list names reasons; none when nothing brings them."""
    found = {reason for each in owed for reason in _of_one(each, meeting_on, today, had_before)}
    return [reason for reason in Reason if reason in found & BRINGS[kind]]


def _of_one(owed: Owed, meeting_on: date, today: date, had_before: bool) -> Iterable[Reason]:
    what = owed.what.lower().replace("-", " ")
    if owed.due_on < today:
        yield Reason.OVERDUE
    if owed.about_kind == "sign of harm":
        yield Reason.STRATEGY
    if owed.about_kind in NEWS and not had_before:
        yield Reason.NEW
    if "step up" in what or owed.says_more:
        yield Reason.STEP_UP
    if "step down" in what and "look back" not in what:
        yield Reason.STEP_DOWN
    if ("review" in what or "look back" in what) and owed.due_on <= meeting_on:
        yield Reason.REVIEW_DUE
