"""Open a record for a time: in an emergency, or with a typed reason. Everything on the trail, and an emergency looked at by somebody else."""

from datetime import date, datetime, timedelta
from typing import NoReturn

from django.db import transaction
from django.utils import timezone

from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import absences_of, deciding_as
from rowan.agencies.models import Post, PostHolding, Practitioner
from rowan.agencies.rules.chain import is_away
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import Role
from rowan.asked_alike import asked_alike
from rowan.audit_trail.actions import record
from rowan.notices.actions import News, tell_all
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst
from rowan.timescales.actions import dated_values, start_clock, stop_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.settings import Setting, values_on

from .hiding import same_working_day
from .models import Involvement, Opening, OpeningKind, ReviewStep, Why
from .rules.hiding import refusal_of_reason, refusal_to_review
from .rules.matrix import may_look_outside
from .rules.reviewing import REVIEW_CLOCK
from .rules.seeing import role_refusal
from .rules.settings import EMERGENCY_HOURS, REASONED_LOOK_HOURS, SETTINGS
from .standing import Groups, owner_of_restricted

KIND = "opening"
TOLD_CLOCK = "an emergency access to a record you answer for"
# Who reviews where information governance has nobody: somebody always does, and never the one who looked.
REVIEWERS = (Role.INFORMATION_GOVERNANCE, Role.APPROVING_MANAGER, Role.SAFEGUARDING_LEAD)
MAY_NOT_LOOK = (
    "Your role looks at children it works with. If you are worried about another child, ask the triage desk; "
    "if somebody is in danger now, use emergency access."
)


def open_in_emergency(*, person_id: str, why: str, by, now: datetime) -> Opening:
    """Open a record for some hours to somebody without a part in it. The owner and information governance learn of it at once.

    Asked for about a hidden record, or one that is not there, it answers just the same and opens nothing.
    """
    did = "opened a record in an emergency"
    _may(person_id, by, did, role_refusal(by.role), why)
    return _open(OpeningKind.EMERGENCY, EMERGENCY_HOURS, person_id, why, by, now, did)


def look_with_a_reason(*, person_id: str, why: str, by, now: datetime) -> Opening:
    """Open the limited view of a child outside one's own work, for a set time, to the roles that may."""
    did = "gave a reason to look at a child"
    refusal = role_refusal(by.role) or (None if may_look_outside(by.role) else MAY_NOT_LOOK)
    _may(person_id, by, did, refusal, why)
    return _open(OpeningKind.REASON, REASONED_LOOK_HOURS, person_id, why, by, now, did)


def end(opening: Opening, *, by, now: datetime) -> None:
    """End one's own access before its time. From the next page on it opens nothing."""
    if opening.practitioner_id != by.pk:
        _refuse(
            NotAllowed,
            "Only whoever opened the record ends it here.",
            opening.person_id,
            by,
            "ended an access",
        )
    with transaction.atomic():
        if Opening.objects.filter(pk=opening.pk, ended_at=None).update(ended_at=now):
            record(
                by=by,
                did="ended an access",
                about_person=opening.person_id,
                about_kind=KIND,
                about_id=opening.pk,
            )


def review(opening: Opening, *, justified: bool, words: str, by, now: datetime) -> None:
    """Say whether an emergency access was justified, and why one thinks so. Once, and never about oneself."""
    did = "reviewed an emergency access"
    refusal = refusal_to_review(
        by.role, own=opening.practitioner_id == by.pk, asked=was_asked_to_review(opening, by)
    )
    if refusal:
        _refuse(NotAllowed, refusal, opening.person_id, by, did, opening)
    if refused := refusal_of_reason(words):
        _refuse(NotPossible, refused, opening.person_id, by, did, opening)
    place = deciding_as(by, now)
    with transaction.atomic():
        reviewed = (
            Opening.objects.emergency()
            .filter(pk=opening.pk, reviewed_at=None)
            .update(
                reviewed_at=now,
                reviewed_by=by,
                reviewed_acting_as=place.words,
                justified=justified,
                review=words.strip(),
            )
        )
        if reviewed:
            for clock in (REVIEW_CLOCK, TOLD_CLOCK):
                stop_clock(what=clock, about_kind=KIND, about_id=str(opening.pk), now=now, because="reviewed")
            record(
                by=by,
                did=did,
                about_person=opening.person_id,
                about_kind=KIND,
                about_id=opening.pk,
                why=words,
                particulars={"justified": justified} | place.trail,
            )
    if not reviewed:
        _somebody_reviewed_it(opening, justified=justified, words=words, by=by, did=did)


def _somebody_reviewed_it(opening: Opening, *, justified: bool, words: str, by, did: str) -> None:
    """Told plainly, with both versions; the same review pressed twice is one review."""
    stands = Opening.objects.select_related("reviewed_by").get(pk=opening.pk)
    if (stands.reviewed_by_id, stands.justified, stands.review) == (by.pk, justified, words.strip()):
        return
    reason = "Somebody has reviewed this already."
    record(by=by, did=did, about_person=opening.person_id, about_kind="opening", about_id=opening.pk, refused_because=reason)  # fmt: skip
    name = {True: "Justified", False: "Not justified"}
    both = [
        Both("Was it justified?", name[bool(stands.justified)], name[justified]),
        Both("How we know", stands.review, words),
        Both("Reviewed by", by_and_when(stands.reviewed_by.display_name, stands.reviewed_at), "Not sent"),
    ]
    raise SomebodyWasFirst(reason, both)


def was_asked_to_review(opening: Opening, practitioner) -> bool:
    """Whether the review was put to them: at once, by the chain of leads, or when its owner was away."""
    theirs = Clock.objects.running().filter(what=REVIEW_CLOCK, about_kind=KIND, about_id=str(opening.pk))
    return (
        theirs.filter(owner=practitioner).exists()
        or ReviewStep.objects.filter(opening=opening, practitioner=practitioner).exists()
    )


def running_emergencies(practitioner, now: datetime):
    return _running_of(who=practitioner.pk, now=now)


@asked_alike
def _running_of(who, now):
    return Opening.objects.running(now).emergency().filter(practitioner=who)


def _open(
    kind: OpeningKind, hours: Setting, person_id: str, why: str, by, now: datetime, did: str
) -> Opening:
    with transaction.atomic():
        # Two clicks are one access: the second waits for the first on the person who clicks.
        Practitioner.objects.select_for_update().get(pk=by.pk)
        # Whoever waited came with an earlier moment than the opening she finds: what counts is that it is open still.
        still_open = Opening.objects.filter(until_at__gt=now, ended_at=None)
        running = still_open.filter(kind=kind, practitioner=by, person_id=person_id).first()
        if running:
            return running
        length = values_on(SETTINGS, dated_values(), timezone.localdate(now))[hours.name]
        made = Opening.objects.create(
            kind=kind,
            person_id=person_id,
            practitioner=by,
            why=why.strip(),
            opened_at=now,
            until_at=now + timedelta(hours=float(length)),
        )
        if kind == OpeningKind.EMERGENCY:
            _let_others_know(made, by, now)
        record(
            by=by,
            did=did,
            about_person=person_id,
            about_kind=KIND,
            about_id=made.pk,
            why=why,
            particulars={"hours": length},
        )
    return made


def _let_others_know(made: Opening, by, now: datetime) -> None:
    """A clock each, due the same working day, and a word at once, for whoever reviews it and whoever answers for the record."""
    clock = {
        "about_kind": KIND,
        "about_id": str(made.pk),
        "about_person": made.person_id,
        "due_on": same_working_day(now),
        "now": now,
    }
    today = timezone.localdate(now)
    reviewer, governance = reviewer_of(by, today), _governance(by)
    if reviewer:
        start_clock(what=REVIEW_CLOCK, owner=reviewer, **clock)
    reviewers = {each.pk: each for each in [reviewer, *governance] if each}
    news = [
        News(each, REVIEW_CLOCK.capitalize(), "/emergency-access/", urgent=True)
        for each in reviewers.values()
    ]
    practitioner, post = answers_for(made.person_id, today)
    if practitioner or post:
        start_clock(what=TOLD_CLOCK, owner=practitioner, owner_post=None if practitioner else post, **clock)
    sitting = PostHolding.objects.on(today).filter(post=post).select_related("practitioner")
    told = [holding.practitioner for holding in sitting]
    for person in [practitioner] if practitioner else told:
        news.append(News(person, TOLD_CLOCK.capitalize(), f"/children/{made.person_id}/", urgent=True))
    tell_all(news, now)


def reviewer_of(opener, today: date) -> Practitioner | None:
    """Who reviews what the opener opened: the first of information governance who is there; else a manager; never the opener."""
    order = {role.value: number for number, role in enumerate(REVIEWERS)}
    found = list(
        Practitioner.objects.filter(role__in=order, is_active=True)
        .exclude(pk=opener.pk)
        .select_related("agency")
        .order_by("pk")
    )
    calendar = absences_of([person.pk for person in found], since=today)
    return min(
        found,
        key=lambda person: (is_away(calendar.get(person.pk, ()), today), order[person.role], person.pk),
        default=None,
    )


def _governance(by) -> list[Practitioner]:
    """All of information governance learn of it at once, whoever reviews it."""
    theirs = Practitioner.objects.filter(role=Role.INFORMATION_GOVERNANCE.value, is_active=True)
    return list(theirs.exclude(pk=by.pk).order_by("pk"))


def answers_for(person_id: str, today: date):
    """(practitioner, post) who answer for a child's record: a restricted one's owner, the allocated worker, else the triage desk.

    All three are looked up whatever comes of it: how long the answer takes must not tell whether the record is hidden.
    """
    owner = owner_of_restricted(person_id)
    part = (
        Involvement.objects.on(today)
        .not_kept_out()
        .filter(
            person_id__in=Groups([person_id]).all_ids,
            why=Why.ALLOCATED_WORKER,
            practitioner__is_active=True,
        )
        .select_related("practitioner")
        .order_by("-opened_on")
        .first()
    )
    post = Post.objects.filter(kind=PostKind.TRIAGE).order_by("pk").first()
    return owner or (part.practitioner if part else None), post


def _may(person_id: str, by, did: str, refusal: str | None, why: str) -> None:
    if refusal:
        _refuse(NotAllowed, refusal, person_id, by, did)
    if refused := refusal_of_reason(why):
        _refuse(NotPossible, refused, person_id, by, did)


def _refuse(refusal, reason: str, person_id: str, by, did: str, opening: Opening | None = None) -> NoReturn:
    record(
        by=by,
        did=did,
        about_person=person_id,
        about_kind=KIND if opening else "",
        about_id=opening.pk if opening else "",
        refused_because=reason,
    )
    raise refusal(reason)
