"""Why a story was not found: the first reason that holds, from what nobody could have read to what no rule made of it."""

import json
from datetime import date, timedelta

import pytest

from rowan.pipeline import evaluated_losses as losses
from rowan.pipeline.county_signs import Sign, signs_of_stories
from rowan.pipeline.evaluated_losses import why_lost
from rowan.pipeline.evaluation_kinds import Judged, LinkedRow, PutOccasion, Story, Truth
from rowan.questions.rules.asking_again import Occasion

BEGAN, HARM = date(2026, 3, 1), date(2026, 6, 1)
FILE = "police/missing_incidents.csv"


def a_sign(line=2, *, on=BEGAN, kind="missing", read=True, may_be_read=True) -> Sign:
    return Sign((FILE, line), on, kind, "police", read, may_be_read)


def a_question(on: date, *, true: bool) -> Judged:
    return Judged(on, "ada", {"missing_again": true}, {"s1"} if true else set())


def unasked(on: date) -> PutOccasion:
    return PutOccasion(Occasion("o1", "missing_again", "P1", on, "", {}), frozenset({(FILE, 2)}))


def reason(signs, *, judged=(), person="ada", occasions=()):
    story = Story("s1", "ada", "a shape", BEGAN, date(2026, 7, 1), HARM, "F", "")
    truth = Truth({(FILE, 2): "ada", (FILE, 3): "ada"}, (story,), {}, 10.0)
    links = [LinkedRow("r1", "P1", "police", (FILE, line)) for line in (2, 3)]
    return why_lost(truth, {"s1": signs}, links, {"P1": person}, judged, occasions)["s1"]


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (losses.FOUND, {"signs": [a_sign()], "judged": [a_question(HARM - timedelta(days=1), true=True)]}),
        (losses.NO_FILE, {"signs": []}),
        (losses.LATE, {"signs": [a_sign(on=HARM)]}),
        (losses.ASKED_LATE, {"signs": [a_sign()], "judged": [a_question(HARM, true=True)]}),
        (losses.NOT_TO_BE_READ, {"signs": [a_sign(may_be_read=False)]}),
        (losses.NO_RULE_READS, {"signs": [a_sign(read=False)]}),
        (losses.NO_RULE_READS, {"signs": [a_sign(read=False), a_sign(3, may_be_read=False)]}),
        (losses.ANOTHER_CHILD, {"signs": [a_sign()], "person": "ben"}),
        (losses.NOBODY_TO_ASK, {"signs": [a_sign()], "occasions": [unasked(BEGAN)]}),
        (losses.OTHER_THINGS, {"signs": [a_sign()], "judged": [a_question(BEGAN, true=False)]}),
        (losses.ONE_KIND + "missing", {"signs": [a_sign(), a_sign(3)], "occasions": [unasked(HARM)]}),
        (losses.TOO_FAR_APART, {"signs": [a_sign(), a_sign(3, kind="noted")]}),
    ],
)
def test_each_reason_stands_where_it_holds_and_none_before_it_does(expected, given):
    signs = given.pop("signs")
    assert reason(signs, **given) == expected


def write(county, name, text):
    file = county / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_sign_says_of_which_day_it_is_whether_a_rule_reads_it_and_whether_it_may_be_read(tmp_path):
    write(tmp_path, "agreements.json", json.dumps([{"agency": "school-2", "feed": "attendance_marks", "own_watch": True}]))  # fmt: skip
    write(tmp_path, "council/case_list.csv", "Forename,Opened,Closed\nAda,01/03/2026,31/03/2026\n")
    write(tmp_path, FILE, 'Notes,ReportedAt\n"two\nlines",2026-01-01 20:00\n,2026-02-03 21:00\n')
    marks = "Date,Session,Mark\n02/03/2026,AM,O\n02/03/2026,PM,L\n01/04/2026,AM,O\n01/04/2026,PM,E\n"
    write(tmp_path, "schools/1/marks_2025-26.csv", marks)
    write(tmp_path, "schools/2/marks_2025-26.csv", marks)
    write(tmp_path, "schools/2/safeguarding_log.csv", "Date,Category\n02/03/2026,Bullying\n03/03/2026,Behaviour\n")  # fmt: skip
    places = [
        (FILE, 4), *(("schools/1/marks_2025-26.csv", line) for line in (2, 3, 4)), ("schools/2/marks_2025-26.csv", 5),
        *(("schools/2/safeguarding_log.csv", line) for line in (2, 3)),
    ]  # fmt: skip
    story = Story("s1", "ada", "a shape", BEGAN, None, None, "F", "")
    truth = Truth(
        {("council/case_list.csv", 2): "ada"}, (story,), {place: frozenset({"s1"}) for place in places}, 10.0
    )
    found = {
        sign.place: (sign.on, sign.kind, sign.read, sign.may_be_read)
        for sign in signs_of_stories(tmp_path, truth)["s1"]
    }
    assert found == {
        (FILE, 4): (date(2026, 2, 3), "missing", True, True),
        ("schools/1/marks_2025-26.csv", 2): (date(2026, 3, 2), "absent", True, True),
        ("schools/1/marks_2025-26.csv", 3): (date(2026, 3, 2), "late", False, True),
        # The case is closed by then, and the school has no watch of its own.
        ("schools/1/marks_2025-26.csv", 4): (date(2026, 4, 1), "absent", True, False),
        ("schools/2/marks_2025-26.csv", 5): (date(2026, 4, 1), "suspended", True, True),
        ("schools/2/safeguarding_log.csv", 2): (date(2026, 3, 2), "noted", False, True),
        ("schools/2/safeguarding_log.csv", 3): (date(2026, 3, 3), "noted", True, True),
    }
