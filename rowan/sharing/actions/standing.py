"""Set up and end a standing decision: for an agreement or one meeting, decided once, on the trail."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.agencies.leads import deciding_as
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed

from ..models import Agreement, StandingDecision, StandingKind
from ..rules.deciding import Decided, Said, Told, what_is_missing
from ..rules.standing import what_is_missing_to_set_up
from ..rules.who_decides import DECIDES_FOR_THE_HUB, SETS_UP_STANDING, Whose
from .decisions import settings_on
from .refusing import refuse

KIND = "standing decision"
ONLY_THESE = (
    "Standing decisions are set up by the exploitation co-ordinator, a safeguarding lead, a panel chair or information governance; "
    "a school’s safeguarding lead sets them up for her own school."
)


def refusal_to_set_up(role: str, whose: str) -> str | None:
    if Role(role) == Role.SCHOOL_SAFEGUARDING_LEAD and whose != Whose.JOINT:
        return None
    if Role(role) not in SETS_UP_STANDING:
        return ONLY_THESE
    if whose == Whose.JOINT and Role(role) not in DECIDES_FOR_THE_HUB | {Role.INFORMATION_GOVERNANCE}:
        return ONLY_THESE
    return None


def lacking_to_set_up(
    said: Said, *, kind: str, agreement, families_told: str, from_on, until_on, today: date
) -> dict[str, str]:
    """Everything a decision to share has to say, but for what differs from child to child."""
    whole = Said(
        **{
            **vars(said),
            "decided": Decided.SHARE,
            "told_child": Told.STANDING,
            "told_parent": Told.STANDING,
            "facts": "both",
            "accuracy": "As the records say",
        }
    )
    lacks = what_is_missing(whole, today=today, settings=settings_on(today))
    lacks |= what_is_missing_to_set_up(
        kind=kind, from_on=from_on, until_on=until_on, items=said.items, today=today
    )
    if kind == StandingKind.AGREEMENT:
        lacks |= _lacking_an_agreement(agreement, until_on, today)
    if not families_told.strip():
        lacks["families_told"] = "Say when and how families are told"
    return lacks


NONE_IN_FORCE = (
    "No agreement that your agency is part of is in force. Record the agreement first, or use the full form"
)


def _lacking_an_agreement(agreement, until_on, today: date) -> dict[str, str]:
    if agreement is None:
        return {"agreement": "Choose the agreement it rests on"}
    if not Agreement.objects.on(today).filter(pk=agreement.pk).exists():
        return {"agreement": "This agreement is not in force today"}
    if agreement.until_on is not None and until_on is not None and until_on > agreement.until_on:
        last = agreement.until_on
        return {"until_on": f"It cannot outlast the agreement, whose last day is {last.day} {last:%B %Y}"}
    return {}


def of_no_party(agreement: Agreement | None, kind: str, agency, recipient_agency) -> dict[str, str]:
    """Under an agreement its parties share with one another, and nobody else."""
    if agreement is None or kind != StandingKind.AGREEMENT:
        return {}
    parties = set(agreement.parties.values_list("pk", flat=True))
    if agency.pk not in parties:
        return {"agreement": "Your agency is not part of this agreement"}
    if recipient_agency is not None and recipient_agency.pk not in parties:
        return {"recipient_agency": "This agency is not part of the agreement"}
    if recipient_agency is None and not agreement.other_parties:
        return {"recipient_agency": "Choose an agency that is part of the agreement"}
    return {}


def set_up_standing(
    said: Said,
    *,
    token: UUID,
    name: str,
    kind: str,
    agreement: Agreement | None,
    recipient_agency,
    families_told: str,
    from_on: date,
    until_on: date,
    by,
    now: datetime,
) -> StandingDecision:
    did = "set up a standing decision"
    if refusal := refusal_to_set_up(by.role, said.whose):
        refuse(refusal, by=by, did=did, about_kind=KIND, refusal=NotAllowed)
    lacks = lacking_to_set_up(
        said,
        kind=kind,
        agreement=agreement,
        families_told=families_told,
        from_on=from_on,
        until_on=until_on,
        today=timezone.localdate(now),
    )
    lacks |= of_no_party(agreement, kind, by.agency, recipient_agency)
    if not name.strip():
        lacks["name"] = "Give it a name"
    if lacks:
        refuse(". ".join(lacks.values()), by=by, did=did, about_kind=KIND)
    place = deciding_as(by, now)
    with transaction.atomic():
        standing, made = StandingDecision.objects.get_or_create(
            pk=token,
            defaults={
                "name": name.strip(),
                "kind": kind,
                "agreement": agreement if kind == StandingKind.AGREEMENT else None,
                "agency": by.agency,
                "whose": said.whose,
                "recipient_agency": recipient_agency,
                "recipient_body": "" if recipient_agency else said.recipient,
                "recipient_person": said.recipient_person,
                "items": list(said.items),
                "purpose": said.purpose,
                "purpose_words": said.purpose_words,
                "article6": said.article6,
                "condition": said.condition,
                "duty": said.duty,
                "necessary": said.necessary,
                "families_told": families_told.strip(),
                "route": said.route,
                "handling": said.handling,
                "from_on": from_on,
                "until_on": until_on,
                "by": by,
                "acting_as": place.words,
                "at": now,
            },
        )
        if made:
            record(
                by=by,
                did=did,
                about_kind=KIND,
                about_id=standing.pk,
                purpose=said.purpose,
                particulars={"kind": kind, "items": list(said.items), "until": str(until_on)} | place.trail,
            )
    return standing


def end_standing(standing: StandingDecision, *, by, now: datetime) -> StandingDecision:
    """From now on nothing is shared under it. What was shared stays on record."""
    did = "ended a standing decision"
    if refusal_to_set_up(by.role, standing.whose) or standing.agency_id != by.agency_id:
        refuse(ONLY_THESE, by=by, did=did, about_kind=KIND, about_id=standing.pk, refusal=NotAllowed)
    place = deciding_as(by, now)
    with transaction.atomic():
        ended = StandingDecision.objects.filter(pk=standing.pk, ended_at=None).update(
            ended_at=now, ended_by=by, ended_acting_as=place.words
        )
        if ended:
            record(by=by, did=did, about_kind=KIND, about_id=standing.pk, particulars=place.trail)
    standing.refresh_from_db()
    return standing
