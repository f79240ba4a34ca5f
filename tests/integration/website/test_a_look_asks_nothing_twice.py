"""What a page's parts ask alike is asked once while it is looked at, and afresh wherever something is changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rowan.access.actions import join_records
from rowan.access.standing import Groups
from rowan.agencies.in_words import NO_AGENCY, agency_names
from rowan.asked_once import while_a_page_is_looked_at
from tests import people_in_tests as invented

pytestmark = pytest.mark.django_db


def test_who_is_one_person_is_asked_once_a_page_and_afresh_after_it():
    child, once = "a" * 32, "b" * 32
    with while_a_page_is_looked_at():
        assert Groups([child]).all_ids == [child]
        with CaptureQueriesContext(connection) as asked:
            assert Groups([child]).all_ids == [child]
        assert len(asked) == 0
    join_records([(once, child)])
    assert set(Groups([child]).all_ids) == {child, once}


def test_where_something_is_changed_nothing_is_remembered():
    child, once = "a" * 32, "b" * 32
    assert Groups([child]).all_ids == [child]
    join_records([(once, child)])
    assert set(Groups([child]).all_ids) == {child, once}


def test_of_agencies_only_those_not_named_yet_are_asked_for():
    council, school = (invented.three_agencies()[code] for code in (invented.COUNCIL, invented.SCHOOL))
    with while_a_page_is_looked_at():
        assert agency_names({council.code, ""}) == {council.code: council.name, "": NO_AGENCY}
        with CaptureQueriesContext(connection) as asked:
            assert agency_names({council.code, school.code}) == {
                council.code: council.name,
                school.code: school.name,
            }
            assert agency_names({school.code}) == {school.code: school.name}
        assert len(asked) == 1
        assert council.code not in asked.captured_queries[0]["sql"]


def test_only_a_look_remembers(rf):
    from rowan.asked_once import asked_once
    from rowan.website.middleware import a_look_asks_nothing_twice

    asked = []

    def page(request):
        for _ in range(2):
            asked_once("how many", lambda: asked.append(request.method))

    answer = a_look_asks_nothing_twice(page)
    answer(rf.get("/"))
    answer(rf.post("/"))
    assert asked == ["GET", "POST", "POST"]


def test_who_is_hidden_is_no_answer_that_a_page_remembers():
    """A hidden child's own page would ask less than that of nobody, and its queries would tell."""
    hidden = "a" * 32
    with while_a_page_is_looked_at():
        Groups([hidden], unremembered=True)
        with CaptureQueriesContext(connection) as asked:
            Groups([hidden])
        assert len(asked) == 1
