"""What is stored about sharing: decisions, standing decisions, agreements, and the drafts they grow from."""

from .agreements import Agreement
from .decisions import DecisionDraft, DecisionItem, Notice, NoticeKind, SharingDecision
from .standing import StandingDecision, StandingKind

__all__ = [
    "Agreement",
    "DecisionDraft",
    "DecisionItem",
    "Notice",
    "NoticeKind",
    "SharingDecision",
    "StandingDecision",
    "StandingKind",
]
