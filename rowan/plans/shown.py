"""What pages show of actions: a child's plan, and the actions that are somebody's. By date due, nothing else."""

from dataclasses import dataclass
from datetime import date

from rowan.access.actions import seen_by
from rowan.access.rules.seeing import Seen
from rowan.access.standing import Groups, hidden_from
from rowan.people.called import Called, called

from .models import Action
from .reading import may_end, may_know_of, may_read


@dataclass(frozen=True)
class Card:
    """One action in a list. Where its reader sees headings, `tells` is false: whose it is and by when, and no words."""

    action: Action
    late: bool
    tells: bool
    may_end: bool
    child: Called | None = None


def plan_of(person_id: str, seen: Seen, by, today: date) -> tuple[list[Card], list[Card]]:
    """Open actions by date due, and those that have ended, the newest first."""
    rows = Action.objects.filter(person_id__in=_who_is_she(person_id)).select_related(
        "owner", "agency", "ended_by", "carries"
    )
    cards = [_card(row, seen, by, today) for row in rows if may_know_of(row, seen, by)]
    ended = sorted(
        (card for card in cards if not card.action.is_open),
        key=lambda card: card.action.ended_at,
        reverse=True,
    )
    return [card for card in cards if card.action.is_open], ended


def open_actions_of(by):
    """Theirs by name, but for children whose existence is hidden from them."""
    rows = Action.objects.open().filter(owner=by).exclude(person_id__in=hidden_from(by))
    return rows.select_related("agency", "owner")


def cards_of_mine(rows: list[Action], by, today: date) -> list[Card]:
    seen = seen_by(by, [row.person_id for row in rows], today)
    children = called(seen, today)
    return [Card(row, row.due_on < today, True, True, children.get(row.person_id)) for row in rows]


def _card(action: Action, seen: Seen, by, today: date) -> Card:
    tells = may_read(action, seen, by)
    ends = tells and may_end(action, seen, by)
    return Card(action, action.is_open and action.due_on < today, tells, ends)


def _who_is_she(person_id: str) -> list[str]:
    """Actions set under an id that was joined into hers since are hers."""
    return Groups([person_id]).all_ids
