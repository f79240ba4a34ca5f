"""Every rule can be published: a sentence, an owner, a source, an equality note, a review date, and whom it asks."""

from datetime import date

import pytest

from rowan.escalation.rules.settings import OVERDUE_DAYS
from rowan.questions.rules.absence_risen import COUNTED_MARKS
from rowan.questions.rules.asked_elsewhere import OVERDUE
from rowan.questions.rules.register import NO_RULE_ABOUT, PUBLISHED, RULES, rule_named
from rowan.questions.rules.settings import SETTINGS
from rowan.records.sources.kinds import KINDS

FIGURES = {
    "missing_again": {"episodes": 3, "first_on": "2026-01-10", "last_on": "2026-03-01", "overnight": 1},
    "far_from_home": {"found_on": "2026-03-02", "km_home": 34, "km_placement": 21, "other_authority": True, "travel_known": False},
    "child_arrested": {"arrested_on": "2026-03-01", "charged_on": "2026-03-09", "company": "with adults"},
    "absence_risen": {
        "weeks": 4, "weeks_from": "2026-03-16", "weeks_to": "2026-04-10", "absent": 24, "possible": 40, "past_weeks": 20, "past_absent": 6,
        "past_possible": 200, "expected": 1.2, "ill": 6, "excluded": 1, "joined_on": "2026-01-05",
    },
    "left_for_no_school": {"left_on": "2026-03-02", "home_education": False, "missing": 1, "arrests": 0, "other_on": "2026-03-09"},
    "missing_and_absent": {
        "episodes": 1, "missing_on": "2026-02-27", "unexplained": 7, "run_from": "2026-03-02", "weeks": 4, "weeks_to": "2026-03-27",
        "absent": 12, "possible": 40, "expected": 2.4,
    },
    "noted_again": {"notes": 3, "kinds": 2, "first_on": "2026-01-10", "last_on": "2026-03-01"},
    "away_again": {"episodes": 3, "first_on": "2026-01-10", "last_on": "2026-03-01", "overnight": 1},
    "told_by_two_agencies": {
        "first_on": "2026-02-20", "last_on": "2026-03-06", "missing": 1, "away": 0, "arrested": 0, "placed_far": 1, "suspended": 2, "noted": 2,
    },
    "seen_less_at_school": {
        "stopped_after": "2026-02-20", "suspended": 1, "part_time": 0, "seen_on": "2026-03-06", "missing": 1, "arrests": 0,
        "other_on": "2026-03-03",
    },
    "feed_silent": {"school": "Rowan Road School", "school_days": 9, "reaches_to": "2026-06-03", "others": 12},
    "feed_late": {
        "agency_name": "Invented Constabulary", "feed": "police_missing", "last_on": "2026-06-03", "silent_days": 9, "expected": 5, "deliveries": 40, "others": 0,
    },
    "same_days_missed": {
        "pattern": "fri", "weeks": 12, "weeks_from": "2026-01-05", "weeks_to": "2026-03-27", "times": 7, "of": 12, "others": 2, "others_of": 48,
        "expected": 0.5, "ill": 1, "joined_on": None,
    },
}  # fmt: skip


@pytest.mark.parametrize("rule", PUBLISHED, ids=lambda rule: rule.name)
class TestEveryRule:
    def test_it_says_all_that_the_register_shows(self, rule):
        for words in (
            rule.title,
            rule.sentence,
            rule.question,
            rule.why,
            rule.source,
            rule.owner,
            rule.equality_note,
        ):
            assert words.strip()
        assert rule.could_be and rule.does_not_see
        assert rule.version >= 1 and rule.review_on > date(2026, 11, 1)

    def test_its_published_sentence_shows_the_numbers_in_force(self, rule):
        published = rule.published({})
        assert "{" not in published
        for setting in rule.settings:
            if "{" + setting.name.rsplit(".", 1)[1] + "}" in rule.sentence:
                assert f"{setting.default:g}" in published

    def test_its_explanation_uses_the_real_numbers_and_no_name(self, rule):
        said = rule.explain(FIGURES[rule.name], {})
        assert "None" not in said and "{" not in said
        assert any(character.isdigit() for character in said)

    def test_it_uses_no_word_that_blames_a_child(self, rule):
        said = " ".join(
            [rule.sentence, rule.question, rule.why, rule.explain(FIGURES[rule.name], {}), *rule.could_be, *rule.does_not_see]
        ).lower()  # fmt: skip
        for word in (
            "truant",
            "absconded",
            "risk",
            "runaway",
            "offender ",
            "gang member",
            "choosing",
            "streetwise",
            "suspect",
        ):
            assert word not in said, word

    def test_every_setting_has_a_range_a_source_an_owner_and_an_explanation(self, rule):
        for setting in rule.all_settings:
            assert setting.name.startswith(f"questions.{rule.name}.")
            assert setting.refusal(setting.default) is None
            assert setting.least is not None and setting.most is not None
            assert setting.source and setting.owner and setting.explanation


def test_rules_have_names_of_their_own():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule_named(rule.name) is rule for rule in RULES)
    assert rule_named("unknown") is None


def test_the_words_for_a_late_feed_say_what_it_was_held_against():
    rule, figures = rule_named("feed_late"), FIGURES["feed_late"]
    said = rule.explain(figures, {})
    assert (
        "Invented Constabulary has sent nothing of its feed “Police missing reports” since 3 June 2026: 9 working days."
        in said
    )
    assert "in 90% of the times within 5 working days of the time before." in said and "holiday" not in said
    registers = figures | {"feed": "attendance_marks", "agency_name": "Rowan Road School"}
    assert "has no calendar of holidays, so all are counted: is it a holiday?" in rule.explain(registers, {})
    beside = rule.explain(registers | {"others": 1}, {})
    assert "9 school days" in beside and "on which 1 other school that sends registers was open" in beside


def test_what_is_overdue_is_asked_by_the_ladder_with_the_ladders_own_numbers():
    of_the_ladder = {setting.name: setting for setting in OVERDUE_DAYS.values()}
    assert set(OVERDUE.numbers.values()) == set(of_the_ladder)
    said = OVERDUE.published(
        {name: 3 for name in of_the_ladder} | {"escalation.overdue_manager_working_days": 4.0}
    )
    assert (
        "put to its owner, who has 3 working days" in said
        and "to the manager, who has 4 working days," in said
    )


def test_no_kind_of_row_tells_of_a_stop_while_the_register_says_so():
    assert "being stopped by the police" in NO_RULE_ABOUT
    words = " ".join([*KINDS, *(column for columns in KINDS.values() for column in columns)])
    assert "stop" not in words and "search" not in words


def test_settings_are_listed_once():
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)


def test_a_changed_setting_shows_in_the_sentence():
    assert "2 times within 30 days" in rule_named("missing_again").published(
        {"questions.missing_again.episodes": 2, "questions.missing_again.within_days": 30.0}
    )


def test_religious_and_travelling_sessions_and_what_never_asks_are_not_counted():
    assert not set(COUNTED_MARKS) & {"R", "T", "M", "C2", "S", "/", "\\", "#", "Y5"}
    assert {"I", "O", "N", "U", "G", "E"} <= set(COUNTED_MARKS)


def test_the_words_for_an_absence_show_what_may_explain_it():
    said = rule_named("absence_risen").explain(FIGURES["absence_risen"], {})
    assert "6 sessions for illness and 1 session while suspended or excluded" in said
    assert "joined this school on 5 January 2026" in said


def test_the_words_for_the_same_days_name_the_day_or_the_afternoons():
    rule, figures = rule_named("same_days_missed"), FIGURES["same_days_missed"]
    said = rule.explain(figures, {})
    assert (
        "some or all of 7 of 12 Fridays in the 12 school weeks to 27 March 2026, and of 2 of 48 other days"
        in said
    )
    assert (
        "hardly any Fridays would have been ordinary. The registers of those weeks also show 1 session for illness."
        in said
    )
    said = rule.explain(
        figures | {"pattern": "afternoons", "of": 60, "times": 14, "others_of": 60, "expected": 2.2}, {}
    )
    assert "Missed 14 of 60 afternoons" in said and "and 2 of 60 mornings" in said
    assert "about 2 afternoons would have been ordinary" in said
