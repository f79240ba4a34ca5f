"""When two headings are the same heading: case, spaces, byte-order marks and dashes that are not hyphens do not count."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=5_000)
def normalised(heading: str) -> str:
    plain = unicodedata.normalize("NFKC", heading).replace("\ufeff", "").casefold()
    return re.sub(r"[\W_]+", "", plain)
