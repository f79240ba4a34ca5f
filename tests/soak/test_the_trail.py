"""The trail's long runs: a thousand tamperings found and located, a million lines checked by the inspector's one file."""

import os
import random
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from rowan.audit_trail import verifier
from rowan.audit_trail.anchors import anchor
from rowan.audit_trail.exporting import write_export
from rowan.audit_trail.keys import CHAIN, anchors_public_keys
from rowan.audit_trail.rules.chain import FIELDS
from rowan.audit_trail.writing import Line, write
from rowan.encryption import this_homes_keys
from tests.tampering import WAYS, WITHOUT_THE_KEY, a_trail, found, is_located, with_every_right

TAMPERINGS = 1_000
SECONDS_ALLOWED = 60
LINES = int(os.environ.get("ROWAN_TRAIL_LINES", "1000000"))
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_a_thousand_tamperings_are_found_and_located(tmp_path, settings, measured):
    """1,000 tamperings at random with the trail, by somebody with every right on the database and every trigger dropped, up to the last anchor: each found, and located.

    Each is taken back before the next.
    """
    settings.ROWAN_HOME, settings.ROWAN_ANCHORS = tmp_path / "home", tmp_path / "elsewhere"
    found_out, chance = measured(), random.Random(seed := random.randrange(2**32))
    anchored = a_trail(300)
    found_out |= {"tamperings": 0, "found and located": 0, "by kind": (by_kind := {}), "seed": seed}
    for number in range(TAMPERINGS):
        way = WAYS[number % len(WAYS)]
        found_out["tamperings"] += 1
        with with_every_right() as cursor:
            done = way(cursor, chance, 1, anchored)
            breaks = found(cursor).breaks
        assert is_located(breaks, done), (way.__name__, done, breaks)
        found_out["found and located"] += 1
        name = way.__name__.replace("_", " ")
        by_kind[name] = by_kind.get(name, 0) + 1


@pytest.mark.django_db(transaction=True)
def test_after_the_last_anchor_a_thousand_are_reported_apart(tmp_path, settings, measured):
    """1,000 tamperings behind the last anchor, by somebody who has not the trail's key: each found by the key and reported apart from what is anchored.

    What only an anchor can tell (a cut tail, a chain written anew with the stolen key) is not among them: behind the last anchor nobody can.
    """
    settings.ROWAN_HOME, settings.ROWAN_ANCHORS = tmp_path / "home", tmp_path / "elsewhere"
    found_out, chance = measured(), random.Random(seed := random.randrange(2**32))
    anchored = a_trail(120, after_the_last_anchor=60)
    found_out |= {"tamperings": 0, "reported apart": 0, "by kind": (by_kind := {}), "seed": seed}
    for number in range(TAMPERINGS):
        way = WITHOUT_THE_KEY[number % len(WITHOUT_THE_KEY)]
        found_out["tamperings"] += 1
        with with_every_right() as cursor:
            done = way(cursor, chance, anchored + 1, anchored + 45)
            verdict = found(cursor)
        assert verdict.breaks == [], (way.__name__, done, verdict.breaks)
        assert is_located(verdict.after_the_last_anchor, done), (way.__name__, done, verdict)
        found_out["reported apart"] += 1
        name = way.__name__.replace("_", " ")
        by_kind[name] = by_kind.get(name, 0) + 1


@pytest.mark.django_db(transaction=True)
def test_the_inspectors_one_file_checks_a_million_lines_in_a_minute(tmp_path, settings, measured):
    """An export of 1,000,000 lines is checked by the inspector's one file, with the key, within a minute."""
    from django.db import connection, transaction

    settings.ROWAN_HOME, settings.ROWAN_ANCHORS = tmp_path, None
    found_out = measured(is_whole=LINES >= 1_000_000)
    words = {"by_kind": "practitioner", "by_id": "12", "by_name": "Tam Ode", "by_role": "triage_officer",
             "by_agency": "council-899", "did": "looked at a child's record", "about_person": "c" * 32,
             "purpose": "protecting a child", "particulars": "{}"}  # fmt: skip
    line = tuple(words.get(field, "") for field in FIELDS if field != "at")
    began = time.perf_counter()
    for done in range(0, LINES, 10_000):
        with transaction.atomic():
            write(connection, [Line(NOW + timedelta(milliseconds=done + n), line) for n in range(10_000)])
        anchor(NOW + timedelta(seconds=done))
    written = time.perf_counter()
    found_out["lines"], found_out["written, seconds"] = LINES, round(written - began)
    write_export(tmp_path / "trail.jsonl", NOW)
    exported = time.perf_counter()
    found_out["exported, seconds"] = round(exported - written)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-I", verifier.__file__, str(tmp_path / "trail.jsonl"), "--public-key", anchors_public_keys()[0],
         "--key", str(this_homes_keys().path(CHAIN))],
        check=True,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Its own work, and not what else the machine did meanwhile.
    at_work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found_out["checked by the one file, seconds of a processor"] = round(at_work)
    found_out["checked by the one file, seconds"] = round(time.perf_counter() - exported)
    assert at_work < SECONDS_ALLOWED
