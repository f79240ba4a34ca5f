"""The files of an invented county are what agencies send, and its truth points at the right rows."""

import json
from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import pairwise

import pytest
from lxml import etree

from rowan.synthetic.county import Asked, write_county
from rowan.synthetic.identifiers import upn_check_letter
from rowan.synthetic.looked_after_return import TABLES_903
from rowan.synthetic.rates import FIGURES

from .conftest import UNTIL

pytestmark = pytest.mark.one_database

ALL_CODES = set(FIGURES.marks) | {"/", "\\"}


def day(text: str) -> date | None:
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None


def bytes_of(folder) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_arguments_give_the_same_bytes_and_another_seed_gives_others(tmp_path):
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        write_county(tmp_path / name, Asked(200, seed, UNTIL, 10))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "again")
    assert bytes_of(tmp_path / "one") != bytes_of(tmp_path / "other")


def test_the_marker_says_what_was_asked_for_and_that_everybody_is_invented(county):
    text = (county.folder / "INVENTED").read_text(encoding="utf-8")
    assert "Everybody in it is invented" in text
    assert "children: 200\nseed: 21\nuntil: 2026-07-17\nstories per 1000: 80\n" in text


def test_every_file_of_the_contract_is_there(county):
    years = {path.name[-4:] for path in county.folder.glob("council/ssda903_*")}
    assert years == {path.stem[-4:] for path in county.folder.glob("council/cin_census_*.xml")}
    assert years
    for year in years:
        for table, columns in TABLES_903.items():
            path = county.folder / f"council/ssda903_{year}/{table}.csv"
            assert path.read_text(encoding="utf-8").splitlines()[0] == columns
    for school in county.folder.glob("schools/*"):
        assert {path.name for path in school.iterdir()} == {
            "roll.csv",
            "marks_2024-25.csv",
            "marks_2025-26.csv",
            "safeguarding_log.csv",
        }


def test_every_code_of_august_2024_occurs_and_no_other(county):
    assert {cells[5] for _, _, cells in county.marks} == ALL_CODES


def test_marks_stand_in_order_of_date_session_and_pupil_and_only_while_on_roll(county):
    rolls = defaultdict(list)
    for row in county.all("schools/*/roll.csv"):
        rolls[(row["LAEstab"], row["AdmissionNumber"])].append(
            (day(row["EntryDate"]), day(row["LeavingDate"]))
        )
    dates = {text: day(text) for text in {cells[3] for _, _, cells in county.marks}}
    keys = defaultdict(list)
    for file, _, (laestab, admission, _, text, session, mark, late) in county.marks:
        on = dates[text]
        keys[file].append((on, session, int(admission)))
        if mark not in {"Z", "#"}:
            assert any(
                entry <= on and (left is None or on <= left) for entry, left in rolls[(laestab, admission)]
            )
        assert (late != "") == (mark == "L")
        assert (mark, session) not in {("/", "PM"), ("\\", "AM")}
    assert max(dates.values()) <= UNTIL
    for in_file in keys.values():
        assert in_file == sorted(in_file)
        assert len(set(in_file)) == len(in_file)


def test_permanent_pupil_numbers_have_the_right_check_letter_but_for_the_few_that_are_wrong(larger_county):
    numbers = {row["UPN"] for row in larger_county.all("schools/*/roll.csv") if row["UPN"]}
    permanent = [number for number in numbers if number[-1].isdigit()]
    wrong = [number for number in permanent if upn_check_letter(number[1:]) != number[0]]
    assert 0 < len(wrong) < 4 * FIGURES["upn_wrong_check_letter"] * len(permanent) + 3
    assert any(number[-1].isalpha() for number in numbers)


def test_truth_names_every_row_about_a_person_once_and_points_at_it(county):
    truth = county.rows("truth/records.csv")
    listed = Counter((row["file"], int(row["line"])) for row in truth)
    assert set(listed.values()) == {1}
    expected = set()
    for pattern in (
        "schools/*/roll.csv",
        "schools/*/safeguarding_log.csv",
        "police/*.csv",
        "council/case_list.csv",
        "council/ssda903_*/header.csv",
        "council/ssda903_*/episodes.csv",
        "council/ssda903_*/missing.csv",
    ):
        expected |= {(row["file"], int(row["line"])) for row in county.all(pattern)}
    for path in county.folder.glob("council/*.xml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        expected |= {
            (str(path.relative_to(county.folder)), n)
            for n, text in enumerate(lines, start=1)
            if text.strip() == "<Child>"
        }
    assert set(listed) == expected


def test_rows_of_one_person_are_alike(larger_county):
    """Most rows of a person carry her name and birth date; the truth does not mix people up."""
    births = defaultdict(Counter)
    truth = {(r["file"], r["line"]): r["person"] for r in larger_county.rows("truth/records.csv")}
    for pattern, column in (("schools/*/roll.csv", "DOB"), ("council/case_list.csv", "Date of birth")):
        for row in larger_county.all(pattern):
            births[truth[(row["file"], row["line"])]][row[column]] += 1
    several = [counts for counts in births.values() if sum(counts.values()) > 1]
    assert sum(len(counts) == 1 for counts in several) > 0.9 * len(several)


def test_signs_point_at_rows_of_the_storys_child(county):
    stories = {row["story"]: row for row in county.rows("truth/stories.csv")}
    truth = {(r["file"], r["line"]): r["person"] for r in county.rows("truth/records.csv")}
    admissions = defaultdict(set)
    for row in county.all("schools/*/roll.csv"):
        admissions[truth[(row["file"], row["line"])]].add((row["LAEstab"], row["AdmissionNumber"]))
    marks = {(file, str(line)): cells for file, line, cells in county.marks}
    signs = county.rows("truth/signs.csv")
    assert signs
    for sign in signs:
        key, person = (sign["file"], sign["line"]), stories[sign["story"]]["person"]
        if key in marks:
            assert (marks[key][0], marks[key][1]) in admissions[person]
            assert marks[key][5] not in {"/", "\\", "#", "Z"}
        else:
            assert truth[key] == person


def test_a_story_begins_with_its_first_sign_and_harm_is_in_the_census_that_day(county):
    seen_on = {(file, str(line)): day(cells[3]) for file, line, cells in county.marks}
    dated = ("Date", "MIS_START", "LastSeenAt", "ArrestedAt", "DECOM", "LeavingDate")
    for pattern in (
        "schools/*/safeguarding_log.csv", "schools/*/roll.csv", "police/*.csv", "council/*/missing.csv", "council/*/episodes.csv",
    ):  # fmt: skip
        for row in county.all(pattern):
            text = next((row[name] for name in dated if row.get(name)), "9999-12-31")
            seen_on[(row["file"], row["line"])] = day(text) if "/" in text else date.fromisoformat(text[:10])
    first_seen: dict[str, date] = {}
    for sign in county.rows("truth/signs.csv"):
        on = seen_on[(sign["file"], sign["line"])]
        first_seen[sign["story"]] = min(first_seen.get(sign["story"], on), on)
    ids = defaultdict(set)
    truth = {(r["file"], r["line"]): r["person"] for r in county.rows("truth/records.csv")}
    for row in county.all("council/case_list.csv"):
        ids[truth[(row["file"], row["line"])]].add(row["LAchildID"])
    authorised = defaultdict(set)
    for path in county.folder.glob("council/*.xml"):
        for child in etree.parse(path).iter("Child"):
            for assessment in child.iter("Assessments"):
                if {f.text for f in assessment.iter("AssessmentFactors")} & {"11A", "24A"}:
                    authorised[child.findtext(".//LAchildID")].add(
                        assessment.findtext("AssessmentAuthorisationDate")
                    )
    recorded = 0
    for story in county.rows("truth/stories.csv"):
        assert story["first_sign_on"] == (
            str(first_seen[story["story"]]) if story["story"] in first_seen else ""
        )
        if on := story["first_recorded_harm_on"]:
            recorded += 1
            dates = set().union(*(authorised[i] for i in ids[story["person"]]))
            assert on in dates
            assert min(dates) == on
    assert recorded


def test_both_sexes_and_several_shapes_have_stories_and_some_leave_no_sign(larger_county):
    stories = larger_county.rows("truth/stories.csv")
    assert len(stories) == pytest.approx(32, abs=1)
    assert 10 <= Counter(row["sex"] for row in stories)["F"] <= 22
    assert len({row["shape"] for row in stories}) >= 6
    assert any(not row["first_sign_on"] for row in stories)


def test_the_903_keeps_the_returns_own_rules(larger_county):
    """DfE rules 567, 574, 578, 581, 392d, and that episodes follow one another."""
    for folder in sorted(larger_county.folder.glob("council/ssda903_*")):
        year = folder.name
        header = {row["CHILD"]: row for row in larger_county.rows(f"council/{year}/header.csv")}
        episodes = defaultdict(list)
        for row in larger_county.rows(f"council/{year}/episodes.csv"):
            episodes[row["CHILD"]].append(row)
        assert set(header) == set(episodes)
        for child, rows in episodes.items():
            for row, following in pairwise(rows):
                assert row["DEC"] == following["DECOM"]
                assert row["REC"] == "X1"
            for row in rows:
                assert not row["DEC"] or day(row["DECOM"]) < day(row["DEC"])
                assert day(row["DECOM"]) >= day(header[child]["DOB"])
                assert row["PLACE"] != "P1" or row["HOME_POST"] == row["PL_POST"]
        last_end = {}
        for row in larger_county.rows(f"council/{year}/missing.csv"):
            began, ended, child = day(row["MIS_START"]), day(row["MIS_END"]), row["CHILD"]
            assert ended is None or began <= ended
            assert day(episodes[child][0]["DECOM"]) <= began
            assert child not in last_end or last_end[child] < began
            last_end[child] = ended or UNTIL


def test_the_census_keeps_its_own_rules(larger_county):
    """No two open episodes, nothing before the referral or after the closure, factor 21 alone."""
    for path in larger_county.folder.glob("council/*.xml"):
        seen = Counter()
        for child in etree.parse(path).iter("Child"):
            seen[child.findtext(".//LAchildID")] += 1
            assert (child.find(".//UPN") is None) != (child.find(".//UPNunknown") is None)
            details = child.findall("CINdetails")
            assert sum(d.find("CINclosureDate") is None for d in details) <= 1
            for detail in details:
                referred, closed = (
                    detail.findtext("CINreferralDate"),
                    detail.findtext("CINclosureDate") or "9999",
                )
                dates = [
                    e.text
                    for e in detail.iter()
                    if e.tag.endswith(("StartDate", "startDate", "AuthorisationDate"))
                ]
                assert all(referred <= text <= closed for text in dates)
                for assessment in detail.iter("Assessments"):
                    factors = [f.text for f in assessment.iter("AssessmentFactors")]
                    assert len(factors) == len(set(factors))
                    assert "21" not in factors or factors == ["21"]
        assert sum(count > 1 for count in seen.values()) <= 2  # one number for two people, now and then


def test_missing_reports_run_forward_in_time(larger_county):
    for row in larger_county.rows("police/missing_incidents.csv"):
        assert row["LastSeenAt"] <= row["ReportedAt"]
        if row["ReturnedAt"]:
            assert row["LastSeenAt"] < row["FoundAt"] <= row["ReturnedAt"]
        assert row["Grade"] in {"no apparent risk", "low", "medium", "high"}


def test_the_council_and_the_police_report_the_same_episodes_and_others(larger_county):
    truth = {(r["file"], r["line"]): r["person"] for r in larger_county.rows("truth/records.csv")}
    police = {
        (truth[(r["file"], r["line"])], r["LastSeenAt"][:10])
        for r in larger_county.all("police/missing_incidents.csv")
    }
    council = {
        (truth[(r["file"], r["line"])], str(day(r["MIS_START"])))
        for r in larger_county.all("council/ssda903_*/missing.csv")
        if r["MISSING"] == "M"
    }
    assert council & police
    assert council - police
    assert police - council


def test_most_signs_of_the_county_have_ordinary_reasons(larger_county):
    """Missing and arrests: the rows of stories are the smaller part, even at four times the usual number of stories."""
    signs = {(row["file"], row["line"]) for row in larger_county.rows("truth/signs.csv")}
    for name in ("police/missing_incidents.csv", "police/arrests_under_18.csv"):
        rows = larger_county.all(name)
        ordinary = [row for row in rows if (row["file"], row["line"]) not in signs]
        assert len(ordinary) > 0.4 * len(rows)


def test_notes_in_the_log_are_filled_in(larger_county):
    rows = larger_county.all("schools/*/safeguarding_log.csv")
    assert not [row["Note"] for row in rows if "{" in row["Note"] or "}" in row["Note"]]
    assert {row["Category"] for row in rows} == {
        "Bullying", "Bereavement", "Family breakdown", "Attendance", "Friendships", "Online", "Welfare", "Behaviour", "Health",
    }  # fmt: skip


def test_agreements_name_every_feed_and_most_schools_chose_their_own_watch(larger_county):
    agreements = json.loads((larger_county.folder / "agreements.json").read_text(encoding="utf-8"))
    feeds = Counter(a["feed"] for a in agreements)
    schools = feeds["school_roll"]
    assert feeds == {
        "council_case_list": 1, "ssda903": 1, "cin_census": 1, "police_missing": 1, "police_arrests": 1, "places": 1,
        "school_roll": schools, "attendance_marks": schools, "school_log": schools,
    }  # fmt: skip
    watching = sum(a["own_watch"] for a in agreements if a["feed"] == "attendance_marks")
    assert abs(watching / schools - FIGURES["own_watch_schools"]) < 0.15


@pytest.mark.parametrize(
    ("what", "expected", "within"),
    [
        ("boys", "share_boys", 0.03),
        ("refused", "ethnicity_refused_school", 0.008),
    ],
)
def test_the_people_are_in_proportion(larger_county, what, expected, within):
    rows = larger_county.all("schools/*/roll.csv")
    count = (
        sum(row["Sex"] == "M" for row in rows)
        if what == "boys"
        else sum(row["Ethnicity"] == "REFU" for row in rows)
    )
    assert abs(count / len(rows) - FIGURES[expected]) < within


def test_ethnic_groups_are_in_proportion(larger_county):
    rows = [r for r in larger_county.all("schools/*/roll.csv") if r["Ethnicity"] not in {"REFU", "NOBT"}]
    counts = Counter(row["Ethnicity"] for row in rows)
    shares = Counter()
    for family, weight in zip(FIGURES.families.things, FIGURES.families.weights, strict=True):
        shares[family["ethnic_group"]] += weight / sum(FIGURES.families.weights)
    for group, share in shares.items():
        # Families come whole, so counts vary about twice as much as single children's would.
        spread = 2 * (share * (1 - share) * 2 / len(rows)) ** 0.5
        assert abs(counts[group] / len(rows) - share) < 2.2 * spread + 0.004, group


@pytest.mark.parametrize(("first", "phase"), [("2", "primary"), ("4", "secondary")])
def test_absence_by_reason_is_near_the_published_share(larger_county, first, phase):
    counts: Counter = Counter()
    for path in larger_county.folder.glob(f"schools/899{first}*/marks_*.csv"):
        with open(path, encoding="utf-8") as file:
            next(file)
            counts.update(line.split(",", 6)[5] for line in file)
    possible = sum(
        n for mark, n in counts.items() if mark not in {"D", "Q", "X", "Z", "#"} and not mark.startswith("Y")
    )
    for code in ("I", "O", "M", "L", "V", "G"):
        published = float(FIGURES.marks[code][phase])
        assert counts[code] / possible == pytest.approx(published, rel=0.35), code


def test_the_council_knows_a_few_in_a_hundred_children(larger_county):
    persons = len({r["LAchildID"] for r in larger_county.rows("council/case_list.csv")})
    assert 0.05 < persons / 4000 < 0.11
    header = larger_county.rows("council/ssda903_2026/header.csv")
    assert 0.5 * FIGURES["looked_after"] < len(header) / 4000 < 2.5 * FIGURES["looked_after"]
