"""What is stored about sharing: decisions, standing decisions, agreements, requests, and the drafts they grow from."""

from .agreements import Agreement
from .decisions import DecisionDraft, DecisionItem, Notice, NoticeKind, SharingDecision
from .requests import Request, RequestEvent, RequestEventKind
from .standing import StandingDecision, StandingKind

__all__ = [
    "Agreement",
    "DecisionDraft",
    "DecisionItem",
    "Notice",
    "NoticeKind",
    "Request",
    "RequestEvent",
    "RequestEventKind",
    "SharingDecision",
    "StandingDecision",
    "StandingKind",
]
