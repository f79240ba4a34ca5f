"""The clocks of this room; and when one passes to somebody else, what it is about goes with it: question, sign of harm, promise.

The new owner finds it in her list with the reason, and being asked opens the child's record to her (docs/adr/0012). A school's
question stays in its school: its rows are shown to nobody outside it, so whoever is asked elsewhere watches the clock and rings.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.reading import ROWAN, reading_as
from rowan.agencies.models import Agency
from rowan.notices.actions import News, tell_all
from rowan.timescales.models import Clock, HandOver
from rowan.timescales.passing_on import Moved

from .models import HUB, Owed, Question
from .rules.answers import SEEN_AFTER_DAYS

QUESTION_CLOCK = "a question"
SIGN_CLOCK = "a strategy question"
OWED_CLOCK = "an act that was promised"
FEED_CLOCK = "a feed that fell silent"
FEED = "silent feed"
ABOUT = {"question", "sign of harm", "owed", FEED}


# Whoever enters an absence or ends an account passes on also what is hidden from them.
@reading_as(ROWAN)
def follow(moved: list[Moved], *, now: datetime, by) -> None:
    today = timezone.localdate(now)
    questions = _questions_behind(moved)
    goes = [each for each in moved if _may_go(each, questions.get(each.clock.pk))]
    _put_to_them([(questions[each.clock.pk], each) for each in goes if each.clock.about_kind == "question"])
    _open_records([each for each in goes if each.clock.about_person], today)
    staying = {each.clock.pk for each in moved} - {each.clock.pk for each in goes}
    tell_all([_news(each, each.clock.pk in staying) for each in moved], now)


def why_it_came(practitioner, keys: Iterable[str]) -> dict[str, str]:
    """For things whose running clock passed to this practitioner, why it did."""
    passed = HandOver.objects.filter(
        clock__in=Clock.objects.running().filter(owner=practitioner, about_id__in=[str(key) for key in keys]),
        to_owner=practitioner,
    )
    return {about_id: because for about_id, because in passed.values_list("clock__about_id", "because")}


def _questions_behind(moved: list[Moved]) -> dict[int, Question]:
    """The question each clock belongs to: its own, or the one whose answer promised what is owed."""
    ids = {each.clock.pk: each.clock.about_id for each in moved if each.clock.about_kind == "question"}
    owed = {each.clock.about_id: each.clock.pk for each in moved if each.clock.about_kind == "owed"}
    rows = Owed.objects.filter(pk__in=list(owed)).values_list("pk", "answer__question_id")
    ids |= {owed[str(pk)]: str(question) for pk, question in rows}
    found = {str(pk): question for pk, question in Question.objects.in_bulk(set(ids.values())).items()}
    return {clock: found[question] for clock, question in ids.items() if question in found}


def _news(moved: Moved, stays: bool) -> News:
    if stays:
        return News(
            moved.to,
            f"Something waits at {_where_it_waits(moved).name} and nobody there can see to it. Ring them.",
            reverse("agencies:who_answers"),
            urgent=True,
        )
    path = reverse("questions:for_me")
    if moved.clock.about_kind == FEED:
        path = reverse("questions:feed", args=[moved.clock.about_id])
    if moved.clock.about_kind == "owed":
        path = reverse("questions:settle", args=[moved.clock.about_id])
    return News(moved.to, f"Work has passed to you {moved.because}", path)


def _where_it_waits(moved: Moved) -> Agency:
    """A clock stands at a post, or was somebody's by name."""
    return moved.clock.owner_post.agency if moved.clock.owner_post else moved.from_owner.agency


def _may_go(moved: Moved, question: Question | None) -> bool:
    return question is None or question.audience in {HUB, moved.to.agency.code}


def _put_to_them(put: list[tuple[Question, Moved]]) -> None:
    for question, moved in put:
        question.practitioner, question.waits_for_room = moved.to, False
        question.why_you = f"This came to you {moved.because}."[:300]
    Question.objects.bulk_update(
        [question for question, _ in put], ["practitioner", "why_you", "waits_for_room"], batch_size=500
    )


def _open_records(moved: list[Moved], today: date) -> None:
    """Whoever has it now may open the record; whoever had it by name may look for a while longer, as after an answer."""
    Involvement.objects.bulk_create(
        [
            Involvement(
                person_id=each.clock.about_person,
                why=Why.ASKED,
                rests_on=f"{_rests_on(each.clock)} passed to {each.to.pk}",
                opened_on=today,
                closed_on=None,
                agency=each.to.agency,
                practitioner=each.to,
            )
            for each in moved
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["person_id", "why", "rests_on"],
        update_fields=["opened_on", "closed_on", "agency", "practitioner"],
    )
    for each in _by_former_owner(moved):
        rests_on = [
            name for clock in each for name in (_rests_on(clock), f"{_rests_on(clock)} passed to {clock.was}")
        ]
        Involvement.objects.filter(
            person_id__in={clock.about_person for clock in each}, why=Why.ASKED, rests_on__in=rests_on, practitioner=each[0].was
        ).update(closed_on=today + timedelta(days=SEEN_AFTER_DAYS))  # fmt: skip


def _by_former_owner(moved: list[Moved]) -> list[list[Clock]]:
    """The clocks somebody had by name, some hundreds at a time: a statement takes only so many values."""
    groups: dict[int, list[Clock]] = {}
    for each in moved:
        if each.from_owner is not None:
            each.clock.was = each.from_owner.pk
            groups.setdefault(each.from_owner.pk, []).append(each.clock)
    return [group[start : start + 200] for group in groups.values() for start in range(0, len(group), 200)]


def _rests_on(clock: Clock) -> str:
    return f"{'sign' if clock.about_kind == 'sign of harm' else clock.about_kind} {clock.about_id}"
