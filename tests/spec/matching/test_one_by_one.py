"""Weighing two people one at a time says what Splink says of the same two."""

from datetime import date

import duckdb
import pyarrow as pa
import pytest
from rapidfuzz.distance import JaroWinkler

from rowan.matching.known_names import known_as
from rowan.matching.rules.names import slips_apart
from rowan.matching.rules.one_by_one import Weights, described
from rowan.matching.weighing import WEIGHED, open_linker, settings, stored_weights, weighed_columns
from rowan.records.rules.spelling import plain
from tests.people_to_match import person

PAIRS = {
    "all the same": (("Ada", "Nowak", date(2010, 4, 3), "1 Elm Row", "ZQ1 2AB"),) * 2,
    "a nickname and a slip": (
        ("Elizabeth", "Larkfield", date(2010, 4, 3), "1 Elm Row", "ZQ1 2AB"),
        ("Lizzie", "Larkfeild", date(2010, 3, 4), "2 Elm Row", "ZQ1 2AB"),
    ),
    "swapped names": (
        ("Marcus", "Adeyemi", date(2011, 5, 6), "", ""),
        ("Adeyemi", "Marcus", date(2011, 5, 7), "", "ZQ1 9AA"),
    ),
    "half a surname": (
        ("Tom", "Baker-Hill", date(2009, 1, 2), "", "ZQ1 2AB"),
        ("Thomas", "Hill", date(2009, 1, 12), "", "ZQ1 3CD"),
    ),
    "different": (
        ("Zofia", "Khan", date(2008, 1, 2), "3 Oak", "ZR1 2AB"),
        ("Ben", "Ward", date(2014, 9, 30), "4 Ash", "ZQ1 3CD"),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_the_same_bits_as_splink(name):
    one, other = PAIRS[name]
    weights = Weights(stored_weights())
    known = known_as()
    mine = [described(first, last, born, known, address=address, postcode=code) for first, last, born, address, code in (one, other)]  # fmt: skip
    bits = weights.of_names(*mine, {}) + weights.of_birth(*mine) + weights.of_home(*mine)
    # Without how often the names occur: that is told to each in its own way.
    assert bits == pytest.approx(by_splink(one, other), abs=0.02)


def by_splink(*two) -> float:
    records = [
        weighed_columns(
            person(
                place=place, source_id=str(place), first_name=first, surname=last, birth_date=born, address=address, postcode=code
            )
        )
        for place, (first, last, born, address, code) in enumerate(two)
    ]  # fmt: skip
    connection = duckdb.connect()
    connection.register("told", pa.Table.from_pylist(records, schema=WEIGHED))
    connection.execute("create table weighed as select * from told")
    plain = [_without_frequencies(comparison) for comparison in stored_weights()["comparisons"]]
    linker = open_linker(
        connection, "weighed", settings(plain, 0.5) | {"blocking_rules_to_generate_predictions": ["1=1"]}
    )
    [(bits,)] = linker.inference.predict().as_duckdbpyrelation().select("match_weight").fetchall()
    return bits


def _without_frequencies(comparison: dict) -> dict:
    levels = [
        {name: value for name, value in level.items() if not name.startswith("tf_")}
        for level in comparison["comparison_levels"]
    ]
    return comparison | {"comparison_levels": levels}


def test_names_are_as_alike_as_duckdb_finds_them():
    """The night compares in DuckDB and a page in Python: both must come to the same level."""
    names = sorted({plain(name) for name in known_as()})[::7]
    pairs = [(one, other) for one in names[:60] for other in names[20:]]
    pairs += [
        ("martha", "marhta"),
        ("dixon", "dicksonx"),
        ("larkfield", "larkfeild"),
        ("ada", "bo"),
        ("jo", "joan"),
    ]
    theirs = duckdb.execute(
        "select jaro_winkler_similarity(one, other), damerau_levenshtein(one, other) <= 1 "
        "from (select unnest(?) as one, unnest(?) as other)",
        [[one for one, _ in pairs], [other for _, other in pairs]],
    ).fetchall()
    assert len(pairs) > 1_000
    for (one, other), (alike, one_slip) in zip(pairs, theirs, strict=True):
        assert JaroWinkler.similarity(one, other) == pytest.approx(alike, abs=1e-9), (one, other)
        assert slips_apart(one, other, 1) == one_slip, (one, other)
