"""The columns of the night's relations and of the row kinds agencies send, so that a spec draws only those that matter."""

from rowan.chronology.rules.week_sessions import SESSION_SUMS

ROW = {
    "agency": "str", "source": "str", "source_id": "str", "record_id": "str", "file": "str", "line": "int",
    "received_on": "date", "rid": "str", "person_id": "str",
}  # fmt: skip

CRITICAL = {
    "total": "int",
    "share": "int",
    "at_least": "int",
    "at_most": "int",
    "chance": "float",
    "weight": "float",
}

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
    "missing_episodes": {
        "episode_id": "str", "person_id": "str", "kind": "str", "began_at": "timestamp", "ended_at": "timestamp", "times_known": "bool",
        "overnight": "bool", "last_seen_postcode": "str", "found_place": "str", "found_postcode": "str", "means_of_travel": "str",
        "grade": "str", "circumstances": "str", "confirmed": "bool", "reported_by": "str", "last_received_on": "date",
    },
    "missing_episode_sources": {
        "episode_id": "str", "person_id": "str", "record_kind": "str", "source": "str", "record_id": "str", "rid": "str", "agency": "str",
        "happened_on": "date", "received_on": "date", "file": "str", "line": "int",
    },
    "arrests": {
        "arrest_id": "str", "person_id": "str", "arrested_at": "timestamp", "place": "str", "place_postcode": "str", "offence": "str",
        "company": "str", "disposal": "str", "charged_on": "date", "record_kind": "str", "source": "str", "record_id": "str", "rid": "str",
        "agency": "str", "received_on": "date", "file": "str", "line": "int",
    },
    "placements": {
        "person_id": "str", "began_on": "date", "ended_on": "date", "placement": "str", "placement_postcode": "str", "home_postcode": "str",
        "reason_began": "str", "reason_ended": "str", "reason_place_change": "str", "record_id": "str", "source": "str", "rid": "str",
        "agency": "str", "received_on": "date", "file": "str", "line": "int",
    },
    "homes": {"person_id": "str", "postcode": "str", "withheld": "bool", "agency": "str", "first_on": "date", "last_on": "date"},
    "coordinates": {"postcode": "str", "eastings": "int", "northings": "int", "authority": "str"},
    "open_cases": {
        "person_id": "str", "agency": "str", "team": "str", "worker": "str", "worker_phone": "str", "opened_on": "date", "closed_on": "date",
        "record_id": "str",
    },
    "agreements": {"feed": "str", "agency": "str", "own_watch": "bool", "from_on": "date", "until_on": "date"},
    "school_leavings": {
        "person_id": "str", "left_on": "date", "home_education": "bool", "record_kind": "str", "source": "str", "record_id": "str",
        "rid": "str", "agency": "str", "received_on": "date", "file": "str", "line": "int",
    },
    "school_log": {
        "person_id": "str", "on": "date", "category": "str", "source": "str", "record_id": "str", "rid": "str", "agency": "str",
        "received_on": "date", "file": "str", "line": "int",
    },
    "council_facts": {
        "person_id": "str", "told": "str", "happened_on": "date", "record_kind": "str", "source": "str", "record_id": "str", "rid": "str",
        "agency": "str", "received_on": "date", "file": "str", "line": "int",
    },
    "notes_counted": {
        "person_id": "str", "on": "date", "category": "str", "source": "str", "record_id": "str", "rid": "str", "agency": "str",
        "received_on": "date", "file": "str", "line": "int",
    },
    "school_moves": {"person_id": "str", "agency": "str", "joined_on": "date", "left_on": "date"},
    "attendance_weeks": {
        "person_id": "str", "agency": "str", "laestab": "str", "source": "str", "source_id": "str", "rid": "str", "year_group": "str",
        "week_on": "date", "possible": "int", "absent": "int", "authorised": "int", "unauthorised": "int", "counted_possible": "int",
        "counted_absent": "int", "ill": "int", "medical": "int", "part_time": "int", "study_leave": "int", "excluded": "int", "custody": "int",
        "first_on": "date", "last_on": "date", "counted_sessions": "int", "missed_sessions": "int", "ill_sessions": "int",
    },
    "codes_by_week": {
        "agency": "str", "laestab": "str", "source": "str", "source_id": "str", "week_on": "date", "codes": "str",
    },
    "school_week_sums": {
        "laestab": "str", "year_group": "str", "week_on": "date", "pupils": "int", "counted_possible": "int", "counted_absent": "int",
        "ill": "int", **dict.fromkeys(SESSION_SUMS, "int"),
    },
    "attendance_marks_current": {
        "person_id": "str", "agency": "str", "source": "str", "source_id": "str", "rid": "str", "on": "date", "session": "str", "code": "str",
        "record_id": "str", "received_on": "date", "file": "str", "line": "int",
    },
    "occasions": {
        "occasion": "str", "rule": "str", "rule_version": "int", "person_id": "str", "on": "date", "audience": "str", "figures": "str",
        "settings": "str", "window_from": "date", "window_to": "date",
    },
    "occasion_evidence": {
        "occasion": "str", "record_kind": "str", "source": "str", "record_id": "str", "rid": "str", "agency": "str", "happened_on": "date",
        "received_on": "date", "file": "str", "line": "int", "what": "str", "event": "str",
    },
    "imports": {"feed": "str", "agency": "str", "received_on": "date"},
    "calendar": {"on": "date", "place": "int"},
    "feed_reaches": {"feed": "str", "agency": "str", "reaches_to": "date"},
    "known_to_hub": {"person_id": "str"},
    "critical_values": CRITICAL,
    "easily_critical_values": CRITICAL,
    "reported_missing": {"episode_id": "str", "person_id": "str", "began_on": "date", "back_on": "date"},
    "critical_day_values": CRITICAL,
    "pupils": {
        "source": "str", "source_id": "str", "rid": "str", "person_id": "str", "agency": "str", "laestab": "str", "year_group": "str",
        "year_group_on": "date",
    },
    "marks": {
        "agency": "str", "laestab": "str", "source": "str", "source_id": "str", "on": "date", "session": "str", "code": "str",
        "import_id": "str",
    },
    "taken_again": {"import_id": "str"},
    "purged_sums": {
        "purge_id": "str", "first_on": "date", "last_on": "date",
        "laestab": "str", "year_group": "str", "week_on": "date", "pupils": "int", "counted_possible": "int", "counted_absent": "int",
        "ill": "int", **dict.fromkeys(SESSION_SUMS, "int"),
    },
}  # fmt: skip

RELATIONS |= {
    "identity_records": {
        "rid": "str", "source": "str", "source_id": "str", "agency": "str", "first_name": "str", "middle_names": "str", "surname": "str",
        "preferred_first_name": "str", "preferred_surname": "str", "birth_date": "date", "sex": "str", "ethnicity": "str", "upn": "str",
        "former_upn": "str", "nhs_number": "str", "cross_903": "str", "address": "str", "postcode": "str", "laestab": "str",
        "first_received_on": "date", "last_received_on": "date",
    },
    "school_pupils": ROW | {
        "laestab": "str", "upn": "str", "first_name": "str", "surname": "str", "birth_date": "date", "year_group": "str",
        "entry_on": "date", "left_on": "date", "leaving_reason": "str", "destination": "str",
    },
    "schools": {"laestab": "str", "name": "str"},
    "cin_children": ROW | {"disabilities": "str", "birth_date": "date"},
    "people_schools": {
        "key": "str", "person_id": "str", "agency_code": "str", "school_name": "str", "year_group": "str", "destination": "str",
        "first_on": "date", "last_on": "date",
    },
}  # fmt: skip

RELATIONS |= {
    "withheld_people": {"person_id": "str"},
    "people_addresses": {
        "key": "str", "person_id": "str", "agency_code": "str", "address": "str", "postcode": "str", "sealed_address": "str",
        "sealed_postcode": "str", "withheld": "bool", "first_on": "date", "last_on": "date",
    },
    "ssda903_episodes": ROW | {
        "began_on": "date", "ended_on": "date", "reason_began": "str", "reason_ended": "str", "placement": "str",
        "placement_postcode": "str", "home_postcode": "str", "reason_place_change": "str",
    },
    "ssda903_reviews": ROW | {"reviewed_on": "date", "review_code": "str"},
    "pupils": ROW | {
        "year_group": "str", "year_group_on": "date", "laestab": "str", "entry_on": "date", "left_on": "date", "destination": "str", "leaving_reason": "str",
    },
    "log": ROW | {"on": "date", "category": "str", "note": "str", "recorded_by": "str"},
    "cin_referrals": ROW | {
        "referred_on": "date", "referral_source": "str", "need": "str", "closed_on": "date", "reason_closed": "str",
        "no_further_action": "bool",
    },
    "cin_assessments": ROW | {"began_on": "date", "authorised_on": "date", "factors": "str"},
    "cin_section47": ROW | {"began_on": "date", "conference_on": "date"},
    "cin_plans": ROW | {"began_on": "date", "ended_on": "date"},
    "cin_protection_plans": ROW | {"began_on": "date", "ended_on": "date", "category": "str"},
    "council_cases": ROW | {"team": "str", "worker": "str", "worker_phone": "str", "opened_on": "date", "closed_on": "date"},
    "school_log": ROW | {"on": "date", "category": "str", "note": "str", "recorded_by": "str", "action_taken": "str"},
}  # fmt: skip
