"""Take a judgement back: from the next night on everything stands exactly as it stood before."""

from datetime import datetime
from typing import NoReturn

from django.db import transaction

from rowan.access.rules.seeing import NOTHING_THERE
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import record
from rowan.refusals import Both, NotAllowed, NothingThere, NotPossible, Refusal, SomebodyWasFirst

from ..models import Judgement, RecordLink
from ..rules.who_judges import NO_REASON, refusal_to_judge
from ..waiting import judgements_for
from .answering import PURPOSE

UNDID = "took back what was judged about two records"


def open_judgement(
    judgement_id: int, *, by, did: str = "looked at a judgement about two records"
) -> Judgement:
    """Let somebody who judges read it, or raise. One about a child hidden from them is not there."""
    if refusal := refusal_to_judge(by.role):
        _refuse(refusal, None, judgement_id, by, did, NotAllowed)
    judgement = judgements_for(by).filter(pk=judgement_id).first()
    if judgement is None:
        _refuse(NOTHING_THERE, None, judgement_id, by, did, NothingThere)
    _line(judgement, by, did)
    return judgement


def undo(judgement_id: int, *, why: str, by, now: datetime) -> Judgement:
    """Undone, it stays on record with who took it back and why. The machine leaves both people as they stood."""
    judgement = open_judgement(judgement_id, by=by, did="opened a judgement to take it back")
    why = why.strip()[:400]
    if not why:
        _refuse(NO_REASON, judgement, judgement_id, by, UNDID)
    with transaction.atomic():
        place = deciding_as(by, now)
        undone = Judgement.objects.standing().filter(pk=judgement.pk).update(
            undone_by=by, undone_acting_as=place.words, undone_at=now, undone_because=why
        )  # fmt: skip
        if undone:
            _line(judgement, by, UNDID, particulars=place.trail)
    judgement = judgements_for(by).get(pk=judgement.pk)
    if not undone and (judgement.undone_by_id, judgement.undone_because) != (by.pk, why):
        both = [
            Both("Why", judgement.undone_because, why),
            Both(
                "Taken back by",
                by_and_when(judgement.undone_by.display_name, judgement.undone_at),
                "Not sent",
            ),
        ]
        reason = "This has been taken back already."
        _line(judgement, by, UNDID, refused_because=reason)
        raise SomebodyWasFirst(reason, both)
    return judgement


def _line(
    judgement: Judgement, by, did: str, *, refused_because: str = "", particulars: dict | None = None
) -> None:
    """A line for each child whose record it is about."""
    links = RecordLink.objects.current().filter(rid__in=[judgement.rid, judgement.other_rid])
    for person_id in sorted({judgement.person_id, *links.values_list("person_id", flat=True)}):
        record(
            by=by,
            did=did,
            about_person=person_id,
            about_kind="judgement",
            about_id=judgement.pk,
            purpose=PURPOSE,
            refused_because=refused_because,
            particulars=particulars or {},
        )


def _refuse(
    reason: str,
    judgement: Judgement | None,
    judgement_id: int,
    by,
    did: str,
    refusal: type[Refusal] = NotPossible,
) -> NoReturn:
    if judgement is None:
        record(by=by, did=did, about_kind="judgement", about_id=judgement_id, refused_because=reason)
    else:
        _line(judgement, by, did, refused_because=reason)
    raise refusal(reason)
