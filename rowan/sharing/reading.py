"""Who reads a decision or a request about a child whose record they may open: asked of the matrix, in this one place."""

from collections.abc import Iterable

from rowan.access.rules.matrix import Kind, cell_of
from rowan.access.rules.seeing import Seen, Through
from rowan.agencies.models import AgencyKind
from rowan.asked_alike import asked_alike
from rowan.timescales.models import Clock

from .models import Request, SharingDecision


def may_read(decision: SharingDecision, seen: Seen, by) -> bool:
    """Whoever the matrix gives decisions to, and an agency its own, if they see every compartment it names.

    The hub's own councils read by the matrix alone: there many work who decide nothing (docs/adr/0017).
    """
    if decision.by_id == by.pk:
        return True
    if seen.through is Through.REASON:
        return False
    code = decision.agency.code
    theirs = _is_of_their_agency(by, decision.agency_id) or seen.tells(code, Kind.DECISIONS)
    return theirs and _sees_what_it_names(decision, seen)


def may_know_of(decision: SharingDecision, seen: Seen, by) -> bool:
    """That a decision was made, its basis and dates, without its words: what the matrix calls recorded only."""
    if may_read(decision, seen, by):
        return True
    listed = cell_of(seen.role, Kind.DECISIONS) is not None and seen.through is not Through.REASON
    return listed and _sees_what_it_names(decision, seen)


def may_read_request(request: Request, seen: Seen, by, handed: set[str] | None = None) -> bool:
    """The agency that asked, the agency that was asked, whoever the matrix gives decisions to, and whoever it was handed to."""
    if seen.through is Through.REASON:
        return False
    if request.by_id == by.pk or seen.tells(request.agency.code, Kind.DECISIONS):
        return True
    if _is_of_their_agency(by, request.agency_id) or _is_of_their_agency(by, request.asked_agency_id):
        return True
    return str(request.pk) in (handed_to(by, [request.pk]) if handed is None else handed)


def _is_of_their_agency(by, agency_id: int) -> bool:
    return by.agency_id == agency_id and by.agency.kind != AgencyKind.COUNCIL


def handed_to(by, request_ids: Iterable[object]) -> set[str]:
    """Of these requests, those whose clock is theirs: late and taken to them, or passed to them. Once closed, it was theirs."""
    ids = [str(pk) for pk in request_ids]
    return set(_clocks_of(owner=by.pk, ids=ids)) if ids else set()


@asked_alike
def _clocks_of(owner, ids):
    clocks = Clock.objects.filter(owner=owner, about_kind="request", about_id__among=ids)
    return clocks.values_list("about_id", flat=True)


def _sees_what_it_names(decision: SharingDecision, seen: Seen) -> bool:
    code = decision.agency.code
    return all(
        seen.shows(code, compartment)
        for compartment in {"core", *(item.compartment for item in decision.items.all())}
    )
