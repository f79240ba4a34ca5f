"""Plain Splink on the same records, to stand beside ours: its own comparisons, trained on the records themselves, connected components.

Nothing of Rowan's matching is used: no weights, no judgement, no names table. Numbers are compared as Splink compares any column.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from rowan.records.rules.sealing import is_sealed
from rowan.refusals import NotPossible

from .evaluated_matching import pairs_across, records_of
from .evaluation_kinds import LinkedRow, Truth

# Match weights in bits. All are told, so that a reader may take the best of them by the truth, which is kind to Splink.
THRESHOLDS = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
SEED, PAIRS_DRAWN = 1, 1_000_000
BY_CHANCE = 1e-5
COLUMNS = ("rid", "first_name", "surname", "birth_date", "postcode", "address", "upn", "nhs_number")


def beside(home: Path, truth: Truth, links: Sequence[LinkedRow]) -> dict[str, Counter[str]]:
    """What plain Splink would have made of the records that the last run of this home compared, at each threshold."""
    records = home / "night" / "evaluation" / "records.parquet"
    if not records.is_file():
        raise NotPossible(f"The run in {home} kept no records to compare. Run `rowan overnight` there again.")
    whose = [(rid, person, agency) for (rid, person), (_, agency) in records_of(truth, links).items()]
    return {f"{bits:g}": Counter(counted(found, whose)) for bits, found in clusters(records).items()}


def clusters(records: Path) -> dict[float, dict[str, str]]:
    """For each threshold, the cluster of each record."""
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    connection.register("records", _tidied(records))
    api = DuckDBAPI(connection)
    linker = Linker(api.register("records"), plain_settings(), log_level=logging.ERROR)
    train(linker)
    pairs = linker.inference.predict(threshold_match_weight=min(THRESHOLDS))
    found = {}
    for bits in THRESHOLDS:
        grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(
            pairs, threshold_match_probability=2**bits / (1 + 2**bits)
        ).as_record_list()
        found[bits] = {row["rid"]: row["cluster_id"] for row in grouped}
    connection.close()
    return found


def plain_settings() -> Any:
    """Splink's own comparisons and the pairs it looks at, as its documentation would have somebody begin."""
    from splink import SettingsCreator, block_on
    from splink import comparison_library as compare

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rid",
        comparisons=[
            compare.NameComparison("first_name"),
            compare.NameComparison("surname"),
            compare.DateOfBirthComparison("birth_date", input_is_string=True),
            compare.PostcodeComparison("postcode"),
            compare.ExactMatch("address").configure(term_frequency_adjustments=True),
            # Random pairs of a small county never share a number, so how often they would by chance is told and not learnt.
            compare.ExactMatch("upn").configure(u_probabilities=[BY_CHANCE, 1 - BY_CHANCE]),
            compare.ExactMatch("nhs_number").configure(u_probabilities=[BY_CHANCE, 1 - BY_CHANCE]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("upn"),
            block_on("nhs_number"),
            block_on("first_name", "surname"),
            block_on("birth_date", "surname"),
            block_on("birth_date", "first_name"),
            block_on("birth_date", "postcode"),
            block_on("postcode", "first_name"),
            block_on("postcode", "surname", "substr(birth_date, 1, 4)"),
            block_on("substr(first_name, 1, 3)", "birth_date"),
            block_on("substr(surname, 1, 3)", "birth_date"),
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def train(linker: Any) -> None:
    """On the very records it is to link."""
    from splink import block_on

    linker.training.estimate_probability_two_random_records_match(
        [block_on("first_name", "surname", "birth_date"), block_on("upn")], recall=0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_DRAWN, seed=SEED)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "surname"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth_date"))


def _tidied(records: Path) -> pa.Table:
    """Lower case and no blanks, as anybody would before Splink; a sealed home is not known."""
    rows = []
    for row in pq.read_table(records, columns=list(COLUMNS)).to_pylist():
        said = {name: _plain(row[name]) for name in COLUMNS if name != "rid"}
        if said["postcode"]:
            said["postcode"] = said["postcode"].replace(" ", "").upper()
        rows.append({"rid": row["rid"], **said})
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in COLUMNS]))


def _plain(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and (not value.strip() or is_sealed(value))):
        return None
    return " ".join(str(value).lower().split())


def counted(cluster_of: Mapping[str, str], records: Iterable[tuple[str, str, str]]) -> dict[str, int]:
    """`records` are (rid, person, agency). Pairs across agencies, and clusters that hold two children."""
    linked: dict[str, Counter[str]] = defaultdict(Counter)
    both: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    people: dict[str, set[str]] = defaultdict(set)
    for rid, person, agency in records:
        cluster = cluster_of.get(rid, rid)
        linked[cluster][agency] += 1
        both[(cluster, person)][agency] += 1
        people[cluster].add(person)
    return {
        "linked": pairs_across(linked.values()),
        "both": pairs_across(both.values()),
        "clusters": len(people),
        "clusters_of_two": sum(len(each) > 1 for each in people.values()),
    }
