"""When a clock of this room passes to somebody else, they are told, and the child's record opens to them as far as their role sees."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import involve
from rowan.access.models import Involvement, Why
from rowan.access.reading import ROWAN, reading_as
from rowan.access.rules.matrix import opens_records
from rowan.notices.actions import News, tell_all
from rowan.timescales.passing_on import Moved

from .actions.follow_up import KIND as ACTION
from .actions.opening import KIND as EPISODE
from .models import Action
from .models.episodes import RESTS_ON

ABOUT = {EPISODE, ACTION}


# Whoever enters an absence or ends an account passes on also what is hidden from them.
@reading_as(ROWAN)
def follow(moved: list[Moved], *, now: datetime, by) -> None:
    today = timezone.localdate(now)
    for each in moved:
        _open_record(each, today)
    episodes = dict(Action.objects.filter(pk__in=[each.clock.about_id for each in moved if each.clock.about_kind == ACTION]).values_list("pk", "episode_id"))  # fmt: skip
    pages = {str(action): episode for action, episode in episodes.items()}
    tell_all([_news(each, pages) for each in moved], now)


def _open_record(moved: Moved, today: date) -> None:
    clock, before = moved.clock, moved.from_owner
    begins = f"{RESTS_ON}{clock.about_id}" if clock.about_kind == EPISODE else f"{ACTION} {clock.about_id}"
    if before is not None:
        Involvement.objects.filter(
            person_id=clock.about_person, why=Why.ASKED, rests_on__startswith=begins, practitioner=before
        ).update(closed_on=today)
    if opens_records(moved.to.role):
        involve(
            person_id=clock.about_person, why=Why.ASKED, rests_on=f"{begins} to {moved.to.pk}", opened_on=today, agency=moved.to.agency, practitioner=moved.to
        )  # fmt: skip


def _news(moved: Moved, pages: dict) -> News:
    if not opens_records(moved.to.role):
        return News(
            moved.to,
            f"Something about a missing child has passed to you {moved.because}. Your role opens no child’s record: ring the triage desk",
            reverse("agencies:who_answers"),
        )
    about_id = moved.clock.about_id
    return News(moved.to, f"Work has passed to you {moved.because}", reverse("missing:episode", args=[pages.get(about_id, about_id)]), urgent=True)  # fmt: skip
