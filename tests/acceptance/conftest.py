"""A real browser against a real server, with invented people; a screenshot of every page when ROWAN_SHOTS names a folder."""

import os
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from rowan.agencies.models import Practitioner
from tests import people_in_tests as invented
from tests.signing_in import signed_in_session

# Processes that no page is ever shown in: for each window's address bar, and a spare one for each page.
SHOWS_NO_PAGE = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
)
# The last such line of a browser counts alone, so what Playwright itself leaves out is said again (not what concerns Windows or Edge).
LEFT_OUT_BY_PLAYWRIGHT = (
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
# No page calls an outside host, and neither does the browser.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--disable-features=" + ",".join(SHOWS_NO_PAGE + LEFT_OUT_BY_PLAYWRIGHT),
]
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
NAMES_A_THING = re.compile(r"(?<=/)(?=[^/]*\d)[^/]+|:\d+")  # its number, or its id; the server's port too
_contrast_was_read: set[str] = set()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What axe tells of each fault is asked for; not where on the page each thing stands that has none.
FAULTS_ALONE = {"resultTypes": ["violations"], "selectors": False}
# A page may be slow on a busy machine; how fast pages are is measured elsewhere.
PATIENCE = 20_000  # milliseconds
expect.set_options(timeout=PATIENCE)


# What takes a minute or more by itself begins first: begun last, one of two processes would wait for the other.
LONGEST = (
    "test_every_page.py",
    "test_whole_rowans_in_short.py",
    "test_a_panel_of_twelve_children.py",
    "test_a_missing_boy_returns.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]):
    here = Path(__file__).parent
    if all(item.path.is_relative_to(here) for item in items):
        items.sort(
            key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST)
        )


@pytest.fixture(scope="session")
def browser():
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("needs Chromium (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(request, browser: Browser, live_server):
    """A window of its own, once with scripts and once without."""
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=request.param == "with JavaScript", locale="en-GB"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    # A broken content policy or script says so here and nowhere else.
    assert [text for text in said if "the server responded with a status of" not in text] == []
    context.close()


@pytest.fixture
def scripted_page(browser: Browser, live_server):
    """A window whose content policy lets a test evaluate axe in it; the pages' own policy is tested apart."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def journey(request, browser: Browser, live_server):
    """Several people one after the other, once with scripts and once without."""
    from tests.acceptance.journeys import Journey

    scripts = request.param == "with JavaScript"
    windows = [browser.new_context(base_url=live_server.url, java_script_enabled=scripts, bypass_csp=True, locale="en-GB")]  # fmt: skip
    if not scripts:
        windows.append(browser.new_context(base_url=live_server.url, bypass_csp=True, locale="en-GB"))
    pages = [window.new_page() for window in windows]
    for each in pages:
        each.set_default_timeout(PATIENCE)
    going = Journey(pages[0], pages[-1])
    yield going
    for window in windows:
        window.close()
    assert going.faults == []


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def hand(request, browser: Browser, live_server):
    """Somebody's hand at a page, its clicks and keys counted, once with scripts and once without. Nobody has signed in."""
    from tests.acceptance.counted_by_hand import hand_at

    with hand_at(browser, live_server.url, scripts=request.param == "with JavaScript") as hand:
        yield hand


@pytest.fixture
def scripted_hand(browser: Browser, live_server):
    from tests.acceptance.counted_by_hand import hand_at

    with hand_at(browser, live_server.url, scripts=True) as hand:
        yield hand


BY_PASSWORD_ALONE = ", by password alone"


def sign_in(page: Page, username: str) -> None:
    """As somebody who has signed in whole. The way in has a journey of its own (test_signing_in)."""
    page.goto("/sign-in/")
    if username.endswith(BY_PASSWORD_ALONE):
        page.get_by_label("User name").fill(username.removesuffix(BY_PASSWORD_ALONE))
        page.get_by_label("Password").fill(invented.PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        return
    key = signed_in_session(Practitioner.objects.get(username=username))
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": page.url.split("/sign-in")[0]}]
    )
    page.goto("/")


def violations(page: Page, *, contrast: bool | None = None) -> list[str]:
    """What axe finds at WCAG 2.2 AA, a line each.

    Contrast takes axe three quarters of its time and hangs on styles that pages share: unless asked for, it is read once of each
    address in a process. `test_every_page` asks for it at every visit.
    """
    address = NAMES_A_THING.sub("#", page.url.split("?")[0])
    if contrast is None:
        contrast = address not in _contrast_was_read
    _contrast_was_read.add(address)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "how => axe.run(document, how).then(result => result.violations)",
        {
            "runOnly": {"type": "tag", "values": WCAG},
            "rules": {"color-contrast": {"enabled": contrast}},
            **FAULTS_ALONE,
        },
    )
    return [
        f"{fault['id']}: {fault['help']} ({node['html'][:160]})" for fault in found for node in fault["nodes"]
    ]


def keep_picture(page: Page, name: str) -> None:
    """Screenshots at a desk's width and a phone's, for a person to look at."""
    if not (folder := os.environ.get("ROWAN_SHOTS")):
        return
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


@pytest.fixture
def world(db):
    """A girl, a boy, the people who work for them, and what agencies sent."""
    return World()


class World:
    def __init__(self):
        from rowan.access.models import Why
        from rowan.agencies.rules.posts import PostKind
        from rowan.agencies.rules.roles import Role

        invented.finished_run()
        self.agencies = invented.three_agencies()
        council, school = (self.agencies[code] for code in (invented.COUNCIL, invented.SCHOOL))
        self.agreement = invented.feeds(self.agencies)
        self.triage = invented.practitioner("triage", Role.TRIAGE_OFFICER, council, "Tamsin Okoro")
        self.missing = invented.practitioner("missing", Role.MISSING_COORDINATOR, council, "Mirela Hughes")
        self.coordinator = invented.practitioner(
            "coordinator", Role.EXPLOITATION_COORDINATOR, council, "Colm Desai"
        )
        self.justice = invented.practitioner(
            "youth-justice", Role.YOUTH_JUSTICE_WORKER, council, "Yusuf Barrett"
        )
        self.worker = invented.practitioner("social-worker", Role.LEAD_PROFESSIONAL, council, "Joan Eccles")
        self.lead = invented.practitioner(
            "school-lead", Role.SCHOOL_SAFEGUARDING_LEAD, school, "Sian Blakemore"
        )
        self.administrator = invented.practitioner("administrator", Role.ADMINISTRATOR, council, "Ade Morris")
        triage_post = invented.post(PostKind.TRIAGE, council, self.triage)
        missing_post = invented.post(PostKind.MISSING_COORDINATOR, council, self.missing)
        justice_post = invented.post(PostKind.YOUTH_JUSTICE, council, self.justice)
        lead_post = invented.post(PostKind.SCHOOL_LEAD, school, self.lead)

        self.girl = invented.child("Amina", "Larkfield", sex="F", age=14, school=school, called="Mina")
        self.boy = invented.child("Kacper", "Holloway", sex="M", age=15, school=school)
        ago = invented.days_ago
        for child in (self.girl, self.boy):
            invented.involve(child, school, Why.ON_ROLL)
            invented.attendance(child, school)
            invented.happened(
                child,
                ago(60),
                "school_log",
                "Bullying reported",
                by=invented.SCHOOL,
                compartment="education",
                observed="V",
                text="Name-calling on the way home. Form tutor spoke to both families.",
            )
            invented.happened(
                child, ago(30), "school_log", "Has joined the football club", by=invented.SCHOOL, observed="P"
            )
        invented.involve(self.girl, council, Why.ALLOCATED_WORKER, "Joan Eccles", practitioner=self.worker)
        for days, place in [(80, "home"), (40, "a friend’s house"), (6, "a town 34 km away")]:
            self.episode = invented.happened(
                self.girl,
                ago(days),
                "went_missing",
                "Went missing overnight",
                by=invented.POLICE,
                compartment="police",
                observed="I",
                happened_at=invented.at_noon(ago(days)),
                ended_on=ago(days - 1),
                text=f"Found at {place}.",
            )
        self.sign = invented.happened(
            self.girl,
            ago(6),
            "sign_of_harm",
            "Found far away with no known means of travel",
            by=invented.POLICE,
            compartment="police",
            observed="S",
            observed_code="MISS-03",
        )
        # It came with the first file of its feed, long after it happened, about a child without a worker.
        self.old_sign = invented.happened(
            self.boy,
            ago(200),
            "sign_of_harm",
            "Missing overnight repeatedly",
            by=invented.POLICE,
            compartment="police",
            observed="S",
            known_on=ago(0),
            record_kind="police_missing",
        )
        invented.involve(self.boy, council, Why.ASKED, post=triage_post)
        self.about_girl = invented.question(
            self.girl,
            "missing_again",
            rows=[
                (invented.POLICE, ago(80), "Reported missing, returned the next day"),
                (invented.POLICE, ago(40), "Reported missing, returned the next day"),
                (invented.POLICE, ago(6), "Reported missing, found in a town 34 km away"),
            ],
            at_post=missing_post,
            figures={"episodes": 3, "overnight": 3, "first_on": str(ago(80)), "last_on": str(ago(6))},
        )
        self.about_boy = invented.question(
            self.boy,
            "child_arrested",
            rows=[(invented.POLICE, ago(4), "Arrested; the report says adults were there")],
            at_post=justice_post,
            figures={"arrested_on": str(ago(4)), "company": "with adults"},
        )
        self.of_school = invented.question(
            self.girl,
            "absence_risen",
            rows=[(invented.SCHOOL, ago(3), "Absent, morning session, code O")],
            audience=invented.SCHOOL,
            at_post=lead_post,
            figures={
                "absent": 22,
                "possible": 40,
                "weeks": 4,
                "weeks_to": str(ago(3)),
                "past_weeks": 16,
                "past_absent": 9,
                "past_possible": 160,
                "expected": 3,
            },
        )
