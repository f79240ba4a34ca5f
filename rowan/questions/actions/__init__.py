"""What people do with a question: answer it, correct an answer, say that a row is about another child, settle what is owed."""

from .answering import (
    SWITCHES_RULES,
    answer,
    answer_old_signs,
    answer_strategy,
    correct,
    judged_not_this_child,
    list_version,
    may_switch_rules,
    not_this_child,
    settle_owed,
    strategy_version,
    switch_rule,
)

__all__ = [
    "SWITCHES_RULES",
    "answer",
    "answer_old_signs",
    "answer_strategy",
    "correct",
    "judged_not_this_child",
    "list_version",
    "may_switch_rules",
    "not_this_child",
    "settle_owed",
    "strategy_version",
    "switch_rule",
]
