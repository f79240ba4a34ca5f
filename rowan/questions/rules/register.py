"""The register of rules: every rule that may put a question, in the order of its page. Those about children, then those about feeds."""

from . import (
    absence_risen,
    child_arrested,
    far_from_home,
    feed_silent,
    left_for_no_school,
    missing_again,
    missing_and_absent,
    same_days_missed,
)
from .declaration import Rule

RULES: tuple[Rule, ...] = (
    missing_again.RULE,
    far_from_home.RULE,
    absence_risen.RULE,
    same_days_missed.RULE,
    child_arrested.RULE,
    missing_and_absent.RULE,
    left_for_no_school.RULE,
)
ABOUT_FEEDS: tuple[Rule, ...] = (feed_silent.RULE,)
PUBLISHED = (*RULES, *ABOUT_FEEDS)


def rule_named(name: str) -> Rule | None:
    return next((rule for rule in PUBLISHED if rule.name == name), None)
