"""Searches on the trail: who searched and how much was found is in the chain; the words stand apart, where they can be erased."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from .actions import actor, record, record_list_shown
from .models import SearchText
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


def erase_searches(*, before: datetime, by, why: str) -> int:
    """Erase the words and salts of searches made before a moment. Their lines stay, and say when and by whom."""
    with transaction.atomic():
        erased, _ = SearchText.objects.filter(searched_at__lt=before).delete()
        record(by=by, did="erased search words", why=why, particulars={"searches": erased})
    return erased
