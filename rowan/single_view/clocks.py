"""The clock of a question about looks. This room passes it on itself: it goes to no line of work, and never to its subject."""

from datetime import datetime

from django.urls import reverse

from rowan.audit_trail.actions import record
from rowan.notices.actions import tell
from rowan.timescales.actions import start_clock

from .models import LooksQuestion

WHAT = "a question about looks at records"
KIND = "question about looks"
# `timescales/passing_on.py` leaves these to this room's own `passing_on`.
KEEPS = {KIND}


def hand_to(question: LooksQuestion, officer, *, now: datetime, by) -> None:
    """From now on it is theirs: its clock, and a word that says nothing of whom it is about."""
    was, question.asked_of = question.asked_of_id, officer
    question.save(update_fields=["asked_of"])
    start_clock(
        what=WHAT, about_kind=KIND, about_id=str(question.pk), due_on=question.due_on, now=now, owner=officer
    )
    record(
        by=by,
        did="put a question about looks to somebody",
        about_kind=KIND,
        about_id=question.pk,
        particulars={"pattern": str(question.pattern), "from": was, "to": officer.pk},
    )
    tell(officer, "A question about looks at records", reverse("looks:question", args=[question.pk]), now)
