"""Photographs and documents that come with a report: checked and cleaned, sealed, kept with the draft, then with the concern. Triage fetches one."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction

from rowan.audit_trail.actions import PUBLIC, record
from rowan.records.sealed_files import clear_strays_of, let_go, new_key, unsealed, write_sealed
from rowan.records.uploads import clamav
from rowan.records.uploads.looked_at import look_at
from rowan.refusals import NothingThere, NotPossible
from rowan.sharing.actions.refusing import refuse

from ..flooding import why_no_pictures
from ..models import Concern, ConcernDraft, SentFile
from ..models.sent_files import FOLDER
from ..reading import open_concern
from ..rules.sent_files import A_VIRUS, refusal_of_another
from .drafts import GONE
from .drafts import KIND as DRAFT_KIND

FILE_KIND = "file sent with a concern"
NO_SUCH_FILE = "There is no such file with this concern."


def add_file(draft: ConcernDraft, *, name: str, content: bytes, by, now: datetime) -> SentFile:
    """Somebody without an account adds a file to what they tell. The same file sent again is one."""
    did = "added a file to a concern"
    about = {"by": by, "did": did, "about_kind": DRAFT_KIND, "about_id": draft.pk}
    digest = sha256(draft.pk.bytes + content).hexdigest()
    if standing := draft.files.filter(digest=digest).first():
        return standing
    if refusal := why_no_pictures(now) or refusal_of_another(draft.files.count()):
        refuse(refusal, **about)
    try:
        kept = look_at(
            name, content, check_for_viruses=lambda found: clamav.check(found, address=settings.CLAMAV)
        )
    except NotPossible as no:
        refuse(A_VIRUS if no.reason == clamav.FOUND else no.reason, **about)
    file = SentFile(name=kept.name, kind=kept.kind.name, size=len(kept.content), digest=digest, data_key=new_key(), added_at=now)  # fmt: skip
    write_sealed(FOLDER, file.id, kept.content, key=file.data_key)
    try:
        standing, refusal = _stand_with(draft, file, about, by)
    except BaseException:
        let_go(FOLDER, file.id)
        raise
    if standing != file:
        let_go(FOLDER, file.id)
    if refusal:
        refuse(refusal, **about)
    return standing


def _stand_with(draft: ConcernDraft, file: SentFile, about: dict, by) -> tuple[SentFile | None, str | None]:
    """One at a time for a draft: two that are sent at once are no more than it takes, and none joins what was sent meanwhile."""
    with transaction.atomic():
        whole = ConcernDraft.objects.select_for_update().filter(pk=draft.pk, by=_whose(by)).first()
        if whole is None:
            return None, GONE
        if standing := draft.files.filter(digest=file.digest).first():
            return standing, None
        if refusal := refusal_of_another(draft.files.count()):
            return None, refusal
        file.draft = whole
        file.save(force_insert=True)
        draft.saved = _saved_once_more(whole)
        record(**about, particulars={"file": str(file.id), "kind": file.kind, "bytes": file.size})
    return file, None


def take_off(draft: ConcernDraft, file_id: UUID, *, by) -> None:
    """Before the report is sent, whoever added a file may think again. Pressed twice, it is off once."""
    with transaction.atomic():
        whole = ConcernDraft.objects.select_for_update().filter(pk=draft.pk, by=_whose(by)).first()
        gone = whole and SentFile.objects.filter(pk=file_id, draft=draft).delete()[0]
        if gone:
            draft.saved = _saved_once_more(whole)
            record(
                by=by,
                did="took a file off a concern",
                about_kind=DRAFT_KIND,
                about_id=draft.pk,
                particulars={"file": str(file_id)},
            )
    if gone:
        let_go(FOLDER, file_id)


def hand_over_files(concern: Concern) -> int:
    """Within the raising of the concern: what lay with its draft is the concern's from now on."""
    return SentFile.objects.filter(draft_id=concern.pk).update(draft=None, concern=concern)


def fetch_file(concern_id: UUID, file_id: UUID, *, by, now: datetime) -> tuple[SentFile, bytes]:
    """One file in clear, for whoever may read the concern. What is not there answers as what is not for this reader."""
    did = "fetched a file sent with a concern"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to fetch a file")
    person_id, about = opened.concern.person_id or "", {"by": by, "did": did, "about_kind": FILE_KIND, "about_id": file_id}  # fmt: skip
    file = SentFile.objects.filter(pk=file_id, concern=opened.concern).first()
    if file is None:
        refuse(NO_SUCH_FILE, person_id=person_id, refusal=NothingThere, **about)
    content = unsealed(FOLDER, file.id, key=file.data_key)
    record(**about, about_person=person_id, particulars={"concern": str(opened.concern.pk)})
    return file, content


def clear_strays_away(now: datetime) -> int:
    return clear_strays_of(
        FOLDER, now, has_a_row=lambda file_id: SentFile.objects.filter(pk=file_id).exists()
    )


def _whose(by):
    return None if by == PUBLIC else by


def _saved_once_more(draft: ConcernDraft) -> int:
    """So that a check page which was opened before says that something has changed."""
    draft.saved += 1
    draft.save(update_fields=["saved"])
    return draft.saved
