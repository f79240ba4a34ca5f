"""Open a record: the one place that decides who may see a child. Every answer, yes or no, is on the trail first."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed

from .models import Involvement, Restriction
from .rules.seeing import Part, Seen, refusal_to_see, what_is_seen

PURPOSE = "protecting a child"


def open_record(
    *, person_id: str, by, today: date, did: str = "looked at a child's record", purpose: str = PURPOSE
) -> Seen:
    """Let the practitioner look, or raise NotAllowed. Called before any transaction, so that a refusal stays on the trail."""
    refusal = refusal_to_see(
        by.role,
        parts_of(by, [person_id]).get(person_id, []),
        restricted=_is_restricted(person_id),
        today=today,
    )
    record(by=by, did=did, about_person=person_id, purpose=purpose, refused_because=refusal or "")
    if refusal:
        raise NotAllowed(refusal)
    return what_is_seen(by.agency.code, by.agency.kind)


def seen_by(practitioner, person_ids: Iterable[str], today: date) -> dict[str, Seen]:
    """For a list: of these children, those the practitioner may see and how far. Two queries, however long the list.

    The list page leaves the trail itself, with `record_list_shown`, for the children it shows.
    """
    wanted = list(dict.fromkeys(person_ids))
    parts = parts_of(practitioner, wanted)
    restricted = set(
        Restriction.objects.filter(person_id__in=wanted, lifted_at=None).values_list("person_id", flat=True)
    )
    seen = what_is_seen(practitioner.agency.code, practitioner.agency.kind)
    return {
        person_id: seen
        for person_id in wanted
        if refusal_to_see(
            practitioner.role, parts.get(person_id, []), restricted=person_id in restricted, today=today
        )
        is None
    }


def parts_of(practitioner, person_ids: Iterable[str]) -> dict[str, list[Part]]:
    parts: dict[str, list[Part]] = defaultdict(list)
    theirs = (
        Involvement.objects.of(practitioner).filter(person_id__in=list(person_ids)).select_related("agency")
    )
    for involvement in theirs:
        parts[involvement.person_id].append(
            Part(
                why=involvement.why,
                agency=involvement.agency.code,
                agency_kind=involvement.agency.kind,
                opened_on=involvement.opened_on,
                closed_on=involvement.closed_on,
            )
        )
    return parts


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


def _is_restricted(person_id: str) -> bool:
    return Restriction.objects.filter(person_id=person_id, lifted_at=None).exists()
