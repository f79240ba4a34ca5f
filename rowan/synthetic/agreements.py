"""Feed agreements of the county: which agency sends what, for which purpose, and whose rows are kept (design promise 9)."""

from datetime import date

from rowan.synthetic.identifiers import COUNCIL
from rowan.synthetic.police import FORCE
from rowan.synthetic.schools import School


def _agreement(
    feed: str,
    agency: str,
    name: str,
    kind: str,
    purpose: str,
    whose: str,
    since: date,
    days: int,
    own_watch: bool = False,
) -> dict:
    return {
        "feed": feed,
        "agency": agency,
        "agency_name": name,
        "agency_kind": kind,
        "purpose": purpose,
        "whose_rows": whose,
        "how_far_back_days": days,
        "own_watch": own_watch,
        "from": since.isoformat(),
        "until": None,
    }


def of_the_county(since: date) -> list[dict]:
    council, police = (
        (f"council-{COUNCIL}", "Invented County Council", "council"),
        ("police-invented-constabulary", FORCE, "police"),
    )
    return [
        _agreement(
            "council_case_list",
            *council,
            "To know which children the council works with, and who to ring.",
            "every row",
            since,
            1100,
        ),
        _agreement(
            "ssda903",
            *council,
            "To know where looked-after children live and when they were missing.",
            "every row",
            since,
            1100,
        ),
        _agreement(
            "cin_census", *council, "To know assessments, enquiries and plans.", "every row", since, 1100
        ),
        _agreement(
            "police_missing",
            *police,
            "To see when a child is missing again, and where she was found.",
            "every row",
            since,
            1100,
        ),
        _agreement(
            "police_arrests",
            *police,
            "To ask of every arrested child whether she is being exploited.",
            "every row",
            since,
            1100,
        ),
        _agreement(
            "places",
            *council,
            "Postcodes and schools of the county: no rows about persons.",
            "every row",
            since,
            20000,
        ),
    ]


def of_a_school(school: School, since: date) -> list[dict]:
    who = (f"school-{school.laestab}", school.name, "school")
    watch = "children open to the council or the hub" + (
        ", and the school's own watch" if school.own_watch else ""
    )
    return [
        _agreement(
            "school_roll", *who, "To know which school a child goes to.", "identity only", since, 1100
        ),
        _agreement(
            "attendance_marks",
            *who,
            "To see absence that has risen against a child's own past.",
            watch,
            since,
            1100,
            school.own_watch,
        ),
        _agreement(
            "school_log",
            *who,
            "To stand beside what other agencies see.",
            watch,
            since,
            1100,
            school.own_watch,
        ),
    ]
