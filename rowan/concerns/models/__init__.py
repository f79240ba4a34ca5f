"""What is stored of a concern: what was told, by whom, every step it took and what was said back."""

from .concern import AddedWords, Concern, NameHeard, Noticed
from .drafts import ConcernDraft
from .links import OneTimeLink
from .outcome import Challenge, Decision, StatutoryFact, Told
from .receipts import Receipt, Reply
from .referrer import Referrer
from .screening import Check, Matched, UrgencySet

__all__ = [
    "AddedWords",
    "Challenge",
    "Check",
    "Concern",
    "ConcernDraft",
    "Decision",
    "Matched",
    "NameHeard",
    "Noticed",
    "OneTimeLink",
    "Receipt",
    "Referrer",
    "Reply",
    "StatutoryFact",
    "Told",
    "UrgencySet",
]
