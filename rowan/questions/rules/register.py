"""The register of rules: every rule that may put a question, in the order of its page. Those about children, then those about feeds."""

from . import (
    absence_risen,
    away_again,
    child_arrested,
    far_from_home,
    feed_late,
    feed_silent,
    left_for_no_school,
    missing_again,
    missing_and_absent,
    noted_again,
    same_days_missed,
    seen_less_at_school,
    told_by_two_agencies,
)
from .declaration import Rule

RULES: tuple[Rule, ...] = (
    missing_again.RULE,
    away_again.RULE,
    far_from_home.RULE,
    absence_risen.RULE,
    same_days_missed.RULE,
    child_arrested.RULE,
    missing_and_absent.RULE,
    left_for_no_school.RULE,
    seen_less_at_school.RULE,
    noted_again.RULE,
    told_by_two_agencies.RULE,
)
ABOUT_FEEDS: tuple[Rule, ...] = (feed_silent.RULE, feed_late.RULE)
# What one might expect a rule about, and why there is none: for the page, so that nobody takes silence for a check.
NO_RULE_ABOUT = {
    "being stopped by the police": (
        "No file that Rowan reads tells of stops: from the police it takes missing reports and arrests of under-18s only, and the published stop-and-search file names nobody. "
        "So no stop asks, alone or beside another fact; an arrest that followed one asks as any arrest does. "
        "Were stops sent under an agreement, one would ask only with a second fact: out of area, with unknown adults, late at night, drugs or several phones."
    ),
}
PUBLISHED = (*RULES, *ABOUT_FEEDS)


def rule_named(name: str) -> Rule | None:
    return next((rule for rule in PUBLISHED if rule.name == name), None)
