"""A question answered *raise or join a concern* lands here: a form that starts with whom it is about and what was said."""

from datetime import datetime
from typing import NoReturn
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.access.actions import open_record
from rowan.access.rules.seeing import Seen
from rowan.people.called import called
from rowan.questions.models import Owed, Question
from rowan.questions.rules.answers import Act
from rowan.refusals import NothingThere
from rowan.sharing.actions.refusing import refuse

from ..models import ConcernDraft
from .drafts import begin_draft

DID = "began a concern from a question"
NOT_OWED = "No concern is owed from this question."


def begin_from_question(question_id: UUID, *, by, now: datetime) -> ConcernDraft:
    """Only for whoever may open the record; a question that is not there answers as one about a child who is hidden."""
    owed, seen = owed_from(question_id, by=by, now=now, did=DID)
    question, today = owed.answer.question, timezone.localdate(now)
    child = called({question.person_id: seen}, today)[question.person_id]
    typed = {
        "about": ["child"],
        "about_a_professional": ["no"],
        "detail_name": [child.name],
        "detail_age": [str(child.age) if child.age is not None else ""],
        "what_worries": [owed.answer.text],
    }
    with transaction.atomic():
        # One at a time: pressed twice, it is one draft.
        Owed.objects.select_for_update().get(pk=owed.pk)
        standing = ConcernDraft.objects.filter(by=by, question=question.pk, expires_at__gt=now).first()
        return standing or begin_draft(by=by, now=now, question=question, typed=typed)


def owed_from(question_id: UUID, *, by, now: datetime, did: str) -> tuple[Owed, Seen]:
    """The concern that the standing answer to this question promised and that nobody has raised or joined yet."""
    question, seen = question_of(question_id, by=by, now=now, did=did)
    owed = owed_of(question)
    if owed is None:
        _not_owed(question_id, by, did)
    return owed, seen


def question_of(question_id: UUID, *, by, now: datetime, did: str) -> tuple[Question, Seen]:
    question = Question.objects.filter(pk=question_id).first()
    asked_about = question.person_id if question else "0" * 32
    seen = open_record(person_id=asked_about, by=by, today=timezone.localdate(now), did=did)
    if question is None or not (seen.is_hub or question.audience == seen.audience):
        _not_owed(question_id, by, did)
    return question, seen


def owed_of(question: Question) -> Owed | None:
    promised = Owed.objects.filter(answer__question=question, act=Act.RAISE_CONCERN.value)
    return (
        promised.filter(settled_at=None, answer__corrected_by=None).select_related("answer__question").first()
    )


def _not_owed(question_id: UUID, by, did: str) -> NoReturn:
    refuse(NOT_OWED, by=by, did=did, about_kind="question", about_id=question_id, refusal=NothingThere)
