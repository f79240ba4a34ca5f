"""Shapes from a file of somebody's own: what they ask for happens, in the files of those who see it and in no other."""

from collections import defaultdict

import pytest

from rowan import command
from rowan.synthetic.county import Asked, write_county
from rowan.synthetic.story_parameters import OF_A_KIND

from .conftest import UNTIL, Written

pytestmark = pytest.mark.one_database

SEEN = """shape,sign,parameter,value
gone,,share,1
gone,,days_median,200
gone,,age_from,11
gone,,age_to,14
gone,out,kind,missing
gone,out,per_30_days,4
gone,out,reported,1
gone,out,seen_by,{missing}
gone,held,kind,arrest
gone,held,per_30_days,1
gone,held,seen_by,{arrest}
gone,short days,kind,part_time
gone,short days,once,1
gone,short days,ends,0.2
gone,no longer here,kind,off_roll
gone,no longer here,once,1
gone,no longer here,begins,0.8
"""


WILD = """# somebody else's
Shape,Sign,Parameter,Value
storm,,share,70%
storm,,days-median,300
storm,,days_spread,1.5
storm,,intensity,5
storm,,intensity_spread,2
storm,,growth,100
storm,,age_from,4
storm,,recorded_as,11A;12A;3B
storm,a,kind,missing
storm,a,per_30_days,30
storm,a,hours_median,200
storm,a,km_median,125
storm,a,when,nights
storm,b,kind,arrest
storm,b,per_30_days,20
storm,b,when,weekends
storm,b,km_median,0
storm,c,kind,off_roll
storm,c,per_30_days,3
storm,d,kind,part_time
storm,d,once,5
storm,d,weeks,40
storm,e,kind,suspension
storm,e,once,3
storm,e,days,45
storm,f,kind,placement_move
storm,f,once,2
storm,g,kind,away
storm,g,per_30_days,40
storm,h,kind,log
storm,h,per_30_days,60
storm,i,kind,absence
storm,i,per_30_days,60
storm,i,spread,3
storm,i,when,tuesdays
storm,j,kind,late
storm,j,per_30_days,40
still,,share,30%
still,,days_median,1
still,,intensity,0
still,,recorded_share,0
still,x,kind,missing
still,x,per_30_days,5
"""


def county_of(tmp_path, **seen_by) -> Written:
    (tmp_path / "stories.csv").write_text(SEEN.format(**seen_by), encoding="utf-8")
    folder = tmp_path / "county"
    return Written(folder, write_county(folder, Asked(200, 31, UNTIL, 50, tmp_path / "stories.csv")))


def agencies_of(county: Written) -> dict[str, set[str]]:
    seen = defaultdict(set)
    for row in county.rows("truth/story_signs.csv"):
        if row["agency"]:
            seen[row["kind"]].add(row["agency"])
    return seen


def test_only_those_who_see_a_sign_have_it_in_their_files(tmp_path):
    seen = agencies_of(county_of(tmp_path, missing="school", arrest="police"))
    assert (seen["missing"], seen["arrest"]) == ({"school"}, {"police"})


def test_the_others_may_see_it_instead(tmp_path):
    seen = agencies_of(county_of(tmp_path, missing="police;council", arrest="school"))
    assert seen["missing"] - {"council"} == {"police"}  # the council too, if one of them is looked after
    assert seen["arrest"] == {"school"}


def test_short_days_are_afternoons_and_whoever_leaves_the_roll_has_no_mark_after_it(tmp_path):
    county = county_of(tmp_path, missing="police", arrest="police")
    signs = {(row["file"], int(row["line"])) for row in county.rows("truth/signs.csv")}
    short = [cells for file, line, cells in county.marks if (file, line) in signs]
    assert short and {(cells[4], cells[5]) for cells in short} == {("PM", "C2")}
    left = [row for row in county.all("schools/*/roll.csv") if (row["file"], int(row["line"])) in signs]
    assert left and {row["LeavingReason"] for row in left} == {"Destination not known"}
    for row in left:
        days = [
            cells[3] for _, _, cells in county.marks if cells[:2] == [row["LAEstab"], row["AdmissionNumber"]]
        ]
        day, month, year = row["LeavingDate"].split("/")
        assert max(d[6:] + d[3:5] + d[:2] for d in days) <= year + month + day


def test_the_truth_says_which_signs_happened_in_whose_file_and_which_nobody_saw(county):
    rows = defaultdict(int)
    for sign in county.rows("truth/signs.csv"):
        rows[(sign["story"], sign["file"])] += 1
    told = defaultdict(int)
    for row in county.rows("truth/story_signs.csv"):
        if row["file"]:
            told[(row["story"], row["file"])] += int(row["rows"])
            assert row["file"].startswith(row["agency"])
        else:
            assert (row["agency"], row["rows"]) == ("", "0")
    assert told == rows
    assert {row["kind"] for row in county.rows("truth/story_signs.csv") if not row["file"]}


def test_the_wildest_shapes_that_are_allowed_make_a_county_whose_truth_holds(tmp_path):
    (tmp_path / "stories.csv").write_text(WILD, encoding="utf-8")
    asked = Asked(200, 5, UNTIL, 100, tmp_path / "stories.csv")
    county = Written(tmp_path / "county", write_county(tmp_path / "county", asked))
    assert set(agencies_of(county)) == set(OF_A_KIND)
    people = {(row["file"], row["line"]): row["person"] for row in county.rows("truth/records.csv")}
    stories = {row["story"]: row for row in county.rows("truth/stories.csv")}
    for sign in county.rows("truth/signs.csv"):
        if (sign["file"], sign["line"]) in people:
            assert people[(sign["file"], sign["line"])] == stories[sign["story"]]["person"]
    assert all(
        row["first_sign_on"] <= str(UNTIL) and row["ends_on"] <= str(UNTIL) for row in stories.values()
    )
    assert all(not row["first_sign_on"] for row in stories.values() if row["shape"] == "still")
    for row in county.rows("police/missing_incidents.csv"):
        assert row["LastSeenAt"] <= row["ReportedAt"] <= f"{UNTIL} 23:59"


def test_stories_that_fit_no_child_are_counted_aloud(tmp_path):
    (tmp_path / "stories.csv").write_text(
        "shape,sign,parameter,value\nbabies,,share,1\nbabies,,days_median,90\nbabies,,age_from,0\nbabies,,age_to,1\nbabies,,visible,no\n",
        encoding="utf-8",
    )
    said: list[str] = []
    asked = Asked(200, 31, UNTIL, 50, tmp_path / "stories.csv")
    counts = write_county(tmp_path / "county", asked, said.append)
    assert counts["stories"] < 10
    assert f"stories that fitted no child, and are not told: {10 - counts['stories']}" in said


def test_a_wrong_file_is_refused_by_line_and_nothing_is_written(tmp_path, capsys):
    (tmp_path / "stories.csv").write_text(SEEN.format(missing="school", arrest="navy"), encoding="utf-8")
    usual = ["--children", "200", "--seed", "1", "--until", "2026-07-17"]
    assert (
        command.main(["county", str(tmp_path / "c"), *usual, "--stories", str(tmp_path / "stories.csv")]) == 1
    )
    said = capsys.readouterr().err.strip()
    assert "line 12: 'seen_by' cannot be 'navy'" in said and "\n" not in said
    assert not (tmp_path / "c").exists()
