"""Rowan's own: when a birth date becomes known or is corrected, the move at 18 is asked for, moved, or asked again."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from rowan.access.reading import ROWAN as AS_ROWAN
from rowan.access.reading import reading_as
from rowan.access.rules.leading import MOVE_AT_18
from rowan.access.standing import Groups
from rowan.audit_trail.actions import ROWAN, record
from rowan.notices.actions import tell
from rowan.people.models import KnownAs
from rowan.timescales.actions import start_clock, stop_clock
from rowan.timescales.models import Clock

from ..models import Strand
from ..rules.eighteen import Asked, eighteenth_birthday, is_asked_again, move_planned_by
from ..rules.settings import MOVE_BEFORE
from ..standing import settings_on, whole
from .owing import KIND, page_of

CORRECTED = "the birth date was corrected"
DID = "asked for the move at 18 by another day, as a birth date was corrected"


@reading_as(AS_ROWAN)
def follow_birth_dates(now: datetime) -> int:
    """Hold every open strand's clock against the birth date as it is known now. Says how many moved; twice in a row none."""
    today = timezone.localdate(now)
    days_before = whole(settings_on(today), MOVE_BEFORE)
    strands = list(Strand.objects.open().select_related("lead__agency").prefetch_related("transitions"))
    born = _birth_dates([strand.person_id for strand in strands])
    clocks = Clock.objects.running().filter(what=MOVE_AT_18, about_kind=KIND)
    running = {clock.about_id: clock for clock in clocks}
    moved = 0
    for strand in strands:
        clock, birth_date = running.get(str(strand.pk)), born.get(strand.person_id)
        planned = strand.transitions.last()
        asked = Asked(
            due_on=clock.due_on if clock else None,
            asked_on=timezone.localdate(clock.started_at) if clock else None,
            planned=planned is not None,
            planned_for=planned.turns_18_on if planned else None,
        )
        if is_asked_again(birth_date, asked, days_before):
            due_on = move_planned_by(birth_date, today, days_before)
            moved += _ask_again(strand, due_on, now)
    return moved


def _ask_again(strand: Strand, due_on: date, now: datetime) -> int:
    with transaction.atomic():
        strand = Strand.objects.select_for_update(of=("self",)).get(pk=strand.pk)
        if not strand.is_open:
            return 0
        stop_clock(what=MOVE_AT_18, about_kind=KIND, about_id=strand.pk, now=now, because=CORRECTED)
        start_clock(
            what=MOVE_AT_18, about_kind=KIND, about_id=strand.pk, about_person=strand.person_id, due_on=due_on, now=now, owner=strand.lead
        )  # fmt: skip
        words = "The day a young person turns 18 is known otherwise now: see when the move to adult services is planned"
        tell(strand.lead, words, page_of(strand), now)
        record(by=ROWAN, did=DID, about_person=strand.person_id, about_kind=KIND, about_id=strand.pk)
    return 1


def turns_18_on(person_id: str) -> date | None:
    born = _birth_dates([person_id]).get(person_id)
    return eighteenth_birthday(born) if born else None


def _birth_dates(person_ids: Iterable[str]) -> dict[str, date]:
    """By the child; of two records of one child her own comes first. Two queries, however many."""
    wanted = list(person_ids)
    groups = Groups(wanted)
    rows = KnownAs.objects.current().filter(person_id__in=groups.all_ids, birth_date__isnull=False)
    own: dict[str, date] = {}
    of_group: dict[str, date] = {}
    for person_id, born in rows.values_list("person_id", "birth_date"):
        own.setdefault(person_id, born)
        of_group.setdefault(groups.now_of[person_id], born)
    found = {each: own.get(each) or of_group.get(groups.now_of[each]) for each in wanted}
    return {each: born for each, born in found.items() if born}
