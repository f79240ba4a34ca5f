"""Delete a document that does not belong in a record, or whose time is over: asked for, approved by another, done once."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from rowan.agencies.in_words import day_in_words
from rowan.records.attachments import document_for
from rowan.records.erasing import erase
from rowan.records.models import Attachment

from ..models import Approval
from ..rules.approvals import Act
from .approvals import ask_for_two, carry_out
from .refusing import refuse

KIND = "document"
OPENED, DELETED = "opened a record to delete a document", "deleted a document"


def ask_to_delete(attachment_id: UUID, *, why: str, token: UUID, by, now: datetime) -> Approval:
    """Whoever may open it may ask. The second person is told what it is and where it stands, not what is in it or what it is called."""
    document = document_for(
        attachment_id, by=by, today=timezone.localdate(now), did="asked for a document to be deleted"
    )
    return ask_for_two(
        Act.DELETE, token=token, about_kind=KIND, about_id=document.pk, particulars=_what_it_is(document), why=why, by=by, now=now
    )  # fmt: skip


def delete(approval: Approval, *, by, now: datetime) -> Approval:
    if approval.act != Act.DELETE:
        refuse("This is not an approval to delete.", by=by, did=DELETED, about_kind=KIND)
    # The record may have been closed to them since they asked.
    document = document_for(UUID(approval.about_id), by=by, today=timezone.localdate(now), did=OPENED)
    return carry_out(approval, lambda locked: _gone(locked, document, by=by, now=now), by=by, now=now)


def _gone(locked: Approval, document: Attachment, *, by, now: datetime) -> Approval:
    held = erase(document.pk, by=by, now=now)
    locked.particulars = locked.particulars | {"sha256 of what it held": held or "its file was lost before"}
    locked.save(update_fields=["particulars"])
    return locked


def _what_it_is(document: Attachment) -> dict:
    return {
        "kind": document.kind,
        "bytes": document.size,
        "added": day_in_words(timezone.localdate(document.added_at)),
        "added by": document.added_by.display_name,
        "agency": document.agency.name,
    }
