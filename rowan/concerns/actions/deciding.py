"""Triage decides: what happens next, why, by whose name; and what it owes at once to whom."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.models import Involvement, Why
from rowan.access.standing import Groups, owner_of_restricted
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import acting_as, acting_in_words, lead_now
from rowan.chronology.models import Entry
from rowan.notices.actions import tell
from rowan.questions.waiting import unanswered_signs
from rowan.refusals import Both
from rowan.timescales.rules.working_days import add_working_days

from ..models import Concern, Decision, StatutoryFact
from ..reading import open_concern, settings_on
from ..rules.deciding import REFERS, refusal_of_fact, what_is_owed
from ..rules.decisions import DECIDED_NAMES, Decided, Fact, refusal_of_decision
from ..rules.kept_in_health import refusal_of_words_kept_in_health
from ..rules.settings import TOLD_WITHIN
from ..rules.steps import Step
from ..rules.what_it_is_about import About
from .acknowledging import not_passed_on_any_more, pass_to_worker
from .checks import not_needed_any_more
from .into_chronology import signs_in
from .refusing import must_triage, refuse, somebody_was_first
from .stepping import leave_line, locked, move
from .waiting_for_social_care import wait_for_social_care


@dataclass(frozen=True)
class Deciding:
    """What somebody at triage typed."""

    decided: str
    reason: str
    manager: str = ""
    other_children: str = ""
    early_help_agreed: bool = False
    referral_on: date | None = None
    referral_reference: str = ""


def decide(concern_id, said: Deciding, *, token: UUID, by, now: datetime) -> Decision:
    """One decision, with its reason and name; the referrer is to be told from now on. Sent twice, it is one."""
    did = "decided a concern"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to decide it")
    must_triage(opened, by=by, did=did)
    today, concern = timezone.localdate(now), opened.concern
    worker = worker_of(concern, today)
    signs = has_signs(concern)
    refusal = refusal_of_words_kept_in_health(said.reason, said.other_children) or refusal_of_decision(
        said.decided, about=concern.about, matched=concern.person_id is not None, has_worker=worker is not None,
        reason=said.reason, signs_unanswered=_asks_still(concern, signs),
    ) or what_is_owed(
        said.decided, signs=signs, manager=said.manager, other_children=said.other_children,
        early_help_agreed=said.early_help_agreed, about_a_professional=concern.about_a_professional,
        challenged=concern.step == Step.CHALLENGED,
        decided_before_by_me=concern.step == Step.CHALLENGED and _last(concern).by_id == by.pk,
    )  # fmt: skip
    standing = Decision.objects.filter(pk=token, by=by, concern=concern).first()
    if standing is not None:
        return standing
    if refusal:
        refuse(refusal, by=by, did=did, concern=concern)
    with transaction.atomic():
        concern = locked(concern)
        last = _last(concern)
        refusal = move(concern, Step.DECIDED, now=now, owner=by, due_on=_told_by(today))
        if refusal is None:
            made = Decision.objects.create(
                pk=token, concern=concern, decided=said.decided, reason=said.reason.strip(), manager=said.manager.strip(),
                other_children=said.other_children.strip(), by=by, acting_as=acting_in_words(lead_now(by.agency, today), by),
                at=now, follows=last,
            )  # fmt: skip
            not_needed_any_more(concern, now)
            _what_follows(concern, made, said, worker, by=by, now=now)
            wait_for_social_care(concern, by=by, now=now)
            leave_line(concern, did, by=by, why=said.reason, decided=said.decided, **acting_as(by, today))
    if refusal and last is not None:
        somebody_was_first(
            "Somebody has decided this concern since you opened the page.",
            _both(last, said), by=by, did=did, concern=concern,
        )  # fmt: skip
    if refusal:
        refuse(refusal, by=by, did=did, concern=concern)
    return made


def record_fact(
    concern_id, *, fact: str, on: date, reference: str, words: str, by, now: datetime
) -> StatutoryFact:
    """What children's social care's own system says: mirrored with its date and reference, never owned."""
    did = "recorded what children's social care said"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to record a referral")
    must_triage(opened, by=by, did=did)
    with transaction.atomic():
        concern = locked(opened.concern)
        facts = concern.statutory_facts.select_related("by")
        same = facts.filter(fact=fact, on=on, reference=reference.strip()).first()
        told_before = {each.fact for each in facts}
        refusal = (
            None
            if same
            else refusal_of_fact(fact, on, told_before, reference=reference, today=timezone.localdate(now))
        )
        if same is None and refusal is None:
            made = _mirror(concern, fact, on, reference, words, by=by, now=now)
            wait_for_social_care(concern, by=by, now=now)
            return made
    if refusal:
        refuse(refusal, by=by, did=did, concern=concern)
    if words.strip() and (same.by_id, same.words) != (by.pk, words.strip()):
        both = [
            Both("In words", same.words, words),
            Both("Recorded by", by_and_when(same.by.display_name, same.at), "Not sent"),
        ]
        somebody_was_first("This is recorded already.", both, by=by, did=did, concern=concern)
    return same


def worker_of(concern: Concern, today: date) -> Involvement | None:
    """The child's allocated worker: one who signs in before one who does not."""
    if not concern.person_id:
        return None
    rows = (
        Involvement.objects.on(today)
        .not_kept_out()
        .filter(person_id__in=Groups([concern.person_id]).all_ids, why=Why.ALLOCATED_WORKER)
        .select_related("practitioner", "agency", "team")
        .order_by("-opened_on", "-pk")
    )
    return max(rows, key=lambda row: bool(row.practitioner and row.practitioner.is_active), default=None)


def has_signs(concern: Concern) -> bool:
    return concern.noticed.filter(kind="S").exists()


def _asks_still(concern: Concern, signs: bool) -> bool:
    """Of a place, a group, a school or a platform no strategy discussion is asked: there a manager's name stands beside the decision."""
    return signs and concern.about == About.CHILD and not _strategy_answered(concern)


def _strategy_answered(concern: Concern) -> bool:
    """Whether every sign in it has its answer; before its lines are written there is none."""
    keys = signs_in(concern)
    written = Entry.objects.filter(key__in=keys, by_day=True).count()
    return written == len(keys) and not unanswered_signs().filter(key__in=keys).exists()


def _last(concern: Concern) -> Decision | None:
    return concern.decisions.standing().select_related("by").last()


def _told_by(today: date) -> date:
    return add_working_days(today, int(settings_on(today)[TOLD_WITHIN.name]))


def _what_follows(concern: Concern, made: Decision, said: Deciding, worker, *, by, now: datetime) -> None:
    if said.decided in REFERS and said.referral_on:
        _mirror(concern, Fact.REFERRAL, said.referral_on, said.referral_reference, "", by=by, now=now)
    not_passed_on_any_more(concern, now)
    if said.decided == Decided.TO_WORKER:
        pass_to_worker(concern, worker, by=by, now=now)
    if owner := owner_of_restricted(concern.person_id) if concern.person_id else None:
        page = reverse("concerns:triage_one", args=[concern.pk])
        tell(owner, "A concern about a child whose record you answer for is decided", page, now, urgent=True)


def _mirror(
    concern: Concern, fact: str, on: date, reference: str, words: str, *, by, now: datetime
) -> StatutoryFact:
    made = StatutoryFact.objects.create(
        concern=concern, fact=fact, on=on, reference=reference.strip(), words=words.strip(), by=by, at=now
    )
    leave_line(concern, "recorded what children's social care said", by=by, fact=fact)
    return made


def _both(last: Decision, said: Deciding) -> list[Both]:
    return [
        Both("Decided", DECIDED_NAMES[Decided(last.decided)], DECIDED_NAMES[Decided(said.decided)]),
        Both("Why", last.reason, said.reason),
        Both("Decided by", by_and_when(last.by.display_name, last.at), "Not sent"),
    ]
