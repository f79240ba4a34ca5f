"""What every page's frame shows: where a reader can go, how far the files reach, whom to ring now."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from rowan.access.openings import running_emergencies
from rowan.access.rules.hiding import REVIEWS_EMERGENCIES
from rowan.access.rules.matrix import Kind, Opens, cell_of, opens_records
from rowan.agencies.models import AgencyKind, Post, PostHolding
from rowan.agencies.rules.accounts import CONFIRMS_A_RESET
from rowan.agencies.rules.posts import PostKind
from rowan.agencies.rules.roles import KEEPS_THE_FEEDS, SEES_NO_CHILD
from rowan.asked_alike import asked_alike
from rowan.concerns.rules.who_triages import triages
from rowan.home import note_of
from rowan.matching.rules.who_judges import judges
from rowan.records.models import FeedReach, OvernightRun
from rowan.records.rules.feed_names import feed_name
from rowan.sharing.rules.approvals import APPROVES
from rowan.sharing.rules.who_decides import KEEPS_AGREEMENTS, READS_THE_REGISTER
from rowan.single_view.rules.looks import reads_the_whole_trail

from .templatetags.govuk import render_component

NAVIGATION = "service-navigation"


@dataclass(frozen=True)
class Reach:
    """How far one feed reaches: of many schools, the one furthest behind counts, and the furthest on is shown."""

    feed: str
    agency: str
    earliest: date | None
    latest: date | None


def frame(request):
    user = getattr(request, "user", None)
    # Somebody who has yet to make her second factor is shown no way anywhere else.
    signed_in = bool(user and user.is_authenticated and not getattr(request, "may_only_enrol", False))
    return {
        "home": home_note(),
        # Asked for only by the pages that show them, and then once.
        "emergencies": cache(lambda: running_emergencies(user, timezone.now()) if signed_in else []),
        "navigation": cache(lambda: navigation(user, request.path) if signed_in else ""),
        "footer": cache(lambda: _footer(bool(user and user.is_authenticated))),
        "reach": cache(lambda: reach(user) if signed_in else []),
        "looked_at_on": cache(_night_shown),
        "ring": cache(whom_to_ring),
    }


def home_note() -> dict:
    """What `home.json` says of this home; a home in service may have none."""
    note = note_of(settings.ROWAN_HOME)
    return note | {"invented": note.get("kind") in {"demonstration", "invented"}}


def navigation(user, path: str) -> SafeString:
    at = path if path in {href for _, href in links_of(user.role)} else ""
    return _navigation(user.role, at)


# The same for everybody of a role, for as long as Rowan runs; so for the footer.
@cache
def _navigation(role: str, at: str) -> SafeString:
    links = [{"text": text, "href": href, "current": href == at} for text, href in links_of(role)]
    return render_component(NAVIGATION, {"navigation": links, "navigationLabel": "Rowan"})


@cache
def _footer(signed_in: bool) -> str:
    return render_to_string("components/_footer.html", {"signed_in": signed_in})


@cache
def links_of(role: str) -> list[tuple[str, str]]:
    works_with_children = [
        ("Questions for me", "questions:for_me"),
        ("Children open", "assessments:listed"),
        ("Requests", "sharing:requests"),
        ("My actions", "plans:mine"),
        ("Meetings", "meetings:mine"),
        ("Gone up to me", "escalation:mine"),
    ]
    links = [] if role in SEES_NO_CHILD else works_with_children
    if triages(role):
        links = [("Triage", "concerns:triage"), *links]
    if judges(role):
        links.append(("Who is who", "who_is_who:pairs"))
    if cell_of(role, Kind.POLICE) and opens_records(role):
        links.append(("Missing now", "missing:board"))
        if cell_of(role, Kind.POLICE).opens is Opens.EVERYTHING:
            links.append(("Arrests", "concerns:arrests"))
    if role in SEES_NO_CHILD:
        links.append(("How Rowan is running", "running"))
    links.insert(0, ("Raise a concern", "concerns:start"))
    if role in READS_THE_REGISTER:
        links.append(("Decisions and requests", "sharing:register"))
    if any(role in roles for roles in APPROVES.values()):
        links.append(("Two people", "sharing:approvals"))
    if role in KEEPS_THE_FEEDS:
        links += [
            ("Imports", "records:imports"),
            ("Rows put aside", "records:quarantine"),
        ]
    if role in KEEPS_AGREEMENTS:
        links.append(("Agreements", "sharing:agreements"))
    if role in CONFIRMS_A_RESET:
        links.append(("Accounts", "agencies:accounts"))
    if role in SEES_NO_CHILD:
        # Their work is these; to everybody else they are something to look up, and stand in the footer.
        links += [("Feeds", "records:feeds"), ("Register of rules", "questions:rules")]
        links += [("Who answers", "agencies:who_answers"), ("Who may see what", "access:matrix")]
    if role in REVIEWS_EMERGENCIES:
        links.append(("Emergency accesses", "access:reviews"))
    if reads_the_whole_trail(role):
        links += [("Questions about looks", "looks:questions"), ("The trail", "trail:lines")]
    return [(text, reverse(name)) for text, name in links]


def reach(user) -> list[Reach]:
    """The feeds this reader's pages rest on. A school's staff see their own school's, nobody else's."""
    rows = _reaches(run=OvernightRun.current_number())
    if user.agency.kind == AgencyKind.SCHOOL:
        rows = [row for row in rows if row.agency_id == user.agency_id]
    grouped: dict[tuple[str, str], list[FeedReach]] = {}
    for row in rows:
        many = row.agency.kind == AgencyKind.SCHOOL and user.agency.kind != AgencyKind.SCHOOL
        grouped.setdefault((row.feed, "" if many else row.agency.name), []).append(row)
    return [
        Reach(
            feed=feed_name(feed),
            agency=agency or (f"{len(found)} schools" if len(found) > 1 else found[0].agency.name),
            earliest=min((row.reaches_to for row in found if row.reaches_to), default=None),
            latest=max((row.reaches_to for row in found if row.reaches_to), default=None),
        )
        for (feed, agency), found in grouped.items()
    ]


@asked_alike
def _reaches(run):
    reaches = FeedReach.objects.current(run).exclude(feed="places")
    return reaches.select_related("agency").order_by("feed", "agency__name")


def whom_to_ring() -> dict:
    """The triage desk's number today: of whoever holds the post, else of its agency."""
    phone = next(filter(None, _numbers_of_triage.first(today=timezone.localdate()) or ()), "")
    return {"who": "the triage desk", "phone": phone} if phone else {}


@asked_alike
def _numbers_of_triage(today):
    holding = PostHolding.objects.on(today).filter(post=OuterRef("pk"))
    desks = Post.objects.filter(kind=PostKind.TRIAGE).order_by("id")
    return desks.values_list(Subquery(holding.values("practitioner__phone")[:1]), "agency__phone")[:1]


def _night_shown():
    run = OvernightRun.current()
    return run.as_of if run else None
