"""What each kind of referrer may be told is a table: whole, and mean towards whoever has no part in the child's life."""

from rowan.concerns.rules.who_raises import WHAT_EACH_MAY_BE_TOLD, Raises, ToldOf, may_be_told


def test_everybody_stands_in_the_table_with_a_reason():
    assert set(WHAT_EACH_MAY_BE_TOLD) == set(Raises)
    assert all(cell.why.endswith(".") for cell in WHAT_EACH_MAY_BE_TOLD.values())


def test_a_taxi_driver_a_resident_and_whoever_is_unknown_are_thanked():
    for raises in (Raises.TAXI_DRIVER, Raises.RESIDENT, Raises.BUSINESS, Raises.RATHER_NOT_SAY, "somebody"):
        assert may_be_told(raises, vouched=True).of == ToldOf.THANKS


def test_a_schools_safeguarding_lead_is_told_the_decision():
    assert may_be_told(Raises.SCHOOL_LEAD, vouched=True).of == ToldOf.DECISION


def test_on_the_public_page_whatever_box_is_ticked_nobody_learns_what_was_decided():
    """Whoever harms a child may report her as a safeguarding lead, to learn what is known."""
    for raises in Raises:
        told = may_be_told(raises, vouched=False)
        assert told.of in {ToldOf.THANKS, ToldOf.PASSED_ON}
        assert told.of == ToldOf.PASSED_ON or told == WHAT_EACH_MAY_BE_TOLD[raises]
