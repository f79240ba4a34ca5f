"""When a clock of this room passes to somebody else, they are told, and the child's record opens to whoever has to see to it.

The child's lead professional stays who it was: a stand-in answers for the clock, and a new lead is somebody's decision.
"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import opens_records
from rowan.notices.actions import News, tell_all
from rowan.sharing.actions.escalating import open_to
from rowan.timescales.passing_on import Moved

ABOUT = {"strand", "assessment", "step-down", "step-up", "statutory"}


def follow(moved: list[Moved], *, now: datetime, by) -> None:
    today = timezone.localdate(now)
    for each in moved:
        what = f"{each.clock.about_kind} {each.clock.about_id}"
        if each.from_owner is not None:
            Involvement.objects.filter(
                person_id=each.clock.about_person, why=Why.ASKED, rests_on__startswith=what, practitioner=each.from_owner
            ).update(closed_on=today)  # fmt: skip
        if opens_records(each.to.role):
            open_to(
                each.to,
                person_id=each.clock.about_person,
                what=f"{what} passed to {each.to.pk}",
                today=today,
            )
    tell_all([_news(each) for each in moved], now)


def _news(moved: Moved) -> News:
    if not opens_records(moved.to.role):
        return News(
            moved.to,
            f"Work with a child has passed to you {moved.because}. Your role opens no child’s record: ring the triage desk",
            reverse("agencies:who_answers"),
        )
    return News(
        moved.to,
        f"Work has passed to you {moved.because}",
        reverse("assessments:child", args=[moved.clock.about_person]),
    )
