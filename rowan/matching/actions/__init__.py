"""Say which records are one person, and take it back."""

from .answering import answer, look_at
from .settled import close_what_is_settled
from .undoing import open_judgement, undo

__all__ = ["answer", "close_what_is_settled", "look_at", "open_judgement", "undo"]
