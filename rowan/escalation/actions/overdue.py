"""What somebody to whom something overdue has gone up reads of it, and says is done about it."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import involve
from rowan.access.models import Why
from rowan.access.rules.matrix import opens_records
from rowan.access.rules.seeing import NOTHING_THERE
from rowan.access.standing import hidden_from
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import record
from rowan.refusals import NothingThere
from rowan.sharing.actions.refusing import refuse
from rowan.timescales.actions import dated_values, start_clock
from rowan.timescales.rules.settings import values_on
from rowan.timescales.rules.working_days import add_working_days

from ..models import Overdue, OverdueAnswer, OverdueStep
from ..rules.hours import holds_until
from ..rules.settings import HOLDS_FOR, SETTINGS
from ..rules.stands import CLOCK

KIND = "escalation"


def open_to(overdue: Overdue, owner, today: date) -> None:
    """Whoever it has come to may open the record as far as their role sees, until it is seen to."""
    if overdue.clock.about_person and opens_records(owner.role):
        involve(
            person_id=overdue.clock.about_person,
            why=Why.ASKED,
            rests_on=f"{rests_on(overdue)} to {owner.pk}",
            opened_on=today,
            agency=owner.agency,
            practitioner=owner,
        )


def open_overdue(overdue_id, *, by, did: str = "looked at something overdue") -> Overdue:
    """For those to whom it came or who owe it; about a child who is hidden from them it is not there."""
    overdue = Overdue.objects.select_related("clock__owner__agency", "clock__owner_post", "owner__agency").filter(pk=overdue_id).first()  # fmt: skip
    hidden = hidden_from(by)
    came = OverdueStep.objects.filter(overdue=overdue_id, owner=by).exists()
    person_id = overdue.clock.about_person if overdue else ""
    theirs = overdue is not None and (came or by.pk in {overdue.owner_id, overdue.clock.owner_id})
    if not theirs or person_id in hidden:
        refuse(NOTHING_THERE, by=by, did=did, about_kind=KIND, about_id=overdue_id, person_id=person_id, refusal=NothingThere)  # fmt: skip
    record(by=by, did=did, about_person=person_id, about_kind=KIND, about_id=overdue.pk)
    return overdue


def most_until(today: date) -> date:
    return add_working_days(today, int(values_on(SETTINGS, dated_values(), today)[HOLDS_FOR.name]))


def stays_until(now: datetime) -> datetime:
    """Until when something red stays with somebody who says now what is done about it."""
    return holds_until(now, values_on(SETTINGS, dated_values(), timezone.localdate(now)))


def answer_overdue(
    overdue: Overdue, *, token: UUID, words: str, until_on: date | None = None, by, now: datetime
) -> OverdueAnswer:
    """Say what is done about it and by when. Until then it stays here; it is over when what is owed is done. What is red stays for some hours, and asks for no day."""
    did, today = "said what is done about something overdue", timezone.localdate(now)
    overdue = open_overdue(overdue.pk, by=by, did="opened something overdue to answer it")
    about = {
        "by": by,
        "did": did,
        "about_kind": KIND,
        "about_id": overdue.pk,
        "person_id": overdue.clock.about_person,
    }
    until_at = stays_until(now) if overdue.clock.every_hour else None
    until_on = timezone.localdate(until_at) if until_at else until_on
    if lacks := what_is_missing_to_answer(words, until_on, today, by_the_hour=bool(until_at)):
        refuse(". ".join(lacks.values()), **about)
    with transaction.atomic():
        overdue = Overdue.objects.select_for_update().get(pk=overdue.pk)
        over = overdue.ended_at is not None or overdue.clock.stopped_at is not None
        stands = OverdueAnswer.objects.filter(pk=token).first()
        refusal = None
        if stands is None and over:
            refusal = "It has been seen to already."
        elif stands is None and overdue.owner_id != by.pk:
            refusal = "It has gone up to somebody else since. Ring them."
        elif stands is None:
            place = deciding_as(by, now)
            stands = OverdueAnswer.objects.create(
                pk=token, overdue=overdue, words=words.strip(), until_on=until_on, until_at=until_at, by=by, acting_as=place.words, at=now
            )  # fmt: skip
            _keep_until(overdue, until_on, until_at, by=by, now=now)
            record(
                by=by,
                did=did,
                about_person=overdue.clock.about_person,
                about_kind=KIND,
                about_id=overdue.pk,
                particulars=place.trail,
            )
    if refusal:
        refuse(refusal, **about)
    return stands


def _keep_until(overdue: Overdue, until_on: date, until_at: datetime | None, *, by, now: datetime) -> None:
    overdue.due_on, overdue.due_at = until_on, until_at
    overdue.save(update_fields=["due_on", "due_at"])
    due = {"due_at": until_at, "every_hour": True} if until_at else {"due_on": until_on}
    start_clock(
        what=CLOCK, about_kind=KIND, about_id=overdue.pk, about_person=overdue.clock.about_person, now=now, owner=by, watches=overdue.clock, **due
    )  # fmt: skip


def what_is_missing_to_answer(
    words: str, until_on: date | None, today: date, *, by_the_hour: bool = False
) -> dict[str, str]:
    lacks = {}
    if not words.strip():
        lacks["words"] = "Say what is done about it"
    most = most_until(today)
    if not by_the_hour and (until_on is None or not today <= until_on <= most):
        lacks["until_on"] = f"Give a day from today to {most.day} {most:%B %Y}: after that it goes up"
    return lacks


def page_of(overdue: Overdue) -> str:
    return reverse("escalation:overdue", args=[overdue.pk])


def rests_on(overdue: Overdue) -> str:
    return f"overdue {overdue.pk}:"


def overdue_of(by) -> Iterable[Overdue]:
    """What has come to somebody and is not over, but for children who are hidden from them. By date due."""
    rows = Overdue.objects.going_up().filter(owner=by, clock__stopped_at__isnull=True)
    rows = rows.exclude(clock__about_person__in=hidden_from(by))
    return rows.select_related("clock__owner__agency", "clock__owner_post").order_by(
        "due_on", F("due_at").asc(nulls_last=True), "pk"
    )
