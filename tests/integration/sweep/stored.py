"""What is stored, as values that can be compared: before and after a request, or after two that should do the same."""

import re
import uuid
from collections import Counter
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.db import connection

from rowan.people.models import Person

# The trail grows with every look and refusal, and a session with every visit: neither is a change of anybody's record.
GROWS_BY_ITSELF = {"audit_trail"}
# Django's own lists of tables and rights, which no page changes.
DJANGOS = {"auth", "contenttypes"}
# Made anew each time, whatever was sent: salted, drawn, or the digest of something with the moment in it.
DRAWN = frozenset({"password", "sha256", "data_key", "digest"})
A_DRAWN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
A_PERSONS_ID = re.compile(r"[0-9a-f]{32}")
A_DRAWN_REFERENCE = re.compile(r"\bC-[0-9A-HJKMNP-TV-Z]{8}\b")  # of a concern
A_RUNNING_NUMBER = re.compile(r"[1-9]\d{0,5}")
SESSIONS = {"agencies.SignedIn"}
Stored = Counter


def stored() -> Stored:
    """Every row of every table, whole, and as the database keeps it: what is sealed anew has changed."""
    rows = Counter()
    with connection.cursor() as cursor:
        for table, names in _tables():
            quoted = ", ".join(map(connection.ops.quote_name, names))
            cursor.execute(f"select {quoted} from {connection.ops.quote_name(table._meta.db_table)}")
            rows.update(
                (table._meta.label, *(f"{name}={value}" for name, value in zip(names, row, strict=True)))
                for row in cursor.fetchall()
            )
    return rows


def stored_but_for_its_moment() -> Stored:
    """Every row without what differs between two equal acts: running numbers, drawn ids and the moment."""
    # Whoever is founded by day has a drawn id; everybody else's says who it is about.
    founded = set(Person.objects.filter(founded_by_day=True).values_list("pk", flat=True))

    def told(value):
        said = _without_moment(value)
        return A_PERSONS_ID.sub(lambda found: "FOUNDED" if found[0] in founded else found[0], str(said))

    return Counter(_rows(told, but_for=DRAWN))


def _rows(told, but_for=frozenset()):
    for table, _ in _tables():
        names = [field.attname for field in table._meta.local_concrete_fields]
        for row in table._base_manager.values_list(*names):
            yield (
                table._meta.label,
                *(
                    f"{name}={told(value)}"
                    for name, value in zip(names, row, strict=True)
                    if name not in but_for
                ),
            )


@cache
def _tables() -> list[tuple]:
    """Every table that a page may change, with the names of its columns."""
    return [
        (table, [field.column for field in table._meta.local_concrete_fields])
        for table in apps.get_models(include_auto_created=True)
        if table._meta.app_label not in GROWS_BY_ITSELF | DJANGOS
        and table._meta.label not in SESSIONS
        and not table._meta.proxy
        and table._meta.managed
    ]


def _without_moment(value):
    if isinstance(value, datetime | uuid.UUID):
        return type(value).__name__
    if isinstance(value, int) and not isinstance(value, bool):
        return "number"
    if isinstance(value, date):
        return value.isoformat()
    # A running number may stand as words, where a clock or a notice names what it is about.
    if A_RUNNING_NUMBER.fullmatch(str(value)):
        return "number"
    return A_DRAWN_REFERENCE.sub("REFERENCE", A_DRAWN_ID.sub("UUID", str(value)))


def differences(before: Stored, after: Stored) -> list[str]:
    return [f"gone: {row}" for row in (before - after).elements()] + [
        f"new: {row}" for row in (after - before).elements()
    ]
