"""What is stored about sharing: decisions, standing decisions, agreements, requests, and the drafts they grow from."""

from .agreements import Agreement
from .approvals import Approval
from .decisions import DecisionDraft, DecisionItem, Notice, NoticeKind, SharingDecision
from .files import SharedFile, SharedFileKind
from .requests import Request, RequestEvent, RequestEventKind
from .standing import StandingDecision, StandingKind

__all__ = [
    "Agreement",
    "Approval",
    "DecisionDraft",
    "DecisionItem",
    "Notice",
    "NoticeKind",
    "Request",
    "RequestEvent",
    "RequestEventKind",
    "SharedFile",
    "SharedFileKind",
    "SharingDecision",
    "StandingDecision",
    "StandingKind",
]
