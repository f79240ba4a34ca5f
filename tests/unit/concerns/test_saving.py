"""An older page never writes over a newer one, in whatever order savings arrive."""

from hypothesis import given
from hypothesis import strategies as some

from rowan.concerns.rules.saving import Kept, Saving, Sent, after, what_to_do

pages = some.sampled_from(["", "one", "two", "three"])
sent = some.builds(Sent, opened_on=some.integers(-1, 5), page=pages, time=some.integers(0, 5))


def test_a_page_opened_on_what_is_kept_is_written_and_one_opened_before_it_is_not():
    assert what_to_do(Kept(3, "one"), Sent(3, "two")) == Saving.WRITE
    assert what_to_do(Kept(3, "one"), Sent(2, "two")) == Saving.STALE
    assert what_to_do(Kept(3, "one"), Sent(-1, "two")) == Saving.STALE


def test_a_late_saving_of_the_same_page_passes_by_and_a_second_press_without_scripts_is_written():
    assert what_to_do(Kept(3, "one", 4), Sent(0, "one", 3)) == Saving.PASSED_BY
    assert what_to_do(Kept(3, "one", 4), Sent(0, "one", 5)) == Saving.WRITE
    assert what_to_do(Kept(1, "one", 0), Sent(0, "one", 0)) == Saving.WRITE


@given(some.lists(sent, max_size=30))
def test_no_order_of_savings_lets_a_page_write_over_another_pages_newer_words(arriving):
    kept = Kept()
    for each in arriving:
        if what_to_do(kept, each) == Saving.WRITE:
            # Either it was opened on exactly what stands, or it is the page that stands, saving later.
            assert each.opened_on == kept.version or (each.page and each.page == kept.page)
            if each.page and each.page == kept.page and each.time:
                assert each.time > kept.time
            made = after(kept, each)
            assert made.version == kept.version + 1
            kept = made
