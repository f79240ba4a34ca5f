"""A paper as a page: headings, paragraphs, bold and slanted words, tables and links between papers, and nothing else of Markdown."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parent / "papers"
ADDRESSES = {
    "privacy-notice.md": "privacy",
    "privacy-notice-for-children.md": "privacy_for_children",
    "joint-controllers.md": "who_is_responsible",
}
# What each council says for itself, as it stands in the papers and as it is set.
SAID_BY_THE_COUNCIL = {
    "[the council’s name and address]": "COUNCIL_ADDRESS",
    "[how to reach the data protection officer]": "DATA_PROTECTION_OFFICER",
}


@dataclass(frozen=True)
class Paper:
    title: str
    body: SafeString


def read_paper(name: str) -> Paper:
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    for place, setting in SAID_BY_THE_COUNCIL.items():
        text = text.replace(place, getattr(settings, setting) or place)
    head, _, rest = text.strip().partition("\n")
    blocks = [block.strip() for block in re.split(r"\n\s*\n", rest) if block.strip()]
    # Every word was escaped before a tag was put around it.
    return Paper(head.removeprefix("# "), mark_safe("\n".join(_block(block, head) for block in blocks)))


def _block(block: str, title: str) -> str:
    if block.startswith("## "):
        return f'<h2 class="govuk-heading-m">{_words(block.removeprefix("## "))}</h2>'
    if block.startswith("|"):
        return _table(block, title)
    return f'<p class="govuk-body">{_words(" ".join(block.split()))}</p>'


def _table(block: str, title: str) -> str:
    heads, _, *rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()
    ]
    return "".join(
        [
            '<div class="rowan-wide-table"><table class="govuk-table">',
            f'<caption class="govuk-table__caption govuk-visually-hidden">{escape(title.removeprefix("# "))}</caption>',
            '<thead class="govuk-table__head"><tr class="govuk-table__row">',
            *[f'<th scope="col" class="govuk-table__header">{_words(cell)}</th>' for cell in heads],
            '</tr></thead><tbody class="govuk-table__body">',
            *[_row(cells) for cells in rows],
            "</tbody></table></div>",
        ]
    )


def _row(cells: list[str]) -> str:
    first, *others = cells
    said = "".join(f'<td class="govuk-table__cell">{_words(cell)}</td>' for cell in others)
    return f'<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{_words(first)}</th>{said}</tr>'


def _words(text: str) -> str:
    said = escape(text)
    said = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", said)
    said = re.sub(r"\*(.+?)\*", r"<em>\1</em>", said)
    return re.sub(r"\[([^\]]+)\]\(([^)]+)\)", _link, said)


def _link(found: re.Match) -> str:
    return f'<a class="govuk-link" href="{reverse(ADDRESSES[found[2]])}">{found[1]}</a>'
