"""Answers to questions that joined a concern, each with what its question rests on, as far as this reader may see it."""

from dataclasses import dataclass

from rowan.access.rules.matrix import Kind, Opens
from rowan.access.rules.seeing import Seen
from rowan.access.standing import Groups
from rowan.questions.models import Answer
from rowan.questions.shown import ShownReason, reasons_of

from .models import Concern, JoinedAnswer


@dataclass(frozen=True)
class ShownJoined:
    joined: JoinedAnswer
    answer: Answer
    corrected: bool
    reasons: list[ShownReason]


def joined_to(concern: Concern, seen: Seen | None) -> list[ShownJoined]:
    """For those whose role reads questions. None while it is about nobody, and none of another child: what joined it before triage said so is told to whoever joined it."""
    if seen is None or seen.opens(Kind.QUESTIONS) is not Opens.EVERYTHING:
        return []
    ids = Groups([concern.person_id]).all_ids
    rows = (
        concern.joined_answers.filter(answer__question__person__in=ids)
        .select_related("by", "answer__by", "answer__question")
        .order_by("at", "id")
    )
    corrected = set(
        Answer.objects.filter(corrects__in=[row.answer_id for row in rows]).values_list("corrects", flat=True)
    )
    return [
        ShownJoined(row, row.answer, row.answer_id in corrected, reasons_of(row.answer.question, seen))
        for row in rows
        if seen.is_hub or row.answer.question.audience == seen.audience
    ]
