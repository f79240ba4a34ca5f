"""Make a file for a recipient: one function, through the gate, signed, counted and on the trail before a byte leaves."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.audit_trail.actions import record
from rowan.encryption import signing_key
from rowan.people.actions import may_be_sent
from rowan.people.models import Person
from rowan.people.rules.safe_contact import Way
from rowan.refusals import NotAllowed, NotPossible

from ..files import childs_record, register
from ..files.packing import Sheet, as_csv, digest, pack
from ..models import Approval, SharedFile, SharedFileKind, SharingDecision
from ..rules.approvals import Act
from ..rules.deciding import PURPOSES
from ..rules.items import ADDRESS
from ..rules.settings import BULK_ROWS, FILE_LASTS
from ..rules.who_decides import READS_THE_REGISTER
from .approvals import carry_out
from .decisions import may_leave, settings_on
from .refusing import refuse

SIGNED_WITH = "sharing-exports"
KIND = "file"
MADE_ALREADY = "This file was made already. Open the page again to make another."
NEEDS_TWO = "A file of so many rows takes two people. Ask for a second person first."


def make_childs_record(
    decision: SharingDecision, *, token: UUID, by, now: datetime, override_why: str = ""
) -> tuple[SharedFile, bytes]:
    """The child's record for the decision's recipient. Nothing stands in it that the decision or access leaves out.

    An address that safe contact says is withheld leaves only when somebody says by name why it must.
    """
    person_ids = list(decision.children.values_list("pk", flat=True))
    covering, seen = may_leave(decision, person_ids=person_ids, by=by, now=now, as_what="a child's record")
    today = timezone.localdate(now)
    if len(person_ids) != 1:
        refuse(
            "A file is about one child. Make a decision for each.", by=by, did="made a file", about_kind=KIND
        )
    person = Person.objects.get(pk=person_ids[0])
    if ADDRESS in covering.items:
        may_be_sent(person_id=person.pk, way=Way.FILE, by=by, now=now, override_why=override_why)
    made = childs_record.sheets(person.who_now(), covering, seen[person.pk], today)
    if not any(sheet.rows for sheet in made):
        refuse(
            "Rowan holds nothing that this decision covers and you may see, so there is nothing to put into a file.",
            by=by, did="made a file", about_kind="sharing decision", about_id=decision.pk, person_id=person.pk,
        )  # fmt: skip
    return _make(
        SharedFileKind.CHILDS_RECORD,
        made,
        to=f"{decision.recipient_person}, {decision.recipient}",
        purpose=PURPOSES.get(decision.purpose, decision.purpose_words),
        decision=decision,
        about_person=person.pk,
        token=token,
        by=by,
        now=now,
        printable=True,
    )


def make_register(
    *, to: str, purpose: str, token: UUID, by, now: datetime, approval: Approval | None = None
) -> tuple[SharedFile, bytes]:
    """The register of decisions: that each was made, on what ground; no child and no narrative. Many rows take two people."""
    if by.role not in READS_THE_REGISTER:
        refuse("The register is kept by information governance.", by=by, did="made a file", about_kind=KIND, refusal=NotAllowed)  # fmt: skip
    if not to.strip() or not purpose.strip():
        refuse("Say who receives it, and what for.", by=by, did="made a file", about_kind=KIND)
    sheet = register.sheet()

    def make(used: Approval | None) -> tuple[SharedFile, bytes]:
        return _make(
            SharedFileKind.REGISTER, [sheet], to=to.strip(), purpose=purpose.strip(), approval=used, token=token, by=by, now=now
        )  # fmt: skip

    if not is_bulk(len(sheet.rows), timezone.localdate(now)):
        return make(None)
    if approval is None or approval.act != Act.BULK_EXPORT or approval.particulars.get("to") != to.strip():
        refuse(NEEDS_TWO, by=by, did="made a file", about_kind=KIND, refusal=NotPossible)
    return carry_out(approval, make, by=by, now=now)


def is_bulk(rows: int, today) -> bool:
    return rows >= int(settings_on(today)[BULK_ROWS.name])


def _make(
    kind: SharedFileKind,
    made: list[Sheet],
    *,
    to: str,
    purpose: str,
    token: UUID,
    by,
    now: datetime,
    decision: SharingDecision | None = None,
    approval: Approval | None = None,
    about_person: str = "",
    printable: bool = False,
) -> tuple[SharedFile, bytes]:
    today = timezone.localdate(now)
    if SharedFile.objects.filter(pk=token).exists():
        refuse(MADE_ALREADY, by=by, did="made a file", about_kind=KIND, about_id=token)
    destroy_by = today + timedelta(days=int(settings_on(today)[FILE_LASTS.name]))
    watermark = f"For {to} only. Made by {by.display_name}, {today:%d/%m/%Y}. Destroy by {destroy_by:%d/%m/%Y}. {token}"
    contents = {sheet.name: as_csv(sheet, watermark) for sheet in made}
    if printable:
        contents["record.html"] = childs_record.as_page(kind.label, made, watermark)
    rows = sum(len(sheet.rows) for sheet in made)
    manifest = {
        "id": str(token),
        "what": kind.label,
        "made at": now.isoformat(timespec="seconds"),
        "made by": {"name": by.display_name, "role": by.role, "agency": by.agency.name},
        "to": to,
        "purpose": purpose,
        "decision": str(decision.pk) if decision else "none: it names no child",
        "rows": rows,
        "filters": {sheet.name: sheet.filters for sheet in made},
        "watermark": watermark,
        "destroy by": str(destroy_by),
    }
    content = pack(contents, manifest, signing_key(SIGNED_WITH))
    with transaction.atomic():
        # Pressed in the same moment, one makes it: the database keeps one row for a token.
        file, is_new = SharedFile.objects.get_or_create(
            pk=token,
            defaults={
                "kind": kind, "decision": decision, "approval": approval, "to": to, "rows": rows, "sha256": digest(content),
                "destroy_by": destroy_by, "by": by, "at": now,
            },
        )  # fmt: skip
        if is_new:
            record(
                by=by, did="made a file", about_person=about_person, about_kind=KIND, about_id=file.pk, purpose=purpose[:80],
                particulars={"kind": str(kind), "rows": rows, "sha256": file.sha256, "decision": str(decision.pk) if decision else ""},
            )  # fmt: skip
    if not is_new:
        refuse(MADE_ALREADY, by=by, did="made a file", about_kind=KIND, about_id=token)
    return file, content
