"""The post a question is put to: which of them somebody holds today, and the row behind each."""

from datetime import date

from rowan.agencies.models import Agency, AgencyKind, LeadPlace, Post
from rowan.agencies.rules.posts import POST_NAMES, PostKind

from .models import HUB
from .waiting import agency_held_posts


class Posts:
    """The posts of one day: which somebody holds, and the row behind each, made when something first needs it."""

    def __init__(self, today: date):
        self.today = today
        self.held_by_agency = agency_held_posts(today)
        self.schools = set(Agency.objects.filter(kind=AgencyKind.SCHOOL).values_list("code", flat=True))
        self.found: dict[tuple[PostKind, str], Post] = {}

    def held(self, audience: str) -> set[PostKind]:
        """At one school for its own question; anywhere outside the schools for the hub's."""
        if audience != HUB:
            return self.held_by_agency.get(audience, set())
        return {
            kind
            for agency, kinds in self.held_by_agency.items()
            if agency not in self.schools
            for kind in kinds
        }

    def named(self, kind: PostKind, audience: str) -> Post:
        if (kind, audience) not in self.found:
            self.found[kind, audience] = self._find(kind, audience)
        return self.found[kind, audience]

    def answers_for_files_of(self, agency: Agency) -> Post:
        """Of a school its lead; of any other agency the first in its chain of leads. Their deputy is next."""
        if agency.kind == AgencyKind.SCHOOL:
            return self.named(PostKind.SCHOOL_LEAD, agency.code)
        chain = LeadPlace.objects.on(self.today).filter(post__agency=agency).select_related("post").first()
        if chain:
            return chain.post
        standing = Post.objects.filter(kind=PostKind.LEAD.value, agency=agency).order_by("pk").first()
        return standing or self._at(PostKind.LEAD, agency)

    def _find(self, kind: PostKind, audience: str) -> Post:
        if audience != HUB:
            agency, _ = Agency.objects.get_or_create(
                code=audience, defaults={"name": audience, "kind": AgencyKind.SCHOOL}
            )
            return self._at(kind, agency)
        standing = Post.objects.filter(kind=kind.value).order_by("pk")
        held = [
            post
            for post in standing.select_related("agency")
            if kind in self.held_by_agency.get(post.agency.code, ())
        ]
        return held[0] if held else standing.first() or self._at(kind, _hub_agency(kind))

    def _at(self, kind: PostKind, agency: Agency) -> Post:
        title = POST_NAMES[kind].removeprefix("the ").capitalize()
        return Post.objects.get_or_create(kind=kind.value, agency=agency, defaults={"title": title})[0]


def _hub_agency(kind: PostKind) -> Agency:
    wanted = AgencyKind.YOUTH_JUSTICE if kind == PostKind.YOUTH_JUSTICE else AgencyKind.COUNCIL
    agency = (
        Agency.objects.filter(kind=wanted).order_by("code").first()
        or Agency.objects.filter(kind=AgencyKind.COUNCIL).order_by("code").first()
        or Agency.objects.exclude(kind=AgencyKind.SCHOOL).order_by("code").first()
    )
    # Somebody's file made the rule ask, so some agency is known; a hub of schools alone has no post of its own.
    return (
        agency
        or Agency.objects.get_or_create(code="hub", defaults={"name": "The hub", "kind": AgencyKind.COUNCIL})[
            0
        ]
    )
