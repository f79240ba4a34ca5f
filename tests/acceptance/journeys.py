"""A journey of several people in one browser: who is signed in changes, and axe reads the pages on the way."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.acceptance.conftest import keep_picture, sign_in, violations


@dataclass
class Journey:
    page: Page
    look: (
        Page  # axe cannot run where scripts are off: it reads the same page, byte for byte, in another window
    )
    faults: list[str] = field(default_factory=list)

    def as_(self, username: str) -> None:
        self.page.context.clear_cookies()
        sign_in(self.page, username)

    def go(self, path: str, then: str) -> None:
        self.page.goto(path)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(then)

    def press(self, name: str, then: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(then)

    def follow(self, name: str | re.Pattern, then: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(then)

    def type(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)

    def pick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def date(self, group: str, on) -> None:
        boxes = self.page.get_by_role("group", name=group)
        for label, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
            boxes.get_by_label(label, exact=True).fill(str(value))

    def sees(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def read(self, picture: str = "") -> None:
        """What axe finds here, and a picture for a person to look at."""
        if self.look is not self.page:
            self.look.unroute_all()
            whole = self.page.content()
            self.look.route(self.page.url, lambda route: route.fulfill(body=whole, content_type="text/html"))
            self.look.goto(self.page.url)
        self.faults += [f"{self.page.url}: {fault}" for fault in violations(self.look)]
        if picture:
            keep_picture(self.page, picture)
            self.page.set_viewport_size({"width": 1280, "height": 900})
