"""The statutory system's clocks, each from its own event, mirrored."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rowan.assessments.rules.settings import SETTINGS
from rowan.assessments.rules.statutory import FACT_NAMES, MIRRORED, Fact, running, what_is_missing
from rowan.timescales.rules.settings import values_on

ON = date(2026, 6, 1)  # a Monday
VALUES = values_on(SETTINGS, [], ON)
CONFERENCE = "statutory: an initial child protection conference"


def test_a_referral_starts_its_decision_and_its_assessment():
    assert running([(Fact.REFERRAL, ON)], VALUES) == {
        "statutory: a decision on a referral": date(2026, 6, 2),
        "statutory: a child and family assessment": date(2026, 8, 3),
    }


def test_the_conference_runs_from_the_strategy_discussion_and_not_from_the_referral_or_the_enquiry():
    facts = [(Fact.REFERRAL, date(2026, 3, 2)), (Fact.STRATEGY, ON), (Fact.SECTION47, date(2026, 6, 4))]
    assert running(facts, VALUES)[CONFERENCE] == date(2026, 6, 22)


def test_without_a_section_47_enquiry_no_conference_is_owed():
    assert CONFERENCE not in running([(Fact.STRATEGY, ON)], VALUES)


def test_what_happened_ends_its_clock_and_starts_the_next():
    facts = [(Fact.STRATEGY, ON), (Fact.SECTION47, ON), (Fact.CONFERENCE, date(2026, 6, 18))]
    assert running(facts, VALUES) == {
        "statutory: a core group": date(2026, 7, 2),
        "statutory: a first review conference": date(2026, 9, 17),
    }


def test_a_fact_before_its_clock_began_ends_nothing():
    facts = [(Fact.DECISION, date(2026, 5, 1)), (Fact.REFERRAL, ON)]
    assert "statutory: a decision on a referral" in running(facts, VALUES)


def test_each_review_starts_the_next():
    facts = [(Fact.CONFERENCE, ON), (Fact.REVIEW_CONFERENCE, date(2026, 9, 1))]
    assert running(facts, VALUES)["statutory: the next review conference"] == date(2027, 3, 3)


@given(st.lists(st.tuples(st.sampled_from([*Fact]), st.dates(date(2025, 1, 1), date(2026, 12, 31)))))
def test_every_clock_is_due_after_the_newest_event_that_it_runs_from(facts):
    due = running(facts, VALUES)
    assert set(due) <= {mirrored.what for mirrored in MIRRORED}
    for mirrored in MIRRORED:
        if mirrored.what in due:
            assert due[mirrored.what] > max(on for fact, on in facts if fact is mirrored.runs_from)


def test_a_fact_has_a_day_and_the_statutory_systems_own_reference():
    assert set(what_is_missing("", None, " ", ON)) == {"fact", "on", "reference"}
    assert what_is_missing("referral", ON, "LCS 12", ON) == {}
    assert set(FACT_NAMES) == set(Fact)


def test_an_enquiry_of_an_earlier_year_starts_no_conference_after_a_new_discussion():
    facts = [(Fact.STRATEGY, date(2025, 2, 3)), (Fact.SECTION47, date(2025, 2, 4)), (Fact.STRATEGY, ON)]
    assert CONFERENCE not in running(facts, VALUES)
