"""Which feed a kind of row came in: an occasion is put only when a feed behind it reaches near enough to tonight."""

FEED_OF = {
    "police_missing": "police_missing",
    "police_arrests": "police_arrests",
    "ssda903_missing": "ssda903",
    "ssda903_episodes": "ssda903",
    "attendance_marks": "attendance_marks",
    "school_pupils": "school_roll",
    "school_log": "school_log",
    "council_cases": "council_case_list",
}
