"""Something to do after an episode: whose it is, by when, and what came of it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import involve
from rowan.access.models import Involvement, Why
from rowan.agencies.in_words import by_and_when
from rowan.agencies.models import Practitioner
from rowan.audit_trail.actions import record
from rowan.notices.actions import tell
from rowan.refusals import Both
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import start_clock, stop_clock

from ..models import Action, Episode
from ..rules.steps import ACTION
from .clocks_of_episodes import coordinators
from .interviews import who_may_hold
from .opening import open_episode

KIND = "missing action"
YOURS = "Something is yours to do after a missing episode"


def add_action(
    episode: Episode, *, token: UUID, what: str, owner: Practitioner | None, due_on: date, by, now: datetime
) -> Action:
    today = timezone.localdate(now)
    about = {"by": by, "did": "added an action to a missing episode", "about_kind": KIND, "about_id": token, "person_id": episode.person_id}  # fmt: skip
    open_episode(episode.pk, by=by, today=today, did="opened a missing episode to add an action")
    if not what.strip():
        refuse("Say what is to be done.", **about)
    if owner is None or not who_may_hold(episode).filter(pk=owner.pk).exists():
        refuse("Choose whose it is.", **about)
    if due_on < today:
        refuse("Choose a day that is not over.", **about)
    with transaction.atomic():
        action, made = Action.objects.get_or_create(
            pk=token,
            defaults={
                "episode": episode,
                "what": what.strip(),
                "owner": owner,
                "due_on": due_on,
                "by": by,
                "agency_code": by.agency.code,
                "at": now,
            },
        )
        if made:
            start_clock(
                what=ACTION, about_kind=KIND, about_id=token, about_person=episode.person_id, due_on=due_on, now=now,
                owner=owner, owner_post=coordinators(today),
            )  # fmt: skip
            involve(
                person_id=episode.person_id, why=Why.ASKED, rests_on=f"{KIND} {token}", opened_on=today, agency=owner.agency, practitioner=owner
            )  # fmt: skip
            tell(owner, YOURS, reverse("missing:episode", args=[episode.pk]), now)
            record(**_line(about))
    if (action.episode_id, action.by_id) != (episode.pk, by.pk):
        refuse("This form belongs to another action. Start again.", **about)
    return action


def say_done(action: Action, *, outcome: str, by, now: datetime) -> Action:
    today = timezone.localdate(now)
    episode = action.episode
    about = {"by": by, "did": "said what came of an action", "about_kind": KIND, "about_id": action.pk, "person_id": episode.person_id}  # fmt: skip
    open_episode(episode.pk, by=by, today=today, did="opened a missing episode to say an action is done")
    if not outcome.strip():
        refuse("Say what came of it.", **about)
    with transaction.atomic():
        action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        if action.done_at is None:
            action.done_at, action.done_by, action.outcome = now, by, outcome.strip()
            action.save(update_fields=["done_at", "done_by", "outcome"])
            stop_clock(what=ACTION, about_kind=KIND, about_id=action.pk, now=now, because="done")
            Involvement.objects.filter(
                person_id=episode.person_id, why=Why.ASKED, rests_on__startswith=f"{KIND} {action.pk}", closed_on=None
            ).update(closed_on=today)  # fmt: skip
            record(**_line(about))
    if (action.done_by_id, action.outcome) != (by.pk, outcome.strip()):
        both = [
            Both("What came of it", action.outcome, outcome),
            Both("Recorded by", by_and_when(action.done_by.display_name, action.done_at), "Not sent"),
        ]
        somebody_was_first("This is done already.", both, **about)
    return action


def _line(about: dict) -> dict:
    return {"about_person" if key == "person_id" else key: value for key, value in about.items()}
