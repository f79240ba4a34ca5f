"""The register of rules: every rule that may put a question, in the order of its page."""

from . import (
    absence_risen,
    child_arrested,
    far_from_home,
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


def rule_named(name: str) -> Rule | None:
    return next((rule for rule in RULES if rule.name == name), None)
