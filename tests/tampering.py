"""Somebody with every right on the database, every trigger dropped, changes the trail at random; each change is undone after it was looked for."""

import random
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from rowan.audit_trail.actions import ROWAN, record, record_list_shown
from rowan.audit_trail.anchors import FILE, anchor, what_was_anchored
from rowan.audit_trail.guards import ON_POSTGRESQL, ON_SQLITE
from rowan.audit_trail.keys import current_key, every_key
from rowan.audit_trail.reading import rows
from rowan.audit_trail.rules.anchors import FIRST, parsed, what_is_signed
from rowan.audit_trail.rules.breaks import Break, Kind, Verdict, verdict
from rowan.audit_trail.rules.chain import FIELDS, digest
from rowan.audit_trail.writing import TABLE, Line, write
from tests.emptying import become

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
COLUMNS = ", ".join(["position", "key_id", "digest", *FIELDS])
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
    """As the tables' owner, triggers dropped, in a transaction that is taken back; so is what was done to the home's anchors."""
    as_they_were = _anchors().read_bytes()
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
        _anchors().write_bytes(as_they_were)
        become(
            {**settings.DATABASE_OWNER, "USER": settings.DATABASE_APPLICATION_ROLE}
            if settings.DATABASE_OWNER
            else {}
        )


def found(cursor) -> Verdict:
    return verdict(rows(connection), every_key(), what_was_anchored().by_position)


def is_located(breaks: list[Break], done: Tampering) -> bool:
    """Every break that is told is the one that was made, and of its kind; a rewriting is told from the anchor before it on."""
    return any(
        each.kind in done.kinds and each.first <= done.first and each.last >= done.last for each in breaks
    ) and all(each.first >= done.first - 31 for each in breaks)


def change_words(cursor, chance, low, high):
    return change_one(chance.choice(WORDS))(cursor, chance, low, high)


def change_one(column: str) -> Callable:
    """One column of one line, whichever it is."""

    def change(cursor, chance, low, high):
        place = chance.randint(low, high)
        fresh = f"é{chance.getrandbits(36):x}"
        cursor.execute(f"update {TABLE} set {column} = %s where position = %s", [fresh, place])
        return Tampering({Kind.CHANGED}, place, place)

    change.__name__ = f"change_{column}"
    return change


def empty_the_line(cursor, chance, low, high):
    """Who, what and about whom, all gone; the line itself stays."""
    place = chance.randint(low, high)
    nothing = ", ".join(f"{column} = ''" for column in WORDS)
    cursor.execute(f"update {TABLE} set {nothing} where position = %s", [place])
    return Tampering({Kind.CHANGED}, place, place)


def move_in_time(cursor, chance, low, high):
    """By seconds or by days, back or forth."""
    place = chance.randint(low, high)
    by = timedelta(
        microseconds=chance.choice([1, -1, 10**6, -(10**6), 10**11, -(10**11)]) * chance.randint(1, 50)
    )
    cursor.execute(f"select at from {TABLE} where position = %s", [place])
    [at] = cursor.fetchone()
    was = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    cursor.execute(
        f"update {TABLE} set at = %s where position = %s",
        [(was + by).strftime("%Y-%m-%d %H:%M:%S.%f") + "+00" * (connection.vendor == "postgresql"), place],
    )
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
    _, key_id, _, *rest = _line_at(cursor, like)
    _renumber(cursor, "position + 1", place - 1)
    _put(cursor, [place, key_id, f"{chance.getrandbits(256):064x}", *rest])
    return Tampering({Kind.INSERTED}, place, place)


def duplicate(cursor, chance, low, high):
    """A line that Rowan wrote, hash and all, a second time right behind itself or anywhere else."""
    like = chance.randint(low, high)
    place = chance.choice([like + 1, chance.randint(low, high)])
    copied = _line_at(cursor, like)
    _renumber(cursor, "position + 1", place - 1)
    _put(cursor, [place, *copied[1:]])
    # Of two lines that are equal in all, side by side, the second is the one too many, whichever was there before.
    too_many = like + 1 if place == like else place
    return Tampering({Kind.INSERTED}, too_many, too_many)


def move_to_another_place(cursor, chance, low, high):
    """Taken out here and put in there, and all between numbered anew, so that no number is missing or twice."""
    there, here = sorted(chance.sample(range(low, high + 1), 2))
    if here - there < 3:
        return delete_and_close_the_gap(cursor, chance, low, high)  # so near it is a swap
    moved = _line_at(cursor, here)
    cursor.execute(f"delete from {TABLE} where position = %s", [here])
    cursor.execute(
        f"update {TABLE} set position = -(position + 1) where position between %s and %s", [there, here - 1]
    )
    cursor.execute(f"update {TABLE} set position = -position where position < 0")
    _put(cursor, [there, *moved[1:]])
    return Tampering({Kind.INSERTED}, there, there)


def chain_again_with_a_wrong_key(cursor, chance, low, high):
    """A changed line and all behind it bound anew, by somebody who has every right and not the key."""
    place = chance.randint(low, high)
    cursor.execute(f"update {TABLE} set did = 'looked away' where position = %s", [place])
    _chain_again(cursor, chance.randbytes(32), place)
    return Tampering({Kind.CHANGED}, place, place)


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
    _chain_again(cursor, current_key()[1], place)
    return Tampering({Kind.REWRITTEN}, place, place)


def put_an_older_database_back(cursor, chance, low, high):
    """The trail as it was some time ago; Rowan, who knows nothing of it, goes on, beyond where it stood."""
    place, words = chance.randint(low, high), ("",) * (len(FIELDS) - 1)
    stood = _head()
    cursor.execute(f"delete from {TABLE} where position >= %s", [place])
    write(connection, [Line(MOMENT, words)] * (stood - place + chance.randint(1, 9)))
    return Tampering({Kind.REWRITTEN}, place, place)


def truncate_the_anchors_too(cursor, chance, low, high):
    """Lines off the end, and the home's anchors of them: the second folder still has those."""
    done = truncate(cursor, chance, low, high)
    lines = _anchors().read_text().splitlines()
    _write_anchors([line for line in lines if parsed(line).position < done.first])
    return done


def sign_other_anchors(cursor, chance, low, high):
    """A chain written anew with the stolen key, and the home's anchors signed anew by a key of one's own."""
    done = rewrite_with_the_key(cursor, chance, low, high)
    theirs, signed, before = Ed25519PrivateKey.generate(), [], FIRST
    public_key = theirs.public_key().public_bytes_raw().hex()
    for was in map(parsed, _anchors().read_text().splitlines()):
        cursor.execute(f"select digest from {TABLE} where position = %s", [was.position])
        [digest_now] = cursor.fetchone()
        signature = theirs.sign(what_is_signed(was.position, digest_now, was.at, before)).hex()
        made = replace(was, digest=digest_now, previous=before, public_key=public_key, signature=signature)
        signed.append(made)
        before = made.own_hash
    _write_anchors([each.line for each in signed])
    return done


WITHOUT_THE_KEY: list[Callable] = [
    *map(change_one, WORDS),
    move_in_time,
    change_particulars,
    empty_the_line,
    change_the_hash,
    change_words_and_hash,
    change_the_keys_name,
    delete,
    delete_and_close_the_gap,
    insert,
    duplicate,
    move_to_another_place,
    swap,
    swap_words_and_leave_the_hashes,
    chain_again_with_a_wrong_key,
]
# Only an anchor can tell these; the last two touch the home's anchors too, and the second folder tells.
WAYS = [
    *WITHOUT_THE_KEY,
    truncate,
    rewrite_with_the_key,
    put_an_older_database_back,
    truncate_the_anchors_too,
    sign_other_anchors,
]


def _line_at(cursor, place: int) -> list:
    cursor.execute(f"select {COLUMNS} from {TABLE} where position = %s", [place])
    return list(cursor.fetchone())


def _put(cursor, values: list) -> None:
    cursor.execute(f"insert into {TABLE} ({COLUMNS}) values ({', '.join(['%s'] * len(values))})", values)


def _chain_again(cursor, key: bytes, place: int) -> None:
    before = None
    for row in list(rows(connection)):
        if row.position >= place:
            before = digest(key, before or FIRST, row.position, row.key_id, row.words)
            cursor.execute(f"update {TABLE} set digest = %s where position = %s", [before, row.position])
        else:
            before = row.digest


def _anchors() -> Path:
    return Path(settings.ROWAN_HOME) / "anchors" / FILE


def _write_anchors(lines: list[str]) -> None:
    _anchors().write_text("".join(f"{line}\n" for line in lines))


def _renumber(cursor, to: str, behind: int) -> None:
    # In two steps: one would meet itself on the way.
    cursor.execute(f"update {TABLE} set position = -({to}) where position > %s", [behind])
    cursor.execute(f"update {TABLE} set position = -position where position < 0")


def _head() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(max(position), 0) from {TABLE}")
        return cursor.fetchone()[0]
