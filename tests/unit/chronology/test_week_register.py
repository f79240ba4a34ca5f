"""What sort of mark stands for a half day fits its four bits, whatever codes there are."""

from datetime import date

from rowan.chronology.rules.week_register import (
    BITS_OF_A_MARK,
    HALF_DAYS,
    a_day_after,
    counted_as,
    sorts_of_mark,
)
from rowan.records.rules.attendance_codes import NEW_CODES_FROM


def test_there_are_few_enough_sorts_of_mark_for_their_place_and_none_is_that_of_no_mark():
    numbers = list(sorts_of_mark().values())
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) > 0
    assert max(numbers) < 2**BITS_OF_A_MARK


def test_a_weeks_register_fits_a_whole_number_of_sixty_three_bits():
    assert HALF_DAYS * BITS_OF_A_MARK <= 63


def test_marks_that_count_alike_are_of_one_sort():
    day = date(2026, 3, 2)
    assert counted_as("/", day) == counted_as("L", day)
    assert counted_as("R", day) == counted_as("T", day)
    assert counted_as("I", day) != counted_as("M", day)


def test_before_and_after_codes_changed_are_days_on_either_side():
    assert a_day_after(0) < NEW_CODES_FROM <= a_day_after(1)
