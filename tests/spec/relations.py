"""The columns of the night's relations and of the row kinds agencies send, so that a spec draws only those that matter."""

ROW = {
    "agency": "str", "source": "str", "source_id": "str", "record_id": "str", "file": "str", "line": "int",
    "received_on": "date", "rid": "str", "person_id": "str",
}  # fmt: skip

RELATIONS: dict[str, dict[str, str]] = {
    "police_missing": ROW | {
        "reported_at": "timestamp", "last_seen_at": "timestamp", "last_seen_postcode": "str", "found_at": "timestamp",
        "returned_at": "timestamp", "found_place": "str", "found_postcode": "str", "means_of_travel": "str", "grade": "str",
        "circumstances": "str",
    },
    "ssda903_missing": ROW | {"missing_kind": "str", "began_on": "date", "ended_on": "date", "still_held": "bool"},
    "missing_reports": {
        "record_kind": "str", "source": "str", "record_id": "str", "rid": "str", "person_id": "str", "agency": "str", "kind": "str",
        "began_at": "timestamp", "ended_at": "timestamp", "times_known": "bool", "last_seen_postcode": "str", "found_place": "str",
        "found_postcode": "str", "means_of_travel": "str", "grade": "str", "circumstances": "str", "still_held": "bool",
        "received_on": "date", "file": "str", "line": "int",
    },
}  # fmt: skip
