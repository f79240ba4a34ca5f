"""In which order a night's questions are put: what is due first is first to find somebody with room, new or waiting since another night."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ..models import Question, Reason
from .occasions import Found

TURNS_A_TRANSACTION = 25


@dataclass(frozen=True)
class Turn:
    """A child with all the night found about it for one audience, or a question that waits for somebody to have room."""

    due_on: date
    person_id: str
    found: list[Found] = field(default_factory=list)
    waits: UUID | None = None


def some_turns_at_a_time(
    children: Mapping[tuple[str, str], list[Found]], today: date
) -> Iterator[list[Turn]]:
    """Few enough that no transaction holds its lock for long. Two queries."""
    put = _put_before(children)
    turns = [Turn(_first_due(found, put, today), person, found) for (person, _), found in children.items()]
    waiting = Question.objects.open().filter(waits_for_room=True).order_by()
    turns += [
        Turn(due_on, person, waits=pk) for due_on, person, pk in waiting.values_list("due_on", "person", "pk")
    ]
    # Of those due the same day, what waits already comes before what is new.
    turns.sort(key=lambda turn: (turn.due_on, turn.waits is None, turn.person_id, str(turn.waits)))
    return (turns[start : start + TURNS_A_TRANSACTION] for start in range(0, len(turns), TURNS_A_TRANSACTION))


def _put_before(children: Mapping[tuple[str, str], list[Found]]) -> set[str]:
    """Occasions that another night put already: they make nothing more urgent."""
    days = [each.occasion.on for found in children.values() for each in found]
    if not days:
        return set()
    return set(
        Reason.objects.filter(happened_on__gte=min(days)).order_by().values_list("occasion", flat=True)
    )


def _first_due(found: list[Found], put: set[str], today: date) -> date:
    """When the child's first question is due, of those that are new tonight; one with nothing new is put to nobody."""
    return min((each.due_on(today) for each in found if each.occasion.name not in put), default=date.max)
