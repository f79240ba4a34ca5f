"""The two ways Rowan says no; the reason is written for the person who hears it."""

from collections.abc import Iterable
from dataclasses import dataclass


class Refusal(Exception):
    """A plain-English reason, without personal data, that may be shown to the person who asked."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class NotAllowed(Refusal):
    """This person may not do or see this."""


class NotPossible(Refusal):
    """Nobody could do this now: something is missing, wrong or already done."""


@dataclass(frozen=True)
class Both:
    """What two people said of one thing: what stands there now, and what the second has typed."""

    what: str
    now: str
    typed: str = ""


class SomebodyWasFirst(NotPossible):
    """Somebody changed the thing since its page was opened. Nothing is overwritten: the second is shown both versions.

    `both` is for the reader's eyes, never for the trail or a log. `may_send` where the second may still put her own in its place.
    """

    def __init__(self, reason: str, both: Iterable[Both] = (), *, may_send: bool = False):
        super().__init__(reason)
        self.both, self.may_send = list(both), may_send


class NothingThere(NotAllowed):
    """Nothing that this person may know of: no such thing, somebody else's, or one whose existence is hidden. All three look alike."""
