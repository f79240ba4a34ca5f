"""A kind of line has a name a reader understands."""

from rowan.chronology.rules.kinds import kind_name


def test_a_kind_that_is_not_listed_is_shown_as_it_is_written():
    assert kind_name("went_missing") == "Went missing"
    assert kind_name("seen_at_school") == "Seen at school"
