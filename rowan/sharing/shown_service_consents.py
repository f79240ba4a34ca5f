"""What a page shows of answers about services, each only as far as this reader may see. No decision to share asks here."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rowan.access.rules.matrix import Kind
from rowan.access.rules.seeing import Seen, Through

from .models import ServiceConsent


@dataclass(frozen=True)
class Service:
    """The newest answer about one service, with those before it, newest first."""

    newest: ServiceConsent
    earlier: list[ServiceConsent] = field(default_factory=list)
    may_follow: bool = False


def may_read(consent: ServiceConsent, seen: Seen, by) -> bool:
    """The agency that recorded it and whoever the matrix gives decisions to, if they see the compartment it stands in."""
    if seen.through is Through.REASON:
        return False
    code = consent.agency.code
    theirs = consent.agency_id == by.agency_id or seen.tells(code, Kind.DECISIONS)
    return theirs and seen.shows(code, Kind.CORE) and seen.tells(code, consent.compartment)


def services_of(person_ids: Iterable[str], seen: Seen, by) -> list[Service]:
    """One query, however many."""
    rows = [
        row
        for row in ServiceConsent.objects.filter(person_id__in=list(person_ids)).select_related(
            "by", "agency"
        )
        if may_read(row, seen, by)
    ]
    by_pk = {row.pk: row for row in rows}
    followed = {row.follows_id for row in rows}
    return [
        Service(row, _before(row, by_pk), row.agency_id == by.agency_id)
        for row in rows
        if row.pk not in followed
    ]


def _before(row: ServiceConsent, by_pk: dict) -> list[ServiceConsent]:
    earlier = []
    while row := by_pk.get(row.follows_id):
        earlier.append(row)
    return earlier
