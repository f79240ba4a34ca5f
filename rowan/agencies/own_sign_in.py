"""An agency's own sign-in: set up and ended, and whom it lets in. Nobody gets an account by it."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from rowan.audit_trail.actions import OPERATOR, PUBLIC, record
from rowan.home import is_in_service
from rowan.refusals import NotAllowed, NotPossible

from .accounts import end_sessions
from .models import Agency, LinkedPerson, OwnSignIn, Practitioner, SignedIn
from .rules.accounts import refusal_to_keep_accounts
from .rules.own_sign_in import refusal_of_issuer, refusal_of_set_up, refusal_to_let_in

SET_UP, ENDED, UNLINKED = "set up an own sign-in", "ended an own sign-in", "unlinked from an own sign-in"
LINKED, TRIED = "linked to an own sign-in", "tried to sign in"
NO_ACCOUNT = "No account of the agency has this e-mail address."
NO_ADDRESS = "The provider vouched for no e-mail address of the agency."
SEVERAL_ACCOUNTS = "Several accounts of the agency have this e-mail address."
LINKED_OTHERWISE = "The account is linked to somebody else at the agency’s own sign-in."
HAS_ENDED = "The agency’s own sign-in has ended."


class NotLetIn(Exception):
    """Why somebody whom her agency vouches for is not let in, and whose account it would have been."""

    def __init__(self, why: str, tried: Practitioner | None = None):
        super().__init__(why)
        self.why, self.tried = why, tried


def set_up(
    *,
    agency: Agency,
    issuer: str,
    client_id: str,
    client_secret: str,
    domains: Iterable[str],
    named_by: str = "email",
    vouched_by: str = "email_verified",
    trusted_acr: Iterable[str] = (),
    trusted_amr: Iterable[str] = (),
    by,
    now: datetime,
) -> OwnSignIn:
    """By an operator only: whoever names the issuer decides who can be anybody of that agency, and keeps no accounts."""
    if by != OPERATOR:
        _refuse_set_up(agency, by)
    domains = sorted({domain.lower() for domain in domains})
    acr, amr = sorted(set(trusted_acr)), sorted(set(trusted_amr))
    refusal = refusal_of_issuer(issuer, in_service=is_in_service()) or refusal_of_set_up(
        domains=domains, named_by=named_by, vouched_by=vouched_by, trusted=[*acr, *amr]
    )
    if not re.fullmatch(r"[\w-]+", agency.code, re.ASCII):
        raise NotPossible("The agency’s code is part of an address: letters, figures and hyphens only.")
    if refusal or not client_id or not client_secret:
        raise NotPossible(
            refusal or "Give the client’s id and its secret, as the agency’s provider made them."
        )
    about = {
        "issuer": issuer,
        "client_id": client_id,
        "domains": " ".join(domains),
        "named_by": named_by,
        "vouched_by": vouched_by,
        "trusted_acr": " ".join(acr),
        "trusted_amr": " ".join(amr),
    }
    if too_long := [
        name for name, said in about.items() if len(said) > OwnSignIn._meta.get_field(name).max_length
    ]:
        raise NotPossible(f"This is too long to keep: {', '.join(too_long)}.")
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        if OwnSignIn.objects.filter(agency=agency, ended_at=None).exists():
            raise NotPossible(f"{agency.name} has an own sign-in already. End that one first.")
        made = OwnSignIn.objects.create(agency=agency, client_secret=client_secret, set_up_at=now, **about)
        _leave_line(SET_UP, made, by=by, particulars=about)
    return made


def end(own: OwnSignIn, *, why: str, by, now: datetime) -> None:
    """From the next request nobody is signed in by it, and nobody can be."""
    _may_keep(ENDED, own, by)
    with transaction.atomic():
        own = OwnSignIn.objects.select_for_update().get(pk=own.pk)
        if own.ended_at:
            raise NotPossible("This own sign-in has ended already.")
        own.ended_at, own.client_secret = now, ""
        own.save(update_fields=["ended_at", "client_secret"])
        over, _ = SignedIn.objects.filter(own_sign_in=own).delete()
        unlinked, _ = own.linked.all().delete()
        _leave_line(ENDED, own, by=by, why=why, particulars={"sessions": over, "unlinked": unlinked})


def unlink(person: Practitioner, *, by) -> None:
    """At her next sign-in the provider has to vouch for her e-mail address again. What is open closes."""
    own = OwnSignIn.objects.filter(linked__practitioner=person).first()
    _may_keep(UNLINKED, own, by, person)
    if own is None:
        raise NotPossible("This account is not linked to an own sign-in.")
    with transaction.atomic():
        own.linked.filter(practitioner=person).delete()
        end_sessions(person)
        _leave_line(UNLINKED, own, by=by, person=person)


def let_in(own: OwnSignIn, *, subject: str, address: str, now: datetime) -> Practitioner:
    """Whom her agency's provider vouches for: one account of that agency, made before, linked now or earlier. Or NotLetIn."""
    linked = _linked(own, subject)
    if linked is None:
        with transaction.atomic():
            # One at a time: two first sign-ins together make one link.
            if not OwnSignIn.objects.select_for_update().filter(pk=own.pk, ended_at=None).exists():
                raise NotLetIn(HAS_ENDED)
            linked = _linked(own, subject) or _link(own, subject, _account_with(own, address), now)
    person = linked.practitioner
    if why_not := refusal_to_let_in(
        is_active=person.is_active, is_of_the_agency=person.agency_id == own.agency_id
    ):
        raise NotLetIn(why_not, person)
    return person


def still_lets_in(own: OwnSignIn, person: Practitioner) -> bool:
    """Asked once more at the last step: between the first and the second an own sign-in, a link or an account can end."""
    is_open = OwnSignIn.objects.select_for_update().filter(pk=own.pk, ended_at=None).exists()
    counts = LinkedPerson.objects.filter(
        practitioner__agency=F("own_sign_in__agency"), practitioner__is_active=True
    )
    return is_open and counts.filter(own_sign_in=own, practitioner=person).exists()


def refuse(own: OwnSignIn, why: str, tried: Practitioner | None = None) -> None:
    """Whose account it would have been, if one; whom the provider named is not kept, for it need not be anybody of ours."""
    record(
        by=PUBLIC,
        did=TRIED,
        about_kind="practitioner" if tried else "",
        about_id=tried.pk if tried else "",
        refused_because=why,
        particulars={"own sign-in of": own.agency.code},
    )


def _linked(own: OwnSignIn, subject: str) -> LinkedPerson | None:
    return own.linked.filter(subject=subject).select_related("practitioner__agency").first()


def _account_with(own: OwnSignIn, address: str) -> Practitioner:
    """The one account that a first sign-in can be linked to."""
    if not address:
        raise NotLetIn(NO_ADDRESS)
    found = [
        person
        for person in own.agency.practitioners.filter(email__iexact=address)
        if person.email.lower() == address
    ]
    active = [person for person in found if person.is_active]
    if len(active) > 1:
        raise NotLetIn(SEVERAL_ACCOUNTS)
    if not active:
        raise NotLetIn(
            "The account has ended." if found else NO_ACCOUNT, found[0] if len(found) == 1 else None
        )
    if LinkedPerson.objects.filter(own_sign_in=own, practitioner=active[0]).exists():
        raise NotLetIn(LINKED_OTHERWISE, active[0])
    return active[0]


def _link(own: OwnSignIn, subject: str, person: Practitioner, now: datetime) -> LinkedPerson:
    linked = LinkedPerson.objects.create(own_sign_in=own, practitioner=person, subject=subject, linked_at=now)
    if person.password_to_change:
        # Nobody will choose another now, and whoever gave it out still knows it.
        person.set_unusable_password()
        person.password_to_change = False
        person.save(update_fields=["password", "password_to_change"])
    _leave_line(LINKED, own, by=person, person=person)
    return linked


def _refuse_set_up(agency: Agency, by) -> None:
    refusal = "Only an operator sets up an agency’s own sign-in."
    record(by=by, did=SET_UP, about_kind="agency", about_id=agency.pk, refused_because=refusal)
    raise NotAllowed(refusal)


def _may_keep(did: str, own: OwnSignIn | None, by, person: Practitioner | None = None) -> None:
    if by == OPERATOR:
        return
    if refusal := refusal_to_keep_accounts(by.role, is_oneself=person is not None and person.pk == by.pk):
        about = ("practitioner", person.pk) if person else ("own sign-in", own.pk if own else "")
        record(by=by, did=did, about_kind=about[0], about_id=about[1], refused_because=refusal)
        raise NotAllowed(refusal)


def _leave_line(
    did: str, own: OwnSignIn, *, by, person: Practitioner | None = None, why: str = "", particulars=None
) -> None:
    record(
        by=by,
        did=did,
        about_kind="practitioner" if person else "own sign-in",
        about_id=person.pk if person else own.pk,
        why=why,
        particulars={"agency": own.agency.code, **(particulars or {})},
    )
