"""The clock of a second answer, and of two that differ: it has an owner and a day, passes on when they are away, and never to the first."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from rowan.access.standing import hidden_from
from rowan.agencies.models import Practitioner
from rowan.notices.actions import News, tell_all
from rowan.timescales.actions import dated_values, start_clock, stop_clock
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import Moved
from rowan.timescales.rules.settings import values_on
from rowan.timescales.rules.working_days import add_working_days

from .models import AwaitedJoin
from .rules.settings import SECOND_ANSWER_DAYS, SETTINGS
from .rules.who_judges import judges
from .waiting import who_answers_next

KIND = "two records"
WHAT = "whether two records are one person"
DIFFER = "two people who differ about two records"
ABOUT = {KIND}
NEWS = "Two records that may be one person wait for your answer"
NEWS_OF_TWO = "Two people differ about two records: both reasons stand beside them"
RING = (
    "Two records that may be one person wait for an answer that your role does not give: ring the triage desk"
)


def ask_a_second(awaited: AwaitedJoin, *, now: datetime) -> None:
    """Put it to somebody else by name, with a day."""
    _start(awaited, WHAT, {awaited.by_id}, NEWS, now)


def two_differ(awaited: AwaitedJoin, *, now: datetime) -> None:
    """It goes back to the pairs that wait, with both reasons: to a third, and where there is none to whoever answered first."""
    stop_clock(what=WHAT, about_kind=KIND, about_id=str(awaited.pk), now=now, because="answered")
    _start(awaited, DIFFER, {awaited.by_id, awaited.second_by_id}, NEWS_OF_TWO, now)


def nothing_is_owed(answers: Iterable[AwaitedJoin], *, now: datetime) -> None:
    """A judgement stands: of these two records nobody owes an answer any more."""
    for each in answers:
        for what in (WHAT, DIFFER):
            stop_clock(what=what, about_kind=KIND, about_id=str(each.pk), now=now, because="answered")


def nothing_is_left(awaited: AwaitedJoin, *, now: datetime) -> None:
    stop_clock(what=WHAT, about_kind=KIND, about_id=str(awaited.pk), now=now, because="no longer two people")


def page_of(awaited: AwaitedJoin) -> str:
    return reverse("who_is_who:pair", args=[awaited.left_rid, awaited.right_rid])


def _start(awaited: AwaitedJoin, what: str, never: set[int], news: str, now: datetime) -> None:
    today = timezone.localdate(now)
    ids = [awaited.left_person_id, awaited.right_person_id]
    chosen, post = who_answers_next(never=never, person_ids=ids, today=today)
    chosen = chosen or awaited.by
    days = int(str(values_on(SETTINGS, dated_values(), today)[SECOND_ANSWER_DAYS.name]))
    start_clock(
        what=what,
        about_kind=KIND,
        about_id=str(awaited.pk),
        about_person=awaited.left_person_id,
        due_on=add_working_days(today, days),
        now=now,
        owner=chosen,
        owner_post=post,
    )
    tell_all([News(chosen, news, page_of(awaited))], now)


def may_not_see_to(clocks: Iterable[Clock], people: set[int]) -> dict[int, set[int]]:
    """A second answer is never the first's own; and nobody is asked about a child hidden from them."""
    of = {int(clock.about_id): clock for clock in clocks if clock.about_kind == KIND}
    barred: dict[int, set[int]] = {}
    for awaited in AwaitedJoin.objects.filter(pk__in=list(of)):
        clock, ids = of[awaited.pk], {awaited.left_person_id, awaited.right_person_id}
        who = {
            person.pk for person in Practitioner.objects.filter(pk__in=people) if ids & hidden_from(person)
        }
        barred[clock.pk] = who | {awaited.by_id} if clock.what == WHAT else who
    return barred


def follow(moved: list[Moved], *, now: datetime, by) -> None:
    rows = AwaitedJoin.objects.in_bulk([int(each.clock.about_id) for each in moved])
    tell_all(
        [
            News(each.to, NEWS, page_of(rows[int(each.clock.about_id)]))
            if judges(each.to.role)
            else News(each.to, RING, reverse("agencies:who_answers"))
            for each in moved
        ],
        now,
    )
