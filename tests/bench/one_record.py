"""One record against everybody, live: triage's look-up beside Splink's own `find_matches_to_new_records`, in one run.

    python -m tests.bench.one_record 400000

Everybody is put where a night would have put them, in a home of its own on each database; what another agency wrote of some of them is then
looked for by both. Splink holds the very same names, birth dates and homes in memory, trained on them.
"""

import json
import logging
import os
import subprocess
import sys
import time
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from rowan.pipeline.plain_splink import COLUMNS
from tests.bench.commands import rowan

SEED = 4711
ASKED_ABOUT = 500
ASKED_OF_SPLINK = 20
TIMES_QUICKER = 1_000
P99_MS = 10.0
READ_BY_SPLINK = pa.schema([(name, pa.string()) for name in COLUMNS])
WHO_IS_THERE = """
    select k.person_id, k.first_name, k.surname, k.birth_date, a.address, a.postcode
    from people_knownas k left join people_address a on a.person_id = k.person_id
"""


def measure(place: Path, people: int) -> dict[str, dict]:
    """Both databases where there is a PostgreSQL; Splink once, beside SQLite."""
    found = {"SQLite": on_database(place / "sqlite", people, {}, ASKED_OF_SPLINK)}
    from tests.postgresql import NotToBeHad, start

    try:
        application, owner = start(durable=True)
    except NotToBeHad as missing:
        print(f"PostgreSQL left out: {missing}", file=sys.stderr)
        return found
    there = {"DATABASE_URL": application, "ROWAN_OWNER_URL": owner}
    return found | {"PostgreSQL": on_database(place / "postgresql", people, there, 0)}


def on_database(place: Path, people: int, there: dict[str, str], of_splink: int) -> dict:
    place.mkdir(parents=True)
    home = {"ROWAN_HOME": str(place / "home"), "ROWAN_KEYS": str(place / "keys"), **there}
    rowan(home, "migrate")
    print(f"one record against {people:,} people on {'PostgreSQL' if there else 'SQLite'} …", file=sys.stderr)
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.bench.one_record",
        "here",
        str(people),
        str(of_splink),
    ]
    left = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ROWAN_OWNER_URL"}}
    return json.loads(subprocess.run(command, env=left | home, check=True, stdout=subprocess.PIPE).stdout)


def here(people: int, of_splink: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rowan.website.settings")
    django.setup()
    from tests import people_in_tests as invented
    from tests import told_of

    invented.finished_run(as_of=told_of.UNTIL)
    told = told_of.write_index(people, SEED, ask_about=ASKED_ABOUT)[:ASKED_ABOUT]
    _settle()
    measured = _looked_up(told, told_of.UNTIL)
    if of_splink:
        measured |= _by_splink(list(islice(told, 0, None, max(1, len(told) // of_splink))))
    sys.stdout.write(json.dumps(measured) + "\n")


def _settle() -> None:
    """As a night leaves its tables, and PostgreSQL's own housekeeping after it: counted, so that each query goes by its index alone."""
    from django.db import connection

    if connection.vendor == "postgresql":
        import psycopg

        with psycopg.connect(os.environ["ROWAN_OWNER_URL"], autocommit=True) as owner:
            owner.execute("vacuum analyze")
        return
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _looked_up(told: list, today: date) -> dict:
    from rowan.people.finding import likely

    for each in told[:20]:
        likely(each.sought, hidden=(), today=today)
    clock, processor, first = [], [], 0
    for each in told:
        began, used = time.perf_counter(), time.process_time()
        found = likely(each.sought, hidden=(), today=today)
        clock.append(1000 * (time.perf_counter() - began))
        processor.append(1000 * (time.process_time() - used))
        first += bool(found) and found[0].person_id == each.person_id
    return {
        "looked_up": len(told),
        "p50_ms": _share(clock, 0.5),
        "p99_ms": _share(clock, 0.99),
        "p50_processor_ms": _share(processor, 0.5),
        "p99_processor_ms": _share(processor, 0.99),
        "first": round(first / len(told), 4),
    }


def _by_splink(told: list) -> dict:
    import duckdb
    from django.db import connection as database
    from splink import DuckDBAPI, Linker

    from rowan.pipeline.plain_splink import plain_settings, train

    logging.getLogger("splink").setLevel(logging.ERROR)
    with database.cursor() as cursor:
        cursor.execute(WHO_IS_THERE)
        there = [_as_splink_reads(*row) for row in cursor.fetchall()]
    connection = duckdb.connect(config={"threads": 2})
    connection.register("there", pa.Table.from_pylist(there, schema=READ_BY_SPLINK))
    connection.execute("create table records as select * from there").fetchall()
    api = DuckDBAPI(connection)
    everybody = api.register("records")
    linker = Linker(everybody, plain_settings(), log_level=logging.ERROR)
    train(linker)
    for column in ("first_name", "surname", "postcode", "address"):
        linker.table_management.compute_tf_table(column)
    seconds, first = [], 0
    for number, each in enumerate(told):
        said = each.sought
        record = _as_splink_reads(
            f"told-{number}", said.first_name, said.surname, said.birth_date, said.address, said.postcode
        )
        began = time.perf_counter()
        first += _found_by_splink(linker, api, everybody, record) == each.person_id
        seconds.append(1000 * (time.perf_counter() - began))
    return {
        "splink_asked": len(told),
        "splink_p50_ms": _share(seconds, 0.5),
        "splink_first": round(first / len(told), 4),
    }


def _found_by_splink(linker, api, everybody, record: dict) -> str | None:
    """Whom Splink holds likeliest. What was `find_matches_to_new_records` until its fourth version is `predict_between` in its fifth."""
    new = api.register(pa.Table.from_pylist([record], schema=READ_BY_SPLINK))
    found = linker.inference.predict_between(everybody, new, threshold_match_weight=-20).as_record_list()
    best = max(found, key=lambda row: row["match_weight"], default=None)
    return best and (best["rid_l"] if best["rid_r"] == record["rid"] else best["rid_r"])


def _as_splink_reads(rid, first_name, surname, born, address, postcode) -> dict:
    return {
        "rid": rid,
        "first_name": first_name.strip().lower() or None,
        "surname": surname.strip().lower() or None,
        "birth_date": str(born) if born else None,
        "postcode": (postcode or "").replace(" ", "").upper() or None,
        "address": (address or "").strip().lower() or None,
        "upn": None,
        "nhs_number": None,
    }


def _share(taken: list[float], share: float) -> float:
    return round(sorted(taken)[int(len(taken) * share)], 2)


def times_quicker(found: dict[str, dict]) -> float:
    return round(found["SQLite"]["splink_p50_ms"] / found["SQLite"]["p50_ms"], 1)


def is_as_promised(found: dict[str, dict]) -> bool:
    quick = all(on["p99_ms"] < P99_MS for on in found.values())
    return (
        quick
        and times_quicker(found) >= TIMES_QUICKER
        and found["SQLite"]["first"] >= found["SQLite"]["splink_first"]
    )


def tell(found: dict[str, dict]) -> str:
    lines = [
        f"  {name:11} p50 {on['p50_ms']:7.1f} ms, p99 {on['p99_ms']:7.1f} ms (processor {on['p50_processor_ms']:.1f} and {on['p99_processor_ms']:.1f}), "
        f"the true child first {100 * on['first']:.1f} times in 100"
        for name, on in found.items()
    ]
    beside = found["SQLite"]
    return "\n".join(
        [
            f"\nOne record against everybody (promised: p99 under {P99_MS:.0f} ms, {TIMES_QUICKER:,} times as quick as Splink's find_matches_to_new_records):",
            *lines,
            f"  Splink      p50 {beside['splink_p50_ms']:7.1f} ms, the true child first {100 * beside['splink_first']:.1f} times in 100: {times_quicker(found)} times Rowan's on SQLite",
        ]
    )


def main() -> int:
    if sys.argv[1] == "here":
        here(int(sys.argv[2]), int(sys.argv[3]))
        return 0
    with TemporaryDirectory(prefix="rowan-one-record-") as scratch:
        found = measure(Path(scratch), int(sys.argv[1]))
        print(json.dumps(found))
        print(tell(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
