"""The referrer is told what they may be told; who is told of a decision may disagree, and somebody else looks at it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.rules.matrix import opens_records
from rowan.access.standing import hidden_from
from rowan.agencies.in_words import by_and_when
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import PUBLIC, record
from rowan.notices.actions import tell, tell_post
from rowan.refusals import Both, NotAllowed, NothingThere
from rowan.timescales.rules.working_days import add_working_days

from ..models import Challenge, Concern, Decision, Told
from ..reading import open_concern, settings_on
from ..rules.running import KIND
from ..rules.settings import CHALLENGE_WITHIN
from ..rules.steps import Step
from ..rules.telling import HOW, may_challenge, refusal_of_challenge, words_for
from ..waiting import desk_of
from .adding import concern_with_code
from .refusing import must_triage, refuse, somebody_was_first
from .stepping import leave_line, locked, move
from .triage import rests_on

DISAGREED = "disagreed with a decision"
NOT_TOLD_ENOUGH = "What was decided can be challenged by those who work with the child. Ring the triage desk."


def words_to_tell(concern: Concern, decision: Decision) -> str:
    facts = concern.statutory_facts.values_list("fact", "on")
    return words_for(concern.may_be_told.of, decided=decision.decided, reason=decision.reason, facts=facts)


def tell_referrer(concern_id, *, how: str, by, now: datetime) -> Told:
    """That they were told, how, and in which words. Somebody who signs in is told in Rowan; the words are Rowan's, from one table."""
    did = "told a referrer"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to tell the referrer")
    must_triage(opened, by=by, did=did)
    if how not in HOW:
        refuse("Say how they were told.", by=by, did=did, concern=opened.concern)
    with transaction.atomic():
        concern = locked(opened.concern)
        decision = concern.decisions.standing().last()
        told = Told.objects.filter(decision=decision).select_related("by").first() if decision else None
        refusal = None
        if told is None:
            refusal = move(concern, Step.REFERRER_TOLD, now=now)
        if told is None and refusal is None:
            told = Told.objects.create(
                concern=concern, decision=decision, of=concern.may_be_told.of.value,
                words=words_to_tell(concern, decision), how=how, by=by, at=now,
            )  # fmt: skip
            if concern.by and how == "in_rowan":
                tell(
                    concern.by,
                    "There is an answer to a concern you raised",
                    f"/concerns/raised/{concern.pk}/",
                    now,
                )
            _the_desk_is_done(concern, now)
            leave_line(concern, did, by=by, how=how, of=told.of)
    if refusal:
        refuse(refusal, by=by, did=did, concern=concern)
    if told.by_id != by.pk or told.how != how:
        both = [
            Both("How", HOW[told.how], HOW[how]),
            Both("Told by", by_and_when(told.by.display_name if told.by else "Rowan", told.at), "Not sent"),
        ]
        somebody_was_first("The referrer has been told already.", both, by=by, did=did, concern=concern)
    return told


def challenge(concern_id, *, token: UUID, why: str, sought: str, by, now: datetime) -> Challenge:
    """Whoever raised it, or a colleague of their agency, says that the decision is wrong. Somebody else than who decided looks at it."""
    concern = Concern.objects.select_related("agency", "by").filter(pk=concern_id).first()
    _raised_it(concern, by=by, did=DISAGREED)
    return _challenge(concern, token=token, why=why, sought=sought, by=by, now=now)


def challenge_with_code(code: str, *, token: UUID, why: str, sought: str, now: datetime) -> Challenge:
    """Whoever came by a one-time link disagrees, with the code of their receipt: where their kind is told of the decision at all."""
    concern = concern_with_code(code, now=now)
    return _challenge(concern, token=token, why=why, sought=sought, by=PUBLIC, now=now)


def _challenge(concern: Concern, *, token: UUID, why: str, sought: str, by, now: datetime) -> Challenge:
    did = DISAGREED
    if not may_challenge(concern.may_be_told.of):
        refuse(NOT_TOLD_ENOUGH, by=by, did=did, concern=concern, refusal=NotAllowed)
    if lacking := refusal_of_challenge(why, sought, raises=concern.raises):
        refuse(lacking, by=by, did=did, concern=concern)
    today = timezone.localdate(now)
    due = add_working_days(today, int(settings_on(today)[CHALLENGE_WITHIN.name]))
    with transaction.atomic():
        concern = locked(concern)
        made, refusal = Challenge.objects.filter(pk=token).first(), None
        before = concern.challenges.select_related("by").last() if concern.step == Step.CHALLENGED else None
        if made is None:
            decision = concern.decisions.standing().select_related("by").last()
            owner = _somebody_else_than(decision, concern) if decision else None
            refusal = move(concern, Step.CHALLENGED, now=now, owner=owner, due_on=due)
        if made is None and refusal is None:
            made = Challenge.objects.create(
                pk=token,
                concern=concern,
                decision=decision,
                why=why.strip(),
                sought=sought.strip(),
                by=None if by == PUBLIC else by,
                at=now,
            )
            _put_to(concern, owner, now)
            leave_line(concern, did, by=by, why=why)
    if refusal and before is not None:
        both = [
            Both("Why they disagree", before.why, why),
            Both("What should happen instead", before.sought, sought),
            Both(
                "Sent by",
                by_and_when(before.by.display_name if before.by else "Whoever raised it", before.at),
                "Not sent",
            ),
        ]
        somebody_was_first(
            "A colleague has disagreed already, and somebody else looks at it again.",
            both, by=by, did=did, concern=concern,
        )  # fmt: skip
    if refusal:
        refuse(refusal, by=by, did=did, concern=concern)
    if made.concern_id != concern.pk:
        refuse("This form belongs to another concern. Start again.", by=by, did=did, concern=concern)
    return made


def open_to_challenge(concern_id, *, by, now: datetime) -> tuple[Concern, str]:
    """What the referrer was told, on the page on which they may disagree."""
    did = "opened the form to disagree with a decision"
    concern = Concern.objects.select_related("agency", "by").filter(pk=concern_id).first()
    _raised_it(concern, by=by, did=did)
    if not may_challenge(concern.may_be_told.of):
        refuse(NOT_TOLD_ENOUGH, by=by, did=did, concern=concern, refusal=NotAllowed)
    record(by=by, did=did, about_kind=KIND, about_id=concern.pk)
    told = concern.told.last()
    return concern, told.words if told else ""


def _raised_it(concern: Concern | None, *, by, did: str) -> None:
    a_colleagues = bool(
        concern and concern.agency_id and concern.agency_id == by.agency_id and opens_records(by.role)
    )
    theirs = concern is not None and (concern.by_id == by.pk or a_colleagues)
    shut_out = (
        concern is not None
        and concern.by_id != by.pk
        and (concern.about_a_professional or concern.person_id in hidden_from(by))
    )
    if not theirs or shut_out:
        reason = "Either there is no such concern, or it was raised by somebody else."
        record(by=by, did=did, about_kind=KIND, refused_because=reason)
        raise NothingThere(reason)


def _somebody_else_than(decision: Decision, concern: Concern) -> Practitioner | None:
    """An approving manager first, who did not decide and whom the concern does not shut out; None: the desk finds one."""
    others = Practitioner.objects.filter(is_active=True, role=Role.APPROVING_MANAGER.value).exclude(
        pk=decision.by_id
    )
    if concern.about_a_professional:
        return None
    desk = desk_of(concern, timezone.localdate(decision.at))
    return others.filter(agency=desk.agency).order_by("pk").first() or others.order_by("pk").first()


def _put_to(concern: Concern, owner: Practitioner | None, now: datetime) -> None:
    page = reverse("concerns:triage_one", args=[concern.pk])
    words = "A referrer disagrees with what was decided: look at it again"
    if owner is None:
        tell_post(desk_of(concern, timezone.localdate(now)), words, page, now)
        return
    tell(owner, words, page, now)
    if concern.person_id:
        Involvement.objects.update_or_create(
            person_id=concern.person_id, why=Why.ASKED, rests_on=f"{rests_on(concern)} by {owner.pk}",
            defaults={"opened_on": timezone.localdate(now), "closed_on": None, "agency": owner.agency, "practitioner": owner},
        )  # fmt: skip


def _the_desk_is_done(concern: Concern, now: datetime) -> None:
    """Nothing more is owed: the record closes again to the desk and to whoever decided."""
    if concern.person_id:
        Involvement.objects.filter(
            person_id=concern.person_id, why=Why.ASKED, rests_on__startswith=rests_on(concern), closed_on=None
        ).update(closed_on=timezone.localdate(now))
