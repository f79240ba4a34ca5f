"""A child is reported missing by hand: a new episode on the board, or one more report of an absence that is known already."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import open_record, owner_of_restricted
from rowan.access.models import Involvement, Why
from rowan.access.standing import Groups
from rowan.agencies.leads import DecidingAs, deciding_as
from rowan.audit_trail.actions import record
from rowan.chronology.models import Compartment, Observed
from rowan.chronology.notes import Written, write_line
from rowan.notices.actions import News, tell, tell_all, tell_post
from rowan.people.models import Person
from rowan.refusals import NotAllowed
from rowan.sharing.actions.refusing import refuse

from ..models import Episode, Event, EventKind
from ..rules.same_absence import Absence, the_same_absence
from ..rules.steps import Step
from .clocks_of_episodes import coordinators, keep_its_clock
from .opening import KIND, tells
from .stepping import Said, leave_event
from .whereabouts import line_key

DID = "reported a child missing"
MISSING = "A child was reported missing"
NOT_YOURS = "Your role does not record missing episodes here. Ring the police on 101, or 999 if the child is in danger, and then the triage desk."
LONGEST_AGO = timedelta(days=400)


def report(
    *,
    token: UUID,
    person_id: str,
    began_at: datetime,
    last_seen: str = "",
    worry: str = "",
    police_reference: str = "",
    by,
    now: datetime,
) -> Episode:
    """Put the child on the board. An absence that a feed or somebody else has reported already is joined, not repeated."""
    about = {"by": by, "did": DID, "about_kind": KIND, "person_id": person_id}
    today = timezone.localdate(now)
    seen = open_record(
        person_id=person_id, by=by, today=today, did="opened a record to report a child missing"
    )
    if not tells(seen, by.agency.code):
        refuse(NOT_YOURS, refusal=NotAllowed, **about)
    if refusal := refusal_of_moment(began_at, now):
        refuse(refusal, **about)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id).who_now()
        place = deciding_as(by, now)
        sent = Event.objects.filter(pk=token).select_related("episode").first()
        if sent is not None:
            episode = sent.episode
        elif (known := _known_already(person.pk, began_at, now)) is not None:
            words = "\n".join(filter(None, (last_seen.strip(), worry.strip(), police_reference.strip())))
            again = Said(token, EventKind.REPORTED_AGAIN, began_at, words)
            leave_event(known, again, by=by, place=place, now=now)
            episode = known
            _leave_line(episode, by, place, "joined")
        else:
            words = {"last_seen": last_seen, "worry": worry, "police_reference": police_reference}
            episode = stands_on_the_board(person, token, began_at, words, by=by, place=place, now=now)
            _leave_line(episode, by, place, "new")
    if sent is not None and (sent.by_id, episode.person_id) != (by.pk, person.pk):
        refuse("This form belongs to another report. Start again.", **about)
    return episode


def refusal_of_moment(began_at: datetime, now: datetime) -> str | None:
    if began_at > now or began_at < now - LONGEST_AGO:
        return "Say when the child was last seen: a moment that has been."
    return None


def stands_on_the_board(
    person: Person,
    token: UUID,
    began_at: datetime,
    words: dict[str, str],
    *,
    by,
    place: DecidingAs,
    now: datetime,
) -> Episode:
    """A new episode with its first step, its clock and its line of the timeline. Belongs in the transaction of the act that leaves its line on the trail."""
    episode = Episode.objects.create(
        pk=uuid4(),
        person=person,
        agency_code=by.agency.code,
        by=by,
        began_at=began_at,
        recorded_at=now,
        step=Step.REPORTED,
        has_own_line=True,
        **{box: said.strip() for box, said in words.items()},
    )
    leave_event(episode, Said(token, EventKind.REPORTED, began_at), by=by, place=place, now=now)
    keep_its_clock(episode, now)
    _write_its_line(episode, by, now)
    _tell_of_it(episode, now)
    return episode


def episodes_of(person_id: str):
    """Hers, under every id that was joined with hers; of two that are one absence, the one that stands."""
    return Episode.objects.of_their_own().filter(person_id__in=Groups([person_id]).all_ids)


def _known_already(person_id: str, began_at: datetime, now: datetime) -> Episode | None:
    """The episode that this tells of, or None. A child who came back and went again is missing anew, however soon it was."""
    known = {
        str(each.pk): each
        for each in episodes_of(person_id).exclude(step=Step.NOT_MISSING).select_for_update(of=("self",))
        if each.is_missing_now or (each.times_known and each.returned_at and began_at < each.returned_at)
    }
    same = the_same_absence(Absence("", began_at), [each.as_absence() for each in known.values()], now)
    return known[same.key] if same else None


def _write_its_line(episode: Episode, by, now: datetime) -> None:
    write_line(
        Written(
            key=line_key(episode),
            person_id=episode.person_id,
            kind="went_missing",
            title="Was reported missing",
            happened_on=timezone.localdate(episode.began_at),
            happened_at=episode.began_at,
            compartment=Compartment.POLICE,
            text="\n".join(filter(None, (episode.last_seen, episode.worry))),
            observed=Observed.INDICATOR,
            observed_code="MISS-02",
        ),
        by=by,
        now=now,
    )


def _tell_of_it(episode: Episode, now: datetime) -> None:
    """At once: the co-ordinator's post and the child's own worker; of a restricted child, whoever answers for the record."""
    path, today = reverse("missing:episode", args=[episode.pk]), timezone.localdate(now)
    if owner := owner_of_restricted(episode.person_id):
        tell(owner, MISSING, path, now, urgent=True)
        return
    tell_post(coordinators(today), MISSING, path, now, urgent=True)
    workers = Involvement.objects.on(today).not_kept_out().filter(
        person_id__in=Groups([episode.person_id]).all_ids, why=Why.ALLOCATED_WORKER, practitioner__is_active=True
    )  # fmt: skip
    tell_all(
        [News(row.practitioner, MISSING, path, True) for row in workers.select_related("practitioner")], now
    )


def _leave_line(episode: Episode, by, place: DecidingAs, how: str) -> None:
    record(
        by=by,
        did=DID,
        about_person=episode.person_id,
        about_kind=KIND,
        about_id=episode.pk,
        particulars={"episode": how} | place.trail,
    )
