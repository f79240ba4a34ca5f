"""A document goes for good: its bytes and the key to them are destroyed, and a stone stays that says what it was."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from rowan.audit_trail.actions import record
from rowan.refusals import NotPossible

from .attachments import FOLDER
from .models import Attachment
from .sealed_files import let_go, unsealed

GONE_ALREADY = "This document has been deleted already."


def erase(attachment_id: UUID, *, by, now: datetime) -> str:
    """The sha256 of what it held, by which a copy found elsewhere is known; empty where its file was lost before.

    Within the transaction of whoever had it approved. The file itself goes once that has committed; killed in between, it lies
    there with no key anywhere and is cleared away with other strays.
    """
    locked = Attachment.objects.select_for_update().get(pk=attachment_id)
    if locked.erased_at:
        raise NotPossible(GONE_ALREADY)
    try:
        held = sha256(unsealed(FOLDER, locked.pk, key=locked.data_key)).hexdigest()
    except NotPossible:
        held = ""
    locked.name, locked.data_key, locked.erased_at, locked.held_sha256 = "", "", now, held
    locked.save(update_fields=["name", "data_key", "erased_at", "held_sha256"])
    record(
        by=by,
        did="deleted a document",
        about_person=locked.person_id,
        about_kind="document",
        about_id=locked.pk,
        particulars={"kind": locked.kind, "bytes": locked.size, "sha256": held},
    )
    transaction.on_commit(lambda: let_go(FOLDER, locked.pk))
    return held
