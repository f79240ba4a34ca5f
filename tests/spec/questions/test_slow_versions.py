"""Each rule against a slow, obvious version in plain Python, on small random counties; and laws that hold for any county."""

from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from math import hypot

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowan.chronology.rules.week_sessions import BITS, MISSING_PUPILS, POSSIBLE_PUPILS, SESSIONS_IN_ORDER
from rowan.questions.rules.absence_risen import COUNTED_MARKS, critical_rows
from rowan.questions.rules.missing_and_absent import critical_rows as easily_critical_rows
from rowan.questions.rules.rise import least_that_is_a_rise, share_step, steps_of_chance, with_caution
from rowan.questions.rules.rise_given_past import chances_given_past, least_given_past
from rowan.questions.rules.same_days_missed import critical_day_rows
from rowan.questions.tables.far_from_home import far_from_home, found_places
from rowan.questions.tables.missing_again import missing_again
from rowan.questions.tables.occasions import occasions_and_evidence
from tests.spec.conftest import ARROW
from tests.spec.relations import RELATIONS

BEGAN = date(2025, 9, 1)  # a Monday
# Many children in few counties: a night costs the same for eight as for three.
PEOPLE = ["Ada", "Ben", "Cal", "Dan", "Eva", "Flo", "Gus", "Hal"]
MAP = {
    "HO1 1AA": (400_000, 300_000, "Here"),
    "NE1 1AA": (404_000, 303_000, "Here"),
    "FA1 1AA": (420_500, 300_000, "Here"),
    "PL1 1AA": (440_000, 310_000, "There"),
    "BO1 1AA": (402_000, 300_000, "Beyond"),
}
SCHOOL = "school-1"
few = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

# ---- a small random county


def day(number: int) -> date:
    return BEGAN + timedelta(days=number)


@st.composite
def episodes(draw):
    rows, sources = [], []
    for number in range(draw(st.integers(0, 24))):
        began = draw(st.integers(0, 200))
        lasted = draw(st.integers(0, 2))
        row = {
            "episode_id": f"e{number}",
            "person_id": draw(st.sampled_from(PEOPLE)),
            "kind": draw(st.sampled_from(["missing", "missing", "missing", "away"])),
            "began_at": datetime.combine(day(began), datetime.min.time()) + timedelta(hours=draw(st.integers(0, 23))),
            "ended_at": draw(st.sampled_from([None, datetime.combine(day(began + lasted), datetime.max.time().replace(microsecond=0))])),
            "overnight": draw(st.sampled_from([True, False, None])),
            "found_postcode": draw(st.sampled_from([None, "ZZ9 9ZZ", *MAP])),
            "means_of_travel": draw(st.sampled_from([None, "walked", "not known"])),
            "confirmed": draw(st.sampled_from([True, True, True, False])),
        }  # fmt: skip
        rows.append(row)
        for agency in draw(
            st.lists(st.sampled_from(["police", "council"]), min_size=1, max_size=2, unique=True)
        ):
            sources.append(
                {
                    "episode_id": row["episode_id"], "record_kind": f"{agency}_missing", "source": agency, "record_id": f"{agency}{number}",
                    "agency": agency, "happened_on": day(began + draw(st.integers(0, 1))),
                }
            )  # fmt: skip
    return rows, sources


def spans(postcodes):
    return st.lists(
        st.tuples(st.sampled_from(PEOPLE), postcodes, st.integers(-300, 150), st.one_of(st.none(), st.integers(0, 200))), max_size=14
    )  # fmt: skip


def weeks_like(missed, least, most):
    each = st.tuples(st.sampled_from(missed), st.sampled_from([0, 0, 0, 2, 6]), st.sampled_from([0, 0, 0, 2]))
    return st.lists(each, min_size=least, max_size=most)


@st.composite
def school_places(draw):
    """Where each was on roll; of some who left, no next school is named."""
    moves, leavings = [], []
    for who, number, joined, left in draw(
        st.lists(
            st.tuples(st.sampled_from(PEOPLE), st.integers(1, 2), st.integers(-300, 150), st.one_of(st.none(), st.integers(0, 200))),
            max_size=16,
        )
    ):  # fmt: skip
        agency = f"school-{number}"
        left_on = None if left is None else day(left)
        moves.append({"person_id": who, "agency": agency, "joined_on": day(joined), "left_on": left_on})
        if left_on and draw(st.booleans()):
            leavings.append(
                {
                    "person_id": who, "agency": agency, "left_on": left_on, "home_education": draw(st.booleans()),
                    "record_kind": "school_pupils", "source": agency, "record_id": f"{who}|{len(leavings)}",
                }
            )  # fmt: skip
    return moves, leavings


# A quiet past and then weeks of any kind, so that about half the pupils have a rise.
weeks_of_a_pupil = st.tuples(weeks_like([0, 0, 0, 1, 2], 8, 24), weeks_like([0, 6, 8, 9, 10], 4, 8)).map(
    lambda parts: parts[0] + parts[1]
)


@st.composite
def counties(draw):
    """Rows of every relation the rules read, by name."""
    missing_episodes, sources = draw(episodes())
    postcodes = st.sampled_from(["ZZ9 9ZZ", *MAP])
    council_facts = [
        {
            "person_id": draw(st.sampled_from(PEOPLE)), "told": draw(st.sampled_from(["placed", "referred", "need_plan_ended", "case_closed"])),
            "happened_on": day(draw(st.integers(0, 200))), "record_kind": "cin", "source": "cin", "record_id": f"F{n}", "agency": "council",
        }
        for n in range(draw(st.integers(0, 10)))
    ]  # fmt: skip
    placements = [
        {
            "person_id": who, "placement_postcode": at, "home_postcode": "HO1 1AA", "began_on": day(began), "ended_on": None if ended is None else day(ended),
            "source": "903", "record_id": f"P{n}", "agency": "council",
        }
        for n, (who, at, began, ended) in enumerate(draw(spans(postcodes)))
    ]  # fmt: skip
    homes = [
        {"person_id": who, "postcode": at, "agency": draw(st.sampled_from(["police", "school"])), "first_on": day(began)}
        for who, at, began, _ in draw(spans(postcodes))
    ]  # fmt: skip
    arrests = [
        {
            "person_id": draw(st.sampled_from(PEOPLE)), "arrest_id": f"a{n}", "arrested_at": datetime.combine(day(draw(st.integers(0, 200))), datetime.min.time()),
            "record_kind": "police_arrests", "source": "police", "record_id": f"K{n}", "agency": "police",
        }
        for n in range(draw(st.integers(0, 10)))
    ]  # fmt: skip
    moves, leavings = draw(school_places())
    attendance_weeks, marks = [], []
    protected = draw(st.sampled_from([(), ("R",), ("T", "#")]))
    for who in PEOPLE[: draw(st.integers(3, 5))]:
        # Which sessions of a week this pupil misses first.
        order = draw(st.permutations(range(10)))
        # Some pupils are suspended at times, some come part-time, and of some the marks stop for a while.
        excluded, part_time = draw(st.sampled_from([((0,), (0,)), ((0, 0, 4), (0,)), ((0,), (0, 3, 3))]))
        silent = draw(st.sampled_from([(), (), range(9, 12), range(14, 16)]))
        for number, (missed, ill, medical) in enumerate(draw(weeks_of_a_pupil)):
            if number in silent:
                continue
            _week(
                attendance_weeks,
                marks,
                who,
                number,
                min(missed, 10 - medical),
                min(ill, missed),
                medical,
                protected,
                order,
                excluded[number % len(excluded)],
                part_time[number % len(part_time)],
            )
    others = draw(
        st.lists(st.sampled_from([(20, 0), (20, 1), (20, 4), (20, 12), (0, 0)]), min_size=10, max_size=10)
    )
    sums = {}
    for row in attendance_weeks:
        total = sums.setdefault(
            row["week_on"],
            {"pupils": 20, "counted_possible": 200, "counted_absent": draw(st.sampled_from([4, 10, 60]))}
            | {POSSIBLE_PUPILS[one]: others[n][0] for n, one in enumerate(SESSIONS_IN_ORDER)}
            | {MISSING_PUPILS[one]: others[n][1] for n, one in enumerate(SESSIONS_IN_ORDER)},
        )
        for one, bit in BITS.items():
            total[POSSIBLE_PUPILS[one]] += bool(row["counted_sessions"] & bit)
            total[MISSING_PUPILS[one]] += bool(row["missed_sessions"] & bit)
        total["pupils"] += 1
        total["counted_possible"] += 10
        total["counted_absent"] += row["counted_absent"]
    return {
        "missing_episodes": missing_episodes,
        "missing_episode_sources": sources,
        "arrests": arrests,
        "placements": placements,
        "homes": homes,
        "coordinates": [{"postcode": at, "eastings": e, "northings": n, "authority": a} for at, (e, n, a) in MAP.items()],
        "attendance_weeks": attendance_weeks,
        "school_week_sums": [{"laestab": "1", "year_group": "9", "week_on": week} | total for week, total in sums.items()],
        "attendance_marks_current": marks,
        "school_moves": moves,
        "school_leavings": leavings,
        "council_facts": council_facts,
        "school_log": [
            {
                "person_id": draw(st.sampled_from(PEOPLE[:4])), "on": day(draw(st.integers(0, 200))), "source": "log", "record_id": f"N{n}", "agency": SCHOOL,
                "category": draw(st.sampled_from(["Behaviour", "Welfare", "Bullying", "Health", None])),
            }
            for n in range(draw(st.integers(0, 24)))
        ],
        "agreements": [{"feed": feed, "agency": SCHOOL, "own_watch": draw(st.booleans())} for feed in ("attendance_marks", "school_log")],
        "open_cases": [
            {"person_id": who, "opened_on": day(began), "closed_on": None if ended is None else day(ended)}
            for who, _, began, ended in draw(spans(postcodes))
        ],
        "known_to_hub": [{"person_id": who} for who in draw(st.sets(st.sampled_from(PEOPLE)))],
    }  # fmt: skip


def _week(weeks, marks, who, number, missed, ill, medical, protected, order, excluded, part_time):
    monday = day(7 * number)
    # A suspension counts as missed; a part-time timetable stands apart, as a medical appointment does.
    excluded, part_time = min(excluded, missed - ill), min(part_time, 10 - missed - medical)
    codes = (
        ["I"] * ill
        + ["E"] * excluded
        + ["ON"[n % 2] for n in range(missed - ill - excluded)]
        + ["M"] * medical
        + ["C2"] * part_time
    )
    codes = dict(zip(order, codes + ["/"] * (10 - len(codes)), strict=True))
    weeks.append(
        {
            "person_id": who, "agency": SCHOOL, "laestab": "1", "source": "roll", "source_id": who, "year_group": "9", "week_on": monday,
            "first_on": monday, "last_on": monday + timedelta(days=5 if protected else 4),
            "counted_possible": 10, "counted_absent": missed + medical + part_time, "ill": ill, "medical": medical, "part_time": part_time,
            "study_leave": 0, "excluded": excluded, "custody": 0,
            "counted_sessions": sum(2**place for place, code in codes.items() if code not in ("M", "C2")),
            "missed_sessions": sum(2**place for place, code in codes.items() if code in "IONE"),
            "ill_sessions": sum(2**place for place, code in codes.items() if code == "I"),
        }
    )  # fmt: skip
    # The protected marks stand for sessions that the week's counts leave out; here they come on top of the ten.
    for place, code in enumerate(protected):
        on = monday + timedelta(days=5)
        marks.append(
            {
                "person_id": who, "agency": SCHOOL, "source": "roll", "source_id": who, "on": on, "session": "AM" if place == 0 else "PM",
                "code": code, "record_id": f"{who}|{on}|{place}",
            }
        )  # fmt: skip
    for place, code in sorted(codes.items()):
        on = monday + timedelta(days=place // 2)
        marks.append(
            {
                "person_id": who, "agency": SCHOOL, "source": "roll", "source_id": who, "on": on, "session": "AM" if place % 2 == 0 else "PM",
                "code": code, "record_id": f"{who}|{on}|{place % 2}",
            }
        )  # fmt: skip


# ---- the slow, obvious versions: loops and ifs, one child at a time


def slow_missing_again(county, episodes_needed=3, within_days=90, kind="missing"):
    counted = [e for e in county["missing_episodes"] if e["kind"] == kind and e["confirmed"]]
    found = set()
    for who in PEOPLE:
        mine = [e for e in counted if e["person_id"] == who]
        for on in {e["began_at"].date() for e in mine}:
            window = [e for e in mine if on - timedelta(days=within_days) <= e["began_at"].date() <= on]
            if len(window) >= episodes_needed:
                rows = _rows(county, window, on)
                if rows:
                    found.add((f"{kind}_again", who, on, "hub", rows))
    return found


def slow_far_from_home(county, far_km=20):
    far_on: dict = {}
    for episode in county["missing_episodes"]:
        if not episode["confirmed"] or not (episode["ended_at"] or episode["found_postcode"]):
            continue
        on = (episode["ended_at"] or episode["began_at"]).date()
        if episode["found_postcode"] in MAP and _is_far(county, episode, on, far_km):
            far_on.setdefault((episode["person_id"], on), []).append(episode)
    found = {
        ("far_from_home", who, on, "hub", _rows(county, found, on)) for (who, on), found in far_on.items()
    }
    return {occasion for occasion in found if occasion[-1]}


def _is_far(county, episode, on, far_km):
    who = episode["person_id"]
    then = [
        row
        for row in county["placements"]
        if row["person_id"] == who
        and row["began_on"] <= on
        and (row["ended_on"] is None or row["ended_on"] >= on)
    ]
    homes = _homes_then(county, who, on) + [row["home_postcode"] for row in then]
    placed = [row["placement_postcode"] for row in then]
    home_km = [_km(episode["found_postcode"], at) for at in homes if at in MAP]
    placed_km = [_km(episode["found_postcode"], at) for at in placed if at in MAP]
    if not home_km or (placed and not placed_km):
        return False
    authorities = {MAP[at][2] for at in homes + placed if at in MAP}
    return min(home_km + placed_km) >= far_km or MAP[episode["found_postcode"]][2] not in authorities


def _homes_then(county, who, on):
    """What each agency last said by that day; before its first word, its first."""
    said = []
    for agency in ("police", "school"):
        rows = [row for row in county["homes"] if row["person_id"] == who and row["agency"] == agency]
        by_then = [row["first_on"] for row in rows if row["first_on"] <= on]
        newest = max(by_then) if by_then else min((row["first_on"] for row in rows), default=None)
        said += [row["postcode"] for row in rows if row["first_on"] == newest]
    return said


def _km(here, there):
    return round(hypot(MAP[here][0] - MAP[there][0], MAP[here][1] - MAP[there][1]) / 1000, 3)


def _rows(county, episodes, on):
    names = {e["episode_id"] for e in episodes}
    return frozenset(
        (row["source"], row["record_id"])
        for row in county["missing_episode_sources"]
        if row["episode_id"] in names and row["happened_on"] <= on
    )


def slow_child_arrested(county):
    days = {(row["person_id"], row["arrested_at"].date()) for row in county["arrests"]}
    return {
        (
            "child_arrested", who, on, "hub",
            frozenset((row["source"], row["record_id"]) for row in county["arrests"] if (row["person_id"], row["arrested_at"].date()) == (who, on)),
        )
        for who, on in days
    }  # fmt: skip


def slow_absence_risen(county, false_percent):
    looks, found = [], []
    for who in PEOPLE:
        for newest, total, step, absent, possible in slow_windows(county, who):
            on = newest[-1][0] + timedelta(days=4)
            family = on, _school_if_it_may_be_asked(county, who, on)
            looks.append((family, [(total, step)]))
            worth = _worth(total, step, absent, clump=4)
            if worth is not None and absent * 10 >= possible:
                found.append((family, worth, _absence(county, who, newest)))
    return _standing(found, looks, false_percent, clump=4)


def _worth(total, step, number, *, clump, of_looks=1):
    """The smallest step of chance for which so many are a rise."""
    steps = [
        worth for worth in steps_of_chance(0.001) if _least(total, step, worth / of_looks, clump) <= number
    ]
    return min(steps, default=None)


@cache
def _least(total, step, chance, clump):
    if step > 60:
        return 10_000
    if clump > 1:
        return least_given_past(total, step / 100, chance=chance, clump=clump, most=40) or 10_000
    if not total:
        return 10_000
    return least_that_is_a_rise(total, step / 100, chance=chance, clump=clump) or 10_000


@cache
def _reaches(total, step, chance, clump):
    """How likely chance alone is to reach this step."""
    least = _least(total, step, chance, clump)
    if clump > 1:
        return sum(chances_given_past(total, step / 100, clump)[least:]) if least < 10_000 else 0.0
    return sum(with_caution(total, step / 100, clump)[least:]) if least < 10_000 else 0.0


def _standing(found, looks, false_percent, *, clump, of_looks=1):
    """Of all found in one week, for somebody or for nobody, those of which few enough would be there by chance."""
    standing = set()
    for family, worth, occasion in found:
        for limit in {other for theirs, other, _ in found if theirs == family and other >= worth}:
            here = sum(theirs == family and other <= limit for theirs, other, _ in found)
            by_chance = sum(
                _reaches(total, step, limit / of_looks, clump)
                for theirs, ways in looks if theirs == family
                for total, step in ways
            )  # fmt: skip
            if by_chance <= false_percent / 100 * (1 - 0.001) * here:
                standing.add(occasion)
    return standing


def slow_rises(county, who, left_out=(), chance=0.001):
    """The newest weeks of each rise, each judged alone."""
    return [
        newest
        for newest, total, step, absent, possible in slow_windows(county, who, left_out)
        if absent >= _least(total, step, chance, 4) and absent * 10 >= possible
    ]


def slow_windows(county, who, left_out=()):
    sums = {row["week_on"]: row for row in county["school_week_sums"]}
    found, weeks = [], []
    for row in county["attendance_weeks"]:
        if row["person_id"] != who or row["week_on"] in left_out:
            continue
        long_illness = row["ill"] if row["ill"] >= 6 else 0
        possible = row["counted_possible"] - row["medical"] - row["part_time"] - long_illness
        if possible:
            group = sums[row["week_on"]]
            rate = (group["counted_absent"] - row["counted_absent"] + 1) / (
                group["counted_possible"] - row["counted_possible"] + 20
            )
            weeks.append(
                (
                    row["week_on"],
                    row["counted_absent"] - row["medical"] - row["part_time"] - long_illness,
                    possible,
                    possible * rate,
                )
            )
    for last in range(3, len(weeks)):
        newest, past = weeks[last - 3 : last + 1], weeks[max(0, last - 29) : last - 3]
        if len(past) < 8 or (newest[-1][0] - newest[0][0]).days > 42:
            continue
        absent, possible = sum(w[1] for w in newest), sum(w[2] for w in newest)
        expected, before = sum(w[3] for w in newest), sum(w[3] for w in past)
        # One clump of four sessions stands beside the past.
        step = share_step(expected / (expected + before + 4))
        found.append((newest, sum(w[1] for w in past), step, absent, possible))
    return found


def _absence(county, who, newest):
    first, on = newest[0][0], newest[-1][0] + timedelta(days=4)
    long_weeks = [
        row["week_on"] for row in county["attendance_weeks"] if row["person_id"] == who and row["ill"] >= 6
        and row["counted_possible"] - row["medical"] - row["part_time"] - row["ill"] > 0
    ]  # fmt: skip
    rows = frozenset(
        (mark["source"], mark["record_id"])
        for mark in county["attendance_marks_current"]
        if mark["person_id"] == who
        and first <= mark["on"] <= on
        and mark["code"] in COUNTED_MARKS
        and not (mark["code"] == "I" and mark["on"] - timedelta(days=mark["on"].weekday()) in long_weeks)
    )
    return ("absence_risen", who, on, _school_if_it_may_be_asked(county, who, on), rows)


def slow_same_days_missed(county, false_percent):
    sums = {row["week_on"]: row for row in county["school_week_sums"]}
    looks, found = [], []
    for who in PEOPLE:
        rows = [row for row in county["attendance_weeks"] if row["person_id"] == who and row["counted_sessions"]]  # fmt: skip
        for last in range(11, len(rows)):
            window = rows[last - 11 : last + 1]
            newest = window[-1]["week_on"]
            if (newest - window[0]["week_on"]).days > 7 * 14:
                continue
            on = newest + timedelta(days=4)
            family = on, _school_if_it_may_be_asked(county, who, on)
            sessions = [one for row in window for one in _sessions(row, sums[row["week_on"]])]
            patterns = [*range(5), "afternoons"]
            ways = {pattern: _total_and_step(pattern, sessions) for pattern in patterns}
            looks.append((family, [way for way in ways.values() if way[0] >= 4]))
            marked = {
                pattern: worth for pattern in patterns
                if _times(pattern, sessions) >= 4 and _went_on(pattern, sessions, newest)
                and (worth := _worth(*ways[pattern], _times(pattern, sessions), clump=1, of_looks=6)) is not None
            }  # fmt: skip
            if marked:
                weekdays = [pattern for pattern in marked if pattern != "afternoons"]
                pattern = max(weekdays, key=lambda one: _times(one, sessions)) if weekdays else "afternoons"
                found.append((family, min(marked.values()), _same_days(county, who, window, pattern)))
    return _standing(found, looks, false_percent, clump=1, of_looks=6)


def _sessions(row, group):
    """Each session that counts: its week, its weekday, whether it is an afternoon, whether it was missed, and the others' rate."""
    found = []
    for place, one in enumerate(SESSIONS_IN_ORDER):
        expected, missed, ill = (
            bool(row[name] & 2**place) for name in ("counted_sessions", "missed_sessions", "ill_sessions")
        )
        others = group[POSSIBLE_PUPILS[one]] - expected
        if expected and others > 0 and not (ill and row["ill"] >= 6):
            rate = (group[MISSING_PUPILS[one]] - missed + 1) / (others + 20)
            found.append((row["week_on"], place // 2, place % 2 == 1, missed, rate))
    return found


def _days_of(sessions):
    """Each day that counts: its week, its weekday, whether some of it was missed, and the greater rate of its halves."""
    days = {}
    for week, weekday, _, missed, rate in sessions:
        was_missed, was_rate = days.get((week, weekday), (False, 0))
        days[week, weekday] = (was_missed or missed, max(was_rate, rate))
    return [(week, weekday, missed, rate) for (week, weekday), (missed, rate) in days.items()]


def _units(pattern, sessions):
    """What is counted for a pattern: week, whether it belongs to the pattern, whether it was missed, and the ordinary rate."""
    if pattern == "afternoons":
        return [(week, afternoon, missed, rate) for week, _, afternoon, missed, rate in sessions]
    return [(week, weekday == pattern, missed, rate) for week, weekday, missed, rate in _days_of(sessions)]


def _times(pattern, sessions):
    return sum(missed for _, belongs, missed, _ in _units(pattern, sessions) if belongs)


def _went_on(pattern, sessions, newest_week):
    return any(week == newest_week and belongs and missed for week, belongs, missed, _ in _units(pattern, sessions))  # fmt: skip


def _total_and_step(pattern, sessions):
    units = _units(pattern, sessions)
    total = sum(missed for _, _, missed, _ in units)
    if not total:
        return 0, 100
    here = sum(rate for _, belongs, _, rate in units if belongs)
    return total, share_step(here / sum(rate for *_, rate in units))


def _same_days(county, who, window, pattern):
    first, on = window[0]["week_on"], window[-1]["week_on"] + timedelta(days=4)
    long_weeks = [row["week_on"] for row in window if row["ill"] >= 6]
    rows = frozenset(
        (mark["source"], mark["record_id"])
        for mark in county["attendance_marks_current"]
        if mark["person_id"] == who
        and first <= mark["on"] <= on
        and mark["code"] in COUNTED_MARKS
        and (mark["session"] == "PM" if pattern == "afternoons" else mark["on"].weekday() == pattern)
        and not (mark["code"] == "I" and mark["on"] - timedelta(days=mark["on"].weekday()) in long_weeks)
    )
    return ("same_days_missed", who, on, _school_if_it_may_be_asked(county, who, on), rows)


def _school_if_it_may_be_asked(county, who, on, feed="attendance_marks"):
    watched = any(each["own_watch"] for each in county["agreements"] if each["feed"] == feed) or any(
        case["person_id"] == who
        and case["opened_on"] <= on
        and (case["closed_on"] is None or case["closed_on"] >= on)
        for case in county["open_cases"]
    )
    return SCHOOL if watched else None


def _notes(county, who):
    return [
        note
        for note in county["school_log"]
        if note["person_id"] == who
        and (note["category"] or "").lower() not in ("bullying", "bereavement", "family breakdown", "health")
    ]


def _of(notes):
    return frozenset((note["source"], note["record_id"]) for note in notes)


def slow_noted_again(county):
    found = set()
    for who in PEOPLE:
        notes = _notes(county, who)
        for on in {note["on"] for note in notes}:
            window = [note for note in notes if on - timedelta(days=90) <= note["on"] <= on]
            if len(window) >= 3:
                audience = _school_if_it_may_be_asked(county, who, on, "school_log")
                found.add(("noted_again", who, on, audience, _of(window)))
    return found


def slow_told_by_two_agencies(county):
    found: dict = {}
    for who in PEOPLE:
        known = any(row["person_id"] == who for row in county["known_to_hub"])
        things = _things_told(county, who)
        for told, agency, seen, rows in things:
            for other, by, other_seen, other_rows in things:
                if agency == by or told == other or {told, other} == {"missing", "away"}:
                    continue
                if abs((seen - other_seen).days) > 42:
                    continue
                on = max(seen, other_seen)
                open_then = any(
                    case["opened_on"] <= on and (case["closed_on"] is None or case["closed_on"] >= on)
                    for case in _cases(county, who)
                )
                if open_then or known:
                    found.setdefault((who, on, "hub" if open_then else None), set()).update(rows, other_rows)
    return {("told_by_two_agencies", *named, frozenset(rows)) for named, rows in found.items()}


def _things_told(county, who):
    """What was told, by whom, by which day, and the rows."""
    things = []
    for episode in county["missing_episodes"]:
        if episode["person_id"] == who and episode["confirmed"]:
            things += [
                (episode["kind"], row["agency"], row["happened_on"], _of([row]))
                for row in county["missing_episode_sources"]
                if row["episode_id"] == episode["episode_id"]
            ]
    things += [("arrested", "police", row["arrested_at"].date(), _of([row])) for row in county["arrests"] if row["person_id"] == who]  # fmt: skip
    things += [
        ("placed far", "council", row["began_on"], _of([row]))
        for row in county["placements"]
        if row["person_id"] == who
        and row["placement_postcode"] in MAP
        and _km(row["placement_postcode"], row["home_postcode"]) >= 32
    ]
    notes = _notes(county, who)
    for note in notes:
        window = [other for other in notes if note["on"] - timedelta(days=42) <= other["on"] <= note["on"]]
        if len(window) >= 2:
            things.append(("noted", SCHOOL, note["on"], _of(window)))
    weeks = [row for row in county["attendance_weeks"] if row["person_id"] == who]
    for before, row in zip([None, *weeks], weeks, strict=False):
        if row["excluded"] and not (before and before["excluded"]):
            friday = row["week_on"] + timedelta(days=4)
            marks = [
                mark
                for mark in county["attendance_marks_current"]
                if mark["person_id"] == who and mark["code"] == "E" and row["week_on"] <= mark["on"] <= friday
            ]
            things.append(("suspended", SCHOOL, friday, _of(marks)))
    return things


def slow_missing_and_absent(county, within_days=42, run_sessions=6):
    found = set()
    for who in PEOPLE:
        known = any(row["person_id"] == who for row in county["known_to_hub"])
        pairs = _pairs(county, who, within_days, run_sessions) if known or _cases(county, who) else []
        for on in {max(report["happened_on"], seen) for report, seen, _, _ in pairs}:
            open_then = any(
                case["opened_on"] <= on and (case["closed_on"] is None or case["closed_on"] >= on)
                for case in _cases(county, who)
            )
            if not (open_then or known):
                continue
            that_day = [pair for pair in pairs if max(pair[0]["happened_on"], pair[1]) == on]
            newest = max((seen for _, seen, how, _ in that_day if how == "rise"), default=None)
            rows = set()
            for report, seen, how, marks in that_day:
                if how == "rise" and seen != newest:
                    continue
                rows.add((report["source"], report["record_id"]))
                rows |= {(mark["source"], mark["record_id"]) for mark in marks if mark["on"] <= on}
            found.add(("missing_and_absent", who, on, "hub" if open_then else None, frozenset(rows)))
    return found


def slow_left_for_no_school(county, within_days=42):
    found: dict = {}
    for leaving in county["school_leavings"]:
        who = leaving["person_id"]
        known = any(row["person_id"] == who for row in county["known_to_hub"])
        for told_by, told_on, told in _told_elsewhere(county, who):
            on = max(leaving["left_on"], told_on)
            open_then = any(
                case["opened_on"] <= on and (case["closed_on"] is None or case["closed_on"] >= on)
                for case in _cases(county, who)
            )
            on_roll = any(
                move["person_id"] == who
                and move["joined_on"] <= on
                and (move["left_on"] is None or move["left_on"] > on)
                for move in county["school_moves"]
            )
            near = told_by != leaving["agency"] and abs((leaving["left_on"] - told_on).days) <= within_days
            if near and not on_roll and (open_then or known):
                rows = found.setdefault((who, on, "hub" if open_then else None), set())
                rows |= {(leaving["source"], leaving["record_id"]), told}
    return {("left_for_no_school", *named, frozenset(rows)) for named, rows in found.items()}


def slow_seen_less_at_school(county):
    found: dict = {}
    for who in PEOPLE:
        known = any(row["person_id"] == who for row in county["known_to_hub"])
        for seen_on, marks in _shown_by_marks(county, who):
            for told_by, told_on, told in _told_elsewhere(county, who):
                if told_by == SCHOOL:
                    continue
                on = max(seen_on, told_on)
                open_then = any(
                    case["opened_on"] <= on and (case["closed_on"] is None or case["closed_on"] >= on)
                    for case in _cases(county, who)
                )
                if abs((seen_on - told_on).days) <= 42 and (open_then or known):
                    rows = found.setdefault((who, on, "hub" if open_then else None), set())
                    rows |= {told, *marks}
    return {("seen_less_at_school", *named, frozenset(rows)) for named, rows in found.items()}


def _shown_by_marks(county, who):
    """Marks that stopped, suspended again, a part-time timetable: the day each was plain, and the marks behind it."""
    weeks = [row for row in county["attendance_weeks"] if row["person_id"] == who]
    marks = [mark for mark in county["attendance_marks_current"] if mark["person_id"] == who]
    found = [(_nth_day_without(county, row, weeks), [row["last_on"], row["last_on"]], None) for row in weeks]
    found = [each for each in found if each[0] and not _off_this_roll(county, who, each[0])]
    began = [row for before, row in zip([None, *weeks], weeks, strict=False) if row["excluded"] and not (before and before["excluded"])]  # fmt: skip
    for first, again in pairwise(began):
        if (again["week_on"] - first["week_on"]).days <= 90:
            friday = again["week_on"] + timedelta(days=4)
            found.append((friday, [first["week_on"], friday], "E"))
    were = 0
    for last, row in enumerate(weeks):
        window = weeks[max(0, last - 5) : last + 1]
        many = sum(each["part_time"] >= 2 for each in window)
        if row["part_time"] >= 2 and many >= 4 > were:
            friday = row["week_on"] + timedelta(days=4)
            found.append((friday, [window[0]["week_on"], friday], "C2"))
        were = many
    return [
        (
            seen_on,
            {
                (mark["source"], mark["record_id"])
                for mark in marks
                if first <= mark["on"] <= last and code in {None, mark["code"]}
            },
        )
        for seen_on, (first, last), code in found
    ]


def _nth_day_without(county, row, weeks):
    days = sorted(
        sums["week_on"] + timedelta(days=place // 2)
        for sums in county["school_week_sums"]
        for place, one in enumerate(SESSIONS_IN_ORDER)
        if sums[POSSIBLE_PUPILS[one]] > 0 and (place % 2 == 0 or not sums[POSSIBLE_PUPILS[SESSIONS_IN_ORDER[place - 1]]] > 0)
    )  # fmt: skip
    after = [day for day in days if day > row["last_on"]]
    following = [other["first_on"] for other in weeks if other["week_on"] > row["week_on"]]
    if len(after) < 10 or (following and min(following) <= after[9]):
        return None
    return after[9]


def _off_this_roll(county, who, on):
    return any(
        (move["agency"] != SCHOOL and move["joined_on"] <= on and (move["left_on"] is None or move["left_on"] > on))
        or (move["agency"] == SCHOOL and move["left_on"] is not None and move["left_on"] <= on)
        for move in county["school_moves"]
        if move["person_id"] == who
    )  # fmt: skip


def _told_elsewhere(county, who):
    """Whatever anybody told of a day: by whom, on which, and the row."""
    counted = {
        episode["episode_id"]
        for episode in county["missing_episodes"]
        if episode["person_id"] == who and episode["confirmed"]
    }
    dated = [
        (row, row["happened_on"]) for row in county["missing_episode_sources"] if row["episode_id"] in counted
    ]
    dated += [(row, row["arrested_at"].date()) for row in county["arrests"] if row["person_id"] == who]
    dated += [(row, row["happened_on"]) for row in county["council_facts"] if row["person_id"] == who]
    dated += [(note, note["on"]) for note in _notes(county, who)]
    return [(row["agency"], on, (row["source"], row["record_id"])) for row, on in dated]


def _cases(county, who):
    return [case for case in county["open_cases"] if case["person_id"] == who]


def _pairs(county, who, within_days, run_sessions):
    """Every report and every absence near enough: the report, the absence's day, how it shows, and its marks."""
    away, reports = [], []
    for episode in county["missing_episodes"]:
        if episode["person_id"] == who and episode["kind"] == "missing" and episode["confirmed"]:
            back = episode["ended_at"] or episode["began_at"] + timedelta(hours=24)
            away.append((episode["began_at"].date(), back.date()))
            reports += [
                row for row in county["missing_episode_sources"] if row["episode_id"] == episode["episode_id"]
            ]
    marks = sorted(
        (mark for mark in county["attendance_marks_current"] if mark["person_id"] == who),
        key=lambda mark: (mark["on"], mark["session"]),
    )
    absences = []
    for run in _runs_of(marks, away):
        if len(run) >= run_sessions:
            absences.append((run[run_sessions - 1]["on"], "run", run))
    left_out = {
        monday for monday in map(day, range(0, 400, 7)) if any(_shares_a_week(monday, span) for span in away)
    }
    for newest in slow_rises(county, who, left_out, chance=0.05):
        seen = newest[-1][0] + timedelta(days=4)
        counted = _absence(county, who, newest)[-1]
        absences.append(
            (
                seen,
                "rise",
                [
                    mark
                    for mark in marks
                    if (mark["source"], mark["record_id"]) in counted
                    and mark["on"] - timedelta(days=mark["on"].weekday()) not in left_out
                ],
            )
        )
    return [
        (report, seen, how, marks)
        for report in reports
        for seen, how, marks in absences
        if abs((report["happened_on"] - seen).days) <= within_days
    ]


def _runs_of(marks, away):
    runs, run = [], []
    for mark in marks:
        if any(began <= mark["on"] <= back for began, back in away):
            continue
        if mark["code"] in ("N", "O"):
            run.append(mark)
        elif mark["code"] in ("/", "I", "M", "E", "C2"):
            runs.append(run)
            run = []
    return [*runs, run]


def _shares_a_week(monday, span):
    began, back = span
    return began - timedelta(days=began.weekday()) <= monday <= back - timedelta(days=back.weekday())


# ---- held against the real ones


def relations(engine, county, names):
    return {name: engine.take(f"slow_{name}", _table(name, county[name])) for name in names}


def _table(name, rows):
    kinds = RELATIONS[name]
    return pa.table(
        {column: pa.array([row.get(column) for row in rows], ARROW[kind]) for column, kind in kinds.items()}
    )


@cache
def _critical(engine):
    """Made and taken once: the same for every county."""
    return {
        name: engine.take(f"slow_{name}", pa.Table.from_pylist(rows({})))
        for name, rows in (
            ("critical_values", critical_rows),
            ("easily_critical_values", easily_critical_rows),
            ("critical_day_values", critical_day_rows),
        )
    }


def real(engine, county, values):
    occasions, evidence, _ = occasions_and_evidence(
        **relations(engine, county, county),
        **_critical(engine),
        values=values,
        keep=engine.keep,
    )
    rows: dict = {}
    for batch in engine.batches(evidence):
        for row in batch.to_pylist():
            rows.setdefault(row["occasion"], set()).add((row["source"], row["record_id"]))
    return {
        (row["rule"], row["person_id"], row["on"], row["audience"], frozenset(rows[row["occasion"]]))
        for batch in engine.batches(occasions)
        for row in batch.to_pylist()
    }


@pytest.mark.filterwarnings("ignore")
@few
@given(county=counties(), false_percent=st.sampled_from([0.1, 0.1, 10]))
def test_every_rule_finds_what_the_slow_version_finds(duckdb_engine, county, false_percent):
    slow = (
        slow_missing_again(county)
        | slow_far_from_home(county)
        | slow_child_arrested(county)
        | slow_absence_risen(county, false_percent)
        | slow_missing_and_absent(county)
        | slow_left_for_no_school(county)
        | slow_same_days_missed(county, false_percent)
        | slow_seen_less_at_school(county)
        | slow_missing_again(county, kind="away")
        | slow_noted_again(county)
        | slow_told_by_two_agencies(county)
    )
    values = {f"questions.{rule}.false_percent": false_percent for rule in ("absence_risen", "same_days_missed")}  # fmt: skip
    assert real(duckdb_engine, county, values) == slow


def _days(engine, relation):
    return {(row["person_id"], row["on"]) for batch in engine.batches(relation) for row in batch.to_pylist()}


@few
@given(county=counties(), days=st.integers(7, 120), more=st.integers(0, 120))
def test_widening_the_window_never_removes_an_occasion(duckdb_engine, county, days, more):
    episodes = relations(duckdb_engine, county, ["missing_episodes"])
    found = [
        _days(duckdb_engine, missing_again(**episodes, values={"questions.missing_again.within_days": width}))
        for width in (days, days + more)
    ]
    assert found[0] <= found[1]


@few
@given(county=counties(), km=st.integers(1, 60), more=st.integers(0, 60))
def test_a_greater_distance_never_adds_an_occasion(duckdb_engine, county, km, more):
    places = found_places(
        **relations(duckdb_engine, county, ["missing_episodes", "placements", "homes", "coordinates"])
    )
    found = [
        _days(duckdb_engine, far_from_home(places, {"questions.far_from_home.far_km": far}))
        for far in (km, km + more)
    ]
    assert found[1] <= found[0]
