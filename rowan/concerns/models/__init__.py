"""What is stored of a concern: what was told, by whom, every step it took and what was said back."""

from .among_restricted import LookedAmongRestricted
from .concern import AddedWords, Concern, NameHeard, Noticed
from .drafts import ConcernDraft
from .joined import JoinedAnswer
from .licensing import LicensingLookUp
from .links import OneTimeLink
from .outcome import Challenge, Decision, StatutoryFact, Told
from .part_known import PartKnown, Resolved
from .protections import Protection, ProtectionStep
from .receipts import Receipt, Reply
from .referrer import Referrer
from .screening import Check, Matched, UrgencySet
from .sent_files import SentFile
from .source import Source

__all__ = [
    "AddedWords",
    "Challenge",
    "Check",
    "Concern",
    "ConcernDraft",
    "Decision",
    "JoinedAnswer",
    "LicensingLookUp",
    "LookedAmongRestricted",
    "Matched",
    "NameHeard",
    "Noticed",
    "OneTimeLink",
    "PartKnown",
    "Protection",
    "ProtectionStep",
    "Receipt",
    "Referrer",
    "Reply",
    "Resolved",
    "SentFile",
    "Source",
    "StatutoryFact",
    "Told",
    "UrgencySet",
]
