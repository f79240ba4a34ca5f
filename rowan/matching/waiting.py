"""The pairs of records that wait for somebody's answer, as far as a reader may know of them, and at whose desk a second answer waits."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from rowan.access.models import JoinedRecord
from rowan.access.standing import hidden_from
from rowan.agencies.leads import absences_of
from rowan.agencies.models import Post, PostHolding, Practitioner
from rowan.agencies.rules.chain import is_away
from rowan.agencies.rules.posts import PostKind

from .models import AwaitedJoin, Judgement, RecordLink, UnsurePair, Verdict
from .rules.who_judges import JUDGES
from .worked_on import open_work

# At whose desks a second answer waits, in this order.
DESKS = (PostKind.EXPLOITATION_COORDINATOR, PostKind.TRIAGE)


def pairs_for(reader, today: date) -> QuerySet:
    """Children with open work first, then the strongest doubt; those that somebody could not tell come last."""
    hidden = hidden_from(reader)
    rows = UnsurePair.objects.current().exclude(Q(left_person_id__in=hidden) | Q(right_person_id__in=hidden))
    judged = Judgement.objects.standing().filter(
        Q(rid=OuterRef("left_rid"), other_rid=OuterRef("right_rid"))
        | Q(rid=OuterRef("right_rid"), other_rid=OuterRef("left_rid"))
    )
    mine = AwaitedJoin.objects.waiting().filter(
        by=reader, left_rid=OuterRef("left_rid"), right_rid=OuterRef("right_rid")
    )
    rows = rows.filter(~Exists(judged.exclude(verdict=Verdict.UNSURE)), ~Exists(mine))
    return rows.annotate(
        open_work=_is_open("left_person_id", today) | _is_open("right_person_id", today),
        could_not_tell=Exists(judged.filter(verdict=Verdict.UNSURE)),
    ).order_by("could_not_tell", "-open_work", "-weight", "key")


def _is_open(column: str, today: date) -> Q:
    parts, clocks = open_work(today)
    once = JoinedRecord.objects.filter(now_id=OuterRef(column))
    return Q(
        Exists(parts.filter(person_id=OuterRef(column)))
        | Exists(clocks.filter(about_person=OuterRef(column)))
        | Exists(once.filter(person_id__in=parts))
        | Exists(once.filter(person_id__in=clocks))
    )


def mine_that_wait(reader) -> QuerySet:
    """What this reader answered and a second person has not yet."""
    hidden = hidden_from(reader)
    rows = AwaitedJoin.objects.waiting().filter(by=reader).order_by("at", "pk")
    return rows.exclude(Q(left_person_id__in=hidden) | Q(right_person_id__in=hidden))


def judgements_for(reader) -> QuerySet:
    """Every judgement, standing or undone, the newest first, but those about a child hidden from this reader."""
    hidden = hidden_from(reader)
    theirs = Judgement.objects.exclude(person_id__in=hidden)
    if hidden:
        rids = RecordLink.objects.filter(Q(person_id__in=hidden) | Q(stood_before__in=hidden)).values("rid")
        theirs = theirs.exclude(Q(rid__in=rids) | Q(other_rid__in=rids))
    return theirs.select_related("by__agency", "undone_by").order_by("-at", "-pk")


def who_answers_next(
    *, never: Collection[int], person_ids: Collection[str], today: date
) -> tuple[Practitioner | None, Post | None]:
    """Who is asked, and at which post: somebody of the co-ordinator's or the triage desk who is there; else anybody who judges.

    Nobody in `never` (ids), who have answered, nor anybody to whom one of the two is hidden.
    """
    judging = {"practitioner__is_active": True, "practitioner__role__in": [role.value for role in JUDGES]}
    held = (
        PostHolding.objects.on(today)
        .filter(post__kind__in=[kind.value for kind in DESKS], **judging)
        .select_related("practitioner__agency", "post")
        .order_by("order", "from_on", "pk")
    )
    seats: list[tuple[Practitioner, Post | None]] = [
        (seat.practitioner, seat.post)
        for seat in sorted(held, key=lambda seat: DESKS.index(PostKind(seat.post.kind)))
    ]
    others = Practitioner.objects.filter(role__in=judging["practitioner__role__in"], is_active=True)
    seats += [(person, None) for person in others.select_related("agency").order_by("pk")]
    may = [
        (person, post)
        for person, post in seats
        if person.pk not in never and not set(person_ids) & hidden_from(person)
    ]
    away = absences_of({person.pk for person, _ in may}, since=today)
    here = [seat for seat in may if not is_away(away.get(seat[0].pk, ()), today)]
    return next(iter(here or may), (None, None))
