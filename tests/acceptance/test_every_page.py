"""Every address the URL list knows is opened, read by axe at WCAG 2.2 AA, and looked at for the house's own rules.

The list is made from the resolver: an address that no visit below opens fails the test.
"""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from rowan.access.hiding import keep_out, restrict
from rowan.access.models import Why
from rowan.access.openings import open_in_emergency
from rowan.access.restricted import let_in
from rowan.access.reviewing import take_overdue_up
from rowan.access.taking_part import begin_part
from rowan.agencies.absences import enter_absence
from rowan.agencies.demonstration_leads import make_leads
from rowan.agencies.models import Practitioner
from rowan.agencies.rules.roles import Role
from rowan.audit_trail.actions import OPERATOR
from rowan.notices.actions import tell
from rowan.people.safe_contact import heed
from rowan.questions.actions import answer
from rowan.timescales.rules.working_days import add_working_days
from tests import people_in_tests as invented
from tests.acceptance.conftest import AXE, World, keep_picture, sign_in, violations
from tests.acceptance.visits_of_assessments import assess_something, visits_of_assessments
from tests.acceptance.visits_of_concerns import (
    CONCERNS_REST_ON_NO_FILE,
    NO_PAGE_OF_CONCERNS,
    visits_of_concerns,
    worry_about_something,
)
from tests.acceptance.visits_of_dry_runs import (
    DRY_RUNS_REST_ON_NO_FILE,
    try_a_setting,
    visits_of_dry_runs,
)
from tests.acceptance.visits_of_looks import LOOKS_REST_ON_NO_FILE, look_at_something, visits_of_looks
from tests.acceptance.visits_of_meetings import (
    MEETINGS_REST_ON_NO_FILE,
    NO_PAGE_OF_MEETINGS,
    meet_about_something,
    visits_of_meetings,
)
from tests.acceptance.visits_of_missing import go_missing, visits_of_missing
from tests.acceptance.visits_of_posts import PAGES_OF_POSTS, visits_of_posts
from tests.acceptance.visits_of_sharing import (
    NO_PAGE_OF_SHARING,
    SHARING_RESTS_ON_NO_FILE,
    share_something,
    visits_of_sharing,
)
from tests.acceptance.visits_of_signing_in import (
    NO_PAGE_OF_SIGNING_IN,
    PAGES_OF_SIGNING_IN,
    visits_of_signing_in,
)
from tests.acceptance.visits_of_silent_feeds import (
    SILENT_FEEDS_REST_ON_NO_FILE,
    fall_silent,
    visits_of_silent_feeds,
)
from tests.acceptance.visits_of_triage import (
    NO_PAGE_OF_TRIAGE,
    TRIAGE_RESTS_ON_NO_FILE,
    screen_something,
    visits_of_triage,
)
from tests.acceptance.visits_of_who_is_who import (
    WHO_IS_WHO_RESTS_ON_NO_FILE,
    judge_something,
    visits_of_who_is_who,
)

# Addresses that only take a form or hand over a file, and show no page of their own.
NO_PAGE = {
    "access:end",
    "timescales:come_back",
    "notices:read",
    "records:document",
    "missing:take_off_photograph",
    "missing:photograph_on_paper",
    *NO_PAGE_OF_CONCERNS,
    *NO_PAGE_OF_MEETINGS,
    *NO_PAGE_OF_TRIAGE,
    *NO_PAGE_OF_SHARING,
    *NO_PAGE_OF_SIGNING_IN,
}


# Pages that rest on no agency's file, each with what it rests on.
RESTS_ON_NO_FILE = {
    **dict.fromkeys(PAGES_OF_SIGNING_IN, "one's own account"),
    "agencies:sign_in_by_link": "nothing",
    "agencies:who_answers": "posts and absences",
    "timescales:absences": "the absence calendar",
    **dict.fromkeys(
        [f"timescales:{name}" for name in PAGES_OF_POSTS],
        "posts, and who sits in them",
    ),
    **CONCERNS_REST_ON_NO_FILE,
    **SILENT_FEEDS_REST_ON_NO_FILE,
    **DRY_RUNS_REST_ON_NO_FILE,
    **SHARING_RESTS_ON_NO_FILE,
    **LOOKS_REST_ON_NO_FILE,
    **WHO_IS_WHO_RESTS_ON_NO_FILE,
    **MEETINGS_REST_ON_NO_FILE,
    **TRIAGE_RESTS_ON_NO_FILE,
    **dict.fromkeys(["timescales:settings", "timescales:settings_of_room"], "what people agreed"),
    "timescales:setting": "what people agreed",
    "notices:for_me": "leads on to other pages",
    "home": "leads on to another page",
    "access:matrix": "the rules of access",
    **dict.fromkeys(
        [
            "access:emergency",
            "access:look",
            "access:restrict",
            "access:lift",
            "access:let_in",
            "access:take_off",
            "access:hand_over",
            "access:keep_out",
            "access:let_back",
        ],
        "a form that shows nothing of a child",
    ),
    "access:reviews": "emergency accesses",
    "access:restriction": "what people decided about the record",
    "access:works_with": "what people recorded",
    "access:end_part": "what people recorded",
    "people:safe_contact": "what people recorded",
    "people:end_safe_contact": "what somebody recorded",
    "access:review": "an emergency access",
    "questions:rules": "rules, and counts of questions",
    "questions:rule": "a rule, and counts of questions",
    "questions:rule_by_group": "counts of questions, of months that it names",
    "questions:switch": "a rule",
    "records:imports": "says itself when each file was received",
    "records:imported_file": "says itself when the file was received",
    "records:quarantine": "rows that nothing rests on",
    "records:feeds": "says itself how far each feed reaches",
    "records:feed": "says itself how far the feed reaches",
    "running": "counts",
    **dict.fromkeys(["privacy", "privacy_for_children", "who_is_responsible"], "a paper"),
    "single_view:documents": "documents people added",
    "not found": "nothing",
}


@dataclass(frozen=True)
class Visit:
    name: str  # of the address, as the resolver knows it
    path: str
    by: str | None  # who looks; None before signing in
    also: str = ""  # tells two visits of one address apart


def visits(world: World) -> list[Visit]:
    girl, question = world.girl.id, world.about_girl
    row = question.reasons.get().evidence.first()
    made = [
        *[Visit(*visit) for visit in visits_of_signing_in(world)],
        *[Visit(*visit) for visit in visits_of_sharing(world)],
        *[Visit(*visit) for visit in visits_of_looks(world)],
        *[Visit(*visit) for visit in visits_of_who_is_who(world)],
        *[Visit(*visit) for visit in visits_of_silent_feeds(world)],
        *[Visit(*visit) for visit in visits_of_dry_runs(world)],
        *[Visit(*visit) for visit in visits_of_concerns(world)],
        *[Visit(*visit) for visit in visits_of_missing(world)],
        *[Visit(*visit) for visit in visits_of_assessments(world)],
        *[Visit(*visit) for visit in visits_of_triage(world)],
        *[Visit(*visit) for visit in visits_of_meetings(world)],
        Visit("agencies:sign_in_by_link", "/sign-in/link/an-invented-token/", None),
        Visit("questions:rules", "/questions/rules/", None, "before signing in"),
        Visit("questions:rule", "/questions/rules/missing_again/", None, "before signing in"),
        Visit("privacy", "/privacy/", None),
        Visit("privacy_for_children", "/privacy/children/", None),
        Visit("who_is_responsible", "/privacy/who-is-responsible/", None),
        Visit("home", "/", "missing"),
        Visit("questions:for_me", "/questions/", "missing"),
        Visit("questions:for_me", "/questions/", "social-worker", "with a sign of harm"),
        Visit("questions:for_me", "/questions/", "triage", "with none"),
        Visit("questions:question", f"/questions/{question.id}/", "missing"),
        Visit("questions:question", f"/questions/{world.of_school.id}/", "school-lead", "of a school"),
        Visit("questions:answer", f"/questions/{question.id}/answer/", "missing"),
        Visit("questions:not_this_child", f"/questions/not-this-child/{row.id}/", "missing"),
        Visit("questions:strategy", f"/questions/strategy/{world.sign.key}/", "social-worker"),
        Visit("questions:rules", "/questions/rules/", "missing"),
        Visit("questions:rule", "/questions/rules/missing_again/", "missing"),
        Visit("questions:rule_by_group", "/questions/rules/missing_again/by-group/", "missing"),
        Visit("questions:switch", "/questions/rules/missing_again/switch/", "coordinator"),
        Visit("questions:rule", "/questions/rules/missing_again/", "coordinator", "who may switch it"),
        Visit("questions:older_signs", "/questions/older-signs/", "triage"),
        Visit("questions:older_signs", "/questions/older-signs/", "missing", "with none"),
        Visit("questions:question", f"/questions/{world.about_boy.id}/", "youth-justice", "answered"),
        Visit("questions:settle", f"/questions/owed/{world.owed.pk}/", "youth-justice"),
        Visit("single_view:child", f"/children/{girl}/", "missing"),
        Visit("single_view:child", f"/children/{girl}/", "school-lead", "of a school"),
        Visit(
            "single_view:child",
            f"/children/{girl}/?kind=went_missing&on_day=x",
            "missing",
            "narrowed wrongly",
        ),
        Visit("single_view:child", f"/children/{world.boy.id}/", "missing", "refused"),
        Visit("single_view:documents", f"/children/{girl}/documents/", "missing"),
        Visit("records:imports", "/records/imports/", "administrator"),
        Visit("records:imports", "/records/imports/", "missing", "refused"),
        Visit("records:imported_file", f"/records/imports/{'a' * 32}/", "administrator"),
        Visit("records:quarantine", "/records/quarantine/", "administrator"),
        Visit("records:feeds", "/records/feeds/", "missing"),
        Visit("records:feed", f"/records/feeds/{world.agreement.pk}/", "administrator"),
        Visit("agencies:who_answers", "/who-answers/", "missing"),
        Visit("timescales:absences", "/absences/", "missing"),
        Visit("notices:for_me", "/notices/", "missing"),
        Visit("notices:for_me", "/notices/", "triage", "with none"),
        Visit("timescales:absences", "/absences/", "council-lead-1", "of a team"),
        *(Visit(*visit) for visit in visits_of_posts(world)),
        Visit("timescales:settings", "/settings/", "coordinator"),
        Visit("timescales:settings", "/settings/", "missing", "without a say"),
        Visit("timescales:settings", "/settings/?words=working+days", "coordinator", "by word"),
        Visit("timescales:settings_of_room", "/settings/of/questions/", "coordinator"),
        Visit("timescales:settings_of_room", "/settings/of/access/", "missing", "without a say"),
        Visit("timescales:setting", "/settings/concerns.hub_opens_at/", "coordinator"),
        Visit("timescales:setting", "/settings/sharing.approval_lasts_hours/", "governance"),
        Visit("running", "/running/", "administrator"),
        Visit("components", "/components/", "administrator"),
        Visit("access:matrix", "/who-may-see-what/", "missing"),
        Visit("access:emergency", f"/children/{world.boy.id}/emergency-access/", "missing"),
        Visit("access:look", f"/children/{world.boy.id}/why-look/", "coordinator"),
        Visit("access:restrict", f"/children/{girl}/restrict/", "social-worker"),
        Visit("access:lift", f"/children/{girl}/lift-restriction/", "manager"),
        Visit("access:keep_out", f"/children/{girl}/keep-out/", "manager"),
        Visit("access:works_with", f"/children/{girl}/who-works-with/", "social-worker"),
        Visit(
            "access:end_part", f"/children/{girl}/who-works-with/{world.part_by_day.pk}/end/", "social-worker"
        ),
        *[
            Visit(f"access:{name}", f"/children/{world.hidden.id}/restriction/{path}", who, also)
            for name, path, who, also in (
                ("restriction", "", "manager", ""),
                ("restriction", "", "mentor", "without a say"),
                ("let_in", "let-in/", "manager", ""),
                ("hand_over", "hand-over/", "manager", ""),
                ("take_off", f"take-off/{world.mentor.pk}/", "manager", ""),
            )
        ],
        Visit("single_view:child", f"/children/{world.hidden.id}/", "manager", "restricted"),
        Visit("access:let_back", f"/children/{girl}/keep-out/{world.kept.pk}/", "manager"),
        Visit("people:safe_contact", f"/children/{girl}/safe-contact/", "social-worker"),
        Visit(
            "people:end_safe_contact",
            f"/children/{girl}/safe-contact/{world.heeded.pk}/end/",
            "social-worker",
        ),
        Visit("access:reviews", "/emergency-access/", "governance"),
        Visit("access:reviews", "/emergency-access/", "council-lead-2", "overdue, put to a lead"),
        Visit("access:review", f"/emergency-access/{world.opening.pk}/", "governance"),
        Visit("questions:for_me", "/questions/", "youth-justice", "while an emergency access lasts"),
        Visit("not found", "/no-such-page/", "missing"),
    ]
    return made


def names(resolver, space: str = "") -> set[str]:
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.add(f"{space}{pattern.name}")
    return found


@pytest.fixture
def world(world):
    """With one question answered, so that what an answer leaves can be looked at too."""
    now = timezone.now()
    answer(world.about_boy, kind="concern", text="Adults were there", by=world.justice, now=now)
    world.owed = world.about_boy.answers.get().owed.get()
    council = world.agencies[invented.COUNCIL]
    manager = invented.practitioner("manager", Role.APPROVING_MANAGER, council, "Mina Overton")
    invented.involve(world.girl, council, Why.WORKING_WITH, practitioner=manager)
    invented.practitioner("governance", Role.INFORMATION_GOVERNANCE, council, "Gwen Farrow")
    world.heeded = heed(
        person_id=world.girl.id, flag="trusts", words="Her aunt Farida, 01632 960555", said_by="Amina",
        said_on=invented.days_ago(3), by=world.worker, now=now,
    )  # fmt: skip
    world.kept = keep_out(
        person_id=world.girl.id, practitioner=world.coordinator, why="A niece of hers", by=manager, now=now
    )
    world.opening = open_in_emergency(
        person_id=world.girl.id, why="Seen at the station tonight", by=world.justice, now=now
    )
    youth_worker = invented.practitioner("youth-worker", Role.MENTOR, manager.agency, "Tess Ingram")
    world.part_by_day = begin_part(
        person_id=world.girl.id, practitioner=youth_worker, from_on=now.date(), discreet=False, by=world.worker, now=now
    )  # fmt: skip
    _leads_with_one_away()
    _restricted_and_overdue(world, manager, now)
    share_something(world, now)
    look_at_something(world, now)
    judge_something(world, now)
    fall_silent(world, now)
    try_a_setting(world, now)
    worry_about_something(world, now)
    go_missing(world, now)
    assess_something(world, now)
    screen_something(world, now)
    meet_about_something(world, now)
    tell(world.missing, "A question was put to you", "/questions/", now, urgent=True)
    return world


def _restricted_and_overdue(world: World, manager: Practitioner, now):
    """A child whose record is hidden from all but a few, and an emergency access that nobody reviewed for ten days."""
    school = world.agencies[invented.SCHOOL]
    world.hidden = invented.child("Leila", "Marchbank", sex="F", age=13, school=school)
    invented.involve(world.hidden, manager.agency, Why.WORKING_WITH, practitioner=manager)
    world.mentor = invented.practitioner("mentor", Role.MENTOR, manager.agency, "Idris Vale")
    restrict(
        person_id=world.hidden.id, kind="refuge", why="Moved to a refuge; her uncle works here", owner=world.worker,
        let_in=[manager, world.mentor], by=manager, now=now,
    )  # fmt: skip
    keep_out(
        person_id=world.hidden.id, practitioner=world.coordinator, why="He is her uncle", by=manager, now=now
    )
    let_in(
        person_id=world.hidden.id, practitioner=world.missing, why="She was missing last night", by=manager, now=now
    )  # fmt: skip
    open_in_emergency(
        person_id=world.boy.id, why="Heard shouting at his door", by=world.justice, now=now - timedelta(days=10)
    )  # fmt: skip
    take_overdue_up(timezone.make_aware(datetime.combine(add_working_days(now.date(), 0), time(9))))


def _leads_with_one_away():
    make_leads(today=timezone.localdate(), by=OPERATOR)
    lead = Practitioner.objects.get(username="council-lead-1")
    lead.set_password(invented.PASSWORD)
    lead.save()
    enter_absence(lead, from_on=timezone.localdate(), until_on=None, by=lead, now=timezone.now())


@pytest.fixture
def a_demonstration():
    """Sign-in addresses work in a demonstration only."""
    note = Path(settings.ROWAN_HOME) / "home.json"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(
        json.dumps({"kind": "demonstration", "children": 2000, "seed": 1, "stories_per_1000": 25})
    )
    yield
    note.unlink()


@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_and_keeps_the_houses_rules(scripted_page, world, a_demonstration):
    page, faults, titles = scripted_page, [], {}
    # Whatever else is wrong, an address that nobody visits is named; a world to ask only that in takes seconds to make.
    visited = {visit.name for visit in visits(world)}
    faults += [f"no visit opens {name}" for name in sorted(names(get_resolver()) - NO_PAGE - visited)]
    # Here every page is read.
    page.context.add_init_script(path=AXE)
    for who in sorted({visit.by or "" for visit in visits(world)}):
        page.context.clear_cookies()
        if who:
            sign_in(page, who)
        for visit in [visit for visit in visits(world) if (visit.by or "") == who]:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(visit.path)
            where = f"{visit.path} {visit.also}"
            faults += [f"{where}: {fault}" for fault in violations(page, contrast=True)]
            faults += [f"{where}: {fault}" for fault in broken_rules(page)]
            if visit.name not in RESTS_ON_NO_FILE and visit.also != "refused":
                faults += [f"{where}: {fault}" for fault in silence(page)]
            if visit.also != "refused":
                titles.setdefault(page.title(), set()).add(page.url.split("?")[0].split("#")[0])
            keep_picture(page, f"{visit.name.replace(':', '-')} {visit.also}".strip().replace(" ", "-"))
    faults += [
        f"one title, several pages: {title} {where}" for title, where in titles.items() if len(where) > 1
    ]
    assert faults == [], "\n".join(faults)


def silence(page) -> list[str]:
    """Promise 8: it is not live, up to which date each agency's files reach, and whom to ring now."""
    said = page.locator(".rowan-reach").inner_text() if page.locator(".rowan-reach").count() else ""
    wanted = {
        "that it is not live": "This page is not live",
        "how far each agency's files reach": "Up to which date each agency’s files reach",
        "999": "999",
        "whom to ring": "To speak to the triage desk, ring 01632 960100",
    }
    return [f"does not say {what}" for what, words in wanted.items() if words not in said]


def broken_rules(page) -> list[str]:
    """One heading of the first level, headings in order, captions on tables, and no sideways scroll on a phone."""
    found = page.evaluate(
        """() => {
            const faults = [];
            const levels = [...document.querySelectorAll('h1,h2,h3,h4')].filter(h => !h.closest('footer')).map(h => +h.tagName[1]);
            if (levels.filter(l => l === 1).length !== 1) faults.push('not one h1');
            levels.forEach((l, n) => { if (n && l > levels[n - 1] + 1) faults.push('heading skips to h' + l); });
            document.querySelectorAll('table').forEach(t => { if (!t.caption) faults.push('table without a caption'); });
            if (document.querySelector('[style]:not(svg *)')) faults.push('inline style');
            if (document.querySelector('script:not([src])')) faults.push('inline script');
            return faults;
        }"""
    )
    page.set_viewport_size({"width": 390, "height": 900})
    if page.evaluate("document.documentElement.scrollWidth") > 390:
        found.append("scrolls sideways at 390 pixels")
    return found
