"""Whom a question goes to: the worker who has the child's case, else whoever leads the hub's plan for the child, else the first in the line of
posts who has room for one more.

The line begins with the post that the rule names. A question of the hub's goes on to the rule's deputy, to the deputies that the
agencies named, and to triage; a school's to the school's own deputies, and never out of the school.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rowan.agencies.rules.posts import POST_NAMES, PostKind

from .declaration import HUB, Rule

MANY = "as many open questions as one person is given"


@dataclass(frozen=True)
class Worker:
    """The child's allocated worker, as the council's case list names them."""

    name: str
    phone: str = ""
    signs_in: bool = False
    # As many open questions as one person is given.
    is_full: bool = False


@dataclass(frozen=True)
class Lead:
    """Who leads the hub's work and plan with the child. They sign in: the hub gives its work to nobody else."""

    name: str
    is_full: bool = False


@dataclass(frozen=True)
class Place:
    """A post in the line."""

    post: int
    kind: PostKind
    name: str  # as it stands in a sentence
    is_held: bool = True
    is_full: bool = False  # whoever holds it has as many open questions as one person is given
    stands_in: bool = (
        False  # a deputy of the post the rule names, not the desk to which everything comes at last
    )

    @property
    def has_room(self) -> bool:
        return self.is_held and not self.is_full


@dataclass(frozen=True)
class Whom:
    post: Place
    deputy: Place | None
    why: str  # as the person asked reads it
    worker: bool = False  # put to the allocated worker in person; the post stands behind them
    lead: bool = False  # put to whoever leads the plan, likewise
    # It stands at the post and in nobody's list: everybody it could be put to is full.
    waits_for_room: bool = False

    @property
    def by_name(self) -> bool:
        return self.worker or self.lead


def line_of_kinds(
    rule: Rule, audience: str, held: Collection[PostKind], full: Collection[PostKind] = ()
) -> list[Place]:
    """The line as far as the rule itself lays it down, whatever deputies the agencies named."""
    kinds = [rule.asks]
    if audience == HUB:
        kinds += [rule.deputy] if rule.deputy else []
        kinds += [PostKind.TRIAGE] if PostKind.TRIAGE in held else []
    return [
        Place(number, kind, POST_NAMES[kind], kind in held, kind in full, kind == rule.deputy)
        for number, kind in enumerate(dict.fromkeys(kinds))
    ]


def whom_of_restricted(line: Sequence[Place]) -> Whom:
    """A restricted child's question is put to the one who answers for the record, whatever the rule and the audience."""
    return Whom(
        line[0], None, "This record is restricted, and you answer for it: questions about this child come to you alone.", worker=True
    )  # fmt: skip


def whom_to_ask(
    rule: Rule, audience: str, worker: Worker | None, line: Sequence[Place], lead: Lead | None = None
) -> Whom:
    """`line`: the post the rule names, held or not, its deputies, and last the desk to which everything comes. A school's question never leaves it."""
    first, *others = line
    behind = next((place for place in others if place.stands_in), None)
    if audience == HUB and worker and worker.signs_in and not worker.is_full:
        return Whom(
            first, behind, "You are the child's allocated worker: news of a child with an open case goes to you.", worker=True
        )  # fmt: skip
    asks, also = f"This rule asks {first.name}.", _about(worker) if audience == HUB else ""
    if audience == HUB and lead:
        if not lead.is_full:
            return Whom(
                first, behind, f"You lead the hub's plan for this child: news of a child with a plan goes to you.{also}", lead=True
            )  # fmt: skip
        also += f" {lead.name}, who leads the hub's plan for the child, has {MANY}."
    if first.has_room:
        return Whom(first, behind, f"{asks}{also}")
    to = next((place for place in others if place.has_room), None)
    if to is None:
        return _nobody_has_room(first, others, asks, also)
    if first.is_held:
        # Whoever the rule names stays able to read and answer it, as the deputy of the one it came to.
        return Whom(to, first, f"This rule asks {first.name}, who has {MANY}, so it came to {to.name}.{also}")
    if not to.stands_in:
        return Whom(
            to, None, f"{asks} Nobody who holds that post or its deputy's can be asked, so it came to triage.{also}"
        )  # fmt: skip
    return Whom(first, to, f"{asks} Nobody holds that post, so {to.name} answers.{also}")


def _nobody_has_room(first: Place, others: Sequence[Place], asks: str, also: str) -> Whom:
    # Somebody has to be able to read it meanwhile, if only at the desk where all comes at last.
    able = [place for place in others if place.is_held and (place.stands_in or not first.is_held)]
    behind = next(iter(able or [place for place in others if place.stands_in]), None)
    if not any(place.is_held for place in (first, *others)):
        return Whom(
            first, behind, f"{asks} Nobody holds that post in Rowan yet, so the question waits on it.{also}"
        )
    return Whom(
        first, behind, f"{asks} Everybody in line has {MANY}, so it waits until somebody has room.{also}", waits_for_room=True
    )  # fmt: skip


def _about(worker: Worker | None) -> str:
    if worker is None:
        return ""
    if worker.signs_in:
        return f" The child's allocated worker, {worker.name}, has {MANY}."
    ring = f": ring {worker.phone}." if worker.phone else "."
    return f" The child's allocated worker, {worker.name}, does not sign in to Rowan{ring}"
