"""What each feed is called on a page."""

FEED_NAMES = {
    "council_case_list": "Council case list",
    "ssda903": "Council looked-after return (SSDA903)",
    "cin_census": "Council children in need census",
    "police_missing": "Police missing reports",
    "police_arrests": "Police arrests of under-18s",
    "school_roll": "School roll",
    "attendance_marks": "School attendance marks",
    "school_log": "School safeguarding log",
    "places": "Postcodes and schools",
}


def feed_name(feed: str) -> str:
    return FEED_NAMES.get(feed, feed.replace("_", " ").capitalize())
