"""Somebody of whom only a part is known is a person from the start, and is resolved later; what was said before stays as it was."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import join_records, undo_join
from rowan.access.standing import Groups, hidden_from
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import record, record_list_shown
from rowan.people.finding import Likely
from rowan.people.founding import found_by_day
from rowan.people.models import Person
from rowan.people.rules.finding import Sought
from rowan.refusals import Both, NotPossible

from ..models import NameHeard, PartKnown, Resolved
from ..reading import Opened, open_concern
from ..rules.kept_in_health import refusal_of_words_kept_in_health
from .refusing import must_triage, refuse, somebody_was_first
from .searching import search
from .stepping import leave_line, locked

KIND = "part-known person"
NOBODY_YOU_MAY_NAME = (
    "There is nobody there whom you may name. Look for the person again, and choose one of those found."
)
NO_CONCERN = UUID(int=0)


def found_part_known(concern_id, *, name_id: int, by, now: datetime) -> PartKnown:
    """Such as the driver of a silver hatchback: they become somebody, under a drawn id. A name that was heard makes one person, however often it is pressed."""
    did = "founded a part-known person"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to found a person")
    must_triage(opened, by=by, did=did)
    name = NameHeard.objects.filter(pk=name_id, concern=opened.concern).first()
    if name is None:
        refuse("That name is not in this concern.", by=by, did=did, concern=opened.concern)
    with transaction.atomic():
        concern = locked(opened.concern)
        standing = PartKnown.objects.filter(name_heard=name).first()
        if standing is None:
            # Somebody without a name is called what they are known by.
            called = name.as_said.strip() or name.child_calls_them.strip()
            first, _, last = called.rpartition(" ") if called else ("", "", name.description.strip())
            person = found_by_day(
                first_name=(first or last)[:120], surname=(last if first else "")[:120], birth_date=None, school_code="",
                agency_code=by.agency.code, today=timezone.localdate(now),
            )  # fmt: skip
            known_by = (
                ". ".join(part for part in (name.description, name.child_calls_them) if part) or name.as_said
            )
            standing = PartKnown.objects.create(
                person=person, concern=concern, name_heard=name, known_by=known_by, by=by, at=now
            )
            leave_line(concern, did, by=by, person=person.pk)
    return standing


def open_part_known(
    part_known_id, *, by, now: datetime, did: str = "looked at a part-known person"
) -> tuple[PartKnown, Opened]:
    part = PartKnown.objects.select_related("concern", "person").filter(pk=part_known_id).first()
    # The same is asked whether there is nobody of that number or only nobody whom this reader may know of.
    opened = open_concern(part.concern_id if part else NO_CONCERN, by=by, now=now, did=did)
    return part, opened


def look_for(part: PartKnown, sought: Sought, *, why: str, by, now: datetime) -> list[Likely]:
    """The hub's own search, for the one person this may be: with a reason, not without end, and nobody hidden is among them."""
    themselves = set(Groups([part.person_id]).all_ids)
    return [one for one in search(sought, why=why, by=by, now=now) if one.person_id not in themselves]


def those_named(part: PartKnown, opened: Opened, *, also: str = "", by) -> list[str]:
    """Whom it was said to be, and who is chosen on this page: shown by name at the desk alone, and nobody hidden from the reader. A look."""
    if not opened.triages:
        return []
    said = {*part.resolved.exclude(into=None).values_list("into_id", flat=True), also} - hidden_from(by)
    ids = sorted(Person.objects.filter(pk__in=said).values_list("pk", flat=True))
    record_list_shown(
        by=by,
        did="looked at whom a part-known person may be",
        person_ids=ids,
        particulars={"part_known": str(part.pk)},
    )
    return ids


def version_of(part: PartKnown) -> str:
    """Which answer stands: what a form to give another was opened on."""
    newest = part.resolved.last()
    return str(newest.pk) if newest else "none"


def resolve(
    part_known_id, *, into: str, how_known: str, by, now: datetime, opened_on: str | None = None
) -> Resolved:
    """This is who it was. With nobody named, an earlier answer was a mistake: they stand alone again, exactly as before.

    `opened_on` is which answer stood on the page: one given since is replaced only by somebody who has seen it.
    """
    did = "resolved a part-known person"
    part, opened = open_part_known(part_known_id, by=by, now=now, did="opened a part-known person")
    must_triage(opened, by=by, did=did)
    if not how_known.strip():
        _refuse("Say how you know.", by, did, part)
    if refusal := refusal_of_words_kept_in_health(how_known):
        _refuse(refusal, by, did, part)
    if not into and not part.resolved.exists():
        _refuse(NOBODY_YOU_MAY_NAME, by, did, part)
    if into and (
        into == part.person_id or into in hidden_from(by) or not Person.objects.filter(pk=into).exists()
    ):
        _refuse(NOBODY_YOU_MAY_NAME, by, did, part)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=part.person_id)
        last = part.resolved.select_related("by").last()
        if last and ((last.into_id or ""), last.how_known, last.by_id) == (into, how_known.strip(), by.pk):
            return last
        if opened_on in {None, version_of(part)}:
            return _now_is(part, into, how_known.strip(), by=by, now=now)
    somebody_was_first(
        "Somebody has said who this is since you opened the page.",
        _both(last, into, how_known) if last else [], by=by, did=did, concern=opened.concern, may_send=True,
    )  # fmt: skip


def _now_is(part: PartKnown, into: str, how_known: str, *, by, now: datetime) -> Resolved:
    if into:
        Person.objects.filter(pk=part.person_id).update(now=into)
        join_records([(part.person_id, into)])
    else:
        Person.objects.filter(pk=part.person_id).update(now=None)
        undo_join(part.person_id)
    place = deciding_as(by, now)
    made = Resolved.objects.create(
        part_known=part, into_id=into or None, how_known=how_known, by=by, acting_as=place.words, at=now
    )
    record(
        by=by,
        did="resolved a part-known person",
        about_person=part.person_id,
        about_kind=KIND,
        about_id=part.pk,
        particulars={"into": into} | place.trail,
    )
    return made


def _both(last: Resolved, into: str, how_known: str) -> list[Both]:
    return [
        Both("Who it is", _named(last.into_id), _named(into)),
        Both("How we know", last.how_known, how_known),
        Both("Said by", by_and_when(last.by.display_name, last.at), "Not sent"),
    ]


def _named(into: str | None) -> str:
    return f"Record {into}" if into else "Nobody after all: stands alone again"


def _refuse(reason: str, by, did: str, part: PartKnown):
    record(
        by=by, did=did, about_person=part.person_id, about_kind=KIND, about_id=part.pk, refused_because=reason
    )
    raise NotPossible(reason)
