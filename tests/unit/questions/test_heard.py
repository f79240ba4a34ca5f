"""The words of a question that joins agencies are read by those who may see something of each."""

import pytest

from rowan.access.rules.seeing import what_is_seen
from rowan.agencies.rules.roles import Role
from rowan.questions.rules.heard import heard_whole

POLICE, SCHOOL = ("police-899", "police_missing"), ("school-1", "attendance_marks")


@pytest.mark.parametrize(
    ("role", "agency", "kind", "whole"),
    [
        (Role.MISSING_COORDINATOR, "council-899", "council", True),
        (Role.EXPLOITATION_COORDINATOR, "council-899", "council", True),
        (Role.TRIAGE_OFFICER, "council-899", "council", True),
        (Role.LEAD_PROFESSIONAL, "council-899", "council", True),
        (Role.EDUCATION_WELFARE_OFFICER, "council-899", "council", False),
        (Role.HEALTH_LEAD, "health-1", "health", False),
        (Role.SCHOOL_SAFEGUARDING_LEAD, "school-1", "school", False),
    ],
)
def test_whoever_may_not_see_the_rows_of_one_agency_does_not_read_the_words(role, agency, kind, whole):
    seen = what_is_seen(role, agency, kind)
    assert heard_whole("missing_and_absent", [POLICE, SCHOOL], seen) is whole


def test_of_other_rules_one_row_is_enough():
    seen = what_is_seen(Role.EDUCATION_WELFARE_OFFICER, "council-899", "council")
    assert heard_whole("missing_again", [POLICE, SCHOOL], seen)
    assert heard_whole("a rule of long ago", [POLICE, SCHOOL], seen)
