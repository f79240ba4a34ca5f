"""Words that stand for nothing. Unknown, refused, not asked and not applicable are different facts: the raw cell keeps which."""

_WORDS = frozenset({"", "null", "none", "nan", "#n/a", "n/a", "na", "-", "--", "*dummy*"})


def is_nothing(cell: str) -> bool:
    return cell.casefold() in _WORDS


def is_nothing_but_words(cell: str) -> bool:
    """In a column of dates or numbers, words that say why there is none are no fault of the sender's."""
    return is_nothing(cell) or cell.casefold() in {"not known", "unknown", "z", "nope"}
