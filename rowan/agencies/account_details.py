"""Change what an account says of somebody: name, phone and e-mail at work, team and agency. The trail says which, never what."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from rowan.audit_trail.actions import record
from rowan.audit_trail.models import Entry
from rowan.refusals import Both, NotAllowed, NotPossible, SomebodyWasFirst

from .accounts import end_sessions
from .actions import team_named
from .api_clients import end_client
from .in_words import by_and_when
from .models import Agency, ApiClient, PostHolding, Practitioner
from .passing_on import pass_on_everything
from .refused_lines import refused_on_the_trail
from .rules.accounts import refusal_to_keep_accounts, refusal_to_say_who_signs_in

DID = "changed an account"
LABELS = {
    "display_name": "Name",
    "email": "Work e-mail",
    "phone": "Work phone",
    "agency": "Agency",
    "team": "Team",
}
STALE = "Somebody changed this account since you opened the page."


def change_details(
    person: Practitioner,
    *,
    display_name: str,
    email: str,
    phone: str,
    agency: Agency,
    team: str,
    by: Practitioner,
    now: datetime,
    opened_on: str | None = None,
) -> None:
    """What waits in another agency stays there: who moves to it leaves her work behind, and signs in again."""
    about = {"by": by, "did": DID, "about_kind": "practitioner", "about_id": person.pk}
    if refusal := refusal_to_keep_accounts(by.role, is_oneself=person.pk == by.pk):
        record(refused_because=refusal, **about)
        raise NotAllowed(refusal)
    typed = {
        "display_name": display_name,
        "email": email,
        "phone": phone,
        "agency": agency.name,
        "team": team,
    }
    with refused_on_the_trail(**about), transaction.atomic():
        person = Practitioner.objects.select_for_update().get(pk=person.pk)
        stands = _as_it_stands(person)
        changed = [name for name in LABELS if stands[name] != typed[name]]
        stale = bool(changed) and opened_on not in {None, details_version(person)}
        if not stale and (refusal := refusal_to_say_who_signs_in(person.role, changed)):
            raise NotPossible(refusal)
        if changed and not stale:
            moves = {"passed on": _leave_agency(person, by=by, now=now)} if "agency" in changed else {}
            person.display_name, person.email, person.phone = display_name, email, phone
            person.agency, person.team = agency, team_named(agency, team)
            person.save(update_fields=list(LABELS))
            record(particulars={"fields": changed} | moves, **about)
    if stale:
        both = [Both(LABELS[name], stands[name], typed[name]) for name in changed]
        record(refused_because=STALE, **about)
        raise SomebodyWasFirst(
            STALE, [*both, Both("Changed by", _who_did(person), "Not sent")], may_send=True
        )


def details_version(person: Practitioner) -> str:
    """Tells one state of what the account says from the next, and nothing about either."""
    return sha256(str(sorted(_as_it_stands(person).items())).encode()).hexdigest()[:16]


def _as_it_stands(person: Practitioner) -> dict[str, str]:
    return {
        "display_name": person.display_name,
        "email": person.email,
        "phone": person.phone,
        "agency": person.agency.name,
        "team": person.team.name if person.team else "",
    }


def _leave_agency(person: Practitioner, *, by: Practitioner, now: datetime) -> int:
    """Her seats end first, by whoever ends them; her clocks, her own sign-in and the systems she answers for stay with the agency."""
    seats = PostHolding.objects.filter(practitioner=person)
    today = timezone.localdate(now)
    if seats.exclude(until_on__lt=today).exists():
        raise NotPossible(
            "They sit in a post of the agency they leave. End that seat first, on the page Posts and leads."
        )
    moved = pass_on_everything(leaving=[person], now=now, by=by)
    person.linked.all().delete()
    end_sessions(person)
    for client in ApiClient.objects.filter(answered_for_by=person, ended_at=None):
        end_client(client, by=by, now=now)
    return moved


def _who_did(person: Practitioner) -> str:
    lines = Entry.objects.filter(about_kind="practitioner", about_id=str(person.pk), did=DID)
    line = lines.filter(refused_because="").last()
    return by_and_when(line.by_name or "An operator", line.at) if line else ""
