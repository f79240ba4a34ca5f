"""While somebody looks at a page, what its parts ask alike is asked of the database once.

Only while they look: where something is changed each question is asked afresh, and outside a page nothing is remembered.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")

_remembered: ContextVar[dict[Hashable, Any] | None] = ContextVar("remembered on this page", default=None)


@contextmanager
def while_a_page_is_looked_at() -> Iterator[None]:
    before = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(before)


def asked_once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer that this page has already had to the question, or else what `ask` finds. Nobody may change what comes back."""
    remembered = _remembered.get()
    if remembered is None:
        return ask()
    if question not in remembered:
        remembered[question] = ask()
    return remembered[question]


def asked_one_by_one(
    question: str, keys: set[Key], ask: Callable[[set[Key]], dict[Key, Answer]]
) -> dict[Key, Answer]:
    """An answer for each key; `ask` is given only those that this page has not asked about."""
    known: dict[Key, Answer] = asked_once(question, dict)
    if fresh := keys - known.keys():
        known |= ask(fresh)
    return {key: known[key] for key in keys}
