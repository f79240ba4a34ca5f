"""What somebody types of where a child stands is kept as it is typed; an older page never writes over a newer one."""

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict

from rowan.audit_trail.actions import ROWAN, record
from rowan.concerns.rules.saving import Kept, Saving, Sent, after, what_to_do

from ..models import VersionDraft

DID = "kept what they type of where a child stands"
KIND = "version in the making"
KEPT_FOR = timedelta(days=28)
NOT_OF_THE_FORM = {"csrfmiddlewaretoken", "token", "version", "page", "time", "by_itself", "then"}


def draft_of(person_id: str, *, by) -> VersionDraft | None:
    """The reader's own. Whether they may open the child's record has been asked by whoever asks for it."""
    return VersionDraft.objects.filter(person_id=person_id, by=by).first()


def keep_draft(person_id: str, *, posted: QueryDict, sent: Sent, by, now: datetime) -> int | None:
    """Which saving that was. None when it was saved elsewhere since the page was opened: then nothing is written."""
    boxes = {name: posted.getlist(name) for name in posted if name not in NOT_OF_THE_FORM}
    typed = json.dumps(
        {name: [value.replace("\x00", "") for value in values] for name, values in boxes.items()}
    )
    with transaction.atomic():
        VersionDraft.objects.get_or_create(person_id=person_id, by=by, defaults={"saved_at": now})
        draft = VersionDraft.objects.select_for_update(of=("self",)).get(person_id=person_id, by=by)
        here = Kept(draft.version, draft.page, draft.time)
        what = what_to_do(here, sent)
        if what == Saving.WRITE and typed != draft.typed:
            here = after(here, sent)
            draft.typed, draft.saved_at = typed, now
            draft.version, draft.page, draft.time = here.version, here.page, here.time
            draft.save()
            record(by=by, did=DID, about_person=person_id, about_kind=KIND, about_id=draft.pk)
    return None if what == Saving.STALE else here.version


def let_go_of_draft(person_id: str, *, by, because: str) -> None:
    """It was written, or its writer begins afresh."""
    with transaction.atomic():
        if VersionDraft.objects.filter(person_id=person_id, by=by).delete()[0]:
            record(
                by=by,
                did="let go of a version in the making",
                about_person=person_id,
                about_kind=KIND,
                why=because,
            )


def boxes_of(draft: VersionDraft) -> QueryDict:
    typed = QueryDict(mutable=True)
    for name, values in json.loads(draft.typed or "{}").items():
        typed.setlist(name, values)
    return typed


def forget_old_drafts(now: datetime) -> int:
    """Rowan's own, once a day: what nobody has gone on with for four weeks."""
    with transaction.atomic():
        gone = VersionDraft.objects.filter(saved_at__lte=now - KEPT_FOR).delete()[0]
        if gone:
            record(by=ROWAN, did="forgot versions in the making", particulars={"drafts": gone})
    return gone
