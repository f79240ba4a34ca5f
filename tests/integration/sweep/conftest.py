"""One county for all of the sweep: it takes seconds to make, and each test undoes what it did."""

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from rowan.agencies.rules.roles import Role
from rowan.agencies.sign_in_models import SignedIn
from tests.mail_servers import MailServer, running

from .world import World


@pytest.fixture(scope="package")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        # Everybody near is signed in before anything is compared: signing in is a change of its own.
        yield world, {role: signed_in(who) for role, who in sorted(world.near.people.items())}
        transaction.set_rollback(True)


@pytest.fixture
def world(made, db) -> World:
    return made[0]


@pytest.fixture
def clients(made, db) -> dict[Role, Client]:
    nobody_sat_idle()
    return made[1]


@pytest.fixture
def mail_server(settings):
    """While it stands, this home's mail really goes: by SMTP, to a server that keeps what arrives."""
    with running(MailServer()) as server:
        settings.SMTP_URL = server.url
        yield server


def nobody_sat_idle() -> None:
    """However long ago the county was made."""
    SignedIn.objects.update(started_at=timezone.now(), last_seen_at=timezone.now())


def signed_in(practitioner, **more) -> Client:
    client = Client(raise_request_exception=False, **more)
    client.force_login(practitioner)
    return client
