"""A thousand cells that would be formulas, behind blanks and controls of every kind: none is live in the file."""

import csv
import io
import itertools
import unicodedata

from rowan.sharing.files.packing import Sheet, as_csv
from rowan.sharing.rules.formulas import neutral

BEGINNINGS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "|", "%", "＝", "＋", "－", "＠", '"=', "\ufeff="]
UNSEEN = ["", " ", "  ", "\t", "\r", "\n", "\r\n", "\x00", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\xa0", "\u200b", "\u200e", "\u2028", "\u2029", "\u3000", "\u2060", "\ufeff", "\xad"]  # fmt: skip
FORMULAS = ["cmd|'/c calc'!A0", 'HYPERLINK("http://invalid.invalid","x")', "1+1", "SUM(1,2)"]
PAYLOADS = [before + begin + rest for before, begin, rest in itertools.product(UNSEEN, BEGINNINGS, FORMULAS)]


def live(cell: str) -> bool:
    """Judged apart from the rule: what is left when blanks, controls and quotation marks before it are dropped."""
    folded = unicodedata.normalize("NFKC", cell)
    left = folded.lstrip()
    while left and (not left[0].isprintable() or left[0].isspace() or left[0] == '"'):
        left = left[1:]
    return left[:1] in set("=+-@|%\t\r")


def test_there_are_a_thousand_and_each_is_live_before_and_none_after():
    assert len(PAYLOADS) >= 1000
    assert all(live(payload) for payload in PAYLOADS)
    sheet = Sheet("x.csv", "X", ["A", *PAYLOADS[:20]], [[payload, "beside it"] for payload in PAYLOADS])
    text = as_csv(sheet, "=HYPERLINK()").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == len(PAYLOADS) + 1
    # Read line by line too, as a reader that knows no quotation marks would: no cell makes a line of its own.
    assert len(text.splitlines()) == len(rows)
    assert [cell for row in rows for cell in row if live(cell)] == []


def test_what_is_no_formula_stays_as_it_is():
    for said in (
        "Amina Larkfield",
        "3 Invented Row",
        "2026-06-03",
        "O’Neill, late 10-12",
        "",
        "a=b",
        "(0) 1632",
    ):
        assert neutral(said) == said


def test_a_minus_and_a_telephone_number_become_text():
    assert neutral("-4") == "'-4"
    assert neutral("+44 1632 960100") == "'+44 1632 960100"
