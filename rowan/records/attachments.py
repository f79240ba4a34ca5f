"""Documents people attach to a record: checked, cleaned, sealed, and opened only through `access`."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from rowan.access.actions import open_record
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NotPossible

from .models import Attachment
from .sealed_files import clear_strays_of, let_go, new_key, unsealed, write_sealed
from .uploads import clamav
from .uploads.looked_at import Kept, look_at

FOLDER = "uploads"
NOT_YOURS = "This document is not there, or it is not for you."
NOT_THIS_COMPARTMENT = "You may not add to this part of the record."


def attach(
    *,
    name: str,
    content: bytes,
    by,
    now: datetime,
    today: date,
    person_id: str,
    compartment: str = "core",
    about_kind: str = "record",
    about_id: object = "",
) -> Attachment:
    """Add a document to a child's record. `name` is what its sender called it; what it is, is looked at."""
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to add a document")
    if not seen.tells(by.agency.code, compartment):
        _leave_a_refusal(by, person_id, NOT_THIS_COMPARTMENT)
        raise NotAllowed(NOT_THIS_COMPARTMENT)
    kept = _looked_at(name, content, by=by, person_id=person_id)
    return _keep(
        kept,
        by=by,
        now=now,
        person_id=person_id,
        compartment=compartment,
        about=(about_kind, str(about_id or "")),
    )


def open_document(attachment_id: UUID, *, by, today: date) -> tuple[Attachment, bytes]:
    """One document, in clear."""
    attachment = document_for(attachment_id, by=by, today=today, did="downloaded a document")
    return attachment, unsealed(FOLDER, attachment.id, key=attachment.data_key)


def document_for(attachment_id: UUID, *, by, today: date, did: str) -> Attachment:
    """What is known of a document, for whoever may open it. What is not there, or not any more, answers exactly as what is not for this reader."""
    attachment = (
        Attachment.objects.select_related("agency", "added_by")
        .filter(pk=attachment_id, erased_at=None)
        .first()
    )
    person_id = attachment.person_id if attachment else ""
    try:
        seen = open_record(person_id=person_id, by=by, today=today, did=did)
    except NotAllowed:
        raise NotAllowed(NOT_YOURS) from None
    if attachment is None or not seen.tells(attachment.agency.code, attachment.compartment):
        _leave_a_refusal(by, person_id, NOT_YOURS)
        raise NotAllowed(NOT_YOURS)
    return attachment


def documents_of(person_ids: list[str], seen) -> list[Attachment]:
    """Those this reader may see, newest first. The page that shows them has asked `access` and leaves the trail."""
    found = Attachment.objects.filter(person_id__in=person_ids).select_related("agency", "added_by")
    return [each for each in found if seen.tells(each.agency.code, each.compartment)]


def clear_strays_away(now: datetime) -> int:
    return clear_strays_of(
        FOLDER, now, has_a_row=lambda file_id: Attachment.objects.filter(pk=file_id, erased_at=None).exists()
    )


def _looked_at(name: str, content: bytes, *, by, person_id: str) -> Kept:
    try:
        return look_at(
            name, content, check_for_viruses=lambda found: clamav.check(found, address=settings.CLAMAV)
        )
    except NotPossible as refusal:
        _leave_a_refusal(by, person_id, refusal.reason)
        raise


def _keep(
    kept: Kept, *, by, now: datetime, person_id: str, compartment: str, about: tuple[str, str]
) -> Attachment:
    attachment = Attachment(
        id=uuid4(),
        person_id=person_id,
        compartment=compartment,
        about_kind=about[0],
        about_id=about[1],
        agency=by.agency,
        name=kept.name,
        kind=kept.kind.name,
        size=len(kept.content),
        data_key=new_key(),
        added_by=by,
        added_at=now,
    )
    write_sealed(FOLDER, attachment.id, kept.content, key=attachment.data_key)
    try:
        with transaction.atomic():
            attachment.save(force_insert=True)
            record(
                by=by,
                did="added a document",
                about_person=person_id,
                about_kind="document",
                about_id=attachment.id,
                particulars={"kind": kept.kind.name, "bytes": len(kept.content)},
            )
    except BaseException:
        let_go(FOLDER, attachment.id)
        raise
    return attachment


def _leave_a_refusal(by, person_id: str, reason: str) -> None:
    record(
        by=by,
        did="was refused a document",
        about_person=person_id,
        about_kind="document",
        refused_because=reason,
    )
