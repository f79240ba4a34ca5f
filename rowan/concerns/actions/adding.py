"""Whoever raised a concern adds to it afterwards: with an account by its page, without one by the code of the receipt. Nothing told is changed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.audit_trail.actions import PUBLIC, record
from rowan.notices.actions import tell, tell_post
from rowan.refusals import NotAllowed, NothingThere, NotPossible
from rowan.sharing.actions.refusing import refuse
from rowan.timescales.models import Clock

from ..models import AddedWords, Concern, Receipt, Reply
from ..rules.kept_in_health import refusal_of_words_kept_in_health
from ..rules.receipts import digest_of, is_a_code
from ..rules.running import KIND
from ..rules.told import HEALTH, LONGEST
from ..waiting import page_of_concern, whose_move

ADDED = "Something was added to a concern"
NOT_YOURS = "There is no such concern, or it is not yours."
NO_SUCH_CODE = "No report has this code. Check each letter and digit, and try again."


def my_concern(concern_id: UUID, *, by, did: str) -> Concern:
    """A concern this practitioner raised. Another's answers as one that is not there."""
    concern = Concern.objects.filter(pk=concern_id, by=by).select_related("agency").first()
    if concern is None:
        refuse(NOT_YOURS, by=by, did=did, about_kind=KIND, about_id=concern_id, refusal=NothingThere)
    record(by=by, did=did, about_kind=KIND, about_id=concern.pk)
    return concern


def concern_with_code(code: str, *, now: datetime) -> Concern:
    """The report that a receipt's code belongs to, for the replies to it and for nothing else."""
    did = "came back with a receipt"
    receipt = (
        Receipt.objects.select_related("concern").filter(digest=digest_of(code)).first()
        if is_a_code(code)
        else None
    )
    if receipt is None:
        refuse(NO_SUCH_CODE, by=PUBLIC, did=did, about_kind=KIND, refusal=NotAllowed)
    with transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(last_used_on=timezone.localdate(now))
        record(by=PUBLIC, did=did, about_kind=KIND, about_id=receipt.concern_id)
    return receipt.concern


def add_words(concern: Concern, *, words: str, token: UUID, by, now: datetime) -> None:
    """Sent twice, they are added once. The desk where the concern waits is told."""
    did = "added to a concern"
    about = {"by": by, "did": did, "about_kind": KIND, "about_id": concern.pk}
    if by != PUBLIC and concern.by_id != by.pk:
        refuse(NOT_YOURS, refusal=NothingThere, **about)
    if refusal := refusal_to_add(concern, words, by):
        refuse(refusal, refusal=NotPossible, **about)
    kind = Reply if by == PUBLIC else AddedWords
    others = None
    with transaction.atomic():
        row, made = kind.objects.get_or_create(
            pk=token,
            defaults={
                "concern": concern,
                "words": words.strip(),
                "by": None if by == PUBLIC else by,
                "at": now,
            },
        )
        if row.concern_id != concern.pk or row.words != words.strip():
            others = "This form has been sent already with other words. Open the page again to add more."
        elif made:
            tell_whoever_has_it(concern, ADDED, now)
            record(**about)
    if others:
        refuse(others, **about)


def refusal_to_add(concern: Concern, words: str, by) -> str | None:
    """Nobody without an account is turned back for a word, nor is health."""
    free = by == PUBLIC or concern.raises in HEALTH
    return refusal_of_words(words) or (None if free else refusal_of_words_kept_in_health(words))


def refusal_of_words(words: str) -> str | None:
    if not words.strip():
        return "Write what you would like to add."
    if len(words) > LONGEST:
        return f"This is longer than {LONGEST} letters. Shorten it, or add it in two parts."
    return None


def tell_whoever_has_it(concern: Concern, about: str, now: datetime) -> None:
    """Whoever has its clock; where none runs any more, the desk that new ones come to."""
    clock = (
        Clock.objects.running()
        .filter(about_kind=KIND, about_id=str(concern.pk))
        .select_related("owner", "owner_post__agency")
        .order_by("due_on", "pk")
        .first()
    )
    post, owner = (clock.owner_post, clock.owner) if clock else whose_move(concern, now)
    if owner is not None:
        tell(owner, about, page_of_concern(concern), now)
    elif post is not None:
        tell_post(post, about, page_of_concern(concern), now)
