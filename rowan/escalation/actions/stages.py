"""A disagreement's stages: who has it next at both agencies, until when, and what goes up by itself."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from rowan.access.actions import involve, owner_of_restricted
from rowan.access.clocks import may_not_take
from rowan.access.models import Why
from rowan.agencies.leads import deciding_as
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.chain import Half
from rowan.audit_trail.actions import ROWAN, record
from rowan.notices.actions import tell
from rowan.timescales.actions import dated_values, start_clock
from rowan.timescales.models import Clock
from rowan.timescales.rules.settings import values_on

from ..ladders import Ladders
from ..models import Disagreement, Stage
from ..rules.disagreements import (
    CLOCK,
    Step,
)
from ..rules.hours import due_by_the_hour, half_of
from ..rules.ladder import LEVELS, Level, Taken, taken_up
from ..rules.settings import DISAGREEMENT_DAYS, SETTINGS, due_at

KIND = "disagreement"


def take_stages_up(now: datetime) -> int:
    """Rowan's own: a stage whose time is over goes up by itself; at the top it is asked again. Run twice a day, it goes once."""
    return _take_late_up(now, every_hour=False)


def take_stages_in_danger_up(now: datetime) -> int:
    """The same for a child in immediate danger, at any hour of any day."""
    return _take_late_up(now, every_hour=True)


def _take_late_up(now: datetime, *, every_hour: bool) -> int:
    steps = 0
    late = Clock.objects.overdue(now).filter(what=CLOCK, about_kind=KIND, every_hour=every_hour)
    for pk in list(late.order_by("due_on", "pk").values_list("about_id", flat=True)):
        with transaction.atomic():
            row = Disagreement.objects.select_for_update().get(pk=pk)
            stage = row.stage
            if row.step != Step.OPEN or not stage.is_late(now):
                continue
            begin_stage(row, after=Level(stage.level), by=None, why="", now=now)
            record(
                by=ROWAN, did="took a disagreement up a stage", about_person=row.person_id, about_kind=KIND, about_id=row.pk, particulars={"level": row.stage.level}
            )  # fmt: skip
            steps += 1
    return steps


def begin_stage(row: Disagreement, *, after: Level | None, by, why: str, now: datetime) -> Stage:
    """At the next level where somebody can be asked; with whoever answers for the other agency at that level beside them."""
    today = timezone.localdate(now)
    half = half_of(timezone.localtime(now)) if row.skips_levels else None
    ladders = Ladders([row.agency, row.with_agency], today)
    ladders.absent_too([row.by_id])
    people = ladders.everybody([row.agency, row.with_agency]) | {row.by_id}
    barred = may_not_take({0: row.person_id}, people).get(0, set()) | ladders.who_opens_no_record
    before = row.stage
    had = before.owner_id if before else None
    taken = taken_up(
        ladders.of(row.agency, row.by_id), ladders.absences, today, after=after, now_with=had, barred=barred, half=half
    )  # fmt: skip
    outside = people - set(Practitioner.objects.filter(agency=row.with_agency).values_list("pk", flat=True))
    other = _counterpart(ladders, row, taken.level, barred | outside, today, half)
    if owner := owner_of_restricted(row.person_id):
        taken = Taken(taken.level, owner.pk, None, "Whoever answers for this record was told.")
        other = Taken(taken.level, None, None, "")
    # Nobody at all to ask: it stays with whoever raised it, and the next day is another.
    owner = Practitioner.objects.select_related("agency").get(pk=taken.person or had or row.by_id)
    counterpart = Practitioner.objects.select_related("agency").filter(pk=other.person).first()
    values = values_on(SETTINGS, dated_values(), today)
    stage = Stage.objects.create(
        disagreement=row,
        level=taken.level,
        owner=owner,
        counterpart=counterpart,
        says=taken.says,
        counterpart_says=other.says,
        why=why,
        by=by,
        acting_as=deciding_as(by, now).words,
        began_at=now,
        **_until(row, taken.level, values, now),
    )
    due = {"due_at": stage.due_at, "every_hour": True} if stage.due_at else {"due_on": stage.due_on}
    start_clock(
        what=CLOCK, about_kind=KIND, about_id=row.pk, about_person=row.person_id, now=now, owner=owner, **due
    )
    for person in {owner, counterpart} - {None}:
        open_to(row, person, today)
        if by is None or person.pk != by.pk:
            tell(
                person,
                # By its stage and its day or hour: each time that it comes is told apart.
                f"A disagreement between agencies has come to you (stage: {stage.get_level_display().lower()}), due {_in_words(stage)}",
                page_of(row),
                now,
                urgent=row.skips_levels,
            )
    return stage


def _until(row: Disagreement, level: Level, values, now: datetime) -> dict:
    """In immediate danger by the hours that something red has, from the first stage to the last; otherwise by days."""
    if not row.skips_levels:
        return {"due_on": due_at(level, timezone.localdate(now), values, DISAGREEMENT_DAYS)}
    by_then = due_by_the_hour(level, now, values)
    return {"due_at": by_then, "due_on": timezone.localdate(by_then)}


def _in_words(stage: Stage) -> str:
    day = f"{stage.due_on.day} {stage.due_on:%B %Y}"
    return f"{day}, {timezone.localtime(stage.due_at):%H:%M}" if stage.due_at else day


def _counterpart(
    ladders: Ladders, row: Disagreement, level: Level, barred: set[int], today: date, half: Half | None
) -> Taken:
    """Whoever answers for the other agency at this level, or above; at the first stage the two practitioners find each other."""
    if level == LEVELS[0]:
        return Taken(level, None, None, "")
    after = LEVELS[LEVELS.index(level) - 1]
    found = taken_up(
        ladders.of(row.with_agency), ladders.absences, today, after=after, now_with=None, barred=barred, half=half
    )  # fmt: skip
    if found.person is None:
        return Taken(
            level,
            None,
            None,
            f"nobody of {row.with_agency.name} is entered at this level or above. Ring them.",
        )
    return found


def open_to(row: Disagreement, person, today: date) -> None:
    involve(
        person_id=row.person_id,
        why=Why.ASKED,
        rests_on=f"{KIND} {row.pk} to {person.pk}",
        opened_on=today,
        agency=person.agency,
        practitioner=person,
    )


def page_of(row: Disagreement) -> str:
    return reverse("escalation:disagreement", args=[row.pk])
