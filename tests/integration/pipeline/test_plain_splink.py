"""Plain Splink beside ours: on records of children whose truth is known, and with nothing of ours."""

import ast
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rowan.pipeline import plain_splink
from rowan.synthetic.chance import stream
from rowan.synthetic.children import Families
from rowan.synthetic.land import Land
from rowan.synthetic.mistakes import write_down

pytestmark = pytest.mark.one_database

UNTIL = date(2026, 7, 17)


@pytest.fixture(scope="module")
def records(tmp_path_factory) -> tuple[Path, list[tuple[str, str, str]]]:
    chance = stream(12, "plain")
    rows, whose = [], []
    for child in Families(12, 0, Land(12, 1), UNTIL, date(2024, 9, 1), 1).draw(300):
        for agency in ("school", "council"):
            said = write_down(chance, child, agency, UNTIL)
            rid = f"{child.person}-{agency}"
            rows.append(
                {
                    "rid": rid, "first_name": said.first, "surname": said.surname, "birth_date": said.birth, "postcode": said.postcode,
                    "address": said.address, "upn": f"U{child.person}" if chance.random() < 0.7 else None, "nhs_number": None,
                }
            )  # fmt: skip
            whose.append((rid, child.person, agency))
    file = tmp_path_factory.mktemp("plain") / "records.parquet"
    pq.write_table(pa.Table.from_pylist(rows), file)
    return file, whose


def test_it_finds_most_pairs_and_asks_for_more_at_a_higher_threshold(records):
    file, whose = records
    found = {
        bits: plain_splink.counted(clusters, whose) for bits, clusters in plain_splink.clusters(file).items()
    }
    assert list(found) == sorted(plain_splink.THRESHOLDS)
    assert found[4.0]["both"] / 300 > 0.9
    assert found[4.0]["both"] / found[4.0]["linked"] > 0.9
    assert found[0.0]["linked"] >= found[10.0]["linked"]


def test_pairs_and_mixed_clusters_are_counted_as_by_hand():
    whose = [("a", "ada", "school"), ("b", "ada", "council"), ("c", "ben", "police"), ("d", "ben", "school")]
    clusters = {"a": "1", "b": "1", "c": "1"}  # d was linked with nobody
    assert plain_splink.counted(clusters, whose) == {
        "linked": 3,
        "both": 1,
        "clusters": 2,
        "clusters_of_two": 1,
    }


def test_nothing_of_our_matching_is_used():
    tree = ast.parse(Path(plain_splink.__file__).read_text(encoding="utf-8"))
    modules = Counter(node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    assert not [name for name in modules if "matching" in name and name != "evaluated_matching"]
