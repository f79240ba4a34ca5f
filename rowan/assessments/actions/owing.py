"""What is owed at a step, by whom and by when; and the record opened to whoever has to see to it. Part of another act, in its transaction."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from rowan.access.rules.leading import LEADS_THE_WORK
from rowan.agencies.leads import deciding_as
from rowan.notices.actions import tell
from rowan.sharing.actions.escalating import close_to_everybody, open_to
from rowan.timescales.actions import start_clock, stop_clock

from ..models import Strand
from ..rules.steps import OWED, Step

KIND = LEADS_THE_WORK
APPROVAL = "an approval of where a child stands"
SECOND = "a second person on a step-down"


def take_step(strand: Strand, to: Step, who, now: datetime, *, due_on: date, why: str = "") -> None:
    """The step, its clock and its line of history. The clock of the step before stops."""
    if strand.step != to:
        stop_clock(
            what=OWED[Step(strand.step)], about_kind=KIND, about_id=strand.pk, now=now, because="moved on"
        )
        strand.step, strand.step_at = to.value, now
        write_step(strand, to, who, now, why=why)
    owe(strand, now, due_on=due_on)


def write_step(strand: Strand, to: Step, who, now: datetime, *, why: str) -> None:
    place = deciding_as(who, now)
    strand.steps.create(to=to.value, lead=strand.lead, why=why, by=who, acting_as=place.words, at=now)


def owe(strand: Strand, now: datetime, *, due_on: date) -> None:
    """What is owed at the step where it stands, of its lead, by that day."""
    strand.due_on = due_on
    strand.save(update_fields=["step", "step_at", "due_on"])
    start_clock(
        what=OWED[Step(strand.step)], about_kind=KIND, about_id=strand.pk, about_person=strand.person_id, due_on=due_on, now=now, owner=strand.lead
    )  # fmt: skip


def owe_a_second_look(what: str, kind: str, row, now: datetime, *, due_on: date) -> None:
    """Somebody else than the writer is asked: clock, record and notice go to the same person."""
    strand = row.strand
    start_clock(
        what=what, about_kind=kind, about_id=row.pk, about_person=strand.person_id, due_on=due_on, now=now, owner=row.second
    )  # fmt: skip
    open_to(row.second, person_id=strand.person_id, what=f"{kind} {row.pk}", today=timezone.localdate(now))
    tell(row.second, "Something about a child waits for you as the second person", page_of(strand), now)


def second_look_is_over(what: str, kind: str, row, now: datetime, because: str) -> None:
    stop_clock(what=what, about_kind=kind, about_id=row.pk, now=now, because=because)
    close_to_everybody(row.strand.person_id, f"{kind} {row.pk}", timezone.localdate(now))


def page_of(strand: Strand) -> str:
    return reverse("assessments:child", args=[strand.person_id])
