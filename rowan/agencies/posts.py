"""Make posts, seat people in them and end their seats, name deputies, and order an agency's chain of leads; all from a day on."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from rowan.audit_trail.actions import OPERATOR, record
from rowan.audit_trail.models import Entry
from rowan.refusals import Both, NotAllowed, NotPossible, Refusal, SomebodyWasFirst

from .in_words import by_and_when, day_in_words
from .models import Agency, LeadPlace, Post, PostHolding, Practitioner
from .passing_on import pass_on_everything, refusal_to_leave
from .refused_lines import refused_on_the_trail
from .rules.accounts import refusal_to_keep_posts
from .rules.posts import (
    CAN_BE_IN_A_CHAIN,
    CAN_BE_MADE,
    POST_NAMES,
    PostKind,
    refusal_of_day,
    refusal_to_deputise,
    refusal_to_seat,
)

MADE, SEATED, UNSEATED = "made a post", "gave a post", "ended a seat"
DEPUTY, CHAIN = "named a deputy", "ordered a chain of leads"
CHANGED_MEANWHILE = "Somebody changed this since you opened the page."


def make_post(*, agency: Agency, kind: str, title: str, by) -> Post:
    """One of a kind in an agency, but for leads: of those, one of a title."""
    _may_keep(MADE, by, agency)
    if kind not in CAN_BE_MADE or not title.strip():
        _refuse("Choose a kind of post, and give it a title.", MADE, by, agency)
    title = title.strip()
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        alike = Post.objects.filter(agency=agency, kind=kind)
        post = alike.filter(title=title).first() if kind == PostKind.LEAD else alike.first()
        made = post is None
        if made:
            post = Post.objects.create(agency=agency, kind=kind, title=title)
            _leave_line(MADE, post, by, {"agency": agency.code, "kind": kind})
    if not made and post.title != title:
        reason = f"{agency.name} has this post already ({POST_NAMES[PostKind(kind)]}), and one is enough."
        _somebody_was_first(reason, [Both("What it is called", post.title, title)], MADE, by, post)
    return post


def seat(post: Post, practitioner: Practitioner, *, from_on: date, by, now: datetime) -> PostHolding:
    """From this day on the practitioner sits in the post, asked after those who sit there already."""
    _may_keep(SEATED, by, post, practitioner)
    refusal = refusal_to_seat(
        practitioner.role,
        signs_in=practitioner.is_active,
        same_agency=practitioner.agency_id == post.agency_id,
    )
    if refusal := refusal or refusal_of_day(from_on, today=timezone.localdate(now)):
        _refuse(refusal, SEATED, by, post)
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        holding = post.holdings.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=from_on), practitioner=practitioner
        ).first()
        sat_before = holding is not None
        if not sat_before:
            last = post.holdings.aggregate(last=Max("order"))["last"]
            holding = PostHolding.objects.create(
                post=post,
                practitioner=practitioner,
                from_on=from_on,
                order=0 if last is None else last + 1,
            )
            _leave_line(SEATED, post, by, {"practitioner": practitioner.pk, "from_on": from_on.isoformat()})
    if sat_before and (holding.from_on, holding.until_on) != (from_on, None):
        _refuse(
            f"They sit in this post already, {seat_in_words(holding)}. End that seat first.", SEATED, by, post
        )
    return holding


def end_seat(holding: PostHolding, *, from_on: date, by, now: datetime, opened_on: str | None = None) -> None:
    """From this day on the practitioner sits there no longer, and what waits for them there passes to somebody who does."""
    post, today = holding.post, timezone.localdate(now)
    _may_keep(UNSEATED, by, post, holding.practitioner)
    if refusal := refusal_of_day(from_on, today=today):
        _refuse(refusal, UNSEATED, by, post)
    last_day = from_on - timedelta(days=1)
    stale = False
    with refused_on_the_trail(by=by, did=UNSEATED, **_about(post)), transaction.atomic():
        holding = PostHolding.objects.select_for_update().get(pk=holding.pk)
        if holding.until_on == last_day:
            return
        stale = opened_on not in {None, seat_version(holding)} or _is_over(holding, today)
        if not stale:
            _end(holding, last_day)
            moved = _pass_on(holding, from_on, now=now, by=by)
            particulars = {"practitioner": holding.practitioner_id, "from_on": from_on.isoformat()}
            _leave_line(UNSEATED, post, by, particulars | {"passed on": moved})
    if stale:
        both = [
            Both("Who sits there", seat_in_words(holding), f"until {day_in_words(last_day)}"),
            Both("Changed by", _who_did(UNSEATED, post), "Not sent"),
        ]
        is_over = _is_over(holding, today)
        reason = "This seat has ended already." if is_over else CHANGED_MEANWHILE
        _somebody_was_first(reason, both, UNSEATED, by, post, may_send=not is_over)


def name_deputy(post: Post, deputy: Post | None, *, by, opened_on: str | None = None) -> None:
    """The post that stands in where nobody in this one is there; or none."""
    _may_keep(DEPUTY, by, post)
    refusal = (
        refusal_to_deputise(is_itself=deputy.pk == post.pk, same_agency=deputy.agency_id == post.agency_id)
        if deputy
        else None
    )
    if refusal:
        _refuse(refusal, DEPUTY, by, post)
    with transaction.atomic():
        post = Post.objects.select_for_update().get(pk=post.pk)
        now, wanted = post.deputy_id, deputy.pk if deputy else None
        stale = now != wanted and opened_on not in {None, deputy_version(post)}
        if now != wanted and not stale:
            post.deputy = deputy
            post.save(update_fields=["deputy"])
            _leave_line(DEPUTY, post, by, {"from": now, "to": wanted})
    if stale:
        titles = [post.deputy.title if post.deputy else "Nobody", deputy.title if deputy else "Nobody"]
        both = [Both("Deputy", *titles), Both("Changed by", _who_did(DEPUTY, post), "Not sent")]
        _somebody_was_first(CHANGED_MEANWHILE, both, DEPUTY, by, post, may_send=True)


def order_chain(
    agency: Agency, posts: list[Post], *, from_on: date, by, now: datetime, opened_on: str | None = None
) -> None:
    """From this day on these posts are asked in this order; what was planned for later days gives way."""
    _may_keep(CHAIN, by, agency)
    if refusal := _refusal_of_chain(agency, posts) or refusal_of_day(from_on, today=timezone.localdate(now)):
        _refuse(refusal, CHAIN, by, agency)
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        stands = _stands_from(agency, from_on) == [post.pk for post in posts]
        stale = not stands and opened_on not in {None, chain_version(agency)}
        if not stands and not stale:
            _put_in_order(agency, posts, from_on)
            _leave_line(
                CHAIN, agency, by, {"posts": [post.pk for post in posts], "from_on": from_on.isoformat()}
            )
    if stale:
        both = [
            Both("The chain", _in_a_row(chain_of(agency, from_on)), _in_a_row(posts)),
            Both("Changed by", _who_did(CHAIN, agency), "Not sent"),
        ]
        _somebody_was_first(CHANGED_MEANWHILE, both, CHAIN, by, agency, may_send=True)


def chain_of(agency: Agency, day: date) -> list[Post]:
    places = LeadPlace.objects.on(day).filter(post__agency=agency).select_related("post")
    return [place.post for place in places.order_by("place", "id")]


def seat_in_words(holding: PostHolding) -> str:
    begins = f"from {day_in_words(holding.from_on)}"
    return f"{begins} until {day_in_words(holding.until_on)}" if holding.until_on else begins


def seat_version(holding: PostHolding) -> str:
    return holding.until_on.isoformat() if holding.until_on else "open"


def deputy_version(post: Post) -> str:
    return str(post.deputy_id or "none")


def chain_version(agency: Agency) -> str:
    """Tells one state of the chain, with what is planned, from the next."""
    rows = LeadPlace.objects.filter(post__agency=agency).order_by("pk").values_list("pk", "place", "until_on")
    return sha256(str(list(rows)).encode()).hexdigest()[:16]


def _is_over(holding: PostHolding, today: date) -> bool:
    return holding.until_on is not None and holding.until_on < today


def _end(holding: PostHolding, last_day: date) -> None:
    if last_day < holding.from_on:
        # They never sat there: it was entered by mistake, or called off. The trail keeps both lines.
        PostHolding.objects.filter(pk=holding.pk).delete()
        return
    holding.until_on = last_day
    holding.save(update_fields=["until_on"])


def _pass_on(holding: PostHolding, from_on: date, *, now: datetime, by) -> int:
    """At once, or on the day itself by the schedule (timescales/passing_on.py); but nobody goes from what nobody could take."""
    if from_on <= timezone.localdate(now):
        return pass_on_everything(unseated=[holding], now=now, by=by)
    if refusal := refusal_to_leave(unseated=[holding], now=now):
        raise NotPossible(refusal)
    return 0


def _refusal_of_chain(agency: Agency, posts: list[Post]) -> str | None:
    if len({post.pk for post in posts}) != len(posts):
        return "Each post has one place in the chain."
    if any(post.agency_id != agency.pk or post.kind not in CAN_BE_IN_A_CHAIN for post in posts):
        return "The chain is of the agency’s own posts. Its chief officer stands at its end already."
    return None


def _stands_from(agency: Agency, day: date) -> list[int] | None:
    """The posts of the chain from this day on; None where a later change is planned."""
    later = LeadPlace.objects.filter(post__agency=agency).filter(Q(from_on__gt=day) | Q(until_on__gte=day))
    return None if later.exists() else [post.pk for post in chain_of(agency, day)]


def _put_in_order(agency: Agency, posts: list[Post], from_on: date) -> None:
    rows = LeadPlace.objects.filter(post__agency=agency)
    rows.filter(from_on__gte=from_on).delete()
    rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on)).update(
        until_on=from_on - timedelta(days=1)
    )
    LeadPlace.objects.bulk_create(
        [LeadPlace(post=post, place=place, from_on=from_on) for place, post in enumerate(posts, start=1)],
        batch_size=500,
    )


def _in_a_row(posts: Iterable[Post]) -> str:
    return ", then ".join(post.title for post in posts) or "Nobody but the chief officer"


def _may_keep(did: str, by, about: Post | Agency, person: Practitioner | None = None) -> None:
    if by == OPERATOR:
        return
    is_oneself = person is not None and person.pk == by.pk
    if refusal := refusal_to_keep_posts(by.role, is_oneself=is_oneself):
        _refuse(refusal, did, by, about, NotAllowed)


def _refuse(reason: str, did: str, by, about: Post | Agency, refusal: type[Refusal] = NotPossible) -> None:
    record(by=by, did=did, **_about(about), refused_because=reason)
    raise refusal(reason)


def _somebody_was_first(
    reason: str, both: list[Both], did: str, by, about: Post | Agency, *, may_send: bool = False
) -> None:
    record(by=by, did=did, **_about(about), refused_because=reason)
    raise SomebodyWasFirst(reason, both, may_send=may_send)


def _who_did(did: str, about: Post | Agency) -> str:
    line = Entry.objects.filter(did=did, refused_because="", **_about(about)).last()
    return by_and_when(line.by_name or "An operator", line.at) if line else ""


def _about(about: Post | Agency) -> dict:
    return {"about_kind": "post" if isinstance(about, Post) else "agency", "about_id": str(about.pk)}


def _leave_line(did: str, about: Post | Agency, by, particulars: dict) -> None:
    record(by=by, did=did, **_about(about), particulars=particulars)
