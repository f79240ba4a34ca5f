"""Django's `migrate`, as the role that owns the tables when there is one (ROWAN_OWNER_URL): the application may not make a table."""

from contextlib import contextmanager

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections


class Command(migrate.Command):
    def handle(self, *args, **options):
        with as_owner(options["database"]):
            return super().handle(*args, **options)


@contextmanager
def as_owner(alias: str):
    """Signed in as the tables' owner; afterwards as before."""
    connection = connections[alias]
    if not settings.DATABASE_OWNER or connection.vendor != "postgresql":
        yield
        return
    before = connection.settings_dict
    connection.close()
    connection.settings_dict = {**before, **settings.DATABASE_OWNER}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before
