"""How much memory a night may hold grows with the people it reads of, and with nothing else."""

import gc

import pytest

from rowan.pipeline import memory
from rowan.pipeline.memory import megabytes_for, rows_beside_marks, seldom_looked_through
from rowan.records.sources.attendance_marks import MARKS

LARGE = 1_000_000


def test_a_county_of_twenty_thousand_has_as_much_as_a_small_one_and_one_of_a_hundred_thousand_five_times_it():
    assert megabytes_for(0, LARGE) == megabytes_for(500, LARGE) == megabytes_for(37_000, LARGE) == 200
    assert megabytes_for(185_000, LARGE) == 1_000


def test_a_small_machine_gives_half_of_what_it_has_and_never_less_than_the_first_part():
    assert megabytes_for(10_000_000, 8_000) == 4_000
    assert megabytes_for(10_000_000, 300) == 200


def test_marks_are_worked_through_a_part_at_a_time_and_do_not_count(monkeypatch, tmp_path):
    lines = [
        {"format": MARKS.format, "kept": 64_000_000},
        {"format": "school roll", "kept": 102},
        {"format": "cin census", "kept": 9},
    ]
    monkeypatch.setattr(memory.delta_tables, "rows_of", lambda *_: iter(lines))
    assert rows_beside_marks(tmp_path) == 111


def test_memory_is_looked_through_seldom_for_as_long_as_a_night_lasts_however_it_ends():
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with pytest.raises(ZeroDivisionError), seldom_looked_through():
        assert gc.isenabled() and gc.get_threshold() == (50_000, *before[1:])
        assert gc.get_freeze_count() > frozen
        raise ZeroDivisionError
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, frozen)
