"""What is stored about sharing: decisions, standing decisions, agreements, requests, and the drafts they grow from."""

from .agreements import Agreement, AgreementEvent, AgreementEventKind
from .approvals import Approval
from .decisions import DecisionDraft, DecisionItem, Notice, NoticeKind, SharingDecision
from .files import SharedFile, SharedFileKind
from .requests import Request, RequestEvent, RequestEventKind
from .service_consents import ServiceConsent
from .standing import StandingDecision, StandingKind

__all__ = [
    "Agreement",
    "AgreementEvent",
    "AgreementEventKind",
    "Approval",
    "DecisionDraft",
    "DecisionItem",
    "Notice",
    "NoticeKind",
    "Request",
    "RequestEvent",
    "RequestEventKind",
    "ServiceConsent",
    "SharedFile",
    "SharedFileKind",
    "SharingDecision",
    "StandingDecision",
    "StandingKind",
]
