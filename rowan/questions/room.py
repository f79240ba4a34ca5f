"""What waits because everybody it could be put to has as many questions as one person is given: where, how many, since when it is due.

Whoever holds the post, or its deputy's, may read and answer it before a night finds room; whoever leads the agency is told how many.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from rowan.access.standing import hidden_from
from rowan.agencies.leads import leads_the_agency
from rowan.agencies.models import Post, PostHolding
from rowan.records.models import OvernightRun

from .models import Question


@dataclass(frozen=True)
class WaitsForRoom:
    post: Post
    many: int
    first_due_on: date
    may_read: bool  # holds the post or one that stands behind it; a lead is told the number alone


def waits_for_room(practitioner, *, today: date) -> list[WaitsForRoom]:
    """By post, what is due first at the top. No more queries however many wait, and one where none does."""
    waiting = _waiting()
    if not waiting.exists():
        return []
    mine = _posts_of(practitioner, today)
    asked = Q(post__in=mine) | Q(deputy__in=mine)
    told = asked | Q(post__agency=practitioner.agency_id) if leads_the_agency(practitioner, today) else asked
    # What is hidden from somebody is in no number either.
    rows = waiting.filter(told).exclude(person__in=hidden_from(practitioner)).values("post", "deputy")
    return _by_post(rows.annotate(many=Count("pk"), first=Min("due_on")).order_by(), mine)


def named_without_room(practitioner, *, today: date) -> list[UUID]:
    """The ids of those this practitioner may answer, in the order they are due."""
    mine = _posts_of(practitioner, today)
    rows = _waiting().filter(Q(post__in=mine) | Q(deputy__in=mine))
    rows = rows.exclude(person__in=hidden_from(practitioner)).order_by("due_on", "asked_on", "id")
    return list(rows.values_list("pk", flat=True))


def _waiting() -> QuerySet[Question]:
    return Question.objects.shown(OvernightRun.current_number()).open().filter(waits_for_room=True)


def _posts_of(practitioner, today: date) -> set[int]:
    return set(PostHolding.objects.on(today).filter(practitioner=practitioner).values_list("post", flat=True))


def _by_post(rows, mine: set[int]) -> list[WaitsForRoom]:
    found: dict[int, WaitsForRoom] = {}
    posts = Post.objects.select_related("agency").in_bulk({row["post"] for row in rows})
    for row in rows:
        standing = found.get(row["post"])
        found[row["post"]] = WaitsForRoom(
            posts[row["post"]],
            row["many"] + (standing.many if standing else 0),
            min(row["first"], standing.first_due_on) if standing else row["first"],
            bool({row["post"], row["deputy"]} & mine) or bool(standing and standing.may_read),
        )
    return sorted(found.values(), key=lambda each: (each.first_due_on, each.post.title))
