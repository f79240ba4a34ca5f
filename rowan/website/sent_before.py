"""A form whose number stands already where its sender cannot see it: in a row made in the same moment, or one behind the second wall."""

import logging

from django.db import IntegrityError, connection

from rowan.audit_trail.actions import record
from rowan.refusals import NotPossible

DID = "sent a form whose number was sent before"
REFUSED = "A form with this number has been sent before, perhaps a moment ago by a second press. Open the page again, and look whether it is there."
UNIQUE_VIOLATION = "23505"  # PostgreSQL's own number for it
log = logging.getLogger(__name__)


def was_sent_before(exception: BaseException) -> bool:
    """Whether the database refused a second row of one number. Everything of the second has been rolled back by then."""
    if not isinstance(exception, IntegrityError):
        return False
    if connection.vendor == "postgresql":
        return getattr(exception.__cause__, "sqlstate", "") == UNIQUE_VIOLATION
    return str(exception).startswith("UNIQUE constraint failed")


def refused(request) -> NotPossible:
    """In the sender's words. Which row it was goes nowhere: PostgreSQL's own words hold its values."""
    log.warning("POST %s: a row of that number stands already", request.resolver_match.view_name)
    if request.user.is_authenticated:
        record(by=request.user, did=DID, refused_because=REFUSED)
    return NotPossible(REFUSED)
