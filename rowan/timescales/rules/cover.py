"""Who takes over a clock whose owner cannot see to it: the post's other holders, its deputies, the leads, the chief officer.

A clock is *stranded* when its owner has left, is away for long, is away when it falls due, no longer sits in the post it came with, or is kept out of the record it is about;
at a post, when that holds of everybody who sits there. Only a stranded clock moves, so somebody who returns gets nothing back by machine, and nothing goes to and fro.
Nobody is handed more than the cap; what is beyond it goes on down the line. Chief officers are the last resort: they take what
nobody else can.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rowan.agencies.rules.chain import Absences, Chair, Level, is_away, stand_ins, time_away

from .working_days import lasts


class Why(StrEnum):
    LEFT = "left"
    AWAY = "away"
    NOBODY_THERE = "nobody there"
    KEPT_OUT = "kept out"
    UNSEATED = "unseated"


@dataclass(frozen=True)
class Running:
    """A running clock: owned by somebody by name, else by whoever sits in its post."""

    clock: int
    due_on: date
    owner: int | None = None
    post: int | None = None


@dataclass(frozen=True)
class Move:
    clock: Running
    to: int | None  # nobody: there is nobody left to ask
    through: int | None  # the post by which they were reached; none for a named stand-in
    why: Why
    until_on: date | None = None
    beyond_the_cap: bool = False


@dataclass
class Cover:
    """Everybody who could take a clock, as things stand on one day. `load` is counted on as clocks move."""

    sitters: Mapping[int, Sequence[int]]  # by post, in the order in which they are asked
    deputy_of: Mapping[int, int]  # a post's deputy post
    agency_of_post: Mapping[int, int]
    agency_of: Mapping[int, int]  # a person's agency
    posts_of: Mapping[int, Sequence[int]]
    chains: Mapping[int, Sequence[Chair]]  # an agency's leads, its chief officer, the hub's
    absences: Absences
    gone: AbstractSet[int]
    load: MutableMapping[int, int]
    cap: int
    long_absence: int
    barred: Mapping[int, AbstractSet[int]] = field(
        default_factory=dict
    )  # by clock: those who may not be asked
    unseated: AbstractSet[tuple[int, int]] = frozenset()  # a person and the post that is theirs no longer
    let_go: AbstractSet[int] = frozenset()  # clocks whose owner had them for a post that is theirs no longer


def strands(running: Running, cover: Cover, day: date) -> tuple[Why, date | None] | None:
    """Why nobody sees to this clock, with the last day away where it is known; None when somebody does."""
    if running.owner is not None and running.owner in cover.barred.get(running.clock, ()):
        return Why.KEPT_OUT, None
    if running.owner is not None and running.clock in cover.let_go:
        return (Why.LEFT if running.owner in cover.gone else Why.UNSEATED), None
    if running.owner is not None:
        return _cannot_see_to(running.owner, running.due_on, cover, day)
    sitters = cover.sitters.get(running.post, ()) if running.post is not None else ()
    reasons = [_cannot_see_to(person, running.due_on, cover, day) for person in sitters]
    if not all(reasons):
        return None
    ends = [reason[1] for reason in reasons if reason and reason[1]]
    return Why.NOBODY_THERE, min(ends) if ends else None


def hand_over(stranded: Iterable[Running], cover: Cover, day: date) -> Iterator[Move]:
    """Where each stranded clock goes, those due first served first. One that nobody strands is left where it is."""
    for running in sorted(stranded, key=lambda running: (running.due_on, running.clock)):
        reason = strands(running, cover, day)
        if reason is None:
            continue
        why, until_on = reason
        to, through, beyond = _taker(running, cover, day)
        if to is None and running.owner is None:
            continue  # it waits at its post: there is nobody to name
        if to is not None:
            cover.load[to] = cover.load.get(to, 0) + 1
        if running.owner is not None:
            cover.load[running.owner] = cover.load.get(running.owner, 0) - 1
        yield Move(running, to, through, why, until_on, beyond)


def nobody_takes(running: Running, cover: Cover, day: date) -> bool:
    """Whether it is stranded and there is nobody to ask, down to the last chief officer."""
    return strands(running, cover, day) is not None and _taker(running, cover, day)[0] is None


def _cannot_see_to(person: int, due_on: date, cover: Cover, day: date) -> tuple[Why, date | None] | None:
    if person in cover.gone:
        return Why.LEFT, None
    away = time_away(cover.absences.get(person, ()), day)
    if away is None:
        return None
    first, last = away
    if last is None or due_on <= last or lasts(first, last, cover.long_absence):
        return Why.AWAY, last
    return None


def _taker(running: Running, cover: Cover, day: date) -> tuple[int | None, int | None, bool]:
    full: list[tuple[int, int | None]] = []
    chiefs: list[tuple[int, int]] = []
    for person, through, is_chief in _line(running, cover, day):
        if (person, through) in cover.unseated or not _is_there(person, running, cover, day):
            continue
        if cover.load.get(person, 0) < cover.cap:
            return person, through, False
        full.append((person, through))
        if is_chief and through is not None:
            chiefs.append((person, through))
    if chiefs:
        return (*chiefs[0], True)
    if full:
        return (*min(full, key=lambda taker: cover.load.get(taker[0], 0)), True)
    return None, None, False


def _is_there(person: int, running: Running, cover: Cover, day: date) -> bool:
    return (
        person != running.owner
        and person not in cover.gone
        and person not in cover.barred.get(running.clock, ())
        and not is_away(cover.absences.get(person, ()), day)
    )


def _line(running: Running, cover: Cover, day: date) -> Iterator[tuple[int, int | None, bool]]:
    """Everybody who could take it, in the order in which they are asked."""
    posts = list(cover.posts_of.get(running.owner, ())) if running.owner is not None else []
    if running.post is not None:
        posts = [running.post, *[post for post in posts if post != running.post]]
    owners = (
        [running.owner] if running.owner is not None else cover.sitters.get(posts[0], ()) if posts else []
    )
    for person in stand_ins(owners, cover.absences, day):
        yield person, None, False
    asked: set[int] = set()
    line = posts[:1] if running.post is not None else posts
    for post in (*line, *_deputies(line, cover), *posts):
        if post not in asked:
            asked.add(post)
            yield from (
                (person, post, False)
                for person in sorted(cover.sitters.get(post, ()), key=lambda who: cover.load.get(who, 0))
            )
    agency = _agency(running, cover)
    for chair in cover.chains.get(agency, ()) if agency is not None else ():
        yield from ((person, chair.post, chair.level != Level.LEAD) for person in chair.sitters(day))


def _deputies(posts: Iterable[int], cover: Cover) -> Iterator[int]:
    for post in posts:
        seen = {post}
        deputy = cover.deputy_of.get(post)
        while deputy is not None and deputy not in seen:
            seen.add(deputy)
            yield deputy
            deputy = cover.deputy_of.get(deputy)


def _agency(running: Running, cover: Cover) -> int | None:
    """The post's agency answers for it; where no post stands behind it, its owner's does."""
    if running.post is not None:
        return cover.agency_of_post.get(running.post)
    return cover.agency_of.get(running.owner) if running.owner is not None else None


def in_words(move: Move, *, owner: str = "", post: str = "") -> str:
    """Why it came to whoever has it now: "because Mirela Hughes is away until 3 June 2026"."""
    if move.why == Why.LEFT:
        return f"because {owner} has left"
    if move.why == Why.UNSEATED:
        return f"because {owner} holds the post of {post} no longer"
    if move.why == Why.KEPT_OUT:
        return f"because {owner} has no part in it any more"
    last = f"{move.until_on.day} {move.until_on:%B %Y}" if move.until_on else ""
    if move.why == Why.NOBODY_THERE:
        back = f" (the first is back after {last})" if last else ""
        return f"because nobody who holds the post of {post} is there{back}"
    return f"because {owner} is away{' until ' + last if last else ', with no date of return yet'}"
