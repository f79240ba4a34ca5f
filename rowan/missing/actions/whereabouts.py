"""Graded, found, back, or never missing: where a missing child is thought to be, step by step."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import owner_of_restricted
from rowan.chronology.models import Entry
from rowan.chronology.notes import say_when_it_ended, take_back
from rowan.notices.actions import tell, tell_post

from ..models import Episode, EventKind
from ..rules.due import interview_due_at
from ..rules.grades import GRADES
from ..rules.steps import Interview, Step, refusal_to_move
from .clocks_of_episodes import coordinators, settings_on
from .stepping import Said, lacks, take_step

BACK = "A missing child is back: offer a return home interview"


def line_key(episode: Episode) -> str:
    return f"missing {episode.pk}"


def grade(
    episode: Episode, *, token: UUID, opened_on: int, grade: str, at: datetime, words="", by, now: datetime
) -> Episode:
    """The police say how they grade the child; every grade stays in the history."""
    said = Said(
        token, EventKind.GRADED, at, words, grade, [] if grade in GRADES else ["Choose the grade the police gave"]
    )  # fmt: skip

    def change(locked: Episode) -> None:
        locked.step, locked.grade, locked.found_at = Step.GRADED.value, grade, None

    return take_step(
        episode, said, opened_on=opened_on, by=by, now=now, change=change,
        refusal=lambda locked: refusal_to_move(locked.step, Step.GRADED),
    )  # fmt: skip


def say_found(
    episode: Episode, *, token: UUID, opened_on: int, at: datetime, words: str, by, now: datetime
) -> Episode:
    """Her whereabouts are known. She is back when somebody says so, and the 72 hours begin then."""

    def change(locked: Episode) -> None:
        locked.step, locked.found_at = Step.FOUND.value, at

    return take_step(
        episode, Said(token, EventKind.FOUND, at, words, lacking=lacks(words, "Say where, and that the child is safe")),
        opened_on=opened_on, by=by, now=now, change=change, refusal=lambda locked: refusal_to_move(locked.step, Step.FOUND),
    )  # fmt: skip


def say_returned(
    episode: Episode, *, token: UUID, opened_on: int, at: datetime, words="", by, now: datetime
) -> Episode:
    """Back. From this moment an interview is required, and its clock runs."""
    return take_step(
        episode, Said(token, EventKind.RETURNED, at, words), opened_on=opened_on, by=by, now=now,
        refusal=lambda locked: refusal_to_move(locked.step, Step.RETURNED),
        change=lambda locked: came_back(locked, at, now),
    )  # fmt: skip


def say_not_missing(
    episode: Episode, *, token: UUID, opened_on: int, words: str, by, now: datetime
) -> Episode:
    """Recorded by mistake. It is kept, with who said so and why, and its line leaves the timeline."""

    def change(locked: Episode) -> None:
        locked.step = Step.NOT_MISSING.value
        take_own_line_back(locked)

    return take_step(
        episode,
        Said(token, EventKind.NOT_MISSING, now, words, lacking=lacks(words, "Say how it is known that the child was not missing")),
        opened_on=opened_on, by=by, now=now, change=change, refusal=_refusal_of_mistake,
    )  # fmt: skip


def came_back(episode: Episode, at: datetime, now: datetime) -> None:
    """Changes the locked episode in memory: within a step, or the taking in of a feed's report."""
    episode.step, episode.returned_at = Step.RETURNED.value, at
    episode.interview = Interview.REQUIRED.value
    episode.interview_due_at = interview_due_at(at, settings_on(timezone.localdate(now)))
    for told in (episode, *episode.told_in_it.all()):
        if told.has_own_line:
            say_when_it_ended(line_key(told), timezone.localdate(at))
    _tell_of_it(episode, now)


def take_own_line_back(episode: Episode) -> None:
    if episode.has_own_line and (line := Entry.objects.filter(key=line_key(episode), by_day=True).first()):
        take_back(line)
        episode.has_own_line = False


def _tell_of_it(episode: Episode, now: datetime) -> None:
    path = reverse("missing:episode", args=[episode.pk])
    if owner := owner_of_restricted(episode.person_id):
        tell(owner, BACK, path, now)
    else:
        tell_post(coordinators(timezone.localdate(now)), BACK, path, now)


def _refusal_of_mistake(episode: Episode) -> str | None:
    if episode.reports.filter(confirmed=True).exists():
        return "An agency’s file reports this absence, so it is not taken back here. Tell that agency what is wrong."
    if episode.told_in_it.exists():
        return "Somebody else reported this absence too. Say first that the two are not one absence."
    return refusal_to_move(episode.step, Step.NOT_MISSING)
