"""What the pages of who is who show: two records beside each other, each only as far as this reader may see it.

A reader without a part in a child's life sees of it what a typed reason would open: name, age and school, and no number and no address.
Whether birth dates are the same is said in words; of a number that they share only that one is shared. Whether they share a home is told
only to whoever may see where both live: else a withheld home would be told by the home of somebody who is known (design.md: one page
never shows what another hides).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rowan.access.actions import seen_by
from rowan.access.rules.seeing import Seen, Through, what_is_seen
from rowan.matching.actions.answering import TwoRecords
from rowan.matching.models import AwaitedJoin, Judgement, RecordLink, UnsurePair
from rowan.matching.rules.judgement import without_homes
from rowan.people.called import Called, called
from rowan.people.models import KnownAs, Person
from rowan.people.where_they_live import homes_that_may_be_told
from rowan.records.rules.spelling import plain

from .one_page import Fact, agencies_told, identity

SAME, ALIKE, DIFFERS, UNKNOWN = "The same", "Partly the same", "Differs", "Not known of both"
NOT_TOLD = "What made Rowan ask is not shown to you"
WHICH_NUMBER = re.compile(r"\b(NHS |pupil |council 903 )(?=number)|(?<=number) at the agency")


@dataclass(frozen=True)
class Line:
    """One pair in the list."""

    left_rid: str
    right_rid: str
    left: Called
    right: Called
    reasons: str
    open_work: bool
    could_not_tell: bool


@dataclass(frozen=True)
class Beside:
    """One thing that both records say, or only one of them, and in words whether they agree."""

    what: str
    left: list[str]
    right: list[str]
    agree: str
    # Whether a difference says anything: children change schools, and each file knows the one of its day.
    matters: bool = True

    @property
    def differs(self) -> bool:
        return self.agree == DIFFERS and self.matters


@dataclass(frozen=True)
class SideBySide:
    left: Called
    right: Called
    left_of: str  # which agencies' records
    right_of: str
    rows: list[Beside]
    reasons: str


@dataclass(frozen=True)
class ShownJudgement:
    judgement: Judgement
    one: str
    other: str
    first: AwaitedJoin | None  # the other of the two who said so
    person_ids: list[str]


def sights(reader, person_ids: Iterable[str], today: date) -> dict[str, Seen]:
    """How far the reader sees each: by their part, else as with a typed reason. The caller has left out whoever is hidden."""
    ids = list(dict.fromkeys(person_ids))
    outside = what_is_seen(reader.role, reader.agency.code, reader.agency.kind, Through.REASON)
    return dict.fromkeys(ids, outside) | seen_by(reader, ids, today)


def lines(pairs: Iterable[UnsurePair], reader, today: date) -> list[Line]:
    pairs = list(pairs)
    seen = sights(
        reader, (each for pair in pairs for each in (pair.left_person_id, pair.right_person_id)), today
    )
    names, homes = called(seen, today), homes_that_may_be_told(seen)
    return [
        Line(
            pair.left_rid,
            pair.right_rid,
            names[pair.left_person_id],
            names[pair.right_person_id],
            _told(pair.reasons, [pair.left_person_id, pair.right_person_id], seen, homes),
            pair.open_work,
            pair.could_not_tell,
        )
        for pair in pairs
    ]


def named(answers: Iterable[AwaitedJoin], reader, today: date) -> list[tuple[AwaitedJoin, Called, Called]]:
    """What the reader answered and somebody else has not yet."""
    answers = list(answers)
    ids = [each for row in answers for each in (row.left_person_id, row.right_person_id)]
    names = called(sights(reader, ids, today), today)
    return [(row, names[row.left_person_id], names[row.right_person_id]) for row in answers]


def side_by_side(pair: TwoRecords, reader, today: date) -> SideBySide:
    seen = sights(reader, pair.person_ids, today)
    names = called(seen, today)
    people = Person.objects.in_bulk(pair.person_ids)
    said = [identity(people[person_id], seen[person_id]) for person_id in pair.person_ids]
    born = dict(
        KnownAs.objects.current().filter(person_id__in=pair.person_ids).values_list("person_id", "birth_date")
    )
    left, right = pair.person_ids
    rows = [
        _facts("Names", said),
        Beside(
            "Birth date",
            [_born(names[left])],
            [_born(names[right])],
            _agree_on_a_day(born.get(left), born.get(right)),
        ),
        _schools(said),
        _homes(said, [seen[left], seen[right]]),
    ]
    if all(each.through is not Through.REASON for each in seen.values()):
        rows.append(_facts("Identifiers", said))
    of = _agencies({pair.left_rid: seen[left], pair.right_rid: seen[right]})
    return SideBySide(
        names[left],
        names[right],
        of[pair.left_rid],
        of[pair.right_rid],
        rows,
        _told(pair.reasons, pair.person_ids, seen, homes_that_may_be_told(seen)),
    )


def judged(rows: Iterable[Judgement], reader, today: date) -> list[ShownJudgement]:
    rows = list(rows)
    rids = {rid for row in rows for rid in (row.rid, row.other_rid)}
    whose = dict(RecordLink.objects.current().filter(rid__in=rids).values_list("rid", "person_id"))
    ids = {*whose.values(), *(row.person_id for row in rows)}
    seen = sights(reader, ids, today)
    names = called(seen, today)
    of = _agencies({rid: seen[person_id] for rid, person_id in whose.items()})
    firsts = {
        each.judgement_id: each
        for each in AwaitedJoin.objects.filter(judgement__in=rows).select_related("by__agency")
    }

    def words(rid: str, person_id: str) -> str:
        agency = of.get(rid)
        return f"{names[person_id].name}{f', {agency}’s record' if agency else ''}"

    return [
        ShownJudgement(
            row,
            words(row.rid, whose.get(row.rid, row.person_id)),
            words(row.other_rid, whose.get(row.other_rid, row.person_id)),
            firsts.get(row.pk),
            sorted({row.person_id, *(whose[rid] for rid in (row.rid, row.other_rid) if rid in whose)}),
        )
        for row in rows
    ]


def _agencies(of: dict[str, Seen]) -> dict[str, str]:
    """By the record, the agency that sent it, or no name where the reader may not know that it knows the child."""
    codes = dict(RecordLink.objects.current().filter(rid__in=list(of)).values_list("rid", "agency_code"))
    return {rid: agencies_told([code], of[rid])[code] for rid, code in codes.items()}


def _facts(heading: str, said: list[dict[str, list[Fact]]]) -> Beside:
    left, right = ([f"{fact.value} ({fact.agency})" for fact in each[heading]] for each in said)
    values = [{plain(fact.value) for fact in each[heading]} for each in said]
    return Beside(heading, left, right, _agree(*values))


def _schools(said: list[dict[str, list[Fact]]]) -> Beside:
    """One after the other they say little; two schools at the same time are two pupils."""
    row = _facts("Schools", said)
    left, right = ([fact for fact in each["Schools"] if not fact.last_on] for each in said)
    at_once = bool(left and right) and not {plain(fact.value) for fact in left} & {
        plain(fact.value) for fact in right
    }
    return replace(row, matters=at_once)


def _homes(said: list[dict[str, list[Fact]]], seen: list[Seen]) -> Beside:
    row = _facts("Addresses", said)
    if any(each.through is Through.REASON or not each.shows(each.agency, "addresses") for each in seen):
        return Beside("Where they live", [], [], "Not shown to you")
    return Beside("Where they live", row.left, row.right, row.agree)


def _agree(left: set[str], right: set[str]) -> str:
    if not left or not right:
        return UNKNOWN
    if left == right:
        return SAME
    return ALIKE if left & right else DIFFERS


def _agree_on_a_day(left: date | None, right: date | None) -> str:
    if left is None or right is None:
        return UNKNOWN
    return SAME if left == right else DIFFERS


def _born(child: Called) -> str:
    if child.birth_date:
        return f"{child.birth_date.day} {child.birth_date:%B %Y}"
    return "Not known" if child.age is None else f"{child.age} years old"


def _told(reasons: str, person_ids: Iterable[str], seen: Mapping[str, Seen], homes: set[str]) -> str:
    """The night's words, as far as this reader may hear them; which number it is would tell which agency knows the child."""
    ids = list(person_ids)
    words = reasons if homes.issuperset(ids) else without_homes(reasons)
    if any(seen[each].through is Through.REASON for each in ids):
        words = WHICH_NUMBER.sub("", words)
    words = words or NOT_TOLD
    return words[:1].upper() + words[1:]
