"""What the database itself refuses: changing the trail. Set by `rowan migrate`, each time, as the tables' owner.

On PostgreSQL the application's role holds INSERT and SELECT on the trail and nothing else, and triggers refuse the owner too;
on SQLite, where there are no roles, triggers alone. The chain then finds what somebody with more rights than these has done.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import connections, transaction

from rowan.home import is_in_service
from rowan.refusals import NotPossible

from .writing import TABLE

REFUSED = "The audit trail is added to, never changed."

ON_SQLITE = {
    "trail_is_not_updated": f"before update on {TABLE} begin select raise(abort, '{REFUSED}'); end",
    "trail_is_not_deleted": f"before delete on {TABLE} begin select raise(abort, '{REFUSED}'); end",
    # `insert or replace` deletes without asking the trigger above.
    "trail_is_not_replaced": (
        f"before insert on {TABLE} when exists (select 1 from {TABLE} where position = new.position)"
        f" begin select raise(abort, '{REFUSED}'); end"
    ),
}
ON_POSTGRESQL = {
    "trail_is_not_changed": f"before update or delete on {TABLE} for each row execute function trail_refuses()",
    "trail_is_not_truncated": f"before truncate on {TABLE} for each statement execute function trail_refuses()",
}


def stand_guard(*, using="default", **_) -> None:
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return  # migrated back to before there was a trail
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "select pg_has_role(tableowner, 'USAGE') from pg_tables where tablename = %s", [TABLE]
            )
            if cursor.fetchone() != (True,):
                return  # not the owner's `migrate`, but a table emptied between tests
            cursor.execute(
                "create or replace function trail_refuses() returns trigger language plpgsql as"
                f" $$ begin raise exception '{REFUSED}' using errcode = 'restrict_violation'; end $$"
            )
            for name, what in ON_POSTGRESQL.items():
                cursor.execute(f"drop trigger if exists {name} on {TABLE}")
                cursor.execute(f"create trigger {name} {what}")
            if settings.DATABASE_OWNER:
                _give_rights(cursor, connection.ops.quote_name(settings.DATABASE_APPLICATION_ROLE))
        else:
            for name, what in ON_SQLITE.items():
                cursor.execute(f"drop trigger if exists {name}")
                cursor.execute(f"create trigger {name} {what}")


def _give_rights(cursor, application: str) -> None:
    """The application reads and writes rows; it makes, drops and empties no table; of the trail it adds and reads rows."""
    cursor.execute(f"grant usage on schema public to {application}")
    cursor.execute(f"grant select, insert, update, delete on all tables in schema public to {application}")
    cursor.execute(f"grant usage, select on all sequences in schema public to {application}")
    cursor.execute(
        f"alter default privileges in schema public grant select, insert, update, delete on tables to {application}"
    )
    cursor.execute(
        f"alter default privileges in schema public grant usage, select on sequences to {application}"
    )
    cursor.execute(f"revoke all on {TABLE} from public, {application}")
    cursor.execute(f"grant select, insert on {TABLE} to {application}")
    # Which migrations have run is the owner's to say.
    cursor.execute(f"revoke insert, update, delete on django_migrations from {application}")


def what_could_change_the_trail(connection) -> list[str]:
    """In plain words, each guard that does not stand; none is what a home in service shows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "select tgname from pg_trigger where tgrelid = %s::regclass and tgenabled <> 'D'", [TABLE]
            )
            standing, wanted = {name for (name,) in cursor.fetchall()}, ON_POSTGRESQL
            cursor.execute(
                "select p from unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p where has_table_privilege(%s, p)",
                [TABLE],
            )
            rights = [right for (right,) in cursor.fetchall()]
            cursor.execute(
                "select pg_has_role(tableowner, 'USAGE') from pg_tables where tablename = %s", [TABLE]
            )
            owns = cursor.fetchone() == (True,)
        else:
            cursor.execute("select name from sqlite_master where type = 'trigger'")
            standing, wanted = {name for (name,) in cursor.fetchall()}, ON_SQLITE
            rights, owns = [], False
    said = [f"the trigger {name} is missing" for name in wanted if name not in standing]
    if rights:
        said.append(
            f"the application's role holds {', '.join(rights)} on it (set ROWAN_OWNER_URL and run `rowan migrate`)"
        )
    if owns:
        said.append(
            "the application's role owns it, and could give itself every right (sign in to DATABASE_URL as another)"
        )
    return said


def refuse_unguarded(connection, say: Callable[[str], object]) -> None:
    """Before anybody is served: a home in service is not, while the database would let somebody change the trail. Any other is warned."""
    missing = what_could_change_the_trail(connection)
    if not missing:
        return
    said = f"The database would let somebody change the audit trail: {'; '.join(missing)}."
    if is_in_service():
        raise NotPossible(f"{said} A home in service is not served like this.")
    say(f"WARNING: {said} This is a trial, so it is served all the same; a home in service would not be.")
