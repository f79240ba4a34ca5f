"""Who may look at the pages of accounts, posts and roles; each look, and each refusal, leaves a line."""

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed

from .models import Practitioner
from .rules.accounts import CONFIRMS_A_RESET

NOT_A_KEEPER = "This page is for those who keep Rowan’s accounts."


def may_look(
    request, did: str, person: Practitioner | None = None, *, only=CONFIRMS_A_RESET, refused=NOT_A_KEEPER
) -> None:
    """Accounts are for those who keep them and those who watch over that; each look leaves a line."""
    about = {"about_kind": "practitioner", "about_id": person.pk} if person else {}
    if request.user.role not in only:
        record(by=request.user, did=did, refused_because=refused, **about)
        raise NotAllowed(refused)
    record(by=request.user, did=did, **about)
