"""The posts a question can be put to: which of them somebody holds today, the row behind each, and in which order they are asked."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property

from rowan.agencies.models import Absence, Agency, AgencyKind, LeadPlace, Post, PostHolding
from rowan.agencies.rules.posts import POST_NAMES, PostKind

from .models import HUB
from .rules.declaration import Rule
from .rules.whom_to_ask import Place
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

    @cached_property
    def holders(self) -> dict[int, frozenset[int]]:
        """Who holds each post and is there; where all of them are away, all: from there it passes on (`timescales/passing_on.py`)."""
        seated: dict[int, set[int]] = defaultdict(set)
        for post, person in PostHolding.objects.on(self.today).values_list("post", "practitioner"):
            seated[post].add(person)
        away = set(
            Absence.objects.standing()
            .on(self.today)
            .filter(half="")
            .order_by()
            .values_list("practitioner", flat=True)
        )
        return {post: frozenset(people - away or people) for post, people in seated.items()}

    def line(self, rule: Rule, audience: str, full: Collection[int] = ()) -> list[Place]:
        """The post the rule names, its deputies, and for the hub's questions the triage desk at last. Once its posts are known, no query."""
        first = self.named(rule.asks, audience)
        found = [first]
        found += [post for post in self._deputies(first, rule, audience) if post not in found]
        deputies = set(found[1:])
        if audience == HUB and PostKind.TRIAGE in self.held(HUB):
            found.append(self.named(PostKind.TRIAGE, HUB))
        return [
            Place(post.pk, PostKind(post.kind), in_a_sentence(post), post.pk in self.holders, post.pk in full, post in deputies)
            for post in dict.fromkeys(found)
        ]  # fmt: skip

    def _deputies(self, first: Post, rule: Rule, audience: str) -> Iterator[Post]:
        """The rule's own, held or not, and then those that the agency named or that stand in its chain of leads, where somebody holds them."""
        if audience == HUB and rule.deputy is not None:
            yield self.named(rule.deputy, HUB)
        named = [post for post in self._named_behind(first) if post.pk in self.holders]
        yield from dict.fromkeys(named)
        if audience != HUB:
            yield from (post for post in self._chains[first.agency_id] if post.pk in self.holders)

    def _named_behind(self, post: Post) -> Iterator[Post]:
        passed = {post.pk}
        while (deputy := self._with_a_deputy.get(post.pk)) is not None and deputy.pk not in passed:
            passed.add(deputy.pk)
            yield deputy
            post = deputy

    @cached_property
    def _with_a_deputy(self) -> dict[int, Post]:
        rows = Post.objects.exclude(deputy=None).select_related("deputy__agency")
        return {post.pk: post.deputy for post in rows}

    @cached_property
    def _chains(self) -> dict[int, list[Post]]:
        """The leads of every school, in their order."""
        chains: dict[int, list[Post]] = defaultdict(list)
        rows = LeadPlace.objects.on(self.today).filter(post__agency__kind=AgencyKind.SCHOOL)
        for place in rows.select_related("post__agency").order_by("place", "pk"):
            chains[place.post.agency_id].append(place.post)
        return chains

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


def in_a_sentence(post: Post) -> str:
    """An agency may have several posts of leads, so each of those goes by its own title."""
    return f"“{post.title[:60]}”" if post.kind == PostKind.LEAD else POST_NAMES[PostKind(post.kind)]


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
