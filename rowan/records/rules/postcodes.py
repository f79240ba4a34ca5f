"""How a postcode is written, which areas exist, and which stand for no place."""

import re
from functools import lru_cache

_SHAPE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")

# Royal Mail's areas. A made-up county brings its own with its postcode directory.
_AREAS_LISTED = """AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY
    G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW
    OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD
    WF WN WR WS WV YO ZE"""
AREAS = frozenset(_AREAS_LISTED.split())
# No fixed abode, not known, and other NHS stand-ins: never a point on a map.
STANDS_FOR_NO_PLACE = "ZZ"


@lru_cache(maxsize=200_000)
def tidy_postcode(text: str) -> str:
    """`zq12ab` as `ZQ1 2AB`; what does not look like a postcode comes back as it was."""
    found = _SHAPE.fullmatch(re.sub(r"\s+", "", text).upper())
    return f"{found[1]} {found[2]}" if found else text


def area_of(postcode: str) -> str:
    found = re.match(r"[A-Z]+", postcode)
    return found[0] if found else ""


def is_shaped_like_a_postcode(postcode: str) -> bool:
    return bool(_SHAPE.fullmatch(postcode.replace(" ", "")))


def fault_in_postcode(postcode: str, areas_known: frozenset[str] = AREAS) -> str | None:
    if not is_shaped_like_a_postcode(postcode):
        return "not shaped like a postcode"
    area = area_of(postcode)
    if area != STANDS_FOR_NO_PLACE and area not in areas_known:
        return "there is no such postcode area"
    return None
