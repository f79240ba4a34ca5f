"""Being asked is a part in the child's life until the question is answered, and for a while after (docs/adr/0012)."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from rowan.access.actions import involve
from rowan.access.models import Involvement, Why

from ..models import Question
from ..rules.answers import SEEN_AFTER_DAYS


def open_to_those_asked(question: Question, *, opened_on: date) -> None:
    """Somebody asked by name, or whoever holds the post and whoever deputises for it."""
    agency = question.practitioner.agency if question.practitioner else question.post.agency
    involve(
        person_id=question.person_id,
        why=Why.ASKED,
        rests_on=f"question {question.pk}",
        opened_on=opened_on,
        agency=agency,
        practitioner=question.practitioner,
        post=None if question.practitioner else question.post,
    )
    if question.deputy and not question.practitioner:
        involve(
            person_id=question.person_id,
            why=Why.ASKED,
            rests_on=f"question {question.pk} deputy",
            opened_on=opened_on,
            agency=question.deputy.agency,
            post=question.deputy,
        )


def let_look_a_while_longer(person_id: str, rests_on: str, now: datetime) -> None:
    """Those it was put to, their deputies and those it passed to may still look for a while, and then no more."""
    today = timezone.localdate(now)
    Involvement.objects.on(today).filter(
        person_id=person_id, why=Why.ASKED, rests_on__startswith=rests_on
    ).update(closed_on=today + timedelta(days=SEEN_AFTER_DAYS))
