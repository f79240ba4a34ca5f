"""The “if missing” sheet: filled in ahead by whoever knows the child, and printed; what leaves Rowan passes the sharing gate."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.seeing import Seen, Through
from rowan.access.standing import Groups
from rowan.agencies.in_words import by_and_when
from rowan.audit_trail.actions import record
from rowan.people.models import Person
from rowan.refusals import Both, NotAllowed
from rowan.sharing.actions import may_leave
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.sharing.models import SharingDecision

from ..models import Sheet, SheetPrint
from ..models.sheets import BOXES
from ..rules.sheet import BOX_NAMES, ITEM, items_it_needs
from .photographs import photograph_for

KIND = "if missing sheet"


def sheets_of(person_id: str):
    """Newest first, under every id that was joined with hers."""
    return Sheet.objects.filter(person_id__in=Groups([person_id]).all_ids).select_related("by")


def newest_sheet(person_id: str, seen: Seen) -> Sheet | None:
    """The newest that this reader may read: a school its own, everybody else the newest of all."""
    return next((sheet for sheet in sheets_of(person_id) if may_read_sheet(sheet, seen)), None)


def may_read_sheet(sheet: Sheet, seen: Seen) -> bool:
    return seen.through is not Through.REASON and seen.tells(sheet.agency_code, "core")


def fill_in(
    *, token: UUID, person_id: str, opened_on: str, words: dict[str, str], by, now: datetime
) -> Sheet:
    """A new version of the sheet; the one before stays. `opened_on` is the version that stood on the page."""
    about = {"by": by, "did": "filled in an if-missing sheet", "about_kind": KIND, "person_id": person_id}
    seen = open_record(
        person_id=person_id, by=by, today=timezone.localdate(now), did="opened a record to fill in its if-missing sheet"
    )  # fmt: skip
    if seen.through is Through.REASON:
        refuse("The sheet is filled in by those who work with the child.", refusal=NotAllowed, **about)
    said = {box: (words.get(box) or "").strip() for box in BOXES}
    if not any(said.values()):
        refuse("Fill in at least one box.", **about)
    unseen = None
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id).who_now()
        sheet = Sheet.objects.filter(pk=token).first()
        newest = newest_sheet(person_id, seen)
        if sheet is None and newest is not None and str(newest.pk) != opened_on:
            unseen = newest
        elif sheet is None:
            sheet = Sheet.objects.create(
                pk=token, person=person, by=by, agency_code=by.agency.code, at=now, **said
            )
            record(
                by=by, did=about["did"], about_person=person.pk, about_kind=KIND, about_id=sheet.pk, particulars={"boxes": sum(map(bool, said.values()))}
            )  # fmt: skip
    if unseen is not None:
        rows = [Both(BOX_NAMES[box], getattr(unseen, box), said[box]) for box in BOXES if getattr(unseen, box) or said[box]]  # fmt: skip
        rows.append(Both("Filled in by", by_and_when(unseen.by.display_name, unseen.at), "Not sent"))
        somebody_was_first(
            "Somebody filled in this sheet since you opened the page.", rows, may_send=True, **about
        )
    if (sheet.by_id, sheet.person_id) != (by.pk, person.pk):
        refuse("This form belongs to another sheet. Start again.", **about)
    return sheet


def print_sheet(
    sheet: Sheet, *, token: UUID, person_id: str, decision: SharingDecision | None, by, now: datetime
) -> SheetPrint:
    """For one's own desk, or for somebody outside: then only under a decision to share that covers it, and no further."""
    today = timezone.localdate(now)
    did = "printed an if-missing sheet"
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": sheet.pk, "person_id": person_id}
    seen = open_record(
        person_id=person_id, by=by, today=today, did="opened a record to print its if-missing sheet"
    )
    if not may_read_sheet(sheet, seen):
        refuse("You may not read this sheet.", refusal=NotAllowed, **about)
    for_whom, photograph = "", photograph_for(person_id, seen)
    if decision is not None:
        covering, _ = may_leave(decision, person_ids=[person_id], by=by, now=now, as_what="an if-missing sheet")  # fmt: skip
        lacks = items_it_needs() - covering.items
        if lacks or not covering.covers_line(ITEM, sheet.agency_code):
            refuse(
                "This decision does not cover the sheet. It has to name: name and date of birth, and the “if missing” sheet; and to be about information of the agency that filled it in, or of all.",
                refusal=NotAllowed, **about,
            )  # fmt: skip
        if photograph and not covering.covers_line(ITEM, photograph.agency_code):
            photograph = None
        for_whom = f"{decision.recipient_person}, {decision.recipient}".strip(", ")
    with transaction.atomic():
        printed, made = SheetPrint.objects.get_or_create(
            pk=token,
            defaults={
                "sheet": sheet,
                "person": sheet.person,
                "photograph": photograph,
                "for_whom": for_whom[:300],
                "decision": decision,
                "by": by,
                "at": now,
            },
        )
        if made:
            record(
                by=by, did=did, about_person=sheet.person_id, about_kind=KIND, about_id=sheet.pk, purpose="sharing" if decision else "", particulars={"decision": str(decision.pk) if decision else "", "photograph": str(photograph.pk) if photograph else ""}
            )  # fmt: skip
    if (printed.sheet_id, printed.by_id, printed.decision_id) != (sheet.pk, by.pk, decision.pk if decision else None):  # fmt: skip
        refuse("This form was sent before, for something else. Open the page again.", **about)
    return printed
