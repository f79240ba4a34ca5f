"""Marks are worked through some schools at a time: every school once, with every file that may hold its rows."""

from hypothesis import given
from hypothesis import strategies as st

from rowan.pipeline.store import schools_at_once
from rowan.records.keeping.delta_tables import FileOfRows

SCHOOLS = ("8992001", "8992002", "8994001", "8994002")


def file(path, rows, lowest, highest):
    return FileOfRows(path, rows, "2026-03", lowest, highest)


def parts(files, schools, marks):
    return [(some.schools, some.files) for some in schools_at_once(files, schools, marks)]


def test_a_school_with_more_marks_than_a_part_holds_is_a_part_of_its_own():
    files = [
        file("a", 30, "8992001", "8992001"),
        file("b", 99, "8994001", "8994001"),
        file("c", 30, "8992002", "8992002"),
    ]
    assert parts(files, ["8994001", "8992001", "8992002"], 60) == [
        (["8992001", "8992002"], ["a", "c"]),
        (["8994001"], ["b"]),
    ]


def test_a_file_of_several_schools_or_of_nobody_knows_whom_is_read_for_each():
    files = [
        file("spans", 1, "8992001", "8992002"),
        file("silent", 1, None, None),
        file("other", 1, "8994002", "8994002"),
    ]
    assert parts(files, ["8992001", "8992002", "8994001"], 1) == [
        (["8992001"], ["silent", "spans"]),
        (["8992002"], ["silent", "spans"]),
        (["8994001"], ["silent"]),
    ]


def test_only_where_a_file_may_hold_other_schools_need_each_mark_be_asked_whose_it_is():
    files = [file("alone", 1, "8994001", "8994001"), file("spans", 1, "8992001", "8992002")]
    found = schools_at_once(files, ["8992001", "8994001"], 1)
    assert [(some.schools, some.theirs_alone) for some in found] == [
        (["8992001"], False),
        (["8994001"], True),
    ]


def test_without_schools_there_is_one_part_with_nothing_in_it():
    assert parts([], [], 10) == [([], [])]


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.sampled_from([None, *SCHOOLS]), st.sampled_from([None, *SCHOOLS])),
        max_size=12,
    ),
    st.sets(st.sampled_from(SCHOOLS)),
    st.integers(1, 120),
)
def test_every_school_is_in_one_part_that_reads_all_its_files(said, schools, marks):
    files = [file(str(number), rows, lowest, highest) for number, (rows, lowest, highest) in enumerate(said)]
    found = parts(files, sorted(schools), marks)
    assert [school for some, _ in found for school in some] == sorted(schools)
    for some, paths in found:
        assert {one.path for one in files if any(one.may_hold(school) for school in some)} == set(paths)
