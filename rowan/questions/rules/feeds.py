"""Which feed a kind of row came in: an occasion is put only when a feed behind it reaches near enough to tonight."""

FEED_OF = {
    "police_missing": "police_missing",
    "police_arrests": "police_arrests",
    "attendance_marks": "attendance_marks",
    "school_pupils": "school_roll",
    "school_log": "school_log",
    "council_cases": "council_case_list",
    "ssda903_header": "ssda903",
    "ssda903_episodes": "ssda903",
    "ssda903_missing": "ssda903",
    "ssda903_reviews": "ssda903",
    "ssda903_oc2": "ssda903",
    "ssda903_oc3": "ssda903",
    "cin_children": "cin_census",
    "cin_referrals": "cin_census",
    "cin_assessments": "cin_census",
    "cin_plans": "cin_census",
    "cin_section47": "cin_census",
    "cin_protection_plans": "cin_census",
}
