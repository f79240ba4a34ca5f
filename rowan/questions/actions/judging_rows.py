"""A row beneath a question is about somebody else: the judgement that takes the two apart."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import record
from rowan.matching.models import Judgement, RecordLink, Verdict
from rowan.refusals import Both, NotAllowed

from ..models import EvidenceRow, Question
from ..shown import shows_row
from .refusing import refuse, somebody_was_first


def not_this_child(row: EvidenceRow, *, why: str, by, now: datetime) -> Judgement:
    """Say that a row is about somebody else. The next run takes the two apart and keeps them apart; the judgement can be undone."""
    question = row.reason.question
    seen = open_record(
        person_id=question.person_id,
        by=by,
        today=timezone.localdate(now),
        did="opened a record to judge a row",
    )
    did = "judged a row not to be this child"
    if not shows_row(row, seen):
        refuse("You may not see this row.", question, by=by, did=did, refusal=NotAllowed)
    if not why.strip():
        refuse("Say how you know that it is somebody else.", question, by=by, did=did)
    other = (
        RecordLink.objects.current()
        .filter(person_id=question.person_id)
        .exclude(rid=row.rid)
        .order_by("judged_by", "rid")
        .values_list("rid", flat=True)
        .first()
    )
    with transaction.atomic():
        place = deciding_as(by, now)
        said = {"other_rid": other or "", "why": why.strip()[:400]}
        judgement, made = Judgement.objects.get_or_create(
            rid=row.rid,
            person_id=question.person_id,
            verdict=Verdict.NOT_SAME,
            undone_at=None,
            defaults=said | {"by": by, "acting_as": place.words, "at": now},
        )
        if made:
            record(
                by=by,
                did=did,
                about_person=question.person_id,
                about_kind="question",
                about_id=question.pk,
                particulars={"evidence": row.pk, "judgement": judgement.pk} | place.trail,
            )
    if (judgement.by_id, judgement.why) != (by.pk, why.strip()[:400]):
        reason = "This row has been judged not to be this child already."
        both = [
            Both("How we know", judgement.why, why),
            Both("Judged by", by_and_when(judgement.by.display_name, judgement.at), "Not sent"),
        ]
        somebody_was_first(reason, both, question, by=by, did=did)
    return judgement


def judged_not_this_child(question: Question) -> dict[str, Judgement]:
    """Judgements on this question's rows, by record, so that the page can mark them until the next run."""
    rids = EvidenceRow.objects.filter(reason__question=question).values("rid")
    rows = Judgement.objects.filter(
        rid__in=rids, person_id=question.person_id, verdict=Verdict.NOT_SAME, undone_at=None
    )
    return {row.rid: row for row in rows.select_related("by")}
