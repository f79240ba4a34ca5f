"""A decision in the making: what was typed on each page is kept at once, and survives an error, a wait and a new sign-in."""

import json
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.seeing import Seen, Through
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NotPossible

from ..models import DecisionDraft, SharingDecision
from ..rules.who_decides import Whose, refusal_to_decide
from .refusing import refuse

KIND = "draft of a sharing decision"
GONE = "This draft is not there: it has become a decision, or it is somebody else’s. Look under the child’s decisions."


def begin_draft(*, person_id: str, by, now: datetime, typed: dict | None = None) -> DecisionDraft:
    _opened(person_id, by, now, "began a sharing decision")
    with transaction.atomic():
        draft = DecisionDraft.objects.create(
            person_id=person_id, by=by, began_at=now, typed=_text(typed or {}, {})
        )
        record(
            by=by, did="began a sharing decision", about_person=person_id, about_kind=KIND, about_id=draft.pk
        )
    return draft


def begin_correction(decision: SharingDecision, *, by, now: datetime, typed: dict) -> DecisionDraft:
    """A draft that starts from what was decided. Only the agency that decided corrects it, and only its newest version."""
    did = "began to correct a sharing decision"
    person_id = str(decision.children.values_list("pk", flat=True).first())
    _opened(person_id, by, now, did)
    about = {
        "by": by,
        "did": did,
        "about_kind": "sharing decision",
        "about_id": decision.pk,
        "person_id": person_id,
    }
    if decision.agency_id != by.agency_id:
        refuse("Only the agency that decided can correct it.", refusal=NotAllowed, **about)
    if SharingDecision.objects.filter(corrects=decision).exists():
        refuse("This decision has been corrected already. Correct the newest version.", **about)
    with transaction.atomic():
        draft = DecisionDraft.objects.create(
            person_id=person_id, by=by, began_at=now, corrects=decision, typed=_text(typed, {})
        )
        record(by=by, did=did, about_person=person_id, about_kind="sharing decision", about_id=decision.pk)
    return draft


def open_draft(draft_id: UUID, *, by, now: datetime) -> tuple[DecisionDraft, Seen]:
    """Nobody opens another's draft; it answers as one that is not there."""
    draft = DecisionDraft.objects.filter(pk=draft_id, by=by).select_related("corrects", "person").first()
    if draft is None:
        raise NotPossible(GONE)
    seen = _opened(draft.person_id, by, now, "went on with a sharing decision")
    return draft, seen


def save_step(draft: DecisionDraft, *, step: str, boxes: dict, version: int, by) -> int | None:
    """Keep what a page holds. None when the page was saved since it was opened: then nothing is written, and both are shown."""
    with transaction.atomic():
        kept = DecisionDraft.objects.select_for_update().filter(pk=draft.pk, by=by).first()
        if kept is None:
            raise NotPossible(GONE)
        typed, versions = read(kept)
        if versions.get(step, 0) != version:
            return None
        kept.typed = draft.typed = _text(typed | boxes, versions | {step: version + 1})
        kept.save(update_fields=["typed"])
        record(
            by=by, did="saved a page of a sharing decision", about_person=draft.person_id, about_kind=KIND, about_id=draft.pk, particulars={"page": step}
        )  # fmt: skip
    return version + 1


def read(draft: DecisionDraft) -> tuple[dict, dict]:
    """Every box as typed, and how often each page was saved."""
    kept = json.loads(draft.typed or "{}")
    return kept.get("boxes", {}), kept.get("versions", {})


def version_of(draft: DecisionDraft) -> str:
    """Tells whether any page was saved since the last one was opened."""
    return sha256(f"{draft.pk}{draft.typed}".encode()).hexdigest()[:32]


def _text(boxes: dict, versions: dict) -> str:
    return json.dumps({"boxes": boxes, "versions": versions})


def _opened(person_id: str, by, now: datetime, did: str) -> Seen:
    seen = open_record(person_id=person_id, by=by, today=timezone.localdate(now), did=did)
    if refusal := refusal_to_decide(
        by.role, Whose.OWN, sees_joint=seen.is_hub, only_looking=seen.through is Through.REASON
    ):
        refuse(refusal, by=by, did=did, about_kind=KIND, person_id=person_id, refusal=NotAllowed)
    return seen
