"""Enter when somebody is away and who stands in; take it back, or say that they are back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from rowan.audit_trail.actions import record
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst

from .in_words import by_and_when
from .leads import leads_the_agency
from .models import Absence, Practitioner
from .passing_on import pass_on_everything
from .rules.absences import refusal_of_absence, refusal_to_enter
from .rules.roles import Role


def enter_absence(
    practitioner: Practitioner,
    *,
    from_on: date,
    until_on: date | None,
    half: str = "",
    stands_in: Practitioner | None = None,
    by: Practitioner,
    now: datetime,
) -> Absence:
    """Enter an absence. Work that cannot wait for their return passes to somebody who is there, in the same transaction."""
    today = timezone.localdate(now)
    did = "entered an absence"
    _may_enter(practitioner, by, today, did)
    refusal = refusal_of_absence(
        from_on=from_on,
        until_on=until_on,
        half=half,
        stands_in_for_oneself=bool(stands_in and stands_in.pk == practitioner.pk),
        today=today,
    )
    if refusal:
        _refuse(refusal, practitioner, by, did, NotPossible)
    with transaction.atomic():
        # Two pages may be sent at once; the same days entered twice are one absence.
        Practitioner.objects.select_for_update().get(pk=practitioner.pk)
        absence, made = Absence.objects.standing().get_or_create(
            practitioner=practitioner,
            from_on=from_on,
            until_on=until_on,
            half=half,
            defaults={"stands_in": stands_in, "entered_by": by, "entered_at": now},
        )
        if made:
            _leave_line(did, absence, by)
            pass_on_everything(now=now, by=by)
    if not made and absence.stands_in_id != (stands_in.pk if stands_in else None):
        reason = (
            "These days are entered already, with somebody else to stand in. Take that absence back first."
        )
        both = [
            Both("Who stands in", _stands_in_words(absence.stands_in), _stands_in_words(stands_in)),
            Both("Entered by", by_and_when(absence.entered_by.display_name, absence.entered_at), "Not sent"),
        ]
        record(by=by, did=did, about_kind="practitioner", about_id=practitioner.pk, refused_because=reason)
        raise SomebodyWasFirst(reason, both)
    return absence


def _stands_in_words(stands_in: Practitioner | None) -> str:
    return stands_in.display_name if stands_in else "Nobody in particular"


def come_back(absence: Absence, *, by: Practitioner, now: datetime) -> Absence:
    """They are back, or will not go. Work that was passed on stays where it is: nothing is handed to and fro."""
    today = timezone.localdate(now)
    did = "ended an absence"
    _may_enter(absence.practitioner, by, today, did)
    with transaction.atomic():
        absence = Absence.objects.select_for_update().get(pk=absence.pk)
        if absence.withdrawn_at or (absence.until_on and absence.until_on < today):
            return absence
        if absence.from_on >= today:
            absence.withdrawn_at = now
            absence.save(update_fields=["withdrawn_at"])
        else:
            absence.until_on = today - timedelta(days=1)
            absence.save(update_fields=["until_on"])
        _leave_line(did, absence, by)
    return absence


def whose_absences(by: Practitioner, today: date):
    """Those whose absences this practitioner may enter: their own first, then their team's, or their agency's if they lead it."""
    others = Q(pk__in=[])
    if by.role == Role.APPROVING_MANAGER and by.team_id:
        others |= Q(team=by.team_id)
    if leads_the_agency(by, today):
        others |= Q(agency=by.agency_id)
    return Practitioner.objects.filter(Q(pk=by.pk) | others, is_active=True).order_by("display_name", "pk")


def _may_enter(practitioner: Practitioner, by: Practitioner, today: date, did: str) -> None:
    refusal = refusal_to_enter(
        for_oneself=practitioner.pk == by.pk,
        by_role=by.role,
        same_team=by.team_id is not None and practitioner.team_id == by.team_id,
        same_agency=practitioner.agency_id == by.agency_id,
        by_leads_the_agency=leads_the_agency(by, today),
    )
    if refusal:
        _refuse(refusal, practitioner, by, did, NotAllowed)


def _refuse(reason: str, practitioner: Practitioner, by, did: str, refusal) -> None:
    record(by=by, did=did, about_kind="practitioner", about_id=practitioner.pk, refused_because=reason)
    raise refusal(reason)


def _leave_line(did: str, absence: Absence, by) -> None:
    record(
        by=by,
        did=did,
        about_kind="practitioner",
        about_id=absence.practitioner_id,
        particulars={
            "absence": absence.pk,
            "from_on": absence.from_on.isoformat(),
            "until_on": absence.until_on.isoformat() if absence.until_on else None,
            "half": absence.half,
            "stands_in": absence.stands_in_id,
        },
    )
