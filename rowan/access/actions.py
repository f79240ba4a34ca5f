"""Open a record: the one place that decides who may see a child. Every answer, yes or no, is on the trail first."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed, NothingThere

from .models import Involvement, JoinedRecord
from .rules.seeing import NOTHING_THERE, Seen, Through, role_refusal, way_in, what_is_seen
from .standing import (
    Groups,
    owner_of_restricted,  # noqa: F401  later rooms ask for it here
    standings,
)

PURPOSE = "protecting a child"
# What is not there is opened like everything else, under an id that nobody has, and so is answered like a hidden record.
NOBODY = ""


def open_record(
    *,
    person_id: str,
    by,
    today: date,
    did: str = "looked at a child's record",
    purpose: str = PURPOSE,
    now: datetime | None = None,
) -> Seen:
    """Let the practitioner look, or raise. Called before any transaction, so that a refusal stays on the trail.

    A record that is not there, one that is hidden and one that is somebody else's work raise the same NothingThere, after the
    same queries. `person_id=NOBODY` answers for a thing that was not found.
    """
    if refusal := role_refusal(by.role):
        record(by=by, did=did, about_person=person_id, purpose=purpose, refused_because=refusal)
        raise NotAllowed(refusal)
    standing = standings(by, [person_id], now or timezone.now())[person_id]
    through = way_in(by.role, standing, today=today)
    record(
        by=by,
        did=did,
        about_person=person_id,
        purpose=purpose,
        refused_because="" if through else NOTHING_THERE,
        particulars={"through": through.name.lower()} if through else {},
    )
    if through is None:
        raise NothingThere(NOTHING_THERE)
    return what_is_seen(by.role, by.agency.code, by.agency.kind, through)


def seen_by(
    practitioner, person_ids: Iterable[str] | Groups, today: date, now: datetime | None = None
) -> dict[str, Seen]:
    """For a list: of these children, those the practitioner may see and how far. Five queries, however long the list.

    The list page leaves the trail itself, with `record_list_shown`, for the children it shows.
    """
    role, agency = practitioner.role, practitioner.agency
    if role_refusal(role):
        return {}
    found = standings(practitioner, person_ids, now or timezone.now())
    seen = {way: what_is_seen(role, agency.code, agency.kind, way) for way in Through}
    return {
        person_id: seen[through]
        for person_id, standing in found.items()
        if (through := way_in(role, standing, today=today))
    }


def involve(
    *,
    person_id: str,
    why: str,
    rests_on: str,
    opened_on: date,
    agency,
    team=None,
    practitioner=None,
    post=None,
    worker_name="",
    worker_phone="",
    closed_on: date | None = None,
    discreet: bool = False,
) -> Involvement:
    """Write that somebody works with a child. Writing the same again changes its details and makes no second."""
    involvement, _ = Involvement.objects.update_or_create(
        person_id=person_id,
        why=why,
        rests_on=rests_on,
        defaults={
            "opened_on": opened_on,
            "closed_on": closed_on,
            "agency": agency,
            "team": team,
            "practitioner": practitioner,
            "post": post,
            "worker_name": worker_name,
            "worker_phone": worker_phone,
            "discreet": discreet,
        },
    )
    return involvement


def who_is_involved(person_id: str, today: date):
    """Who works with this child, without content: agency, team, worker, phone, dates. Newest first; being asked is not working with."""
    return (
        Involvement.objects.filter(person_id=person_id)
        .exclude(why="asked")
        .select_related("agency", "team", "practitioner", "post")
        .order_by("closed_on", "-opened_on")
    )


def join_records(pairs: Iterable[tuple[str, str]]) -> None:
    """(was, into): parts and restrictions of either hold for both from now on. The latest judgement about an id stands."""
    with transaction.atomic():
        touched: set[str] = set()
        for was, into in pairs:
            # Wherever they led before, somebody who led there with them may lead elsewhere now.
            touched |= set(
                JoinedRecord.objects.filter(person_id__in=[was, into]).values_list("now_id", flat=True)
            )
            if _leads_to(into, was):
                # Joined the other way round before: she stands for herself again.
                JoinedRecord.objects.filter(person_id=into).delete()
            JoinedRecord.objects.update_or_create(person_id=was, defaults={"into_id": into, "now_id": into})
            touched |= {was, into}
        _lead_anew(touched)


def undo_join(was: str) -> None:
    """What was joined stands alone again, with exactly the parts and restrictions it had; other joins stay as they were."""
    with transaction.atomic():
        row = JoinedRecord.objects.filter(person_id=was).first()
        if row is not None:
            row.delete()
            _lead_anew({was, row.now_id})


def _leads_to(person_id: str, goal: str) -> bool:
    passed: set[str] = set()
    at: str | None = person_id
    while at and at not in passed:
        if at == goal:
            return True
        passed.add(at)
        at = JoinedRecord.objects.filter(person_id=at).values_list("into_id", flat=True).first()
    return False


def _lead_anew(touched: set[str]) -> None:
    """Say again, for every id that leads to or from these, where its joins end."""
    rows = JoinedRecord.objects.in_bulk(Groups(touched).all_ids)
    for row in rows.values():
        end = row.into_id
        while end in rows:
            end = rows[end].into_id
        if row.now_id != end:
            row.now_id = end
            row.save(update_fields=["now_id"])
