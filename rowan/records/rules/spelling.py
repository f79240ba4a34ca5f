"""Words without what people write in different ways: capitals, accents, hyphens, apostrophes."""

import re
import unicodedata
from functools import lru_cache

# Letters that do not fall apart into a letter and an accent.
_LETTERS = str.maketrans(
    {"ł": "l", "ı": "i", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


@lru_cache(maxsize=100_000)
def plain(words: str) -> str:
    """`Al-Ḥasan` as `al hasan`, `O'Neil` as `oneil`."""
    lower = words.casefold().translate(_LETTERS)
    letters = lower if lower.isascii() else _without_accents(lower)
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"['’`´.]", "", letters)).split())


def _without_accents(words: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign))
