"""A one-time link for an agency without an account. Opening it proves nothing and uses nothing up; sending the form does."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from rowan.agencies.models import Agency
from rowan.audit_trail.actions import record
from rowan.refusals import NothingThere, NotPossible
from rowan.sharing.actions.refusing import refuse

from ..models import OneTimeLink
from ..rules.settings import LINK_DAYS
from ..rules.who_makes_links import refusal_to_make_links
from ..rules.who_raises import RAISES_NAMES
from .raising import settings_on

KIND = "one-time link"
NOT_YOURS = "There is no such link, or somebody else made it."


def new_token() -> str:
    return secrets.token_urlsafe(24)


def make_link(
    *, token: str, agency: Agency | None, for_whom: str, raises: str, by, now: datetime
) -> OneTimeLink:
    """The token was drawn with the form, so that two presses make one link; it is kept as a digest, and nobody can read it again."""
    about = {"by": by, "did": "made a one-time link", "about_kind": KIND}
    if refusal := refusal_to_make_links(by.role):
        refuse(refusal, **about)
    if raises not in RAISES_NAMES:
        refuse("Choose what they are.", **about)
    if agency is None and not for_whom.strip():
        refuse("Say for whom the link is.", **about)
    days = float(str(settings_on(timezone.localdate(now))[LINK_DAYS.name]))
    with transaction.atomic():
        link, made = OneTimeLink.objects.get_or_create(
            digest=_digest(token),
            defaults={
                "agency": agency,
                "for_whom": for_whom.strip(),
                "raises": raises,
                "made_by": by,
                "made_at": now,
                "expires_at": now + timedelta(days=days),
            },
        )
        if made:
            record(by=by, did="made a one-time link", about_kind=KIND, about_id=link.pk)
    if link.made_by_id != by.pk:
        refuse("This form belongs to another link. Open the page again.", **about)
    return link


def end_link(link_id: int, *, by, now: datetime) -> OneTimeLink:
    """From now on it opens nothing. A link that was used stays as it is."""
    about = {"by": by, "did": "ended a one-time link", "about_kind": KIND, "about_id": link_id}
    refusal = None
    with transaction.atomic():
        link = OneTimeLink.objects.select_for_update().filter(pk=link_id, made_by=by).first()
        if link is None:
            refusal = NothingThere, NOT_YOURS
        elif link.used_at:
            refusal = NotPossible, "This link has been used already: its concern has been received."
        elif link.ended_at is None:
            link.ended_at = now
            link.save(update_fields=["ended_at"])
            record(by=by, did="ended a one-time link", about_kind=KIND, about_id=link.pk)
    if refusal:
        kind, words = refusal
        refuse(words, refusal=kind, **about)
    return link


def link_with(token: str) -> OneTimeLink | None:
    return OneTimeLink.objects.select_related("agency").filter(digest=_digest(token)).first()


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
