"""Django's `migrate`, as the role that owns the tables when there is one (ROWAN_OWNER_URL): the application may not make a table.

On SQLite all of it or nothing: Django makes tables in one transaction and notes that it did in another, so that a process killed
between the two left a database which no later command could finish.
"""

from contextlib import contextmanager

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

MADE_HALFWAY = (
    "These tables were made by a Rowan from before 28 November 2026 ({room}) and never brought up to that day, and this Rowan"
    " cannot take them from there. Run `rowan migrate` of a Rowan of that day first, or start over: make demo RESET=1."
)


class Command(migrate.Command):
    def handle(self, *args, **options):
        with as_owner(options["database"]):
            refuse_what_was_made_halfway(connections[options["database"]])
            with whole_or_not_at_all(options["database"]):
                return super().handle(*args, **options)


def refuse_what_was_made_halfway(connection) -> None:
    """One migration a room stands for those that came before it (docs/adr/0028), for all of them or for none."""
    made = MigrationRecorder(connection).applied_migrations().keys()
    for name, migration in MigrationLoader(None).disk_migrations.items():
        of_these = made & set(migration.replaces)
        if name not in made and of_these and of_these != set(migration.replaces):
            raise CommandError(MADE_HALFWAY.format(room=name[0]))


@contextmanager
def whole_or_not_at_all(alias: str):
    """One transaction around every migration that is still to be made. PostgreSQL's notes stand within theirs already, or wait for the owner to look."""
    connection = connections[alias]
    if connection.vendor != "sqlite" or connection.in_atomic_block or not is_anything_to_do(connection):
        yield
        return
    # SQLite switches this only outside a transaction, and Django asks for it before it changes a table.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=alias):
            yield
    finally:
        connection.enable_constraint_checking()


def is_anything_to_do(connection) -> bool:
    """Where there is nothing, no transaction waits for a night that is writing: `rowan serve` asks at every start."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


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
