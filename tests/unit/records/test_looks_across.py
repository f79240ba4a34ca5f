"""What only the rows of a file together can show."""

from datetime import date

from rowan.records.sources.looks_across import (
    missing_while_looked_after,
    one_id_two_people,
    one_pupil_number_two_ids,
    overlapping_periods,
)


def period(line: int, child: str, began: str, ended: str | None) -> dict:
    return {
        "line": line,
        "source_id": child,
        "began_on": date.fromisoformat(began),
        "ended_on": date.fromisoformat(ended) if ended else None,
    }


def test_of_two_periods_that_overlap_the_later_is_marked_whatever_their_order_in_the_file():
    rows = [period(2, "A", "2026-03-01", None), period(3, "A", "2026-01-01", "2026-03-05")]
    found = overlapping_periods("episode").look(rows, [])
    assert found.marks == {2: ["episode overlaps an earlier one of the same child"]}
    assert found.notes == ["The rows of 1 child are not in date order in the file."]


def test_a_period_may_begin_on_the_day_another_ends():
    rows = [period(2, "A", "2026-01-01", "2026-03-01"), period(3, "A", "2026-03-01", None)]
    assert overlapping_periods("episode").look(rows, []).marks == {}


def test_a_missing_period_outside_every_episode_is_marked():
    episodes = [period(0, "A", "2026-01-01", "2026-02-01")]
    rows = [period(2, "A", "2026-01-15", "2026-01-16"), period(3, "A", "2026-03-01", "2026-03-02")]
    found = missing_while_looked_after("ssda903_episodes").look(rows, episodes)
    assert found.marks == {3: ["missing while not looked after"]}


def test_without_any_episode_nothing_is_claimed():
    found = missing_while_looked_after("ssda903_episodes").look([period(2, "A", "2026-01-15", None)], [])
    assert found.marks == {}
    assert found.notes


def person(line: int, identifier: str, name: str, born: str) -> dict:
    return {
        "line": line,
        "source_id": identifier,
        "first_name": name,
        "birth_date": date.fromisoformat(born),
    }


def test_one_id_with_two_people_is_marked_on_both():
    rows = [person(2, "12323232", "Dave", "2010-01-01"), person(3, "12323232", "Fred", "2012-05-05")]
    assert set(one_id_two_people("first_name").look(rows, []).marks) == {2, 3}


def test_a_second_spelling_is_not_a_second_person():
    rows = [person(2, "7", "Sara", "2010-01-01"), person(3, "7", "Sarah", "2010-01-01")]
    assert one_id_two_people("first_name").look(rows, []).marks == {}


def test_one_pupil_number_on_two_children_is_marked_on_both():
    rows = [{"line": 2, "source_id": "1", "upn": "X"}, {"line": 3, "source_id": "2", "upn": "X"}]
    assert set(one_pupil_number_two_ids().look(rows, []).marks) == {2, 3}
