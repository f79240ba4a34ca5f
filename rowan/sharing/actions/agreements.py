"""Record an agreement between agencies, replace it by a new version, look at it again, end it; chase its review and take it to a lead."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import DecidingAs, deciding_as, lead_now
from rowan.audit_trail.actions import ROWAN, record
from rowan.notices.actions import tell
from rowan.refusals import Both, NotAllowed
from rowan.timescales.actions import start_clock, stop_clock
from rowan.timescales.models import Clock

from ..models import Agreement, AgreementEvent, AgreementEventKind
from ..rules.agreements import (
    Agreed,
    is_chased,
    is_taken_to_the_lead,
    is_told_of,
    what_is_missing,
)
from ..rules.who_decides import refusal_to_keep_agreement
from .decisions import settings_on
from .refusing import refuse, somebody_was_first

KIND = "agreement"
CLOCK = "the review of an agreement"
LEADS_CLOCK = "a late review of an agreement, taken to the agency's lead"
AT_ONCE = 500


def record_agreement(
    said: Agreed, *, token: UUID, owner, replaces: Agreement | None = None, by, now: datetime
) -> Agreement | None:
    """A first version, or a new one. None when somebody has replaced that version meanwhile: nothing is written, and both are shown."""
    did = "recorded an agreement" if replaces is None else "recorded a new version of an agreement"
    today = timezone.localdate(now)
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": replaces.series if replaces else ""}
    sees_to_review = replaces is not None and is_seen_to_by(replaces, by)
    is_party = replaces is None or _is_party(replaces, by)
    if refusal := refusal_to_keep_agreement(by.role, is_party=is_party, sees_to_review=sees_to_review):
        refuse(refusal, refusal=NotAllowed, **about)
    lacks = what_is_missing(
        said,
        makers_agency=None if sees_to_review else by.agency_id,
        replaced_from=replaces.from_on if replaces else None,
        today=today,
        settings=settings_on(today),
    )
    if lacks:
        refuse(". ".join(lacks.values()), **about)
    made = stale = over = None
    with transaction.atomic():
        if replaces is not None:
            replaces = Agreement.objects.select_for_update().get(pk=replaces.pk)
            stale = Agreement.objects.filter(replaces=replaces).exclude(token=token).exists()
            over = is_ended(replaces)
        if not stale and not over:
            place = deciding_as(by, now)
            agreement, made = Agreement.objects.get_or_create(
                token=token,
                defaults=_columns(said, owner, replaces) | {"by": by, "acting_as": place.words, "at": now},
            )
            if made:
                agreement.parties.set(said.parties)
                _begin(agreement, did, place, by=by, now=now)
    if over:
        refuse("This agreement has ended. Record a new one.", **about)
    return None if stale else agreement


def look_again(
    agreement: Agreement, *, token: UUID, review_on: date, why: str, by, now: datetime
) -> Agreement | None:
    """Its review: nothing changes but the day of the next. Standing decisions that rest on it go on."""
    said, owner = agreement.says, agreement.owner
    if not owner.is_active and by.agency_id in said.parties:
        owner = by
    said = replace(said, review_on=review_on, why=why, owners_agency=owner.agency_id)
    return record_agreement(said, token=token, owner=owner, replaces=agreement, by=by, now=now)


def end_agreement(agreement: Agreement, *, why: str, by, now: datetime) -> AgreementEvent:
    """From now on nothing is shared under it, or under a standing decision that rests on it. What was shared stays on record."""
    about = {"by": by, "did": "ended an agreement", "about_kind": KIND, "about_id": agreement.series}
    if refusal := refusal_to_keep_agreement(
        by.role, is_party=_is_party(agreement, by), sees_to_review=is_seen_to_by(agreement, by)
    ):
        refuse(refusal, refusal=NotAllowed, **about)
    if not why.strip():
        refuse("Say why it ends.", **about)
    place = deciding_as(by, now)
    with transaction.atomic():
        newest = Agreement.objects.newest().select_for_update(of=("self",)).get(series=agreement.series)
        event, made = AgreementEvent.objects.get_or_create(
            agreement=newest,
            kind=AgreementEventKind.ENDED,
            defaults={
                "on": timezone.localdate(now),
                "at": now,
                "by": by,
                "acting_as": place.words,
                "words": why.strip(),
            },
        )
        if made:
            _stop_clocks(newest, now, "ended")
            record(
                by=by,
                did="ended an agreement",
                about_kind=KIND,
                about_id=agreement.series,
                why=why.strip(),
                particulars=place.trail,
            )
    if (event.by_id, event.words) != (by.pk, why.strip()):
        ended_by = event.by.display_name if event.by else "Rowan"
        both = [
            Both("Why", event.words, why),
            Both("Ended by", by_and_when(ended_by, event.at), "Not sent"),
        ]
        somebody_was_first("This agreement has ended already.", both, **about)
    return event


def see_to_reviews(now: datetime) -> int:
    """Rowan's own: tell owners of reviews to come, chase what is late, take it to a lead, say what lapsed. Run twice a day, it acts once."""
    today, acts = timezone.localdate(now), 0
    settings = settings_on(today)
    rows = (
        Agreement.objects.newest()
        .standing()
        .select_related("owner__agency")
        .exclude(events__kind=AgreementEventKind.LAPSED)
        .annotate(
            told_on=Max("events__on", filter=Q(events__kind=AgreementEventKind.TOLD)),
            chased_on=Max("events__on", filter=Q(events__kind=AgreementEventKind.CHASED)),
            escalated_on=Max("events__on", filter=Q(events__kind=AgreementEventKind.ESCALATED)),
        )
    )
    for row in rows[:AT_ONCE]:
        if row.until_on is not None and row.until_on < today:
            acts += _lapse(row, today, now)
            continue
        if row.told_on is None and is_told_of(row.review_on, today=today, settings=settings):
            acts += _tell_owner(row, AgreementEventKind.TOLD, "An agreement is due for review", today, now)
        if is_chased(row.review_on, row.chased_on, today=today, settings=settings):
            acts += _tell_owner(
                row, AgreementEventKind.CHASED, "The review of an agreement is late", today, now
            )
        if row.escalated_on is None and is_taken_to_the_lead(row.review_on, today=today, settings=settings):
            acts += _take_to_lead(row, today, now)
    return acts


def is_ended(agreement: Agreement) -> bool:
    return AgreementEvent.objects.filter(
        agreement__series=agreement.series, kind=AgreementEventKind.ENDED
    ).exists()


def is_seen_to_by(agreement: Agreement, practitioner) -> bool:
    return clocks_of(agreement).filter(owner=practitioner).exists()


def clocks_of(agreement: Agreement):
    return Clock.objects.running().filter(about_kind=KIND, about_id=str(agreement.series))


def page_of(agreement: Agreement) -> str:
    return reverse("sharing:agreement", args=[agreement.series])


def _is_party(agreement: Agreement, by) -> bool:
    return agreement.parties.filter(pk=by.agency_id).exists()


def _columns(said: Agreed, owner, replaces: Agreement | None) -> dict:
    columns = {name: value for name, value in vars(said).items() if name not in {"parties", "owners_agency"}}
    columns = {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}
    return (
        columns | {"owner": owner, "replaces": replaces} | ({"series": replaces.series} if replaces else {})
    )


def _begin(agreement: Agreement, did: str, place: DecidingAs, *, by, now: datetime) -> None:
    _stop_clocks(agreement, now, "looked at again")
    start_clock(
        what=CLOCK, about_kind=KIND, about_id=agreement.series, due_on=agreement.review_on, now=now, owner=agreement.owner
    )  # fmt: skip
    record(
        by=by, did=did, about_kind=KIND, about_id=agreement.series, why=agreement.why,
        particulars={"version": agreement.pk, "until": str(agreement.until_on or ""), "review": str(agreement.review_on)} | place.trail,
    )  # fmt: skip
    if agreement.owner_id != by.pk:
        tell(agreement.owner, "You own an agreement, and see to its review", page_of(agreement), now)


def _stop_clocks(agreement: Agreement, now: datetime, because: str) -> None:
    for clock in (CLOCK, LEADS_CLOCK):
        stop_clock(what=clock, about_kind=KIND, about_id=agreement.series, now=now, because=because)


def _happened(row: Agreement, kind: str, words: str, today: date, now: datetime) -> bool:
    """Chased at most once a day, everything else at most once a version."""
    which = {"agreement": row, "kind": kind} | ({"on": today} if kind == AgreementEventKind.CHASED else {})
    _, made = AgreementEvent.objects.get_or_create(**which, defaults={"on": today, "at": now, "words": words})
    if made:
        label = AgreementEventKind(kind).label.lower()
        record(by=ROWAN, did=f"agreement: {label}"[:80], about_kind=KIND, about_id=row.series)
    return made


def _tell_owner(row: Agreement, kind: str, words: str, today: date, now: datetime) -> bool:
    with transaction.atomic():
        if made := _happened(row, kind, "", today, now):
            tell(_whoever_sees_to_it(row), words, page_of(row), now)
    return made


def _take_to_lead(row: Agreement, today: date, now: datetime) -> bool:
    lead = lead_now(_whoever_sees_to_it(row).agency, today)
    with transaction.atomic():
        made = _happened(row, AgreementEventKind.ESCALATED, lead.says, today, now)
        if made and lead.practitioner is not None:
            start_clock(
                what=LEADS_CLOCK, about_kind=KIND, about_id=row.series, due_on=today, now=now, owner=lead.practitioner
            )  # fmt: skip
            tell(lead.practitioner, "The late review of an agreement was taken to you", page_of(row), now)
    return made


def _lapse(row: Agreement, today: date, now: datetime) -> bool:
    with transaction.atomic():
        who = _whoever_sees_to_it(row)
        if made := _happened(row, AgreementEventKind.LAPSED, "", today, now):
            _stop_clocks(row, now, "lapsed")
            tell(who, "An agreement has lapsed: nothing more is shared under it", page_of(row), now)
    return made


def _whoever_sees_to_it(row: Agreement):
    clock = clocks_of(row).filter(what=CLOCK, owner__isnull=False).select_related("owner__agency").first()
    return clock.owner if clock else row.owner
