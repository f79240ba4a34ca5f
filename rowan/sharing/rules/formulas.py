"""A cell of a CSV file that no spreadsheet takes for a formula (CWE-1236; OWASP ASVS 5.0, 1.2.10)."""

import unicodedata

# What begins a formula, in any of the widths a spreadsheet may fold: = + - @, and the ways some take a tab, a bar or a per cent.
BEGINS_A_FORMULA = frozenset("=+-@|%＝＋－＠∣﹢﹣﹫−")
# Not seen at the beginning of a cell: blanks, controls, and characters of no width. Some spreadsheets drop them first.
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Co", "Mn"})


def neutral(value: object) -> str:
    """The value as text that stays text: control characters become blanks, and a formula is led by an apostrophe."""
    text = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in str(value))
    return f"'{text}" if begins_a_formula(text) else text


def begins_a_formula(text: str) -> bool:
    """What stands first once blanks, controls and quotation marks, which a lenient reader drops, are passed over."""
    seen = (sign for sign in text if sign != '"' and unicodedata.category(sign) not in _UNSEEN)
    return next(seen, "") in BEGINS_A_FORMULA
