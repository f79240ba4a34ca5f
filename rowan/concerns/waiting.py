"""At whose desk a concern waits, under which clock, and where its page is."""

from datetime import date, datetime

from django.utils import timezone

from rowan.access.standing import owner_of_restricted
from rowan.agencies.models import Agency, AgencyKind, Post, PostHolding, Practitioner
from rowan.agencies.rules.posts import POST_NAMES, PostKind
from rowan.questions.models import HUB
from rowan.questions.posts import Posts

from .out_of_hours import duty_post
from .rules.urgency import Urgency

# Who sees to a concern about a professional, in this order.
DESIGNATED = (PostKind.LADO, PostKind.CHIEF_OFFICER)


def whose_move(concern, now: datetime) -> tuple[Post | None, Practitioner | None]:
    """The post, or the person, whose move a new concern is: its desk, or who answers for a restricted record."""
    about_a_child = concern.person_id and not concern.about_a_professional
    owner = owner_of_restricted(concern.person_id) if about_a_child else None
    return (None, owner) if owner else (_desk_at(concern, now), None)


def _desk_at(concern, now: datetime) -> Post | None:
    """Red that comes while the hub is closed is not left for the morning. A concern about a professional is the designated officer's at any hour."""
    at_night = concern.urgency == Urgency.RED and not concern.about_a_professional
    return (at_night and duty_post(now)) or desk_of(concern, timezone.localdate(now))


def desk_of(concern, today: date) -> Post | None:
    """The triage desk; of a concern about a professional, the designated officer."""
    if concern.about_a_professional:
        return designated_officer(concern.professional, concern.professionals_agency, today)
    return Posts(today).named(PostKind.TRIAGE, HUB)


def designated_officer(professional, agency, today: date) -> Post:
    """The designated officer's post: of another council than that person's own where there is one, and never one where only they sit."""
    posts = list(
        Post.objects.filter(kind__in=DESIGNATED, agency__kind=AgencyKind.COUNCIL)
        .select_related("agency")
        .order_by("pk")
    )
    own_council = agency.pk if agency else None
    posts.sort(key=lambda post: (post.kind != PostKind.LADO, post.agency_id == own_council))
    barred = {professional.pk} if professional else set()
    held = {
        post
        for post, sitter in PostHolding.objects.on(today)
        .filter(post__in=posts)
        .values_list("post", "practitioner")
        if sitter not in barred
    }
    found = [post for post in posts if post.pk in held] or [
        post for post in posts if post.kind == PostKind.LADO
    ]
    return found[0] if found else _made(own_council)


def _made(not_at: int | None) -> Post:
    """Nobody has made the post yet: a council's lead answers for it until somebody sits there."""
    councils = Agency.objects.filter(kind=AgencyKind.COUNCIL).order_by("code")
    council = (
        councils.exclude(pk=not_at).first() or councils.first() or Agency.objects.order_by("code").first()
    )
    title = POST_NAMES[PostKind.LADO].removeprefix("the ").capitalize()
    return Post.objects.get_or_create(kind=PostKind.LADO.value, agency=council, defaults={"title": title})[0]


def page_of_concern(concern) -> str:
    """Where whoever sees to it reads it."""
    return f"/concerns/triage/{concern.pk}/"
