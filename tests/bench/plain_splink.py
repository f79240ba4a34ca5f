"""Plain Splink with stored weights on the records of `everybody.py`: each step a process of its own, as `all_records.py` starts them."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import duckdb

from rowan.pipeline.plain_splink import plain_settings, train

# What its own users take: even odds are no match, and of six to one many children are joined with others.
JOINED_FROM_BITS = 6.0
# As rows of a county are read for Splink by anybody: lower case and no blanks.
TIDIED = """
    select rid, lower(trim(first_name)) as first_name, lower(trim(surname)) as surname, birth_date::varchar as birth_date,
        upper(replace(postcode, ' ', '')) as postcode, lower(trim(address)) as address, lower(upn) as upn, nhs_number
    from read_parquet('{file}')
"""


def open_linker(records: Path, settings: Any) -> tuple[Any, Any]:
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(f"create table records as {TIDIED.format(file=records)}").fetchall()
    api = DuckDBAPI(connection)
    return connection, Linker(api.register("records"), settings, log_level=logging.ERROR)


def learn(records: Path, into: Path) -> None:
    _, linker = open_linker(records, plain_settings())
    train(linker)
    into.write_text(json.dumps(linker.misc.save_model_to_json()), encoding="utf-8")


def link(records: Path, stored: Path) -> dict[str, int]:
    """Predict and cluster: how many records, and of how many people it takes them to be."""
    connection, linker = open_linker(records, json.loads(stored.read_text(encoding="utf-8")))
    pairs = linker.inference.predict(threshold_match_weight=JOINED_FROM_BITS)
    odds = 2**JOINED_FROM_BITS
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=odds / (1 + odds)
    )
    [(count, people)] = connection.execute(
        f"select count(*), count(distinct cluster_id) from {found.physical_name}"
    ).fetchall()
    return {"records": count, "people": people}


if __name__ == "__main__":
    step, records, stored = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if step == "learn":
        learn(records, stored)
    else:
        print(json.dumps(link(records, stored)))
