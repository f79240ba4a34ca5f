"""What a person types when they raise a concern."""

from .raising import ConcernForm, as_query, boxes_posted, referrer_of, told_of

__all__ = ["ConcernForm", "as_query", "boxes_posted", "referrer_of", "told_of"]
