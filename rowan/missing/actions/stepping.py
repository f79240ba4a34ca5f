"""How every step of an episode is taken: asked first, then behind its lock, once, and never over what somebody else has said since."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import DecidingAs, deciding_as
from rowan.audit_trail.actions import record
from rowan.refusals import Both
from rowan.sharing.actions.refusing import refuse, somebody_was_first

from ..models import Episode, Event, EventKind
from .clocks_of_episodes import keep_its_clock
from .opening import KIND, open_episode, tells

NOBODYS = DecidingAs("", {})
FIRST = "Somebody recorded another step of this episode since you opened the page."


@dataclass(frozen=True)
class Said:
    """One step as somebody recorded it."""

    token: UUID
    kind: EventKind
    at: datetime
    words: str = ""
    code: str = ""
    lacking: Iterable[str] = ()


def take_step(
    episode: Episode,
    said: Said,
    *,
    opened_on: int,
    refusal: Callable[[Episode], str | None],
    change: Callable[[Episode], None],
    by,
    now: datetime,
    handed_to=None,
) -> Episode:
    """`change` alters the locked episode in memory and may write beside it; the step, its clock and its line are this function's."""
    did = f"recorded of a missing episode: {said.kind.label.lower()}"
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": episode.pk, "person_id": episode.person_id}
    _, seen = open_episode(
        episode.pk, by=by, today=timezone.localdate(now), did="opened a missing episode to record a step"
    )
    for lack in [*said.lacking, *_wrong_moment(episode, said.at, now)]:
        refuse(lack, **about)
    was, why_not = None, None
    with transaction.atomic():
        locked = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)  # fmt: skip
        if (standing := Event.objects.filter(pk=said.token).first()) is not None:
            why_not = _other_form(standing, said, locked, by)
        elif locked.version != opened_on:
            was = locked.events.select_related("by").last()
        elif (why_not := _told_elsewhere(locked) or refusal(locked)) is None:
            change(locked)
            locked.version += 1
            locked.save()
            place = deciding_as(by, now)
            leave_event(locked, said, by=by, place=place, now=now)
            keep_its_clock(locked, now, handed_to=handed_to)
            record(
                by=by,
                did=did,
                about_person=locked.person_id,
                about_kind=KIND,
                about_id=locked.pk,
                particulars={"step": locked.step, "interview": locked.interview} | place.trail,
            )
    if was is not None:
        _first(was, said, tells(seen, was.agency_code), about)
    if why_not:
        refuse(why_not, **about)
    return locked


def _told_elsewhere(episode: Episode) -> str | None:
    if episode.same_absence_as_id is None:
        return None
    return "This is one absence with another episode of the same child. Record it there."


def leave_event(
    episode: Episode, said: Said, *, by, now: datetime, place: DecidingAs = NOBODYS, agency_code: str = ""
) -> Event:
    """`by` is None where a feed said it: nobody's place then."""
    return Event.objects.create(
        pk=said.token,
        episode=episode,
        kind=said.kind,
        at=said.at,
        recorded_at=now,
        by=by,
        acting_as=place.words,
        agency_code=agency_code or by.agency.code,
        code=said.code,
        words=said.words.strip(),
    )


def _wrong_moment(episode: Episode, at: datetime, now: datetime) -> list[str]:
    if at > now:
        return ["That moment has not come yet. Say when it happened."]
    if at < episode.began_at:
        return ["That is before the child was last seen. Look at the day and the time again."]
    return []


def _other_form(standing: Event, said: Said, episode: Episode, by) -> str | None:
    same = (standing.episode_id, standing.by_id, standing.kind) == (episode.pk, by.pk, said.kind.value)
    return None if same else "This form was sent before, with something else in it. Open the page again."


def _first(was: Event, said: Said, told: bool, about: dict) -> NoReturn:
    rows = [
        Both("What was recorded", was.get_kind_display(), said.kind.label),
        Both("In words", was.words if told else "", said.words),
        Both(
            "Recorded by",
            by_and_when(was.by.display_name if was.by else "Rowan, from a feed", was.recorded_at),
            "Not sent",
        ),
    ]
    somebody_was_first(FIRST, [row for row in rows if row.now or row.typed], **about)


def lacks(words: str, sentence: str) -> list[str]:
    return [] if words.strip() else [sentence]
