"""The trail's long runs: a thousand tamperings found and located, a million lines checked by the inspector's one file."""

import json
import os
import random
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
from tests.tampering import WAYS, a_trail, found, with_every_right

TAMPERINGS = 1_000
LINES = int(os.environ.get("ROWAN_TRAIL_LINES", "1000000"))
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_a_thousand_tamperings_are_found_and_located(tmp_path, settings):
    settings.ROWAN_HOME, settings.ROWAN_ANCHORS = tmp_path, None
    anchored, chance, located = a_trail(300), random.Random(), {}
    for number in range(TAMPERINGS):
        way = WAYS[number % len(WAYS)]
        with with_every_right() as cursor:
            done = way(cursor, chance, 1, anchored)
            breaks = found(cursor).breaks
        assert breaks, (way.__name__, done)
        at_the_place = any(each.first <= done.first and each.last >= done.last for each in breaks)
        of_its_kind = any(each.kind in done.kinds for each in breaks)
        assert at_the_place and of_its_kind, (way.__name__, done, breaks)
        located[way.__name__] = located.get(way.__name__, 0) + 1
    print(json.dumps({"tamperings": TAMPERINGS, "found and located": sum(located.values()), **located}))


@pytest.mark.django_db(transaction=True)
def test_the_inspectors_one_file_checks_a_million_lines_in_a_minute(tmp_path, settings):
    from django.db import connection, transaction

    settings.ROWAN_HOME, settings.ROWAN_ANCHORS = tmp_path, None
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
    write_export(tmp_path / "trail.jsonl", NOW)
    exported = time.perf_counter()
    subprocess.run(
        [sys.executable, "-I", verifier.__file__, str(tmp_path / "trail.jsonl"), "--public-key", anchors_public_keys()[0],
         "--key", str(this_homes_keys().path(CHAIN))],
        check=True,
    )  # fmt: skip
    checked = time.perf_counter()
    print(
        f"{LINES:,} lines: written in {written - began:.0f} s ({LINES / (written - began):,.0f} a second), exported in "
        f"{exported - written:.0f} s, checked by the one file in {checked - exported:.0f} s"
    )
