"""The two ways Rowan says no; the reason is written for the person who hears it."""


class Refusal(Exception):
    """A plain-English reason, without personal data, that may be shown to the person who asked."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class NotAllowed(Refusal):
    """This person may not do or see this."""


class NotPossible(Refusal):
    """Nobody could do this now: something is missing, wrong or already done."""


class NothingThere(NotAllowed):
    """Nothing that this person may know of: no such thing, somebody else's, or one whose existence is hidden. All three look alike."""
