"""The desk writes back to whoever raised a concern. Somebody without an account reads it with the code of their receipt."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from rowan.notices.actions import tell

from ..models import Concern, Reply
from ..reading import open_concern
from ..rules.kept_in_health import refusal_of_words_kept_in_health
from ..rules.told import LONGEST
from .refusing import must_triage, refuse
from .stepping import leave_line

A_REPLY = "There is a reply to a concern you raised"


def refusal_of_reply(words: str) -> str | None:
    if not words.strip():
        return "Write the reply."
    if len(words) > LONGEST:
        return f"This is longer than {LONGEST} letters. Shorten it."
    return refusal_of_words_kept_in_health(words)


def reply(concern_id: UUID, *, token: UUID, words: str, by, now: datetime) -> Reply:
    """Sent twice, it is one reply. Whoever signs in is told that it is there."""
    did = "replied to a referrer"
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to reply to the referrer")
    must_triage(opened, by=by, did=did)
    if refusal := refusal_of_reply(words):
        refuse(refusal, by=by, did=did, concern=opened.concern)
    with transaction.atomic():
        row, made = Reply.objects.get_or_create(
            pk=token, defaults={"concern": opened.concern, "words": words.strip(), "by": by, "at": now}
        )
        if made:
            _tell(opened.concern, now)
            leave_line(opened.concern, did, by=by)
    if (row.concern_id, row.by_id, row.words) != (opened.concern.pk, by.pk, words.strip()):
        refuse("This form has been sent already with other words. Open it again.", by=by, did=did, concern=opened.concern)  # fmt: skip
    return row


def _tell(concern: Concern, now: datetime) -> None:
    if concern.by is not None:
        tell(concern.by, A_REPLY, f"/concerns/raised/{concern.pk}/", now)
