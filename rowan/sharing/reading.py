"""Who reads a decision or a request about a child whose record they may open: asked of the matrix, in this one place."""

from rowan.access.rules.matrix import Kind, cell_of
from rowan.access.rules.seeing import Seen, Through

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


def may_read_request(request: Request, seen: Seen, by) -> bool:
    """The agency that asked, the agency that was asked, and whoever the matrix gives decisions to."""
    if seen.through is Through.REASON:
        return False
    return by.agency_id in {request.agency_id, request.asked_agency_id} or seen.tells(
        request.agency.code, Kind.DECISIONS
    )


def _sees_what_it_names(decision: SharingDecision, seen: Seen) -> bool:
    code = decision.agency.code
    return all(
        seen.shows(code, compartment)
        for compartment in {"core", *(item.compartment for item in decision.items.all())}
    )
