"""What a person does at a page, done in a real browser and counted.

Machines are quick, so seconds are counted, not measured: every click, key and page has a stated price, taken from the
keystroke-level model (Card, Moran and Newell, 1980) for somebody who is no trained typist. Time to think, to read and to scroll is not counted. What the
browser and the server really took is printed beside it and asserted by nobody.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, expect

from tests.acceptance.conftest import PATIENCE, violations

CLICK = 1.3  # 1.1 to point, 0.2 to press and let go
KEY = 0.28
HAND = 0.4  # from the mouse to the keys, or back
PAGE = 0.5  # waiting for a page
HALF_A_MINUTE = 30


@dataclass
class Hand:
    """Does what a person does, and counts it."""

    page: Page
    look: Page
    clicks: int = 0
    keys: int = 0
    moves: int = 0
    pages: int = 0
    really: float = 0.0
    faults: list[str] = field(default_factory=list)

    def open(self, path: str, then: str) -> None:
        """The page a person begins at: waited for, and read by axe; how they came to it is not counted."""
        self.page.goto(path)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(then)
        self.pages += 1
        self.read()

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def pick(self, question: str, answer: str) -> None:
        self.click(self.page.get_by_role("group", name=question).get_by_label(answer, exact=True))

    def choose(self, label: str, option: str) -> None:
        """A list is opened with one click, and its line chosen with another."""
        self.page.get_by_label(label, exact=True).select_option(label=option)
        self.clicks += 2

    def type(self, label: str, words: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        self.click(box)
        box.press_sequentially(words)
        self.keys += len(words)
        self.moves += 2

    def type_at_the_device(self, keys: int) -> None:
        """What the device itself asks for, outside of every page: counted, and typed by nobody here."""
        self.keys += keys
        self.moves += 2

    def press(self, target: Locator, then: str) -> None:
        """A click that leads to a page, known by its heading; axe reads it."""
        began = time.monotonic()
        self.click(target)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(then)
        self.really += time.monotonic() - began
        self.pages += 1
        self.read()

    def read(self) -> None:
        """Without scripts axe cannot run in the page itself: it reads the same page, byte for byte, in another window."""
        if self.look is not self.page:
            self.look.unroute_all()
            whole = self.page.content()
            self.look.route(self.page.url, lambda route: route.fulfill(body=whole, content_type="text/html"))
            self.look.goto(self.page.url)
        self.faults += [f"{self.page.url}: {fault}" for fault in violations(self.look)]

    @property
    def seconds(self) -> float:
        return self.clicks * CLICK + self.keys * KEY + self.moves * HAND + self.pages * PAGE

    def done(self, what: str) -> None:
        sys.stdout.write(
            f"\n{what}: {self.clicks} clicks, {self.keys} keys, {self.pages} pages: {self.seconds:.1f} s counted; "
            f"pages really took {self.really:.1f} s\n"
        )
        assert self.faults == []


@contextmanager
def hand_at(browser: Browser, url: str, *, scripts: bool) -> Iterator[Hand]:
    """A hand at a window of its own in which nobody has signed in; without scripts, with a second window that axe reads in."""
    windows = [
        browser.new_context(base_url=url, java_script_enabled=scripts, bypass_csp=True, locale="en-GB")
    ]
    if not scripts:
        windows.append(browser.new_context(base_url=url, bypass_csp=True, locale="en-GB"))
    pages = [window.new_page() for window in windows]
    for page in pages:
        page.set_default_timeout(PATIENCE)
    yield Hand(pages[0], pages[-1])
    for window in windows:
        window.close()
