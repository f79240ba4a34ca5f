"""What the night asks, what people do with a question and a sign of harm, and which rules ask at all."""

from .answering import answer, correct
from .answering_signs import answer_old_signs, answer_strategy, list_version, strategy_version
from .asking import take_in
from .asking_about_feeds import answer_about_feed, ask_about_feeds
from .asking_about_signs import ask_about_signs, take_in_signs
from .judging_rows import judged_not_this_child, not_this_child
from .promises import settle_owed
from .switching_rules import SWITCHES_RULES, may_switch_rules, switch_rule

__all__ = [
    "SWITCHES_RULES",
    "answer",
    "answer_about_feed",
    "answer_old_signs",
    "answer_strategy",
    "ask_about_feeds",
    "ask_about_signs",
    "correct",
    "judged_not_this_child",
    "list_version",
    "may_switch_rules",
    "not_this_child",
    "settle_owed",
    "strategy_version",
    "switch_rule",
    "take_in",
    "take_in_signs",
]
