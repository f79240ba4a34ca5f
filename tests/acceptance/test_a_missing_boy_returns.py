"""Missing boy returns, interview offered twice, held late: in a real browser, with scripts and without.

Given a boy whom his social worker reports missing
When he comes back, declines the first offer, accepts the second and is heard after the 72 hours
Then the interview stands as held late, both offers count, and what he told of harm asks for a strategy discussion today
"""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from rowan.access.models import Why
from rowan.missing.models import Episode, EventKind
from rowan.missing.rules.steps import Interview
from tests import people_in_tests as invented
from tests.acceptance.conftest import PATIENCE, keep_picture, sign_in, violations


class Reader:
    """Somebody at a page; axe reads each one. Without scripts it reads the same page, byte for byte, in another window."""

    def __init__(self, page: Page, look: Page):
        self.page, self.look, self.faults = page, look, []

    def arrives_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        if self.look is not self.page:
            self.look.unroute_all()
            whole = self.page.content()
            self.look.route(self.page.url, lambda route: route.fulfill(body=whole, content_type="text/html"))
            self.look.goto(self.page.url)
        self.faults += [f"{self.page.url}: {fault}" for fault in violations(self.look)]

    def follows(self, link: str, then: str) -> None:
        self.page.get_by_role("link", name=link, exact=True).click()
        self.arrives_at(then)

    def presses(self, button: str, then: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()
        self.arrives_at(then)

    def says_when(self, at: datetime) -> None:
        local = timezone.localtime(at)
        for label, value in (("Day", local.day), ("Month", local.month), ("Year", local.year)):
            self.page.get_by_label(label, exact=True).fill(str(value))
        self.page.get_by_label("What time").fill(f"{local:%H:%M}")

    def writes(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)

    def picks(self, question: str, answer: str) -> None:
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def reader(request, browser, live_server, world):
    scripts = request.param == "with JavaScript"
    windows = [browser.new_context(base_url=live_server.url, java_script_enabled=scripts, bypass_csp=True, locale="en-GB")]  # fmt: skip
    if not scripts:
        windows.append(browser.new_context(base_url=live_server.url, bypass_csp=True, locale="en-GB"))
    pages = [window.new_page() for window in windows]
    for page in pages:
        page.set_default_timeout(PATIENCE)
    yield Reader(pages[0], pages[-1])
    for window in windows:
        window.close()


@pytest.mark.django_db(transaction=True)
def test_missing_boy_returns_interview_offered_twice_held_late(reader, world):
    now, page = timezone.now(), reader.page
    council = world.agencies[invented.COUNCIL]
    invented.involve(world.boy, council, Why.ALLOCATED_WORKER, "Joan Eccles", practitioner=world.worker)

    # Given a boy whom his social worker reports missing
    sign_in(page, "social-worker")
    page.goto(f"/children/{world.boy.id}/")
    reader.follows("Missing episodes and the “if missing” sheet", "Missing episodes")
    reader.presses("Report missing", "Report Kacper Holloway missing")
    reader.says_when(now - timedelta(days=5))
    reader.writes("Where, with whom and in what", "At the bus station, in a grey coat")
    reader.presses("Report missing", "Kacper Holloway")
    expect(page.get_by_text("The missing co-ordinator is told")).to_be_visible()
    page.goto("/missing/")
    expect(page.get_by_role("link", name="Kacper Holloway")).to_be_visible()

    # When he comes back
    page.context.clear_cookies()
    sign_in(page, "missing")
    page.goto("/missing/")
    page.get_by_role("link", name="Kacper Holloway").click()
    reader.arrives_at("Kacper Holloway")
    reader.follows("The child came back", "The child came back")
    reader.says_when(now - timedelta(days=4))
    reader.presses("Record: back", "Kacper Holloway")
    expect(page.get_by_text("Interview required, not offered yet")).to_be_visible()

    # declines the first offer
    reader.follows("Offer the interview", "Offer the interview")
    reader.says_when(now - timedelta(hours=90))
    reader.picks("How it was offered", "In person")
    reader.presses("Record the offer", "Kacper Holloway")
    reader.follows("The child declines", "The child declines")
    reader.says_when(now - timedelta(hours=89))
    reader.presses("Record: declined", "The child declines")
    expect(page.get_by_role("link", name="Say what the child said")).to_be_visible()
    reader.writes("What the child said", "Not today")
    reader.presses("Record: declined", "Kacper Holloway")

    # accepts the second
    reader.follows("Offer the interview", "Offer the interview")
    reader.says_when(now - timedelta(hours=20))
    reader.picks("How it was offered", "Through a worker the child trusts")
    reader.presses("Record the offer", "Kacper Holloway")
    reader.follows("The child accepts", "The child accepts")
    reader.says_when(now - timedelta(hours=19))
    reader.presses("Record: accepted", "Kacper Holloway")

    # and is heard after the 72 hours
    reader.follows("Record the interview", "Return home interview")
    reader.says_when(now - timedelta(hours=2))
    reader.picks("Was the interviewer independent", "Yes")
    reader.writes("What the child said, in the child’s words", "I was fed up")
    reader.picks("Did the child tell of harm", "Yes")
    reader.writes("Names heard", "Stretch")
    keep_picture(page, "missing-interview-filled")
    page.set_viewport_size({"width": 1280, "height": 900})
    reader.presses("Record the interview", "Kacper Holloway")

    # Then the interview stands as held late, both offers count
    expect(page.get_by_text("Interview held late").first).to_be_visible()
    expect(page.get_by_text("2 times")).to_be_visible()
    expect(page.get_by_text("Stretch").first).to_be_visible()
    keep_picture(page, "missing-episode-held-late")
    page.set_viewport_size({"width": 1280, "height": 900})
    episode = Episode.objects.get()
    assert episode.interview == Interview.HELD_LATE
    assert episode.events.filter(kind=EventKind.OFFERED).count() == 2

    # and what he told of harm asks for a strategy discussion today, of his own worker
    page.context.clear_cookies()
    sign_in(page, "social-worker")
    page.goto("/questions/")
    expect(page.get_by_role("link", name="The child tells someone")).to_be_visible()
    assert reader.faults == []
