"""Raise a concern: in one transaction it stands received, with its clock at a desk, its receipt, and its line on the trail.

Nobody searches here and nobody is matched: whom it is about is said by triage. Only the answer to a question is about somebody already.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.reading import ROWAN, reading_as
from rowan.agencies.models import Agency, Practitioner
from rowan.audit_trail.actions import PUBLIC, record
from rowan.notices.actions import tell, tell_post
from rowan.questions.actions import settle_owed
from rowan.questions.models import Owed, Question
from rowan.questions.rules.answers import Act
from rowan.refusals import NotAllowed
from rowan.sharing.actions.refusing import refuse
from rowan.timescales.actions import dated_values
from rowan.timescales.rules.settings import values_on

from ..flooding import flood_now
from ..models import (
    Concern,
    ConcernDraft,
    Matched,
    NameHeard,
    Noticed,
    OneTimeLink,
    Receipt,
    UrgencySet,
)
from ..models.concern import CameBy
from ..rules import told as telling
from ..rules.first_urgency import first_urgency
from ..rules.flood import Flood
from ..rules.receipts import digest_of, reference_of
from ..rules.running import KIND
from ..rules.settings import SETTINGS
from ..rules.sources import STAYS_SEALED, told_the_police
from ..rules.told import Told, what_is_missing
from ..rules.urgency import Urgency, due_at
from ..rules.who_they_are import compartment_of
from ..waiting import page_of_concern, whose_move
from .sent_files import hand_over_files
from .sources import keep_whoever_raised_it, keep_whoever_told_the_police
from .stepping import start_its_clock

DID = "raised a concern"
NOT_THIS_FORM = "This form belongs to another concern. Start again."
TELLS_THE_DESK = "A concern was raised"
MANY_WAIT = "Many concerns have come in: look at the list"


@dataclass(frozen=True)
class Door:
    """The way a concern comes in, and what is known of whoever brings it beside their own words."""

    came_by: str
    agency: Agency | None = None
    link: OneTimeLink | None = None
    question: Question | None = None
    professionals_agency: Agency | None = None
    referrer: telling.Referrer | None = None
    code: str = ""  # to come back with; for those without an account


def settings_on(day) -> dict:
    return dict(values_on(SETTINGS, dated_values(), day))


def raise_concern(told: Told, *, token: UUID, door: Door, by, now: datetime) -> Concern:
    """The concern as received. Sent twice, it is one; `by` is a practitioner or PUBLIC."""
    about = {"by": by, "did": DID, "about_kind": KIND, "about_id": token}
    lacks = what_is_missing(told)
    if door.came_by != CameBy.PUBLIC:
        lacks |= telling.tells_of_an_ended_pregnancy(told)
    standing = Concern.objects.filter(pk=token).first()
    if standing is None and lacks:
        refuse(" ".join(lacks.values()), **about)
    refusal = None
    with transaction.atomic():
        link = _locked(door.link)
        standing = Concern.objects.filter(pk=token).first()
        if standing is None and link is not None:
            refusal = refusal_of_link(link, now)
        if standing is None and refusal is None:
            standing, made = Concern.objects.get_or_create(
                pk=token, defaults=_row(told, door, token, by, now)
            )
            if made:
                _stand(standing, told, door, link, by=by, now=now)
    if refusal:
        refuse(refusal, refusal=NotAllowed, **about)
    assert standing is not None
    if not _is_the_same(standing, door, by):
        refuse(NOT_THIS_FORM, **about)
    return standing


def refusal_of_link(link: OneTimeLink, now: datetime) -> str | None:
    """Why nothing can be raised by this link, or None when something can."""
    if link.used_at:
        return (
            "This link has been used: its concern has been received. Ask for another link to raise another."
        )
    if link.ended_at or link.expires_at <= now:
        return "This link is over. Ask whoever sent it for another."
    return None


def _row(told: Told, door: Door, token: UUID, by, now: datetime) -> dict:
    urgency, _ = first_urgency(told)
    settings = settings_on(timezone.localdate(now))
    here = timezone.localtime(now)
    is_person = by != PUBLIC
    fields = (
        "about",
        "raises",
        "what_worries",
        "childs_words",
        "seen_or_heard",
        "first_hand",
        "when_words",
        "where_words",
        "already_done",
        "immediate_danger",
        "child_knows",
        "why_child_does_not_know",
        "please_contact",
        "about_a_professional",
    )
    return {name: getattr(told, name) for name in fields} | {
        "told_by": STAYS_SEALED if told_the_police(told.raises, told.told_by) else told.told_by,
        "reference": reference_of(_number_of(token)),
        "came_by": door.came_by,
        "by": by if is_person else None,
        "agency": by.agency if is_person else door.agency,
        "received_at": now,
        "compartment": compartment_of(told.raises, please_contact=told.please_contact),
        "details": json.dumps(_details(told)),
        "professional": _the_professional(told, door.professionals_agency),
        "professionals_agency": door.professionals_agency if told.about_a_professional else None,
        "urgency": urgency.value,
        "due_at": due_at(here, urgency, settings),
        "came_in_flood": _waits_its_turn(door, urgency, now),
        "person_id": door.question.person_id if door.question and told.about == "child" else None,
    }


def _waits_its_turn(door: Door, urgency: Urgency, now: datetime) -> bool:
    """So many come by the public page that one which is not red stands in a list of its own. None is refused."""
    if door.came_by != CameBy.PUBLIC or urgency == Urgency.RED:
        return False
    return flood_now(now, and_one_more=True) is Flood.REPORTS_QUEUE


def _number_of(token: UUID) -> int:
    """Of a form sent twice the reference is the same; it tells nothing of the token."""
    return int.from_bytes(sha256(token.bytes).digest()[:8])


def _details(told: Told) -> dict:
    """Who or what it is, in the words of whoever told it. Empty answers are not kept."""
    kept = {key: words.strip() for key, words in told.details if words.strip()}
    if told.cannot_say_why:
        kept["cannot_say_why"] = True
    if told.about_a_professional:
        kept["professional"] = told.professionals_name.strip()
    if told.please_contact:
        kept["reach"] = told.how_to_reach.strip()
    if told.pregnancy.pregnant:
        kept["pregnancy"] = sorted(told.pregnancy.grounds)
    return kept


def _the_professional(told: Told, agency: Agency | None) -> Practitioner | None:
    """Their account, where the name and the agency lead to one and only one. Whoever raises it is not told whether they did."""
    name = told.professionals_name.strip()
    if not (told.about_a_professional and name and agency):
        return None
    found = Practitioner.objects.filter(agency=agency, display_name__iexact=name)[:2]
    return found[0] if len(found) == 1 else None


def _stand(concern: Concern, told: Told, door: Door, link: OneTimeLink | None, *, by, now: datetime) -> None:
    _write_what_belongs_to_it(concern, told, door, by=by, now=now)
    post, owner = whose_move(concern, now)
    start_its_clock(concern, now=now, owner=owner, owner_post=post)
    if link is not None:
        link.used_at = now
        link.save(update_fields=["used_at"])
    files = _take_over_draft(concern)
    if door.question is not None:
        _settle(door.question, concern, by=by, now=now)
    _tell(concern, post, owner, now)
    record(
        by=by,
        did=DID,
        about_person=concern.person_id or "",
        about_kind=KIND,
        about_id=concern.pk,
        particulars={"about": concern.about, "came_by": concern.came_by, "urgency": concern.urgency}
        | ({"files": files} if files else {}),
    )


def _take_over_draft(concern: Concern) -> int:
    """The draft is done with; what lay with it is the concern's. Where only a call back is asked for, nothing else comes along."""
    draft = ConcernDraft.objects.select_for_update().filter(pk=concern.pk).first()
    files = hand_over_files(concern) if draft and not concern.please_contact else 0
    if draft:
        draft.delete()
    return files


def _write_what_belongs_to_it(concern: Concern, told: Told, door: Door, *, by, now: datetime) -> None:
    for name in told.names:
        if not name.says_nothing:
            NameHeard.objects.create(concern=concern, **vars(name))
    for code, kind in told.kinds.items():
        Noticed.objects.create(concern=concern, code=code, kind=kind)
    if by == PUBLIC and door.referrer is not None:
        keep_whoever_raised_it(concern, door.referrer)
    keep_whoever_told_the_police(concern, told)
    if door.code:
        Receipt.objects.create(concern=concern, digest=digest_of(door.code), made_at=now)
    if concern.person_id:
        # In nobody's place: the question says whom it is about, and its answer who acted as lead.
        Matched.objects.create(
            concern=concern, person_id=concern.person_id, how_known="It answers a question about this child.", by=by, at=now
        )  # fmt: skip
    urgency, why = first_urgency(told)
    # Rowan's own: whoever raises it is shown no urgency, and has no account perhaps.
    with reading_as(ROWAN):
        UrgencySet.objects.create(
            concern=concern, urgency=urgency.value, why=why, due_at=concern.due_at, by=None, at=now
        )


# What was owed is done, though the child may be hidden by now from whoever did it.
@reading_as(ROWAN)
def _settle(question: Question, concern: Concern, *, by, now: datetime) -> None:
    """What the answer promised is done: it says so beside the question."""
    promised = Owed.objects.filter(
        answer__question=question, act=Act.RAISE_CONCERN.value, settled_at=None
    ).select_related("answer__question")
    for owed in promised:
        settle_owed(owed, outcome=f"Concern {concern.reference} was raised.", by=by, now=now)


def _tell(concern: Concern, post, owner, now: datetime) -> None:
    """The desk is told; in a flood once for all of them, so that nobody's day is spent on notices. Whom it is about is not told."""
    page, urgent = page_of_concern(concern), concern.urgency == Urgency.RED
    if owner is not None:
        return tell(owner, TELLS_THE_DESK, page, now, urgent=urgent)
    if concern.came_in_flood:
        return tell_post(post, MANY_WAIT, "/concerns/triage/", now)
    return tell_post(post, TELLS_THE_DESK, page, now, urgent=urgent, never={concern.professional_id})


def _locked(link: OneTimeLink | None) -> OneTimeLink | None:
    return OneTimeLink.objects.select_for_update().get(pk=link.pk) if link else None


def _is_the_same(concern: Concern, door: Door, by) -> bool:
    """Whether it was this sender's form: by the account, or by the code that only their page holds."""
    if by != PUBLIC:
        return concern.by_id == by.pk
    if concern.by_id is not None or concern.came_by != door.came_by:
        return False
    if door.came_by == CameBy.API:
        return concern.agency_id == door.agency.pk
    receipt = Receipt.objects.filter(concern=concern).first()
    return receipt is not None and receipt.digest == digest_of(door.code)
