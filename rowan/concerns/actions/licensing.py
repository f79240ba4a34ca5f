"""Triage records that a licensing register was looked up: for one name that was heard, who looked, why, in which register, what was found."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..models import LicensingLookUp, NameHeard
from ..reading import open_concern
from ..rules.kept_in_health import refusal_of_words_kept_in_health
from ..rules.licensing import refusal_of_look
from .refusing import must_triage, refuse
from .stepping import leave_line

DID = "recorded a look-up in a licensing register"
NOT_AHEAD = "That day has not come yet."
OTHER_WORDS = "This form has been sent already with other words. Open it again."


def record_look_up(
    concern_id, *, name_id: int, token: UUID, looked_on: date, by, now: datetime, **said: str
) -> LicensingLookUp:
    """Sent twice, it is one look. `said`: register, kept_by, sought, why, found, details."""
    opened = open_concern(concern_id, by=by, now=now, did="opened a concern to record a look-up")
    must_triage(opened, by=by, did=DID)
    concern = opened.concern
    name = NameHeard.objects.filter(pk=name_id, concern=concern).first()
    if name is None:
        refuse("That name is not in this concern.", by=by, did=DID, concern=concern)
    if refusal := refusal_of_words_kept_in_health(*said.values()) or refusal_of_look(**said):
        refuse(refusal, by=by, did=DID, concern=concern)
    if looked_on > timezone.localdate(now):
        refuse(NOT_AHEAD, by=by, did=DID, concern=concern)
    kept = {key: words.strip() for key, words in said.items()} | {"looked_on": looked_on}
    with transaction.atomic():
        row, made = LicensingLookUp.objects.get_or_create(
            pk=token, defaults=kept | {"concern": concern, "name_heard": name, "by": by, "at": now}
        )
        if made:
            leave_line(
                concern,
                DID,
                by=by,
                why=said["why"].strip(),
                name=name.pk,
                register=row.register,
                found=row.found,
            )
    same = (row.name_heard_id, row.by_id) == (name.pk, by.pk)
    if not same or any(getattr(row, key) != words for key, words in kept.items()):
        refuse(OTHER_WORDS, by=by, did=DID, concern=concern)
    return row
