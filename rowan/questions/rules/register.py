"""The register of rules: every rule that may put a question, in the order of its page."""

from . import absence_risen, child_arrested, far_from_home, missing_again
from .declaration import Rule

RULES: tuple[Rule, ...] = (
    missing_again.RULE,
    far_from_home.RULE,
    absence_risen.RULE,
    child_arrested.RULE,
)


def rule_named(name: str) -> Rule | None:
    return next((rule for rule in RULES if rule.name == name), None)
