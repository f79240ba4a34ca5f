"""Between tests that commit, the tables are emptied; the trail, which the application cannot empty, by the tables' owner."""

from django.conf import settings
from django.db import connection, transaction

from rowan.audit_trail.guards import ON_SQLITE, stand_guard
from rowan.audit_trail.writing import TABLE


def become(role: dict) -> None:
    """Sign in to PostgreSQL as another role from the next query on."""
    if role:
        connection.close()
        connection.settings_dict.update(role)


def execute_sql_flush(statements: list[str]) -> None:
    if connection.vendor == "postgresql":
        _as_owner(
            [
                f"alter table {TABLE} disable trigger user",
                *statements,
                f"alter table {TABLE} enable trigger user",
            ]
        )
        return
    # At once, because rows that name one another go together.
    with transaction.atomic(), connection.cursor() as cursor:
        for name in ON_SQLITE:
            cursor.execute(f"drop trigger if exists {name}")
        for statement in statements:
            cursor.execute(statement)
    stand_guard()


def _as_owner(statements: list[str]) -> None:
    import psycopg

    owner = settings.DATABASE_OWNER
    place = {"host": owner["HOST"], "user": owner["USER"], "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**place) as them:
        for statement in statements:
            them.execute(statement)
