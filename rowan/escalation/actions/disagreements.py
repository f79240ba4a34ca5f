"""Raise a professional disagreement, answer, take it up a stage, resolve it, and write what was learnt."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import NOBODY, open_record
from rowan.access.models import Involvement, Why
from rowan.access.reading import ROWAN as ROWANS_EYES
from rowan.access.reading import reading_as
from rowan.access.rules.seeing import NOTHING_THERE, Seen, Through
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import record
from rowan.notices.actions import tell
from rowan.refusals import Both, NotAllowed, NothingThere
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import dated_values, start_clock, stop_clock
from rowan.timescales.rules.settings import values_on
from rowan.timescales.rules.working_days import add_working_days

from ..models import Disagreement, Response
from ..rules.disagreements import (
    CLOCK,
    HOW,
    LEARN_CLOCK,
    Said,
    Step,
    begins_at,
    refusal_to_move,
    what_is_missing,
)
from ..rules.ladder import LEVELS, TOP, Level
from ..rules.settings import LEARNING_WITHIN, SETTINGS
from .stages import KIND, begin_stage, page_of

ONLY_LOOKING = (
    "You are only looking at this record with a reason: somebody who works with the child raises it."
)
NOT_YOURS_TO_MOVE = "Whoever raised the disagreement or has it at this stage does this."


@dataclass(frozen=True)
class OpenedDisagreement:
    disagreement: Disagreement
    seen: Seen


def raise_disagreement(
    *,
    token: UUID,
    person_id: str,
    about: str,
    with_agency,
    what: str,
    sought: str,
    safe_meanwhile: str,
    by,
    now: datetime,
    immediate_danger: bool = False,
) -> Disagreement:
    """From now it has a stage with an owner and a date. In immediate danger it begins with the safeguarding lead, and goes by the hour."""
    today, did = timezone.localdate(now), "raised a disagreement"
    trail = {"by": by, "did": did, "about_kind": KIND, "person_id": person_id}
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to raise a disagreement")
    if seen.through is Through.REASON:
        refuse(ONLY_LOOKING, refusal=NotAllowed, **trail)
    said = Said(about, with_agency is not None, what, sought, safe_meanwhile)
    if lacks := what_is_missing(said):
        refuse(". ".join(lacks.values()), **trail)
    place = deciding_as(by, now)
    with transaction.atomic():
        row, made = Disagreement.objects.get_or_create(
            pk=token,
            defaults={
                "person_id": person_id,
                "about": about,
                "agency": by.agency,
                "with_agency": with_agency,
                "what": what.strip(),
                "sought": sought.strip(),
                "safe_meanwhile": safe_meanwhile.strip(),
                "skips_levels": immediate_danger,
                "by": by,
                "acting_as": place.words,
                "at": now,
            },
        )
        if made:
            first = begins_at(immediate_danger=immediate_danger)
            before = LEVELS[LEVELS.index(first) - 1] if first != LEVELS[0] else None
            begin_stage(row, after=before, by=by, why="", now=now)
            record(
                by=by,
                did=did,
                about_person=person_id,
                about_kind=KIND,
                about_id=row.pk,
                particulars={"skips": immediate_danger} | place.trail,
            )
    if row.by_id != by.pk or row.person_id != person_id:
        refuse("This form belongs to another disagreement. Start again.", **trail)
    return row


def open_disagreement(disagreement_id, *, by, today: date) -> OpenedDisagreement:
    """For the two agencies and for whoever has had it at a stage, if they may open the child's record."""
    # With Rowan's own eyes: the trail says whose record was asked for, hidden or not.
    with reading_as(ROWANS_EYES):
        row = (
            Disagreement.objects.select_related("agency", "with_agency", "by", "resolved_by", "learnt_by")
            .filter(pk=disagreement_id)
            .first()
        )
    person_id, did = row.person_id if row else NOBODY, "looked at a disagreement"
    seen = open_record(person_id=person_id, by=by, today=today, did=did)
    if row is None or not may_read(row, seen, by):
        refuse(NOTHING_THERE, by=by, did=did, about_kind=KIND, about_id=disagreement_id, person_id=person_id, refusal=NothingThere)  # fmt: skip
    return OpenedDisagreement(row, seen)


def may_read(row: Disagreement, seen: Seen, by) -> bool:
    if seen.through is Through.REASON:
        return False
    if by.agency_id in {row.agency_id, row.with_agency_id}:
        return True
    return any(by.pk in {stage.owner_id, stage.counterpart_id} for stage in row.stages.all())


def may_move(row: Disagreement, by) -> bool:
    stage = row.stage
    return by.pk == row.by_id or (stage is not None and stage.owner_id == by.pk)


def respond(row: Disagreement, *, token: UUID, words: str, by, now: datetime) -> Response:
    """What either side answers at this stage. It resolves nothing by itself."""
    about = _may(row, "answered in a disagreement", by, now)
    if not words.strip():
        refuse("Say what you answer.", **about)
    with transaction.atomic():
        row = Disagreement.objects.select_for_update().get(pk=row.pk)
        refusal = refusal_to_move(row.step, Step.OPEN)
        if refusal is None:
            place = deciding_as(by, now)
            made_one, made = Response.objects.get_or_create(
                pk=token,
                defaults={
                    "disagreement": row,
                    "level": row.stage.level,
                    "words": words.strip(),
                    "by": by,
                    "acting_as": place.words,
                    "agency": by.agency,
                    "at": now,
                },
            )
            if made:
                for person in {row.stage.owner, row.stage.counterpart, row.by} - {by, None}:
                    tell(person, "Somebody has answered in a disagreement", page_of(row), now)
                record(
                    by=by,
                    did=about["did"],
                    about_person=row.person_id,
                    about_kind=KIND,
                    about_id=row.pk,
                    particulars=place.trail,
                )
    if refusal:
        refuse(refusal, **about)
    return made_one


def go_up(row: Disagreement, *, why: str, by, now: datetime, opened_on: str | None = None) -> Disagreement:
    """This stage did not resolve it: the next one has it from now."""
    about = _may(row, "took a disagreement up a stage", by, now, moves=True)
    if not why.strip():
        refuse("Say why it is not resolved at this stage.", **about)
    with transaction.atomic():
        row = Disagreement.objects.select_for_update().get(pk=row.pk)
        stage = row.stage
        refusal = refusal_to_move(row.step, Step.OPEN)
        mine = stage.by_id == by.pk and stage.why == why.strip()
        stale = refusal is None and not mine and opened_on not in {None, str(stage.pk)}
        if refusal is None and not mine and stage.level == TOP:
            refusal = "The safeguarding partnership has it: there is no stage above."
        if refusal is None and not mine and not stale:
            begin_stage(row, after=Level(stage.level), by=by, why=why.strip(), now=now)
            record(
                by=by,
                did=about["did"],
                about_person=row.person_id,
                about_kind=KIND,
                about_id=row.pk,
                particulars={"level": row.stage.level} | deciding_as(by, now).trail,
            )
    if refusal:
        refuse(refusal, **about)
    if stale:
        both = [Both("It has gone up to", stage.get_level_display()), Both("Why", stage.why, why)]
        somebody_was_first("It has gone up since you opened the page.", both, **about)
    return row


def resolve(row: Disagreement, *, how: str, words: str, by, now: datetime) -> Disagreement:
    about = _may(row, "resolved a disagreement", by, now, moves=True)
    if how not in HOW or not words.strip():
        refuse("Choose how it was resolved." if how not in HOW else "Say what was agreed.", **about)
    with transaction.atomic():
        row = Disagreement.objects.select_for_update().get(pk=row.pk)
        mine = (row.how, row.resolution, row.resolved_by_id) == (how, words.strip(), by.pk)
        refusal = None if mine else refusal_to_move(row.step, Step.RESOLVED)
        if refusal is None and not mine:
            row.step, row.how, row.resolution = Step.RESOLVED.value, how, words.strip()
            place = deciding_as(by, now)
            row.resolved_by, row.resolved_acting_as, row.resolved_at = by, place.words, now
            row.save()
            _learning_is_due(row, now)
            record(
                by=by,
                did=about["did"],
                about_person=row.person_id,
                about_kind=KIND,
                about_id=row.pk,
                particulars={"how": how} | place.trail,
            )
    if refusal and row.resolved_at:
        both = [
            Both("How it was resolved", row.get_how_display(), HOW[how]),
            Both("In words", row.resolution, words),
            Both("Recorded by", by_and_when(row.resolved_by.display_name, row.resolved_at), "Not sent"),
        ]
        somebody_was_first(refusal, both, **about)
    if refusal:
        refuse(refusal, **about)
    return row


def learn(row: Disagreement, *, words: str, by, now: datetime) -> Disagreement:
    about = _may(row, "wrote what was learnt from a disagreement", by, now)
    if not words.strip():
        refuse("Write what was learnt, or that nothing was.", **about)
    with transaction.atomic():
        row = Disagreement.objects.select_for_update().get(pk=row.pk)
        mine = (row.learning, row.learnt_by_id) == (words.strip(), by.pk)
        refusal = None if mine else refusal_to_move(row.step, Step.LEARNT)
        if refusal is None and not mine:
            row.step, row.learning, row.learnt_by, row.learnt_at = Step.LEARNT.value, words.strip(), by, now
            row.save()
            stop_clock(what=LEARN_CLOCK, about_kind=KIND, about_id=row.pk, now=now, because="learnt")
            today = timezone.localdate(now)
            Involvement.objects.filter(
                person_id=row.person_id, why=Why.ASKED, rests_on__startswith=f"{KIND} {row.pk}"
            ).update(closed_on=today)
            record(by=by, did=about["did"], about_person=row.person_id, about_kind=KIND, about_id=row.pk)
    if refusal and row.learnt_at:
        both = [
            Both("What was learnt", row.learning, words),
            Both("Written by", by_and_when(row.learnt_by.display_name, row.learnt_at), "Not sent"),
        ]
        somebody_was_first(refusal, both, **about)
    if refusal:
        refuse(refusal, **about)
    return row


def _learning_is_due(row: Disagreement, now: datetime) -> None:
    today = timezone.localdate(now)
    days = int(values_on(SETTINGS, dated_values(), today)[LEARNING_WITHIN.name])
    stop_clock(what=CLOCK, about_kind=KIND, about_id=row.pk, now=now, because="resolved")
    start_clock(
        what=LEARN_CLOCK, about_kind=KIND, about_id=row.pk, about_person=row.person_id, due_on=add_working_days(today, days), now=now, owner=row.by
    )  # fmt: skip


def _may(row: Disagreement, did: str, by, now: datetime, *, moves: bool = False) -> dict:
    open_disagreement(row.pk, by=by, today=timezone.localdate(now))
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": row.pk, "person_id": row.person_id}
    if moves and not may_move(row, by):
        refuse(NOT_YOURS_TO_MOVE, refusal=NotAllowed, **about)
    return about
