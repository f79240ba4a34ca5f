"""The privacy notices as pages: for anybody, without a cookie, from the one file that is signed."""

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

import rowan
from rowan.website import reading_papers
from tests import ground

PAGES = {
    "/privacy/": "privacy-notice",
    "/privacy/children/": "privacy-notice-for-children",
    "/privacy/who-is-responsible/": "joint-controllers",
}


def words(text: str) -> list[str]:
    """What a reader reads, whatever it is marked up with."""
    return re.findall(r"\w+", unescape(re.sub(r"<[^>]+>|\]\([^)]*\)", " ", text)))


@pytest.mark.parametrize("address", PAGES)
def test_every_word_of_the_paper_is_on_its_page_in_order(client, db, address):
    page = client.get(address)
    assert page.status_code == 200
    main = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)[0]
    on_page = words(re.sub(r"<caption.*?</caption>", "", main))
    assert on_page == words((reading_papers.FOLDER / f"{PAGES[address]}.md").read_text())
    assert not re.search(r"\*\*|^#|\]\(|\|", main, re.MULTILINE)


@pytest.mark.parametrize("address", PAGES)
def test_reading_sets_no_cookie_and_leaves_no_trace(client, db, address):
    from rowan.agencies.models import SignedIn
    from rowan.audit_trail.models import Entry

    page = client.get(address)
    assert not page.cookies and not client.cookies
    assert not SignedIn.objects.exists() and not Entry.objects.exists()
    assert client.post(address).status_code == 405


def test_the_sign_in_page_and_every_footer_lead_there(client, db):
    sign_in = client.get("/sign-in/").content.decode()
    footer = client.get("/questions/rules/").content.decode().partition("<footer")[2]
    for address in ("/privacy/", "/privacy/children/"):
        assert sign_in.partition("<footer")[0].count(f'href="{address}"') == 1
        assert f'href="{address}"' in footer
    assert 'href="/privacy/who-is-responsible/"' in client.get("/privacy/").content.decode()


def test_what_the_council_says_for_itself_stands_in_its_place(client, db, settings):
    assert "[the council’s name and address]" in client.get("/privacy/").content.decode()
    settings.COUNCIL_ADDRESS = "Invented Council, 1 <Invented> Row"
    settings.DATA_PROTECTION_OFFICER = "privacy@council.example"
    page = client.get("/privacy/").content.decode()
    assert (
        "Invented Council, 1 &lt;Invented&gt; Row" in page
        and "[" not in re.search(r"<main.*</main>", page, re.DOTALL)[0]
    )
    assert "privacy@council.example" in client.get("/privacy/children/").content.decode()


def test_the_papers_come_with_the_package():
    assert reading_papers.FOLDER.is_relative_to(Path(rowan.__file__).parent)
    told = tomllib.loads((ground.CHECKOUT / "pyproject.toml").read_text())["tool"]["setuptools"]
    assert "*.md" in told["package-data"]["*"] and "rowan.*" in told["packages"]["find"]["include"]
    assert not list((ground.CHECKOUT / "docs").glob("privacy*"))
