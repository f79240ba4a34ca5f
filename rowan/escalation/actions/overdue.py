"""Rowan's own: what nobody saw to in time goes up, level by level, each with a clock; and what somebody there does about it.

Each step is one transaction: a worker that is killed leaves it whole or not at all. Run again the same day, it does nothing more.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import involve
from rowan.access.models import Involvement, Why
from rowan.access.openings import KIND as OPENING
from rowan.access.rules.matrix import opens_records
from rowan.access.rules.seeing import NOTHING_THERE
from rowan.access.standing import hidden_from, owners_of_restricted
from rowan.agencies.leads import deciding_as, hubs_council
from rowan.agencies.models import Agency, Practitioner
from rowan.audit_trail.actions import ROWAN, record
from rowan.notices.actions import tell
from rowan.refusals import NothingThere
from rowan.sharing.actions.refusing import refuse
from rowan.timescales.actions import dated_values, start_clock, stop_clock
from rowan.timescales.models import Clock
from rowan.timescales.passing_on import barred_from
from rowan.timescales.rules.settings import values_on
from rowan.timescales.rules.working_days import add_working_days

from ..ladders import Ladders
from ..models import Overdue, OverdueAnswer, OverdueStep
from ..rules.ladder import LEVEL_NAMES, Level, Taken, taken_up
from ..rules.settings import HOLDS_FOR, OVERDUE_DAYS, SETTINGS, due_at

KIND = "escalation"
CLOCK = "something overdue that has gone up"
# They go up by themselves: an emergency access to its reviewers, a disagreement by its stages.
GO_UP_THEMSELVES = (KIND, "disagreement", OPENING)
# What a safeguarding lead or the partnership has in hand is urgent mail; a manager's is not.
URGENT = {Level.SAFEGUARDING_LEAD, Level.PARTNERSHIP}
AT_ONCE = 500


def take_overdue_up(now: datetime) -> int:
    """Take everything overdue one level up whose time at its level is over. Says how many steps were taken."""
    today, steps = timezone.localdate(now), 0
    end_what_stopped(now)
    while batch := list(_whose_time_is_over(today)[:AT_ONCE]):
        taken = _take(batch, today, now)
        steps += taken
        if taken < len(batch):
            break  # somebody else was at work on them, or nobody at all can be asked: the next run looks again
    return steps


def end_what_stopped(now: datetime) -> int:
    """What was overdue and has been seen to is over at every level."""
    done = list(Overdue.objects.going_up().filter(clock__stopped_at__isnull=False).select_related("clock"))
    for overdue in done:
        with transaction.atomic():
            if not Overdue.objects.going_up().filter(pk=overdue.pk).update(ended_at=now):
                continue
            stop_clock(what=CLOCK, about_kind=KIND, about_id=overdue.pk, now=now, because="seen to")
            Involvement.objects.filter(
                person_id=overdue.clock.about_person, why=Why.ASKED, rests_on__startswith=_rests_on(overdue)
            ).update(closed_on=timezone.localdate(now))
            record(
                by=ROWAN, did="closed what had gone up, as it was seen to", about_person=overdue.clock.about_person, about_kind=KIND, about_id=overdue.pk
            )  # fmt: skip
    return len(done)


def _whose_time_is_over(today: date) -> QuerySet[Clock]:
    """Clocks that ran out and have not gone up, and those whose level let its time pass. Those due first go first."""
    late = Clock.objects.overdue(today).exclude(about_kind__in=GO_UP_THEMSELVES)
    new = late.filter(gone_up__isnull=True)
    again = late.filter(gone_up__due_on__lt=today).exclude(gone_up__steps__on=today)
    rows = (new | again).select_related("gone_up", "owner__agency", "owner_post__agency")
    return rows.order_by("due_on", "pk")


def _take(clocks: list[Clock], today: date, now: datetime) -> int:
    values = values_on(SETTINGS, dated_values(), today)
    agencies = {clock.pk: _agency_of(clock) for clock in clocks}
    ladders = Ladders(set(agencies.values()), today)
    ladders.absent_too(clock.owner_id for clock in clocks if clock.owner_id)
    about = {clock.pk: clock.about_person for clock in clocks if clock.about_person}
    owners = owners_of_restricted(about.values())
    people = ladders.everybody(set(agencies.values())) | {
        clock.owner_id for clock in clocks if clock.owner_id
    }
    barred = barred_from(clocks, people)
    taken = 0
    for clock in clocks:
        overdue = getattr(clock, "gone_up", None)
        without = barred.get(clock.pk, set()) | (ladders.who_opens_no_record if clock.about_person else set())
        step = _where_to(clock, overdue, ladders, agencies[clock.pk], without, owners, today)
        # Where there was nobody to ask, whoever comes back first has it: tomorrow is another day.
        due_on = due_at(step.level, today, values, OVERDUE_DAYS) if step.person else today
        taken += _go_up(clock, overdue, step, due_on, today, now)
    return taken


def _where_to(clock, overdue, ladders: Ladders, agency, barred: set[int], owners, today: date) -> Taken:
    after = Level(overdue.level) if overdue else None
    found = taken_up(
        ladders.of(agency, clock.owner_id, clock.owner_post_id),
        ladders.absences,
        today,
        after=after,
        now_with=overdue.owner_id if overdue else None,
        barred=barred,
    )
    if owner := owners.get(clock.about_person):
        # A restricted record goes to nobody but whoever answers for it; the levels are counted all the same.
        return Taken(found.level, owner.pk, None, "Whoever answers for this record was told.")
    return found


def _go_up(
    clock: Clock, overdue: Overdue | None, step: Taken, due_on: date, today: date, now: datetime
) -> int:
    with transaction.atomic():
        # Whoever sees to it at this moment goes first.
        if not Clock.objects.select_for_update().running().filter(pk=clock.pk).exists():
            return 0
        owner = Practitioner.objects.select_related("agency").filter(pk=step.person).first()
        if overdue is None:
            overdue, made = Overdue.objects.get_or_create(
                clock=clock, defaults={"level": step.level, "owner": owner, "due_on": due_on, "began_at": now}
            )
            if not made:
                return 0
        _, made = OverdueStep.objects.get_or_create(
            overdue=overdue,
            on=today,
            defaults={
                "level": step.level,
                "owner": owner,
                "post_id": step.post,
                "at": now,
                "says": step.says,
            },
        )
        if not made:
            return 0
        overdue.level, overdue.owner, overdue.due_on = step.level, owner, due_on
        overdue.save(update_fields=["level", "owner", "due_on"])
        if owner is not None:
            _put_to(overdue, clock, owner, step.level, today, now)
        record(
            by=ROWAN, did="took something overdue up", about_person=clock.about_person, about_kind=KIND, about_id=overdue.pk, particulars={"level": step.level, "to": step.person}
        )  # fmt: skip
    return 1


def _put_to(overdue: Overdue, clock: Clock, owner, level: Level, today: date, now: datetime) -> None:
    start_clock(
        what=CLOCK, about_kind=KIND, about_id=overdue.pk, about_person=clock.about_person, due_on=overdue.due_on, now=now, owner=owner
    )  # fmt: skip
    open_to(overdue, owner, today)
    words = (
        "Something of yours is overdue"
        if level == Level.PRACTITIONER
        else "Something overdue has come to you"
    )
    tell(
        owner,
        f"{words} ({LEVEL_NAMES[level].lower()}, {today:%d/%m/%Y})",
        page_of(overdue),
        now,
        urgent=level in URGENT,
    )


def open_to(overdue: Overdue, owner, today: date) -> None:
    """Whoever it has come to may open the record as far as their role sees, until it is seen to."""
    if overdue.clock.about_person and opens_records(owner.role):
        involve(
            person_id=overdue.clock.about_person,
            why=Why.ASKED,
            rests_on=f"{_rests_on(overdue)} to {owner.pk}",
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


def answer_overdue(
    overdue: Overdue, *, token: UUID, words: str, until_on: date, by, now: datetime
) -> OverdueAnswer:
    """Say what is done about it and by when. Until then it stays here; it is over when what is owed is done."""
    did, today = "said what is done about something overdue", timezone.localdate(now)
    overdue = open_overdue(overdue.pk, by=by, did="opened something overdue to answer it")
    about = {
        "by": by,
        "did": did,
        "about_kind": KIND,
        "about_id": overdue.pk,
        "person_id": overdue.clock.about_person,
    }
    if lacks := what_is_missing_to_answer(words, until_on, today):
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
                pk=token, overdue=overdue, words=words.strip(), until_on=until_on, by=by, acting_as=place.words, at=now
            )  # fmt: skip
            overdue.due_on = until_on
            overdue.save(update_fields=["due_on"])
            start_clock(
                what=CLOCK, about_kind=KIND, about_id=overdue.pk, about_person=overdue.clock.about_person, due_on=until_on, now=now, owner=by
            )  # fmt: skip
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


def what_is_missing_to_answer(words: str, until_on: date | None, today: date) -> dict[str, str]:
    lacks = {}
    if not words.strip():
        lacks["words"] = "Say what is done about it"
    most = most_until(today)
    if until_on is None or not today <= until_on <= most:
        lacks["until_on"] = f"Give a day from today to {most.day} {most:%B %Y}: after that it goes up"
    return lacks


def page_of(overdue: Overdue) -> str:
    return reverse("escalation:overdue", args=[overdue.pk])


def _rests_on(overdue: Overdue) -> str:
    return f"overdue {overdue.pk}:"


def _agency_of(clock: Clock) -> Agency:
    if clock.owner_id:
        return clock.owner.agency
    return clock.owner_post.agency if clock.owner_post_id else hubs_council()


def overdue_of(by) -> Iterable[Overdue]:
    """What has come to somebody and is not over, but for children who are hidden from them. By date due."""
    rows = Overdue.objects.going_up().filter(owner=by, clock__stopped_at__isnull=True)
    rows = rows.exclude(clock__about_person__in=hidden_from(by))
    return rows.select_related("clock__owner__agency", "clock__owner_post").order_by("due_on", "pk")
