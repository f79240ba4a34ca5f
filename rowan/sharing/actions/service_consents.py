"""Record what a child or family answered about a service, and what they answer later. It gates nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.seeing import Seen, Through
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed

from ..models import ServiceConsent
from ..rules.service_consents import SERVICES, Answer, Asked, Said, what_is_missing
from ..rules.who_decides import ONLY_LOOKING
from .refusing import refuse

KIND = "agreeing to a service"
OTHERS = "Only the agency that recorded an answer records what follows it."


def record_answer(
    answer: Answer,
    *,
    token: UUID,
    person_id: str,
    follows: ServiceConsent | None = None,
    corrects: bool = False,
    by,
    now: datetime,
) -> ServiceConsent | None:
    """None when another answer has followed that one meanwhile: nothing is written, and both are shown."""
    today = timezone.localdate(now)
    did = "corrected an answer about a service" if corrects else "recorded an answer about a service"
    about = {"by": by, "did": did, "about_kind": KIND, "person_id": person_id}
    seen = open_record(
        person_id=person_id, by=by, today=today, did="opened a record to note an answer about a service"
    )
    if seen.through is Through.REASON:
        refuse(ONLY_LOOKING, refusal=NotAllowed, **about)
    if answer.compartment and answer.compartment not in dict(kinds_for(seen, by.agency.code)):
        refuse("Your role does not see this kind of record, so it makes none.", refusal=NotAllowed, **about)
    if follows is not None and (follows.agency_id != by.agency_id or follows.person_id != person_id):
        refuse(OTHERS, refusal=NotAllowed, **about)
    if lacks := what_is_missing(answer, before=said_before(follows, corrects), today=today):
        refuse(". ".join(lacks.values()), **about)
    stale = False
    with transaction.atomic():
        if follows is not None:
            ServiceConsent.objects.select_for_update().get(pk=follows.pk)
            stale = ServiceConsent.objects.filter(follows=follows).exclude(pk=token).exists()
        if not stale:
            made, new = ServiceConsent.objects.get_or_create(
                pk=token,
                defaults=_columns(answer)
                | {
                    "person_id": person_id,
                    "by": by,
                    "agency": by.agency,
                    "at": now,
                    "follows": follows,
                    "corrects": corrects,
                },
            )
            if new:
                record(by=by, did=did, about_person=person_id, about_kind=KIND, about_id=made.pk)
    if stale:
        return None
    if made.by_id != by.pk or made.person_id != person_id:
        refuse("This form belongs to another record. Start again.", **about)
    return made


def said_before(follows: ServiceConsent | None, corrects: bool) -> str:
    """What stood before: for a correction, before the answer that it corrects."""
    if follows is not None and corrects:
        follows = follows.follows
    return follows.said if follows is not None else ""


def kinds_for(seen: Seen, agency: str) -> list[tuple[str, str]]:
    """Nobody makes a record of a kind that they could not read."""
    return [(kind, name) for kind, name in SERVICES.items() if seen.tells(agency, kind)]


def _columns(answer: Answer) -> dict:
    columns = {
        name: value.strip() if isinstance(value, str) else value for name, value in vars(answer).items()
    }
    if answer.said == Said.NOT_ASKED:
        columns |= {"asked": Asked.NOBODY.value, "asked_words": "", "understands": "", "under_13": ""}
    return columns
