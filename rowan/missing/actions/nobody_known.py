"""A child whom nobody knows yet is put on the board; later triage says which child it is, and the episode goes with it whole."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import involve, join_records, undo_join
from rowan.access.models import Involvement, Why
from rowan.access.standing import hidden_from
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import DecidingAs, deciding_as
from rowan.agencies.one_at_a_time import one_at_a_time
from rowan.audit_trail.actions import record
from rowan.concerns.rules.kept_in_health import refusal_of_words_kept_in_health
from rowan.people.founding import found_by_day
from rowan.people.models import Person
from rowan.refusals import Both, NotAllowed
from rowan.sharing.actions.refusing import refuse, somebody_was_first

from ..models import Episode, Event, FoundToBe, UnknownChild
from ..one_absence import ONE, TOLD_IN_IT, other_of, refusal_of_one, stands_in
from ..rules.nobody_known import refusal_to_report, refusal_to_say_who
from .clocks_of_episodes import keep_its_clock
from .opening import KIND, open_episode
from .reporting import DID, refusal_of_moment, stands_on_the_board

SAID_WHO = "said who a missing child is"
KNOWN = "This child is known: nobody has to say who it is."
NOBODY_YOU_MAY_NAME = (
    "There is nobody there whom you may name. Look for the child again, and choose one of those found."
)


def report_nobody_known(
    *, token: UUID, called: str, known_by: str, began_at: datetime, by, now: datetime, last_seen: str = "", worry: str = "", police_reference: str = ""
) -> Episode:  # fmt: skip
    """On the board under what people call the child, or how they look. Sent twice, it is one child and one episode."""
    about = {"by": by, "did": DID, "about_kind": KIND}
    if refusal := refusal_to_report(by.role):
        refuse(refusal, refusal=NotAllowed, **about)
    if not known_by.strip():
        refuse("Say how the child can be told: looks, age, clothes.", **about)
    if refusal := refusal_of_moment(began_at, now):
        refuse(refusal, **about)
    with transaction.atomic():
        one_at_a_time(by)
        sent = Event.objects.filter(pk=token).select_related("episode").first()
        if sent is None:
            place = deciding_as(by, now)
            words = {"last_seen": last_seen, "worry": worry, "police_reference": police_reference}
            person = _founded(called, known_by, by, now)
            episode = stands_on_the_board(person, token, began_at, words, by=by, place=place, now=now)
            UnknownChild.objects.create(
                episode=episode, person=person, known_by=known_by.strip(), by=by, at=now
            )
            involve(
                person_id=person.pk, why=Why.ASKED, rests_on=_reporters(episode), opened_on=timezone.localdate(now), agency=by.agency, practitioner=by
            )  # fmt: skip
            record(
                about_person=person.pk, about_id=episode.pk, particulars={"episode": "nobody known"} | place.trail, **about
            )  # fmt: skip
            return episode
    if sent.by_id != by.pk or not hasattr(sent.episode, "unknown_child"):
        refuse("This form belongs to another report. Start again.", **about)
    return sent.episode


def version_of(unknown: UnknownChild) -> str:
    newest = unknown.found_to_be.last()
    return str(newest.pk) if newest else "none"


def say_who(
    episode_id: UUID, *, into: str, how_known: str, opened_on: str, one_absence: str = "", by, now: datetime
) -> Episode:
    """The missing child is this one, with everything recorded so far. With nobody named, an earlier answer was a mistake.

    `one_absence`: where the child is reported missing already, whether that is the same absence or another one.
    """
    episode, _ = open_episode(
        episode_id, by=by, today=timezone.localdate(now), did="opened a missing episode to say who it is"
    )
    about = {
        "by": by,
        "did": SAID_WHO,
        "about_kind": KIND,
        "about_id": episode.pk,
        "person_id": episode.person_id,
    }
    if refusal := refusal_to_say_who(by.role):
        refuse(refusal, refusal=NotAllowed, **about)
    unknown = UnknownChild.objects.filter(episode=episode).first()
    if unknown is None:
        refuse(KNOWN, **about)
    if not how_known.strip():
        refuse("Say how you know.", **about)
    if refusal := refusal_of_words_kept_in_health(how_known):
        refuse(refusal, **about)
    if _may_not_name(unknown, into, by):
        refuse(NOBODY_YOU_MAY_NAME, **about)
    other = other_of(episode, into, by=by, now=now) if into else None
    if refusal := refusal_of_one(episode, other, one_absence) or _others_rest_in_it(episode):
        refuse(refusal, **about)
    one = other if one_absence == ONE else None
    with transaction.atomic():
        unknown = UnknownChild.objects.select_for_update(of=("self",)).get(pk=unknown.pk)
        last = unknown.found_to_be.select_related("by").last()
        said = (into, how_known.strip(), by.pk, one.pk if one else None)
        if last and (last.into_id or "", last.how_known, last.by_id, last.same_absence_as_id) == said:
            return Episode.objects.get(pk=episode.pk)
        if version_of(unknown) == opened_on:
            return _is_now(unknown, into, how_known.strip(), one, by=by, now=now)
    both = [
        Both("How we know", last.how_known if last else "", how_known),
        Both("Said by", by_and_when(last.by.display_name, last.at) if last else "", "Not sent"),
    ]
    somebody_was_first(
        "Somebody has said who this is since you opened the page.", both, may_send=True, **about
    )


def _may_not_name(unknown: UnknownChild, into: str, by) -> bool:
    if not into:
        return not unknown.found_to_be.exists()
    hidden = into == unknown.person_id or into in hidden_from(by)
    return hidden or not Person.objects.filter(pk=into).exists()


def _others_rest_in_it(episode: Episode) -> str | None:
    return TOLD_IN_IT if episode.told_in_it.exists() else None


def _is_now(
    unknown: UnknownChild, into: str, how_known: str, one: Episode | None, *, by, now: datetime
) -> Episode:
    """Being the one who reported opens no known child's record; the desks that are asked have their part in hers from now on."""
    both = [unknown.episode_id] + ([one.pk] if one else [])
    locked = {
        each.pk: each
        for each in Episode.objects.select_for_update(of=("self",)).filter(pk__in=both).order_by("pk")
    }
    episode = locked[unknown.episode_id]
    if into:
        Person.objects.filter(pk=unknown.person_id).update(now=into)
        join_records([(unknown.person_id, into)])
    else:
        Person.objects.filter(pk=unknown.person_id).update(now=None)
        undo_join(unknown.person_id)
    was = episode.person_id
    episode.person_id = Person.objects.get(pk=into).who_now().pk if into else unknown.person_id
    stands_in(episode, locked[one.pk] if one else None)
    episode.version += 1
    episode.save(update_fields=["person", "same_absence_as", "version"])
    parts = Involvement.objects.filter(person_id=was, why=Why.ASKED, rests_on__startswith=episode.rests_on)
    # As of the day before: a part that is over today would still open today what it no longer should.
    parts.update(closed_on=timezone.localdate(now) - timedelta(days=1))
    if not into:
        Involvement.objects.filter(person_id=unknown.person_id, rests_on=_reporters(episode)).update(
            closed_on=None
        )
    keep_its_clock(episode, now)
    place = deciding_as(by, now)
    FoundToBe.objects.create(
        unknown=unknown, into_id=into or None, same_absence_as=one, how_known=how_known, by=by, acting_as=place.words, at=now
    )  # fmt: skip
    _leave_line(episode, was, by, place)
    return episode


def _leave_line(episode: Episode, was: str, by, place: DecidingAs) -> None:
    record(
        by=by,
        did=SAID_WHO,
        about_person=episode.person_id,
        about_kind=KIND,
        about_id=episode.pk,
        particulars={"was": was, "one_absence": str(episode.same_absence_as_id or "")} | place.trail,
    )


def _founded(called: str, known_by: str, by, now: datetime) -> Person:
    """Called by what people call the child; without that, by how the child can be told."""
    first, _, last = called.strip().rpartition(" ") if called.strip() else ("", "", known_by.strip())
    return found_by_day(
        first_name=(first or last)[:120], surname=(last if first else "")[:120], birth_date=None, school_code="",
        agency_code=by.agency.code, today=timezone.localdate(now),
    )  # fmt: skip


def _reporters(episode: Episode) -> str:
    return f"{episode.rests_on} reported"
