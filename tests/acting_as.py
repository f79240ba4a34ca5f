"""What tests of decisions ask: what somebody's page says, and whether the trail says that they acted as lead."""

from django.test import Client

from rowan.audit_trail.models import Entry as Line


def page(who, path: str) -> str:
    client = Client()
    client.force_login(who)
    return client.get(path).content.decode()


def acting_on_the_trail(did: str) -> bool:
    return Line.objects.get(did=did, refused_because="").particulars["acting"]
