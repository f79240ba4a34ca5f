"""Which posts stand at the levels of heads of service and of the safeguarding partnership."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import record
from rowan.refusals import NotAllowed
from rowan.sharing.actions.refusing import refuse

from ..models import Place
from ..rules.ladder import Level

KEEPS_THE_LADDER = {Role.EXPLOITATION_COORDINATOR, Role.INFORMATION_GOVERNANCE}
ENTERED = {Level.HEAD_OF_SERVICE, Level.PARTNERSHIP}
DOES_NOT_KEEP = "The exploitation co-ordinator or information governance enters who stands at a level."


def set_place(
    *, token: UUID, level: str, post, order: int, from_on: date, until_on: date | None, by, now: datetime
) -> Place:
    about = {"by": by, "did": "entered who stands at a level", "about_kind": "place"}
    if by.role not in KEEPS_THE_LADDER:
        refuse(DOES_NOT_KEEP, refusal=NotAllowed, **about)
    if level not in ENTERED or post is None:
        refuse("Choose the level and the post.", **about)
    if until_on is not None and until_on < from_on:
        refuse("The last day is not before the first.", **about)
    with transaction.atomic():
        place, made = Place.objects.get_or_create(
            pk=token,
            defaults={"level": level, "post": post, "order": order, "from_on": from_on, "until_on": until_on, "by": by, "at": now},
        )  # fmt: skip
        if made:
            record(
                by=by, did=about["did"], about_kind="place", about_id=place.pk, particulars={"post": post.pk}
            )
    return place


def end_place(place_id, *, by, now: datetime) -> None:
    """From tomorrow the post stands there no longer."""
    about = {"by": by, "did": "ended who stands at a level", "about_kind": "place", "about_id": place_id}
    if by.role not in KEEPS_THE_LADDER:
        refuse(DOES_NOT_KEEP, refusal=NotAllowed, **about)
    with transaction.atomic():
        ended = Place.objects.on(timezone.localdate(now)).filter(pk=place_id, until_on=None)
        if ended.update(until_on=timezone.localdate(now)):
            record(**about)
