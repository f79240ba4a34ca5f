"""Searches on the trail: who searched and how much was found is in the chain; the words stand apart, where they can be erased."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from rowan.refusals import NotPossible

from .actions import actor, record, record_list_shown
from .models import Entry, SearchText
from .rules.chain import encoded, fit_to_keep


def digest_of(salt: str, text: str) -> str:
    """With the salt gone nobody can try out names until one fits."""
    return hashlib.sha256(encoded([salt, text])).hexdigest()


def record_search(
    *, by, text: str, person_ids: Iterable[str] = (), did: str = "searched", purpose: str = "", why: str = ""
) -> None:
    """A search and what it showed: a line for the search, one for each child shown, and the words apart."""
    salt, words = secrets.token_hex(32), fit_to_keep(text)
    digest, shown = digest_of(salt, words), list(dict.fromkeys(person_ids))
    with transaction.atomic():
        SearchText.objects.create(
            digest=digest, salt=salt, text=words, searched_at=timezone.now(), by_id=actor(by).get("by_id", "")
        )
        record(by=by, did=did, purpose=purpose, why=why, particulars={"text": digest, "children": len(shown)})
        if shown:
            record_list_shown(by=by, did=f"{did}: found", person_ids=shown, purpose=purpose)


def searched_for(digest: str) -> str | None:
    """The words behind a line's digest, or None when they were erased or are not the words that were searched for."""
    kept = SearchText.objects.filter(digest=digest).first()
    return kept.text if kept and digest_of(kept.salt, kept.text) == digest else None


def read_search(position: int, *, by, why: str) -> str:
    """The words behind one line, for somebody who looks into what was done. Who asked and why stays on the trail, found or not."""
    if not why.strip():
        raise NotPossible("Say why you need the words.")
    line = Entry.objects.filter(pk=position).first()
    digest = line.particulars.get("text") if line else None
    words = searched_for(digest) if digest else None
    refusal = "" if words is not None else _why_not(digest)
    record(
        by=by,
        did="read the words of a search",
        about_kind="line",
        about_id=position,
        why=why.strip(),
        refused_because=refusal,
    )
    if words is None:
        raise NotPossible(refusal)
    return words


def _why_not(digest: str | None) -> str:
    return "The words of this search were erased." if digest else "This line is not of a search."


def erase_searches(*, before: datetime, by, why: str) -> int:
    """Erase the words and salts of searches made before a moment. Their lines stay, and say when and by whom."""
    if not why.strip():
        raise NotPossible("Say why the words are erased.")
    with transaction.atomic():
        erased, _ = SearchText.objects.filter(searched_at__lt=before).delete()
        record(by=by, did="erased search words", why=why, particulars={"searches": erased})
    return erased
