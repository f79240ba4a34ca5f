"""The comparisons whose weights Splink learns and applies: first name, surname, birth date and home."""

from typing import Any

# The one's surname is the other's first name, and the other way round at least nearly so.
_SWAPPED = """first_name_l <> surname_l and first_name_r <> surname_r and (
    (list_contains(first_names_r, surname_l) and (list_has_any(first_names_l, surname_parts_r)
        or list_has_any(known_as_l, surname_known_as_r) or jaro_winkler_similarity(first_name_l, surname_r) >= 0.9))
    or (list_contains(first_names_l, surname_r) and (list_has_any(first_names_r, surname_parts_l)
        or list_has_any(known_as_r, surname_known_as_l) or jaro_winkler_similarity(first_name_r, surname_l) >= 0.9)))"""


def _level(sql: str, words: str, **more: Any) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": words, **more}


def _likeness(column: str) -> str:
    one, other = f"{column}_l", f"{column}_r"
    return (
        f"(jaro_winkler_similarity({one}, {other}) >= 0.9 or damerau_levenshtein({one}, {other}) <= 1)"
        f" and length({one}) > 3 and length({other}) > 3"
    )


COMPARISONS: list[dict[str, Any]] = [
    {
        "output_column_name": "first_name",
        "comparison_levels": [
            _level("first_name_l is null or first_name_r is null", "not known", is_null_level=True),
            _level(
                "first_name_l = first_name_r",
                "same",
                tf_adjustment_column="first_name",
                tf_adjustment_weight=1.0,
            ),
            _level(_SWAPPED, "first name and surname swapped"),
            _level("list_has_any(first_names_l, first_names_r)", "preferred name the same"),
            _level("list_has_any(known_as_l, known_as_r)", "known as"),
            _level(_likeness("first_name"), "alike"),
            _level("ELSE", "other"),
        ],
    },
    {
        "output_column_name": "surname",
        "comparison_levels": [
            _level("surname_l is null or surname_r is null", "not known", is_null_level=True),
            _level("surname_l = surname_r", "same", tf_adjustment_column="surname", tf_adjustment_weight=1.0),
            _level(_SWAPPED, "first name and surname swapped"),
            _level("list_has_any(surname_parts_l, surname_parts_r)", "part of a double-barrelled name"),
            _level(_likeness("surname"), "alike"),
            _level("ELSE", "other"),
        ],
    },
    {
        "output_column_name": "birth_date",
        "comparison_levels": [
            _level("birth_date_l is null or birth_date_r is null", "not known", is_null_level=True),
            _level("birth_date_l = birth_date_r", "same"),
            _level(
                "birth_date_l[1:4] = birth_date_r[1:4] and birth_date_l[5:6] = birth_date_r[7:8]"
                " and birth_date_l[7:8] = birth_date_r[5:6]",
                "day and month swapped",
            ),
            _level("damerau_levenshtein(birth_date_l, birth_date_r) <= 1", "one figure off"),
            _level(
                "(birth_date_l[1:4] = birth_date_r[1:4])::int + (birth_date_l[5:6] = birth_date_r[5:6])::int"
                " + (birth_date_l[7:8] = birth_date_r[7:8])::int = 2",
                "two of day, month and year",
            ),
            _level("ELSE", "other"),
        ],
    },
    {
        "output_column_name": "home",
        "comparison_levels": [
            _level(
                "(postcode_l is null or postcode_r is null) and (address_l is null or address_r is null)",
                "not known",
                is_null_level=True,
            ),
            _level(
                "address_l = address_r and (postcode_l = postcode_r or postcode_l is null or postcode_r is null)",
                "same address",
            ),
            _level("postcode_l = postcode_r", "same postcode"),
            _level(
                # Of a withheld home nobody may say the district: it counts as the same, which says little either way.
                "district_l = district_r or (postcode_l is not null and postcode_r is not null "
                "and (district_l is null or district_r is null))",
                "same postcode district",
            ),
            _level("ELSE", "other"),
        ],
    },
]

# Pairs that are looked at. Each rule holds a birth date, a whole name or a number, so that pairs grow with records and
# not with their square. Rule 0 is the numbers: its pairs are judged whatever their weight.
_BY_NUMBERS = {"blocking_rule": "l.numbers = r.numbers", "arrays_to_explode": ["numbers"]}
BLOCKING: list[Any] = [
    _BY_NUMBERS,
    "l.birth_date = r.birth_date and l.surname_sound = r.surname_sound",
    "l.birth_date = r.birth_date and l.first_sound = r.first_sound",
    "l.birth_date = r.birth_date and l.postcode = r.postcode",
    {
        "blocking_rule": "l.birth_date = r.birth_date and l.known_as = r.known_as",
        "arrays_to_explode": ["known_as"],
    },
    "l.birth_date = r.birth_date and l.first_sound = r.surname_sound",
    {
        "blocking_rule": "l.birth_date = r.birth_date and l.surname_parts = r.surname_parts",
        "arrays_to_explode": ["surname_parts"],
    },
    "l.first_name = r.first_name and l.surname = r.surname and l.birth_year = r.birth_year",
    "l.first_name = r.first_name and l.surname = r.surname and l.birth_day = r.birth_day",
    "l.postcode = r.postcode and l.first_sound = r.first_sound",
    # With a birth date a slip away, and a form of the name or a home without its postcode.
    {
        "blocking_rule": "l.postcode = r.postcode and l.known_as = r.known_as",
        "arrays_to_explode": ["known_as"],
    },
    "l.address = r.address and l.first_sound = r.first_sound",
]


def settings(comparisons: list[dict[str, Any]], chance_of_a_match: float) -> dict[str, Any]:
    """What Splink is given: the comparisons (with weights, when trained), the pairs to look at, and nothing else."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "place",
        "probability_two_random_records_match": chance_of_a_match,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "blocking_rules_to_generate_predictions": BLOCKING,
        "comparisons": comparisons,
    }
