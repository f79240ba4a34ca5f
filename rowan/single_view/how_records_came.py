"""How the records beneath a child's page came together and apart: which agencies', on which night, by machine or by whose word.

It is read out of what each night published and of the judgements themselves; nothing is written for it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Q

from rowan.access.rules.matrix import Kind, Opens
from rowan.access.rules.seeing import Seen, Through
from rowan.access.standing import hidden_from
from rowan.agencies.in_words import by_and_when
from rowan.asked_alike import asked_alike
from rowan.matching.models import Judgement, RecordLink, Verdict
from rowan.matching.rules.judgement import without_homes
from rowan.people.where_they_live import homes_that_may_be_told
from rowan.records.models import OvernightRun

from .one_page import agencies_told
from .shown_pairs import WHICH_NUMBER

LINES_SHOWN = 50


class Move(Enum):
    FOUNDED = "The first records of this child came"
    ADDED = "A new record was added"
    JOINED = "A record that had stood for another person was put with this child’s"
    PARTED = "A record was taken out, and stands for another person"


@dataclass(frozen=True)
class Change:
    """What one night did with some of the records, and why."""

    on: date
    move: Move
    agencies: list[str]
    by: str

    @property
    def in_words(self) -> str:
        return self.move.value


def shows_how_records_came(seen: Seen) -> bool:
    """For the hub's own readers, by a part or in an emergency: which agencies' records lie together tells who knows the child."""
    return seen.is_hub and not seen.at_a_school and seen.through in {Through.PART, Through.EMERGENCY}


def changes(person_ids: list[str], seen: Seen, reader) -> list[Change]:
    """The newest first. What has to do with somebody hidden from the reader is left out."""
    if not shows_how_records_came(seen):
        return []
    moves = _moves(set(person_ids), hidden_from(reader))
    runs = OvernightRun.objects.in_bulk({run for run, *_ in moves}, field_name="number")
    words = _Words(person_ids, seen)
    told = [
        Change(runs[run].as_of, move, words.agencies(links), words.why(move, links, runs[run]))
        for (run, move, _), links in sorted(moves.items(), key=lambda item: -item[0][0])
        if run in runs
    ]
    return told[:LINES_SHOWN]


Key = tuple[int, Move, str]


def _moves(ids: set[str], hidden: set[str]) -> dict[Key, list[tuple[RecordLink | None, RecordLink]]]:
    """By night, kind and machine or person: each record's link before and after."""
    current = OvernightRun.current_number()
    rows = _links_of(ids=ids, run=current)
    of: dict[str, list[RecordLink]] = defaultdict(list)
    for row in rows:
        of[row.rid].append(row)
    first = min((row.since_run for row in rows if row.person_id in ids), default=0)
    moves: dict[Key, list[tuple[RecordLink | None, RecordLink]]] = defaultdict(list)
    for links in of.values():
        for before, after in zip([None, *links], links, strict=False):
            move = _move(before, after, ids, first)
            other = {each.person_id for each in (before, after) if each} - ids
            if move and not other & hidden:
                moves[after.since_run, move, _whose_word(before, after)].append((before, after))
    return moves


@asked_alike
def _links_of(ids, run):
    rids = RecordLink.objects.filter(person_id__among=ids, since_run__lte=run).values("rid")
    return RecordLink.objects.filter(rid__in=rids, since_run__lte=run).order_by("rid", "since_run")


@asked_alike
def _judged_of(ids):
    rids = RecordLink.objects.filter(person_id__among=ids).values("rid")
    about = Judgement.objects.filter(Q(rid__in=rids) | Q(other_rid__in=rids))
    return about.select_related("by", "undone_by").order_by("-at", "-pk")


def _move(before: RecordLink | None, after: RecordLink, ids: set[str], first: int) -> Move | None:
    if before is None:
        if after.person_id not in ids:
            return None
        return Move.FOUNDED if after.since_run == first else Move.ADDED
    if before.person_id == after.person_id:
        return None
    if after.person_id in ids:
        return Move.JOINED
    return Move.PARTED if before.person_id in ids else None


def _whose_word(before: RecordLink | None, after: RecordLink) -> str:
    """A record that stood or stands by somebody's word moves by somebody's word; else by machine."""
    if after.judged_by == "person":
        return "judged"
    return "taken back" if before is not None and before.judged_by == "person" else "machine"


class _Words:
    def __init__(self, person_ids: Iterable[str], seen: Seen) -> None:
        self.seen = seen
        ids = list(person_ids)
        self.homes = homes_that_may_be_told(dict.fromkeys(ids, seen)).issuperset(ids)
        self.judgements: list[Judgement] = _judged_of(ids=ids)

    def agencies(self, links: list[tuple[RecordLink | None, RecordLink]]) -> list[str]:
        codes = {after.agency_code for _, after in links}
        return sorted(set(agencies_told(codes, self.seen).values()))

    def why(self, move: Move, links: list[tuple[RecordLink | None, RecordLink]], run: OvernightRun) -> str:
        whose = _whose_word(*links[0])
        if move is Move.FOUNDED or whose == "machine":
            told = {after.how if self.homes else without_homes(after.how) for _, after in links}
            how = sorted(told - {"alone", ""})
            return self._numbers_told(f"By machine: {'; '.join(how)}" if how else "By machine")
        judgement = self._judgement(move, whose, run)
        if judgement is None:
            return "By somebody’s judgement"
        if whose == "taken back":
            who = by_and_when(judgement.undone_by.display_name, judgement.undone_at)
            return f"What had been judged was taken back by {who}: {judgement.undone_because}"
        return f"Judged by {by_and_when(judgement.by.display_name, judgement.at)}: {judgement.why}"

    def _numbers_told(self, words: str) -> str:
        """Which number it is tells which agency knows the child."""
        told = all(self.seen.opens(kind) is not Opens.NOTHING for kind in (Kind.HEALTH, Kind.SOCIAL_CARE))
        return words if told else WHICH_NUMBER.sub("", words)

    def _judgement(self, move: Move, whose: str, run: OvernightRun) -> Judgement | None:
        """The newest word that the night could know of and that moves records this way."""
        if whose == "taken back":
            undone = [each for each in self.judgements if each.undone_at and each.undone_at <= run.started_at]
            return max(undone, key=lambda each: each.undone_at, default=None)
        verdict = Verdict.SAME if move is Move.JOINED else Verdict.NOT_SAME
        said = [each for each in self.judgements if each.at <= run.started_at]
        return next((each for each in said if each.verdict == verdict), next(iter(said), None))
