"""A concern in the making: every page is kept on the server as it is typed, and an older page never writes over a newer one."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.audit_trail.actions import PUBLIC, ROWAN, record
from rowan.questions.models import Question
from rowan.records.sealed_files import let_go
from rowan.refusals import NotPossible

from ..models import ConcernDraft, OneTimeLink, SentFile
from ..models.sent_files import FOLDER
from ..rules.saving import Kept, Saving, Sent, after, what_to_do

KIND = "draft of a concern"
GONE = "This form is not there any more: it was sent, or it is too old, or it is somebody else’s."
KEPT_FOR = timedelta(days=28)
KEPT_FOR_A_STRANGER = timedelta(hours=24)


def begin_draft(
    *,
    by,
    now: datetime,
    link: OneTimeLink | None = None,
    question: Question | None = None,
    typed: dict | None = None,
) -> ConcernDraft:
    """An empty form, or one that starts from a question that was answered. Whoever begins it has been asked whether they may."""
    with transaction.atomic():
        draft = ConcernDraft.objects.create(
            by=None if by == PUBLIC else by,
            link=link,
            question=question.pk if question else None,
            typed=_text(typed or {}, {}),
            began_at=now,
            expires_at=now + (KEPT_FOR_A_STRANGER if by == PUBLIC else KEPT_FOR),
        )
        record(
            by=by,
            did="began a concern",
            about_person=question.person_id if question else "",
            about_kind=KIND,
            about_id=draft.pk,
        )
    return draft


def open_draft(draft_id: UUID, *, by, now: datetime) -> ConcernDraft:
    """Nobody opens another's draft; it answers as one that is not there."""
    whose = None if by == PUBLIC else by
    draft = ConcernDraft.objects.filter(pk=draft_id, by=whose, expires_at__gt=now).select_related("link__agency").first()  # fmt: skip
    if draft is None:
        record(
            by=by, did="opened a draft of a concern", about_kind=KIND, about_id=draft_id, refused_because=GONE
        )
        raise NotPossible(GONE)
    if draft.question:
        # It began with a child's name: whoever goes on with it may still open her record.
        question = Question.objects.get(pk=draft.question)
        open_record(
            person_id=question.person_id, by=by, today=timezone.localdate(now), did="went on with a concern"
        )
    return draft


def save_step(draft: ConcernDraft, *, step: str, boxes: dict, sent: Sent, by) -> int | None:
    """Keep what a page holds, and say which version that is. None when it was saved elsewhere since: then nothing is written."""
    with transaction.atomic():
        whose = None if by == PUBLIC else by
        kept = ConcernDraft.objects.select_for_update().filter(pk=draft.pk, by=whose).first()
        if kept is None:
            raise NotPossible(GONE)
        typed, saved = read(kept)
        here = saved.get(step, Kept())
        what = what_to_do(here, sent)
        is_new = step not in saved or any(typed.get(box) != values for box, values in boxes.items())
        if what == Saving.WRITE and is_new:
            saved[step] = here = after(here, sent)
            kept.typed = _text(typed | boxes, saved)
            kept.saved += 1
            kept.save(update_fields=["typed", "saved"])
            record(by=by, did="saved a page of a concern", about_kind=KIND, about_id=draft.pk, particulars={"page": step})  # fmt: skip
        draft.typed, draft.saved = kept.typed, kept.saved
    return None if what == Saving.STALE else here.version


def forget_old_drafts(now: datetime) -> int:
    """Rowan's own: a draft that was never sent is forgotten at its hour, and the files that lay with it."""
    with transaction.atomic():
        old = list(ConcernDraft.objects.select_for_update().filter(expires_at__lte=now))
        files = list(SentFile.objects.filter(draft__in=old).values_list("pk", flat=True))
        ConcernDraft.objects.filter(pk__in=[draft.pk for draft in old]).delete()
        if old:
            record(by=ROWAN, did="forgot drafts of concerns", particulars={"drafts": len(old), "files": len(files)})  # fmt: skip
    for file_id in files:
        let_go(FOLDER, file_id)
    return len(old)


def read(draft: ConcernDraft) -> tuple[dict, dict[str, Kept]]:
    """Every box as typed, and how each page was saved last."""
    kept = json.loads(draft.typed or "{}")
    saved = {step: Kept(*values) for step, values in kept.get("saved", {}).items()}
    return kept.get("boxes", {}), saved


def version_of(draft: ConcernDraft) -> str:
    """Tells whether any page was saved since the last one was opened."""
    return sha256(f"{draft.pk} {draft.saved}".encode()).hexdigest()[:32]


def _text(boxes: dict, saved: dict[str, Kept]) -> str:
    return json.dumps(
        {
            "boxes": boxes,
            "saved": {step: [kept.version, kept.page, kept.time] for step, kept in saved.items()},
        }
    )
