"""The short list of files where privacy is enforced names files that exist, and the papers hold together."""

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PAPERS = sorted(
    [CHECKOUT / "SECURITY.md"]
    + [
        CHECKOUT / "docs" / f"{name}.md"
        for name in ("threat-model", "dpia", "appropriate-policy", "where-privacy-is-enforced")
    ]
    # The pages of these read the same files.
    + [
        CHECKOUT / "rowan" / "website" / "papers" / f"{name}.md"
        for name in ("joint-controllers", "privacy-notice", "privacy-notice-for-children")
    ]
)  # fmt: skip


def named_files(text: str) -> list[str]:
    table = text.partition("# Where privacy is enforced")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return [path for row in rows for path in re.findall(r"`([^`]+)`", row)]


def test_every_file_where_privacy_is_enforced_exists_and_stands_in_one_list():
    few = named_files((CHECKOUT / "DEVELOPERS.md").read_text())
    rest = named_files((CHECKOUT / "docs" / "where-privacy-is-enforced.md").read_text())
    assert len(few) > 5 and len(rest) > 20
    assert [path for path in few + rest if not (CHECKOUT / path).exists()] == []
    assert not set(few) & set(rest)


def test_the_list_of_those_that_decide_stays_short():
    """A list that nobody holds in mind protects nothing: what carries a decision out stands in the other one."""
    assert len(named_files((CHECKOUT / "DEVELOPERS.md").read_text())) <= 12


def test_a_file_that_is_gone_would_be_found():
    assert named_files(
        "## Where privacy is enforced\n| `rowan/gone.py`, `rowan/too.py` | x |\n## Next\n| `a` | b |"
    ) == [
        "rowan/gone.py",
        "rowan/too.py",
    ]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_a_papers_links_lead_somewhere(paper):
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", paper.read_text()):
        assert link.startswith("https:") or (paper.parent / link).exists(), link
