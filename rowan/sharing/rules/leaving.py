"""Whether something personal may leave Rowan: only under a decision to share, to its recipient, and no more than it says."""

from collections.abc import Iterable
from dataclasses import dataclass

from .deciding import LEAVES
from .who_decides import Whose

NO_DECISION = "Nothing personal leaves Rowan without a decision to share it. Record the decision first; it can take two taps."


@dataclass(frozen=True)
class Covering:
    """What a decision covers: which children, which items, whose information, and whether it still stands."""

    decided: str
    children: frozenset[str]
    items: frozenset[str]
    whose: str
    agency: str
    corrected: bool = False
    withdrawn: bool = False
    over: str = ""  # why nothing more is shared under the standing decision it was made under

    def covers_line(self, item: str, agency: str) -> bool:
        return item in self.items and (self.whose == Whose.JOINT or agency == self.agency)


def refusal_to_leave(covering: Covering | None, children: Iterable[str]) -> str | None:
    """Why nothing may leave, or None when what the decision covers may."""
    if covering is None:
        return NO_DECISION
    if covering.decided not in LEAVES:
        return "This decision is not to share, so nothing leaves under it."
    if covering.withdrawn:
        return "This decision was withdrawn, so nothing more leaves under it. Make a new one."
    if covering.corrected:
        return "This decision was corrected. Use the newest version of it."
    if covering.over:
        return covering.over
    if not set(children) <= covering.children:
        return "This decision is about another child."
    if not covering.items:
        return "This decision names no item, only words, so Rowan cannot tell what may leave under it. Correct it and pick the items."
    return None
