"""Every promise names the tests that would fail if it were broken, and they are there."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = CHECKOUT / "docs" / "promises.md"


def promises() -> dict[int, str]:
    return {
        int(number): row
        for number, row in re.findall(r"^\| (\d+) \| (.+) \|$", PAGE.read_text(), flags=re.MULTILINE)
    }


def test_there_are_eleven_and_each_is_held_by_a_test_or_says_which_part_will():
    assert list(promises()) == list(range(1, 12))
    for number, row in promises().items():
        assert "tests/" in row or re.search(r"\*part \d", row), f"promise {number} is held by nothing"


def test_every_test_named_there_exists():
    for named in re.findall(r"`(tests/[^`]+)`", PAGE.read_text()):
        file, _, test = named.partition("::")
        assert (CHECKOUT / file).exists(), file
        assert f"def {test}(" in (CHECKOUT / file).read_text() if test else True, named
