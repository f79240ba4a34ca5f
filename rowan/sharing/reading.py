"""Who reads a decision or a request about a child whose record they may open: asked of the matrix, in this one place."""

from collections.abc import Iterable

from rowan.access.rules.matrix import Kind, cell_of
from rowan.access.rules.seeing import Seen, Through
from rowan.timescales.models import Clock

from .models import Request, SharingDecision


def may_read(decision: SharingDecision, seen: Seen, by) -> bool:
    """The deciding agency's own people and whoever the matrix gives decisions to, if they see every compartment it names."""
    if decision.by_id == by.pk:
        return True
    if seen.through is Through.REASON:
        return False
    code = decision.agency.code
    theirs = decision.agency_id == by.agency_id or seen.tells(code, Kind.DECISIONS)
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
    if by.agency_id in {request.agency_id, request.asked_agency_id} or seen.tells(
        request.agency.code, Kind.DECISIONS
    ):
        return True
    return str(request.pk) in (handed_to(by, [request.pk]) if handed is None else handed)


def handed_to(by, request_ids: Iterable[object]) -> set[str]:
    """Of these requests, those whose clock is theirs: late and taken to them, or passed to them. Once closed, it was theirs."""
    clocks = Clock.objects.filter(
        owner=by, about_kind="request", about_id__in=[str(pk) for pk in request_ids]
    )
    return set(clocks.values_list("about_id", flat=True))


def _sees_what_it_names(decision: SharingDecision, seen: Seen) -> bool:
    code = decision.agency.code
    return all(
        seen.shows(code, compartment)
        for compartment in {"core", *(item.compartment for item in decision.items.all())}
    )
