"""Ask for a step-down or closing, decide it as the second person, look back on the day that was named. Rowan itself does none of these."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.agencies.in_words import by_and_when
from rowan.agencies.leads import acting, acting_in_words, deciding_as, lead_now
from rowan.audit_trail.actions import record
from rowan.people.rules.age import age_on
from rowan.refusals import Both, NotAllowed
from rowan.sharing.actions.refusing import refuse, somebody_was_first
from rowan.timescales.actions import stop_clock
from rowan.timescales.rules.working_days import add_working_days

from ..models import LookBack, StepDown, StepDownDecided, Strand
from ..rules.settings import APPROVE_WITHIN, ASSESS_WITHIN, LOOK_BACK_WITHIN, SCREEN_WITHIN
from ..rules.states import STATE_NAMES, State
from ..rules.step_down import Asked, refusal_to_step_down, what_is_missing
from ..rules.steps import OWED, STEP_NAMES, Step
from ..rules.who import refusal_to_be_second, refusal_to_write
from ..standing import (
    all_ids,
    birth_date_of,
    is_approved,
    newest_version,
    settings_on,
    signs_on_record,
    strand_of,
    strategy_waits,
    whole,
)
from .opening import may_take
from .owing import KIND, SECOND, owe, owe_a_second_look, second_look_is_over, take_step
from .writing import NOTHING_OPEN, stands

ABOUT_KIND = "step-down"
WAITS = "A step-down or closing waits for its second person already."


def ask_to_step_down(asked: Asked, *, token: UUID, person_id: str, second, by, now: datetime) -> StepDown:
    """With evidence, the child's view and a day to look back, put to a second person. Nothing has moved yet."""
    today, did = timezone.localdate(now), "asked for a step-down or closing"
    about = {"by": by, "did": did, "about_kind": ABOUT_KIND, "person_id": person_id}
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to ask for a step-down")
    if refusal := refusal_to_write(by.role, seen):
        refuse(refusal, refusal=NotAllowed, **about)
    ids = all_ids(person_id)
    strand = strand_of(ids)
    if strand is None:
        refuse(NOTHING_OPEN, **about)
    lacks = what_is_missing(
        asked, stands=strand.state, today=today, look_back_within_days=whole(settings_on(today), LOOK_BACK_WITHIN)
    )  # fmt: skip
    if lacks:
        refuse(". ".join(lacks.values()), **about)
    over_a_sign = bool(signs_on_record(ids, seen))
    if refusal := refusal_to_be_second(second.role, is_writer=second.pk == by.pk, over_a_sign=over_a_sign):
        refuse(refusal, **about)
    if not may_take(second, person_id):
        refuse("Choose somebody who may open this record.", **about)
    with transaction.atomic():
        strand = Strand.objects.select_for_update(of=("self",)).get(pk=strand.pk)
        made = StepDown.objects.filter(pk=token, strand=strand, by=by).first()
        waiting = strand.step_downs.filter(decided=None).select_related("by").first()
        refusal = None if made or waiting else why_not(strand, asked.to, ids, today)
        if made is None and waiting is None and refusal is None:
            made = _ask(asked, token, strand, second, by, now)
            record(by=by, did=did, about_person=person_id, about_kind=ABOUT_KIND, about_id=made.pk, particulars={"to": made.to})  # fmt: skip
    if made is not None:
        return made
    if waiting is not None:
        somebody_was_first(WAITS, _both_asked(waiting, asked), **about)
    refuse(refusal, **about)


def _ask(asked: Asked, token: UUID, strand: Strand, second, by, now: datetime) -> StepDown:
    made = StepDown.objects.create(
        pk=token, strand=strand, state_before=strand.state, second=second, by=by, agency=by.agency, at=now, **vars(asked)
    )  # fmt: skip
    today = timezone.localdate(now)
    within = whole(settings_on(today), APPROVE_WITHIN)
    owe_a_second_look(SECOND, ABOUT_KIND, made, now, due_on=add_working_days(today, within))
    return made


def why_not(strand: Strand, to: str, ids: list[str], today: date) -> str | None:
    """Why nothing can be stepped down or closed now, or None."""
    return refusal_to_step_down(
        strand.step,
        to,
        approved=is_approved(newest_version(strand)),
        strategy_waits=strategy_waits(ids),
        age=age_on(birth_date_of(ids), today),
        moved_on=strand.transitions.exists(),
    )


def decide_step_down(step_down: StepDown, *, agreed: bool, words: str, by, now: datetime) -> StepDownDecided:
    """The second person agrees, and only then anything moves; or does not, and everything stays as it is. Either way they say why."""
    today = timezone.localdate(now)
    did = "agreed to a step-down or closing" if agreed else "did not agree to a step-down or closing"
    strand = step_down.strand
    about = {"by": by, "did": did, "about_kind": ABOUT_KIND, "about_id": step_down.pk, "person_id": strand.person_id}  # fmt: skip
    seen = open_record(person_id=strand.person_id, by=by, today=today, did="opened a record to decide a step-down")  # fmt: skip
    ids = all_ids(strand.person_id)
    over_a_sign = bool(signs_on_record(ids, seen))
    if refusal := refusal_to_be_second(by.role, is_writer=step_down.by_id == by.pk, over_a_sign=over_a_sign):
        refuse(refusal, refusal=NotAllowed, **about)
    if not words.strip():
        refuse("Say why you agree or do not.", **about)
    with transaction.atomic():
        strand = Strand.objects.select_for_update(of=("self",)).get(pk=strand.pk)
        said = StepDownDecided.objects.filter(step_down=step_down).select_related("by").first()
        # Looked up again behind the lock: a sign of harm may have come since it was asked for.
        refusal = why_not(strand, step_down.to, ids, today) if said is None and agreed else None
        if said is None and refusal is None:
            said = _decide(step_down, strand, agreed, words.strip(), by, now)
            record(by=by, did=did, about_person=strand.person_id, about_kind=ABOUT_KIND, about_id=step_down.pk,
                   particulars={"to": step_down.to} | acting(lead_now(by.agency, today), by))  # fmt: skip
            return said
    if refusal:
        refuse(refusal, **about)
    if (said.by_id, said.agreed, said.words) == (by.pk, agreed, words.strip()):
        return said
    somebody_was_first("Somebody has decided this already.", _both_decided(said, agreed, words), **about)


def _decide(
    step_down: StepDown, strand: Strand, agreed: bool, words: str, by, now: datetime
) -> StepDownDecided:
    said = StepDownDecided.objects.create(
        step_down=step_down, agreed=agreed, words=words, by=by, at=now,
        acting_as=acting_in_words(lead_now(by.agency, timezone.localdate(now)), by),
    )  # fmt: skip
    second_look_is_over(SECOND, ABOUT_KIND, step_down, now, "agreed" if agreed else "not agreed")
    if agreed:
        take_step(strand, Step(step_down.to), by, now, due_on=step_down.look_back_on, why=words)
        stands(strand, step_down.state, step_down.by, now)
    return said


def look_back(
    *,
    token: UUID,
    person_id: str,
    found: str,
    childs_view: str = "",
    works_again: bool,
    again_on: date | None = None,
    by,
    now: datetime,
    opened_on: str | None = None,
) -> LookBack:
    """How the child is on the day somebody looks back: worked with again, looked at again on another day, or, when closed, no more.

    `opened_on` is the last look back that the page showed, '' for none.
    """
    today, did = timezone.localdate(now), "looked back after a step-down or closing"
    about = {"by": by, "did": did, "about_kind": KIND, "person_id": person_id}
    seen = open_record(person_id=person_id, by=by, today=today, did="opened a record to look back")
    if refusal := refusal_to_write(by.role, seen):
        refuse(refusal, refusal=NotAllowed, **about)
    strand = strand_of(all_ids(person_id))
    if refusal := _refusal_to_look_back(strand, found, works_again, again_on, today):
        refuse(refusal, **about)
    with transaction.atomic():
        strand = Strand.objects.select_for_update(of=("self",)).get(pk=strand.pk)
        last = strand.look_backs.select_related("by").last()
        if made := LookBack.objects.filter(pk=token, strand=strand, by=by).first():
            return made
        if opened_on in {None, str(last.pk) if last else ""}:
            place = deciding_as(by, now)
            made = LookBack.objects.create(
                pk=token, strand=strand, found=found.strip(), childs_view=childs_view.strip(), works_again=works_again,
                again_on=None if works_again else again_on, by=by, acting_as=place.words, at=now,
            )  # fmt: skip
            _follow_up(strand, made, by, now)
            record(by=by, did=did, about_person=person_id, about_kind=KIND, about_id=strand.pk, particulars={"works_again": works_again} | place.trail)  # fmt: skip
            return made
    both = [
        Both("How the child is", last.found, found),
        Both("By", by_and_when(last.by.display_name, last.at), "Not sent"),
    ]
    somebody_was_first("Somebody has looked back since you opened the page.", both, may_send=strand.step in {Step.WATCHED, Step.CLOSED}, **about)  # fmt: skip


def _refusal_to_look_back(
    strand: Strand | None, found: str, works_again: bool, again_on: date | None, today: date
) -> str | None:
    if strand is None or strand.step not in {Step.WATCHED, Step.CLOSED}:
        return "There is nothing to look back at: nothing has been stepped down or closed."
    if not found.strip():
        return "Say how the child is now, and how you know."
    if not works_again and again_on is None and strand.step == Step.WATCHED:
        return "Give the day somebody looks back again. It is not closed by a look back."
    if not works_again and again_on is not None and again_on <= today:
        return "The day to look back again is after today."
    return None


def _follow_up(strand: Strand, made: LookBack, by, now: datetime) -> None:
    today = timezone.localdate(now)
    settings = settings_on(today)
    if made.works_again:
        closed = strand.step == Step.CLOSED
        within = whole(settings, SCREEN_WITHIN if closed else ASSESS_WITHIN)
        take_step(
            strand, Step.SCREENING if closed else Step.ASSESSMENT, by, now, due_on=add_working_days(today, within), why=made.found
        )  # fmt: skip
    elif made.again_on:
        owe(strand, now, due_on=made.again_on)
    else:
        stop_clock(
            what=OWED[Step.CLOSED], about_kind=KIND, about_id=strand.pk, now=now, because="looked back"
        )


def _both_asked(waiting: StepDown, asked: Asked) -> list[Both]:
    return [
        Both("What was asked for", waiting.get_to_display(), STEP_NAMES.get(asked.to, "")),
        Both("Where the child would stand", waiting.get_state_display(), STATE_NAMES[State(asked.state)]),
        Both("Evidence", waiting.evidence, asked.evidence),
        Both("The child’s view", waiting.childs_view, asked.childs_view),
        Both("Asked by", by_and_when(waiting.by.display_name, waiting.at), "Not sent"),
    ]


def _both_decided(said: StepDownDecided, agreed: bool, words: str) -> list[Both]:
    name = {True: "Agreed", False: "Not agreed"}
    return [
        Both("What was decided", name[said.agreed], name[agreed]),
        Both("Why", said.words, words),
        Both("By", by_and_when(said.by.display_name, said.at), "Not sent"),
    ]
