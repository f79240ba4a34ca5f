"""Whom a question goes to: the worker who has the child's case, else the post the rule names, else its deputy, else triage."""

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


@dataclass(frozen=True)
class Whom:
    post: PostKind
    deputy: PostKind | None
    why: str  # as the person asked reads it
    worker: bool = False  # put to the allocated worker in person; the post stands behind them


def whom_of_restricted(rule: Rule) -> Whom:
    """A restricted child's question is put to the one who answers for the record, whatever the rule and the audience."""
    return Whom(
        rule.asks, None, "This record is restricted, and you answer for it: questions about this child come to you alone.", worker=True
    )  # fmt: skip


def whom_to_ask(rule: Rule, audience: str, worker: Worker | None, held: Collection[PostKind]) -> Whom:
    """`held` are the posts somebody holds tonight: at this school for a school's question, in the hub for the hub's."""
    post = POST_NAMES[rule.asks]
    if audience != HUB:
        why = f"This rule asks {post}, and nobody else."
        if rule.asks not in held:
            why += " Nobody holds that post in Rowan yet, so the question waits on it."
        return Whom(rule.asks, None, why)
    if worker and worker.signs_in:
        return Whom(
            rule.asks, rule.deputy, "You are the child's allocated worker: news of a child with an open case goes to you.", worker=True
        )  # fmt: skip
    also = (
        f" The child's allocated worker, {worker.name}, does not sign in to Rowan"
        + (f": ring {worker.phone}." if worker.phone else ".")
        if worker
        else ""
    )
    if rule.asks in held:
        return Whom(rule.asks, rule.deputy, f"This rule asks {post}.{also}")
    if rule.deputy in held and rule.deputy is not None:
        return Whom(
            rule.asks, rule.deputy, f"This rule asks {post}. Nobody holds that post, so {POST_NAMES[rule.deputy]} answers.{also}"
        )  # fmt: skip
    if PostKind.TRIAGE in held:
        return Whom(
            PostKind.TRIAGE, None, f"This rule asks {post}. Nobody holds that post or its deputy's, so it came to triage.{also}"
        )  # fmt: skip
    return Whom(
        rule.asks, rule.deputy, f"This rule asks {post}. Nobody holds that post in Rowan yet, so the question waits on it.{also}"
    )  # fmt: skip
