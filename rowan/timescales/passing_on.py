"""Every running clock has somebody who sees to it: those whose owner has left, is away or gave up the post pass to somebody who is there.

Runs after the night, every few minutes by the schedule, inside the entering of an absence and inside the ending of a seat or an account. It
finds what is stranded, asks the rule where each clock goes, and moves them together. A room whose clocks these are follows in the
same transaction: it has a module `clocks` with `ABOUT`, the kinds of thing its clocks are about, and `follow(moved, now=…, by=…)`.
A room that knows who may not be asked says so there too, with `may_not_take(about, people)` by the child a clock is about, or with
`may_not_see_to(clocks, people)` by the clock itself; one whose clocks go down no line of work
names their kinds in `KEEPS`, and passes them on by a `passing_on` of its own (`agencies/passing_on.py`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from rowan.agencies.leads import Chains, absences_of
from rowan.agencies.models import Absence, Agency, Post, PostHolding, Practitioner
from rowan.agencies.rules.roles import SEES_NO_CHILD
from rowan.audit_trail.actions import ROWAN, record

from .actions import dated_values
from .models import Clock, HandOver
from .rules.cover import Cover, Move, Running, hand_over, in_words, nobody_takes, strands
from .rules.settings import CLOCKS_A_PERSON, LONG_ABSENCE, SETTINGS, values_on

CLOCKS_AT_ONCE = 500
# Days away that ended yesterday count with those that follow on from them today.
LOOK_BACK = timedelta(days=60)
# Any number will do, so long as nothing else locks it.
TURN = 7_311_042


@dataclass(frozen=True)
class Moved:
    """A clock that passed to somebody, for the room whose clock it is."""

    clock: Clock
    from_owner: Practitioner | None
    to: Practitioner
    through: Post | None
    because: str
    inside: bool  # whether the new owner works for the agency whose post the clock stands at


def pass_on(
    *,
    leaving: Iterable[Practitioner] = (),
    unseated: Iterable[PostHolding] = (),
    look_at: Iterable[int] = (),
    now: datetime,
    by=ROWAN,
) -> int:
    """Move every stranded clock to somebody who is there, and say how many moved. Twice in a row moves nothing the second time.

    `unseated`: seats that end now, whatever day they began. `look_at`: clocks whose owner may have been kept out of the record they
    are about, which no absence tells.
    """
    leavers, seats = {person.pk for person in leaving}, _seats(unseated)
    today = timezone.localdate(now)
    with transaction.atomic():
        _one_at_a_time()
        clocks, cover = _stranded(leavers, today, seats=seats, look_at=list(look_at))
        moves = list(hand_over([_running(clock) for clock in clocks.values()], cover, today))
        moved = _move([move for move in moves if move.to is not None], clocks, now, by)
        _let_rooms_follow(moved, now, by)
    return len(moved)


def without_anybody(today: date) -> int:
    """How many running clocks nobody sees to, though every chain was asked to its end. For the operator: it should be nought."""
    clocks, cover = _stranded(set(), today, lock=False)
    return sum(strands(_running(clock), cover, today) is not None for clock in clocks.values())


def left_with_nobody(
    *, leaving: Iterable[Practitioner] = (), unseated: Iterable[PostHolding] = (), now: datetime
) -> int:
    """How many clocks of these people, or of their posts, nobody could take from them. Of what passed on already, none."""
    leavers, seats, today = {person.pk for person in leaving}, _seats(unseated), timezone.localdate(now)
    clocks, cover = _stranded(leavers, today, seats=seats, lock=False)
    their_posts = {post for _, post in seats}
    their_posts |= set(
        PostHolding.objects.on(today).filter(practitioner__in=leavers).values_list("post", flat=True)
    )
    kept = _kept_by_their_rooms()
    return sum(
        # What a room passes on itself it has passed on by now, if it could.
        clock.about_kind in kept or nobody_takes(_running(clock), cover, today)
        for clock in clocks.values()
        if clock.owner_id in leavers
        or (clock.owner_id, clock.owner_post_id) in seats
        or (clock.owner_id is None and clock.owner_post_id in their_posts)
    )


def _seats(unseated: Iterable[PostHolding]) -> set[tuple[int, int]]:
    return {(holding.practitioner_id, holding.post_id) for holding in unseated}


def _stranded(
    leavers: set[int],
    today: date,
    *,
    seats: set[tuple[int, int]] = frozenset(),
    look_at: list[int] | None = None,
    lock: bool = True,
) -> tuple[dict[int, Clock], Cover]:
    """The clocks that may be stranded, and everybody who could take one. A fixed number of queries."""
    seats_so_far = list(
        PostHolding.objects.filter(from_on__lte=today)
        .select_related("practitioner")
        .only("post", "until_on", "practitioner__role", "practitioner__is_active")
        .order_by("order", "from_on", "pk")
    )
    over = _seats_over(seats_so_far, today)
    no_more = {*seats, *over}
    away = set(Absence.objects.standing().on(today).filter(half="").values_list("practitioner", flat=True))
    sitters = _sitters(seats_so_far, today, leavers, seats)
    there = {post for post, people in sitters.items() if not set(people) <= away}
    nobody_by_name = Q(owner__isnull=True) & ~Q(owner_post__in=there)
    found = (
        Clock.objects.running()
        .filter(
            Q(owner__is_active=False)
            | Q(owner__in=away | leavers)
            | Q(owner__in={person for person, _ in no_more}, owner_post__in={post for _, post in no_more})
            | nobody_by_name
            | Q(pk__in=look_at or [])
        )
        .order_by("pk")
    )
    if lock:
        # Some rooms pass a clock on themselves: where it may go is not down a line of work.
        found = found.exclude(about_kind__in=_kept_by_their_rooms()).select_for_update(of=("self",))
    clocks = {clock.pk: clock for clock in found}
    if not clocks:
        return clocks, _nobody()
    cover = _cover(clocks.values(), sitters, leavers, today)
    cover.unseated = seats
    cover.let_go = {
        pk
        for pk, clock in clocks.items()
        if (clock.owner_id, clock.owner_post_id) in seats or _came_with(clock, over)
    }
    return clocks, cover


def _seats_over(so_far: list[PostHolding], today: date) -> dict[tuple[int, int], date]:
    """Who sat in which post and does no longer, and the last day of it."""
    ended = sorted((seat for seat in so_far if not _holds(seat, today)), key=lambda seat: seat.until_on)
    over = {(seat.practitioner_id, seat.post_id): seat.until_on for seat in ended}
    for seat in so_far:
        if _holds(seat, today):
            over.pop((seat.practitioner_id, seat.post_id), None)
    return over


def _holds(seat: PostHolding, today: date) -> bool:
    return seat.until_on is None or seat.until_on >= today


def _came_with(clock: Clock, over: dict[tuple[int, int], date]) -> bool:
    """Whether it was already its owner's while that seat was. What came by name since then stays."""
    last = over.get((clock.owner_id, clock.owner_post_id))
    return last is not None and timezone.localdate(clock.handed_over_at or clock.started_at) <= last


def _sitters(
    so_far: list[PostHolding], today: date, leavers: set[int], unseated: set[tuple[int, int]]
) -> dict[int, list[int]]:
    """Who sits in each post, in the order in which they are asked. Nobody who may not see a child."""
    sitters: dict[int, list[int]] = defaultdict(list)
    for seat in so_far:
        person, who = seat.practitioner, (seat.practitioner_id, seat.post_id)
        if not _holds(seat, today) or not person.is_active or person.role in SEES_NO_CHILD:
            continue
        if person.pk not in leavers and who not in unseated:
            sitters[seat.post_id].append(person.pk)
    return sitters


def _cover(clocks: Iterable[Clock], sitters: dict[int, list[int]], leavers: set[int], today: date) -> Cover:
    owners = {clock.owner_id for clock in clocks if clock.owner_id}
    posts = {post.pk: post for post in Post.objects.all()}
    posts_of: dict[int, list[int]] = defaultdict(list)
    # A leaver's posts stand behind what is theirs, though they sit there no longer.
    rows = PostHolding.objects.filter(practitioner__in=owners, from_on__lte=today).order_by("order", "pk")
    for person, post in rows.values_list("practitioner", "post"):
        posts_of[person].append(post)
    agency_of = dict(Practitioner.objects.filter(pk__in=owners).values_list("pk", "agency"))
    wanted = {posts[clock.owner_post_id].agency_id for clock in clocks if clock.owner_post_id}
    agencies = Agency.objects.filter(pk__in=wanted | set(agency_of.values()))
    chains = Chains(agencies, today)
    in_chains = {agency.pk: chains.of(agency) for agency in agencies}
    everybody = {person for people in sitters.values() for person in people} | owners
    values = values_on(SETTINGS, dated_values(), today)
    load = dict(
        Clock.objects.running()
        .filter(owner__isnull=False)
        .values_list("owner")
        .annotate(running=Count("pk"))
        .order_by()
    )
    inactive = Practitioner.objects.filter(pk__in=owners, is_active=False).values_list("pk", flat=True)
    return Cover(
        sitters=sitters,
        deputy_of={post.pk: post.deputy_id for post in posts.values() if post.deputy_id},
        agency_of_post={post.pk: post.agency_id for post in posts.values()},
        agency_of=agency_of,
        posts_of=posts_of,
        chains=in_chains,
        absences=absences_of(everybody, since=today - LOOK_BACK),
        gone=leavers | set(inactive),
        load=Counter(load),
        cap=int(values[CLOCKS_A_PERSON.name]),
        long_absence=int(values[LONG_ABSENCE.name]),
        barred=barred_from(
            clocks,
            everybody
            | {who for chain in in_chains.values() for chair in chain for who in chair.sitters(today)},
        ),
    )


def barred_from(clocks: Iterable[Clock], people: set[int]) -> dict[int, set[int]]:
    """Which of these people may not be asked about which clock (by its id), as every room knows it."""
    clocks = list(clocks)
    about = {clock.pk: clock.about_person for clock in clocks if clock.about_person}
    barred: dict[int, set[int]] = defaultdict(set)
    for module in _clock_modules():
        if hasattr(module, "may_not_take") and about:
            for clock, who in module.may_not_take(about, people).items():
                barred[clock] |= who
        if hasattr(module, "may_not_see_to"):
            for clock, who in module.may_not_see_to(clocks, people).items():
                barred[clock] |= who
    return barred


def _kept_by_their_rooms() -> set[str]:
    return {kind for module in _clock_modules() for kind in getattr(module, "KEEPS", ())}


def _clock_modules() -> list:
    names = [f"{room.name}.clocks" for room in apps.get_app_configs() if room.name.startswith("rowan.")]
    return [import_module(name) for name in names if find_spec(name)]


def _nobody() -> Cover:
    return Cover({}, {}, {}, {}, {}, {}, {}, set(), {}, cap=1, long_absence=1)


def _running(clock: Clock) -> Running:
    return Running(clock.pk, clock.due_on, clock.owner_id, clock.owner_post_id)


def _move(moves: list[Move], clocks: dict[int, Clock], now: datetime, by) -> list[Moved]:
    people = Practitioner.objects.select_related("agency").in_bulk(
        {who for move in moves for who in (move.to, move.clock.owner) if who}
    )
    posts = Post.objects.select_related("agency").in_bulk(
        {post for move in moves for post in (move.through, move.clock.post) if post}
    )
    moved, rows = [], []
    for move in moves:
        clock = clocks[move.clock.clock]
        before, to = people.get(clock.owner_id), people[move.to]
        home = posts.get(clock.owner_post_id)
        because = in_words(move, owner=before.display_name if before else "", post=home.title if home else "")
        rows.append(
            HandOver(
                clock=clock,
                from_owner=before,
                from_post=home,
                to_owner=to,
                through_post=posts.get(move.through),
                at=now,
                why=move.why.value,
                because=because[:300],
                beyond_the_cap=move.beyond_the_cap,
            )
        )
        inside = to.agency_id == (home.agency_id if home else before.agency_id if before else None)
        moved.append(Moved(clock, before, to, posts.get(move.through), because, inside))
        clock.owner, clock.handed_over_at = to, now
    Clock.objects.bulk_update(
        [each.clock for each in moved], ["owner", "handed_over_at"], batch_size=CLOCKS_AT_ONCE
    )
    HandOver.objects.bulk_create(rows, batch_size=CLOCKS_AT_ONCE)
    for row in rows:
        _leave_line(row, by)
    return moved


def _leave_line(row: HandOver, by) -> None:
    record(
        by=by,
        did="passed a clock on",
        about_person=row.clock.about_person,
        about_kind=row.clock.about_kind,
        about_id=row.clock.about_id,
        particulars={
            "clock": row.clock_id,
            "from": row.from_owner_id,
            "to": row.to_owner_id,
            "through_post": row.through_post_id,
            "why": row.why,
            "beyond_the_cap": row.beyond_the_cap,
        },
    )


def _let_rooms_follow(moved: list[Moved], now: datetime, by) -> None:
    if not moved:
        return
    for module in _clock_modules():
        theirs = [each for each in moved if each.clock.about_kind in getattr(module, "ABOUT", ())]
        if theirs:
            module.follow(theirs, now=now, by=by)


def _one_at_a_time() -> None:
    """Two hand-overs at once would each fill the same person up to the cap. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
