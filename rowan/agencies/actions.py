"""Add agencies, make accounts, hold posts, and sign demonstration people in."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from rowan.audit_trail.actions import OPERATOR, record
from rowan.home import kind_of
from rowan.refusals import NotPossible

from .models import Agency, Post, PostHolding, Practitioner, SignInLink, Team
from .rules.roles import ROLE_NAMES, Role

LINK_MINUTES = 10
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def add_agency(*, code: str, name: str, kind: str, by) -> Agency:
    """One that Rowan knew nothing of. Whose files make another known says so itself (`records`)."""
    with transaction.atomic():
        agency = Agency.objects.create(code=code, name=name, kind=kind)
        record(by=by, did="added an agency", about_kind="agency", about_id=code)
    return agency


def add_person(
    *,
    username: str,
    display_name: str,
    role: str,
    agency: Agency,
    by,
    password: str | None = None,
    email="",
    phone="",
    team=None,
) -> Practitioner:
    if role not in {known.value for known in Role}:
        raise NotPossible(
            f"There is no role '{role}'. Roles: {', '.join(known.value for known in ROLE_NAMES)}."
        )
    taken = NotPossible(f"Somebody signs in as '{username}' already. Choose another name.")
    if Practitioner.objects.filter(username=username).exists():
        raise taken
    try:
        with transaction.atomic():
            person = Practitioner.objects.create_user(
                username,
                password,
                display_name=display_name,
                role=role,
                agency=agency,
                email=email,
                phone=phone,
                team=team,
            )
            record(
                by=by,
                did="made an account",
                about_kind="practitioner",
                about_id=person.pk,
                particulars={"role": role},
            )
    except IntegrityError:
        # Made in the same moment by another press.
        raise taken from None
    return person


def hold_post(*, post: Post, practitioner: Practitioner, from_on: date, by, order: int = 0) -> PostHolding:
    with transaction.atomic():
        holding, made = PostHolding.objects.get_or_create(
            post=post, practitioner=practitioner, until_on=None, defaults={"from_on": from_on, "order": order}
        )
        if made:
            record(
                by=by,
                did="gave a post",
                about_kind="post",
                about_id=post.pk,
                particulars={"practitioner": practitioner.pk},
            )
    return holding


def team_named(agency: Agency, name: str) -> Team | None:
    return Team.objects.get_or_create(agency=agency, name=name)[0] if name else None


def is_demonstration() -> bool:
    """Only a home that `make demo` made says so; nothing else opens the demonstration's doors."""
    return kind_of(settings.ROWAN_HOME) == "demonstration"


def may_use_sign_in_links() -> bool:
    """Only where this machine alone can ask: the server listens on loopback and answers to no other name."""
    return is_demonstration() and settings.LISTEN_HOST in LOOPBACK and settings.SERVED_ON_LOOPBACK


def issue_sign_in_link(username: str, *, now: datetime) -> str:
    """A ten-minute token for one demonstration person. Only its digest is stored."""
    if not may_use_sign_in_links():
        raise NotPossible(
            "Sign-in addresses are made only in a demonstration that listens on this machine alone."
        )
    person = Practitioner.objects.filter(username=username, is_active=True).first()
    if person is None:
        names = ", ".join(
            Practitioner.objects.filter(is_active=True)
            .order_by("username")
            .values_list("username", flat=True)[:40]
        )
        raise NotPossible(f"Nobody here signs in as '{username}'. There are: {names}.")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInLink.objects.create(
            practitioner=person, digest=_digest(token), expires_at=now + timedelta(minutes=LINK_MINUTES)
        )
        record(
            by=OPERATOR,
            did="made a demonstration sign-in address",
            about_kind="practitioner",
            about_id=person.pk,
        )
    return token


def use_sign_in_link(token: str, *, now: datetime) -> Practitioner:
    """The person a token signs in, once. Raises NotPossible when it is used, old or unknown: the three sound alike."""
    with transaction.atomic():
        used = SignInLink.objects.filter(
            digest=_digest(token), used_at=None, expires_at__gt=now, practitioner__is_active=True
        )
        link = used.select_related("practitioner__agency").first()
        if not may_use_sign_in_links() or link is None or not used.filter(pk=link.pk).update(used_at=now):
            raise NotPossible(
                "This sign-in address has been used or is too old. Make a new one with: rowan demo sign-in USERNAME"
            )
        return link.practitioner


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
