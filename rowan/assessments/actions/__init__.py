"""What people do about where a child stands: open the work, write, approve, step down, look back, and say what they know."""

from .facts import record_dissent, record_seen, record_statutory, record_transition
from .opening import hand_over, open_strand
from .stepping_down import ask_to_step_down, decide_step_down, look_back
from .writing import approve, write

__all__ = [
    "approve",
    "ask_to_step_down",
    "decide_step_down",
    "hand_over",
    "look_back",
    "open_strand",
    "record_dissent",
    "record_seen",
    "record_statutory",
    "record_transition",
    "write",
]
