"""Somebody with every right on the database, every trigger dropped, changes the trail at random; each change is undone after it was looked for."""

import random
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, transaction

from rowan.audit_trail.actions import ROWAN, record, record_list_shown
from rowan.audit_trail.anchors import anchor, what_was_anchored
from rowan.audit_trail.guards import ON_POSTGRESQL, ON_SQLITE
from rowan.audit_trail.keys import current_key, every_key
from rowan.audit_trail.reading import rows
from rowan.audit_trail.rules.breaks import Kind, Verdict, verdict
from rowan.audit_trail.rules.chain import FIELDS, digest
from rowan.audit_trail.writing import TABLE
from tests.emptying import become

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS = [field for field in FIELDS if field not in {"at", "particulars"}]


def a_trail(lines: int = 90, after_the_last_anchor: int = 12) -> int:
    """Lines with an anchor every thirty or so; returns up to which line it is anchored."""
    while (standing := _head()) < lines:
        record(
            by=ROWAN, did="looked at a child's record", about_person=f"{standing:032d}", why=f"why {standing}"
        )
        record_list_shown(
            by=ROWAN, did="saw a list", person_ids=[f"{standing}-{n}".zfill(32) for n in range(3)]
        )
        if standing % 30 < 5:
            anchor(MOMENT)
    anchor(MOMENT)
    anchored = _head()
    for number in range(after_the_last_anchor):
        record(by=ROWAN, did="looked at a child's record", about_person=f"{number:032d}")
    return anchored


@dataclass
class Tampering:
    """What was done, where, and which kinds of break would be true of it."""

    kinds: set[Kind]
    first: int
    last: int


@contextmanager
def with_every_right():
    """As the tables' owner, triggers dropped, in a transaction that is taken back."""
    become(settings.DATABASE_OWNER)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                for name in ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE:
                    on = f" on {TABLE}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"drop trigger {name}{on}")
                yield cursor
            transaction.set_rollback(True)
    finally:
        become(
            {**settings.DATABASE_OWNER, "USER": settings.DATABASE_APPLICATION_ROLE}
            if settings.DATABASE_OWNER
            else {}
        )


def found(cursor) -> Verdict:
    return verdict(rows(connection), every_key(), what_was_anchored().by_position)


def tampered_at_random(cursor, chance: random.Random, low: int, high: int) -> Tampering:
    """One change of a random kind somewhere from line `low` to line `high`."""
    return chance.choice(WAYS)(cursor, chance, low, high)


def change_words(cursor, chance, low, high):
    place, column = chance.randint(low, high), chance.choice(WORDS)
    fresh = f"é{chance.getrandbits(36):x}"
    cursor.execute(f"update {TABLE} set {column} = %s where position = %s", [fresh, place])
    return Tampering({Kind.CHANGED}, place, place)


def change_the_moment(cursor, chance, low, high):
    place = chance.randint(low, high)
    cursor.execute(f"update {TABLE} set at = %s where position = %s", ["2026-01-01 09:00:00", place])
    return Tampering({Kind.CHANGED}, place, place)


def change_particulars(cursor, chance, low, high):
    place = chance.randint(low, high)
    cursor.execute(f"update {TABLE} set particulars = %s where position = %s", ['{"children":77}', place])
    return Tampering({Kind.CHANGED}, place, place)


def change_the_hash(cursor, chance, low, high):
    place = chance.randint(low, high)
    cursor.execute(
        f"update {TABLE} set digest = %s where position = %s", [f"{chance.getrandbits(256):064x}", place]
    )
    return Tampering({Kind.CHANGED}, place, place)


def change_words_and_hash(cursor, chance, low, high):
    change_words(cursor, random.Random(0), place := chance.randint(low, high), place)
    return change_the_hash(cursor, chance, place, place)


def change_the_keys_name(cursor, chance, low, high):
    place = chance.randint(low, high)
    cursor.execute(f"update {TABLE} set key_id = 'deadbeef' where position = %s", [place])
    return Tampering({Kind.CHANGED}, place, place)


def delete(cursor, chance, low, high):
    first = chance.randint(low, high)
    last = min(high, first + chance.randint(0, 4))
    cursor.execute(f"delete from {TABLE} where position between %s and %s", [first, last])
    return Tampering({Kind.DELETED} if last < _head() else {Kind.TRUNCATED}, first, last)


def delete_and_close_the_gap(cursor, chance, low, high):
    done = delete(cursor, chance, low, max(low, min(high, _head() - 7)))
    _renumber(cursor, f"position - {done.last - done.first + 1}", done.last)
    return done


def insert(cursor, chance, low, high):
    place, like = chance.randint(low, high), chance.randint(low, high)
    cursor.execute(f"select key_id, at, {', '.join(FIELDS[1:])} from {TABLE} where position = %s", [like])
    key_id, at, *words = cursor.fetchone()
    _renumber(cursor, "position + 1", place - 1)
    values = [place, key_id, f"{chance.getrandbits(256):064x}", at, *words]
    cursor.execute(
        f"insert into {TABLE} (position, key_id, digest, at, {', '.join(FIELDS[1:])}) values ({', '.join(['%s'] * len(values))})",
        values,
    )
    return Tampering({Kind.INSERTED}, place, place)


def swap(cursor, chance, low, high):
    first, last = sorted(chance.sample(range(low, high + 1), 2))
    for now, then in ((first, -1), (last, first), (-1, last)):
        cursor.execute(f"update {TABLE} set position = %s where position = %s", [then, now])
    return Tampering({Kind.SWAPPED}, first, last)


def swap_words_and_leave_the_hashes(cursor, chance, low, high):
    first, last = sorted(chance.sample(range(low, high + 1), 2))
    columns = ", ".join(["at", *FIELDS[1:]])
    found = {}
    for place in (first, last):
        cursor.execute(f"select {columns} from {TABLE} where position = %s", [place])
        found[place] = cursor.fetchone()
    sets = ", ".join(f"{column} = %s" for column in ["at", *FIELDS[1:]])
    for place, other in ((first, last), (last, first)):
        cursor.execute(f"update {TABLE} set {sets} where position = %s", [*found[other], place])
    return Tampering({Kind.SWAPPED}, first, last)


def truncate(cursor, chance, low, high):
    first = chance.randint(low, high)
    cursor.execute(f"delete from {TABLE} where position >= %s", [first])
    return Tampering({Kind.TRUNCATED}, first, high)


def rewrite_with_the_key(cursor, chance, low, high):
    """Whoever has stolen the key too writes a chain that fits; the anchors do not."""
    place = chance.randint(low, high)
    cursor.execute(f"update {TABLE} set did = 'looked away' where position = %s", [place])
    key_id, key = current_key()
    before = None
    for row in list(rows(connection)):
        if row.position >= place:
            fresh = digest(key, before, row.position, key_id, row.words)
            cursor.execute(f"update {TABLE} set digest = %s where position = %s", [fresh, row.position])
            before = fresh
        else:
            before = row.digest
    return Tampering({Kind.REWRITTEN}, place, place)


WITHOUT_THE_KEY: list[Callable] = [
    change_words,
    change_the_moment,
    change_particulars,
    change_the_hash,
    change_words_and_hash,
    change_the_keys_name,
    delete,
    delete_and_close_the_gap,
    insert,
    swap,
    swap_words_and_leave_the_hashes,
]
# Only an anchor can tell these.
WAYS = [*WITHOUT_THE_KEY, truncate, rewrite_with_the_key]


def _renumber(cursor, to: str, behind: int) -> None:
    # In two steps: one would meet itself on the way.
    cursor.execute(f"update {TABLE} set position = -({to}) where position > %s", [behind])
    cursor.execute(f"update {TABLE} set position = -position where position < 0")


def _head() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(max(position), 0) from {TABLE}")
        return cursor.fetchone()[0]
