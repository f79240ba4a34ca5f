"""The kinds of rows Rowan keeps, and each kind's own columns. Formats that say the same thing fill the same kind."""

from collections.abc import Mapping

from .profile import Type

# Columns every kind has, before its own.
EVERY_KIND: Mapping[str, Type] = {
    "import_id": Type.TEXT,
    "agency": Type.TEXT,
    "source": Type.TEXT,
    "source_id": Type.TEXT,
    "record_id": Type.TEXT,
    "version": Type.WHOLE,
    "file": Type.TEXT,
    "line": Type.WHOLE,
    "received_on": Type.DATE,
    "month": Type.TEXT,
    "defects": Type.TEXT,
    "raw": Type.TEXT,
}


def _own(listed: str) -> dict[str, Type]:
    """`"name, other:date"` as columns; text where no type is given."""
    made = {}
    for word in listed.replace("\n", " ").split(","):
        name, _, kind = word.strip().partition(":")
        made[name] = Type(kind or "text")
    return made


ATTENDANCE_MARKS = "attendance_marks"

KINDS: Mapping[str, Mapping[str, Type]] = {
    "school_pupils": _own(
        """laestab, upn, former_upn, first_name, middle_names, surname, preferred_first_name, preferred_surname,
        birth_date:date, sex, ethnicity, language, year_group, reg_group, address, postcode, address_withheld:yes or no, entry_on:date, left_on:date,
        leaving_reason, destination"""
    ),
    ATTENDANCE_MARKS: _own("laestab, upn, on:date, session, code, minutes_late:whole"),
    "school_log": _own(
        """laestab, upn, first_name, surname, birth_date:date, on:date, category, note, recorded_by, action_taken"""
    ),
    "council_cases": _own(
        """child_903, first_name, surname, preferred_first_name, birth_date:date, address, postcode,
        address_withheld:yes or no, upn, nhs_number,
        team, worker, worker_phone, opened_on:date, closed_on:date"""
    ),
    "ssda903_header": _own("sex, birth_date:date, ethnicity, upn, mother, mother_child_birth_date:date"),
    "ssda903_episodes": _own(
        """began_on:date, reason_began, legal_status, need, placement, provider, ended_on:date, reason_ended,
        reason_place_change, home_postcode, placement_postcode, urn"""
    ),
    "ssda903_missing": _own("birth_date:date, missing_kind, began_on:date, ended_on:date"),
    "ssda903_reviews": _own("birth_date:date, reviewed_on:date, review_code"),
    "ssda903_uasc": _own("sex, birth_date:date, ceases_on:date"),
    "ssda903_oc2": _own(
        """birth_date:date, sdq_total, sdq_reason, convicted, health_check, immunisations, teeth_check,
        health_assessment, substance_misuse, intervention_received, intervention_offered"""
    ),
    "ssda903_oc3": _own("birth_date:date, in_touch, activity, accommodation"),
    "ssda903_previous_permanence": _own("birth_date:date, previous_permanence, previous_council, ordered_on"),
    "ssda903_sw_episodes": _own("birth_date:date, worker_id, began_on:date, ended_on:date, reason"),
    # Restricted: a barrier to matching, nothing else (design, promise 9 and hard case 3).
    "ssda903_adoption": _own("on:date"),
    "cin_children": _own(
        """birth_date:date, expected_birth_date:date, upn, former_upn, upn_unknown, sex, ethnicity, disabilities,
        death_date:date"""
    ),
    # The birth date of the child they stand under says which of two, where a number was given again.
    "cin_referrals": _own(
        """birth_date:date, referred_on:date, referral_source, need, closed_on:date, reason_closed,
        no_further_action:yes or no"""
    ),
    "cin_assessments": _own("birth_date:date, began_on:date, authorised_on:date, factors"),
    "cin_plans": _own("birth_date:date, began_on:date, ended_on:date"),
    "cin_section47": _own("birth_date:date, began_on:date, conference_on:date"),
    "cin_protection_plans": _own("birth_date:date, began_on:date, ended_on:date, category"),
    "police_missing": _own(
        """force, first_name, surname, birth_date:date, sex, ethnicity_officer_defined, home_address, home_postcode,
        address_withheld:yes or no, reported_at:moment, reported_by, last_seen_at:moment, last_seen_place, last_seen_postcode, grade,
        found_at:moment, found_place, found_postcode, found_by, means_of_travel, returned_at:moment, circumstances"""
    ),
    "police_arrests": _own(
        """force, first_name, surname, birth_date:date, sex, ethnicity_officer_defined, home_address, home_postcode,
        address_withheld:yes or no, arrested_at:moment, place, place_postcode, offence, company, disposal, charged_on:date"""
    ),
    "postcodes": _own(
        """postcode, eastings:whole, northings:whole, latitude:number, longitude:number, authority, ward, lsoa,
        introduced:date, terminated:date"""
    ),
    "schools": _own("laestab, urn, name, la_code, phase, low_age:whole, high_age:whole, postcode, town"),
}
# Open reference files about places, not about people.
REFERENCE = frozenset({"postcodes", "schools"})
# Restricted from the moment they are read.
RESTRICTED = frozenset({"ssda903_adoption"})


def columns_of(kind: str) -> dict[str, Type]:
    return {**EVERY_KIND, **KINDS[kind]}
