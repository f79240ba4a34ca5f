"""Records that agencies send of everybody in an invented county, as matching takes them: about five of every two people."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from rowan.matching.rules.identity import READ
from rowan.synthetic import identifiers
from rowan.synthetic.chance import stream
from rowan.synthetic.mistakes import write_down
from tests.invented_children import UNTIL, children

DATES = {"birth_date": pa.date32(), "first_received_on": pa.date32()}
RECORDS = pa.schema([(name, DATES.get(name, pa.string())) for name in READ])
# Which agency has a record of how many in a hundred people, and how many of its records carry each number.
SENDS = (
    ("school", "school-8990{n:03d}:admission", 92, {"upn": 99}),
    ("school", "school-8991{n:03d}:admission", 48, {"upn": 97}),
    ("council", "council-899:cin", 45, {"upn": 70, "nhs_number": 60}),
    ("police", "police-invented:person", 40, {}),
    ("police", "police-next-door:person", 25, {}),
)
FIRST_DAY = date(2025, 9, 1)
AT_ONCE = 20_000


def write(file: Path, people: int, seed: int) -> int:
    """Say how many records were written."""
    count = 0
    with pq.ParquetWriter(file, RECORDS) as out:
        rows: list[dict] = []
        for row in records(people, seed):
            rows.append(row)
            if len(rows) == AT_ONCE:
                out.write_table(pa.Table.from_pylist(rows, schema=RECORDS))
                count += len(rows)
                rows = []
        out.write_table(pa.Table.from_pylist(rows, schema=RECORDS))
        return count + len(rows)


def records(people: int, seed: int) -> Iterator[dict]:
    chance = stream(seed, "everybody", people)
    numbers = identifiers.Counters(seed)
    for number, child in enumerate(children(people, seed)):
        upn = identifiers.upn(
            "899", f"{2000 + number // 1000 % 7000}", number // 7_000_000 % 90 + 10, number % 1000
        )
        mine = {"upn": upn, "nhs_number": numbers.nhs_number()}
        for agency, source, share, carries in SENDS:
            if chance.random() * 100 >= share:
                continue
            wrote = write_down(chance, child, agency, UNTIL)
            source_id = f"{number:07d}"
            source = source.format(n=number % 300)
            rid = sha256(f"{source}|{source_id}".encode()).hexdigest()[:32]
            yield dict.fromkeys(READ) | {
                "rid": rid,
                "source": source,
                "source_id": source_id,
                "agency": source.partition(":")[0],
                "first_name": wrote.first,
                "middle_names": wrote.middle or None,
                "surname": wrote.surname,
                "preferred_first_name": wrote.preferred_first or None,
                "birth_date": wrote.birth,
                "address": wrote.address,
                "postcode": wrote.postcode or None,
                "first_received_on": FIRST_DAY + timedelta(days=chance.randrange(200)),
                **{kind: mine[kind] for kind, percent in carries.items() if chance.random() * 100 < percent},
            }
