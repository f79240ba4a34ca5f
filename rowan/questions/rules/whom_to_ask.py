"""Whom a question goes to: the worker who has the child's case, else whoever leads the hub's plan for the child, else the post the rule names, else its deputy, else triage."""

from collections.abc import Collection
from dataclasses import dataclass

from rowan.agencies.rules.posts import POST_NAMES, PostKind

from .declaration import HUB, Rule


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
class Whom:
    post: PostKind
    deputy: PostKind | None
    why: str  # as the person asked reads it
    worker: bool = False  # put to the allocated worker in person; the post stands behind them
    lead: bool = False  # put to whoever leads the plan, likewise

    @property
    def by_name(self) -> bool:
        return self.worker or self.lead


def whom_of_restricted(rule: Rule) -> Whom:
    """A restricted child's question is put to the one who answers for the record, whatever the rule and the audience."""
    return Whom(
        rule.asks, None, "This record is restricted, and you answer for it: questions about this child come to you alone.", worker=True
    )  # fmt: skip


def whom_to_ask(
    rule: Rule,
    audience: str,
    worker: Worker | None,
    held: Collection[PostKind],
    full: Collection[PostKind] = (),
    lead: Lead | None = None,
) -> Whom:
    """`held` are the posts somebody holds tonight: at this school for a school's question, in the hub for the hub's.

    `full` are those of them whose holders have as many open questions as one person is given: the rest goes to the deputy, then to
    triage. A school's question never leaves the school, and where everybody is full it stays where the rule puts it.
    """
    post = POST_NAMES[rule.asks]
    if audience != HUB:
        why = f"This rule asks {post}, and nobody else."
        if rule.asks not in held:
            why += " Nobody holds that post in Rowan yet, so the question waits on it."
        return Whom(rule.asks, None, why)
    if worker and worker.signs_in and not worker.is_full:
        return Whom(
            rule.asks, rule.deputy, "You are the child's allocated worker: news of a child with an open case goes to you.", worker=True
        )  # fmt: skip
    also = _about(worker)
    if lead and not lead.is_full:
        return Whom(
            rule.asks, rule.deputy, f"You lead the hub's plan for this child: news of a child with a plan goes to you.{also}", lead=True
        )  # fmt: skip
    if lead:
        also += f" {lead.name}, who leads the hub's plan for the child, has as many open questions as one person is given."
    free = set(held) - set(full)
    if rule.asks in free or (rule.asks in held and not free & {rule.deputy, PostKind.TRIAGE}):
        return Whom(rule.asks, rule.deputy, f"This rule asks {post}.{also}")
    if rule.asks in held:
        return _spilt(rule, PostKind.TRIAGE if rule.deputy not in free or rule.deputy is None else rule.deputy, also)  # fmt: skip
    if rule.deputy is not None and (rule.deputy in free or (rule.deputy in held and PostKind.TRIAGE not in free)):  # fmt: skip
        return Whom(
            rule.asks, rule.deputy, f"This rule asks {post}. Nobody holds that post, so {POST_NAMES[rule.deputy]} answers.{also}"
        )  # fmt: skip
    if PostKind.TRIAGE in held:
        return Whom(
            PostKind.TRIAGE, None, f"This rule asks {post}. Nobody who holds that post or its deputy's can be asked, so it came to triage.{also}"
        )  # fmt: skip
    return Whom(
        rule.asks, rule.deputy, f"This rule asks {post}. Nobody holds that post in Rowan yet, so the question waits on it.{also}"
    )  # fmt: skip


def _spilt(rule: Rule, to: PostKind, also: str) -> Whom:
    """Whoever the rule names stays able to read and answer it, as the deputy of the one it came to."""
    many = "has as many open questions as one person is given"
    return Whom(
        to,
        rule.asks,
        f"This rule asks {POST_NAMES[rule.asks]}, who {many}, so it came to {POST_NAMES[to]}.{also}",
    )


def _about(worker: Worker | None) -> str:
    if worker is None:
        return ""
    if worker.signs_in:
        return f" The child's allocated worker, {worker.name}, has as many open questions as one person is given."
    ring = f": ring {worker.phone}." if worker.phone else "."
    return f" The child's allocated worker, {worker.name}, does not sign in to Rowan{ring}"
