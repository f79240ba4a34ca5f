"""Put a question about somebody's looks, and answer it: explained, looked into, or passed to the agency's lead by a person."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from rowan.access.models import KeptOut
from rowan.access.standing import Groups
from rowan.agencies.leads import deciding_as
from rowan.audit_trail.actions import ROWAN, record
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from rowan.timescales.actions import stop_clock
from rowan.timescales.rules.working_days import add_working_days

from .clocks import KIND, WHAT
from .models import LooksQuestion
from .rules.answers import ANSWER_NAMES, NO_SUCH_QUESTION, refusal_of_words, refusal_to_read
from .rules.looks import reads_the_whole_trail
from .rules.patterns import VERSION, Figures, Pattern

ANSWERED = "answered a question about looks"
LOOKED = "looked at a question about looks"


def put(
    *,
    pattern: Pattern,
    practitioner_id: int,
    about_person: str,
    figures: Figures,
    settings_used: dict,
    due_in: int,
    now: datetime,
    by=ROWAN,
) -> LooksQuestion:
    """Ask, with a clock. The person it is about is told nothing, nor is anybody of their line."""
    with transaction.atomic():
        question = LooksQuestion.objects.create(
            pattern=pattern.value,
            version=VERSION,
            practitioner_id=practitioner_id,
            about_person=about_person,
            figures=figures,
            settings_used=settings_used,
            asked_at=now,
            due_on=add_working_days(timezone.localdate(now), due_in),
        )
        # The subject is named by number, and the child not at all: a child's own trail does not say that somebody was asked about.
        record(
            by=by,
            did="asked about looks at records",
            about_kind=KIND,
            about_id=question.pk,
            particulars={"pattern": pattern.value, "about": practitioner_id},
        )
    return question


def may_read(
    question: LooksQuestion | None, *, by, did: str = LOOKED, about_id: object = ""
) -> LooksQuestion:
    """Let information governance read it, or raise. To the person it is about it is not there, whatever their role."""
    refusal = refusal_to_read(
        there=question is not None,
        about_them=question is not None and question.practitioner_id == by.pk,
        kept_out=question is not None and question.about_person in kept_out_of(by),
        is_governance=reads_the_whole_trail(by.role),
        is_asked=question is not None and question.asked_of_id == by.pk,
    )
    record(
        by=by,
        did=did,
        about_kind=KIND,
        about_id=question.pk if question else about_id,
        refused_because=refusal or "",
    )
    if refusal:
        raise NothingThere(refusal) if refusal == NO_SUCH_QUESTION else NotAllowed(refusal)
    return question


def kept_out_of(practitioner) -> set[str]:
    """Ids of the children from whose record this practitioner is kept out, whatever was joined with them."""
    kept = KeptOut.objects.standing().filter(practitioner=practitioner).values_list("person_id", flat=True)
    return set(Groups(kept, unremembered=True).all_ids)


def answer(question: LooksQuestion, *, kind: str, words: str, by, now: datetime) -> LooksQuestion:
    """Say how it is explained, what was looked into, or that the lead was told. Once; the answer stays with its lines."""
    question = may_read(question, by=by, did=ANSWERED)
    if kind not in ANSWER_NAMES:
        _refuse("Choose how it was answered.", question, by)
    if refusal := refusal_of_words(words):
        _refuse(refusal, question, by)
    with transaction.atomic():
        place = deciding_as(by, now)
        said = {"answer": kind, "words": words.strip(), "answered_acting_as": place.words}
        open_still = LooksQuestion.objects.open().filter(pk=question.pk)
        answered = open_still.update(answered_at=now, answered_by=by, **said)
        if answered:
            stop_clock(what=WHAT, about_kind=KIND, about_id=question.pk, now=now, because="answered")
            record(
                by=by,
                did=ANSWERED,
                about_kind=KIND,
                about_id=question.pk,
                why=words,
                particulars={"answer": str(kind), "pattern": str(question.pattern)} | place.trail,
            )
    if not answered:
        _refuse("Somebody has answered this already. Their answer is shown above.", question, by)
    question.refresh_from_db()
    return question


def _refuse(reason: str, question: LooksQuestion, by):
    record(by=by, did=ANSWERED, about_kind=KIND, about_id=question.pk, refused_because=reason)
    raise NotPossible(reason)
