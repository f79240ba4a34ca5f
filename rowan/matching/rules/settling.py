"""Who is who among records that have something to do with each other: joined by the machine where it may, as people judged where they did.

The machine joins the strongest pairs first, and never into one person two records that contradict each other. It touches
nobody a person has worked with: it neither joins two people nor splits one when either has a note, an involvement, a
restriction or a judgement; it adds nothing to a restricted person or across an adoption order. All that goes to a person
to decide, as an unsure pair. The answer depends on the records, not on the order in which they are named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rowan.matching.rules.identity import Identity
from rowan.matching.rules.judgement import (
    Judged,
    Verdict,
    a_number_is_mistaken,
    contradict,
    only_a_number_differs,
)

# Two people in one name and birth date: a record nearly as close to the one as to the other is nobody's by machine.
CLEARLY_CLOSER_BITS = 4.0

ALONE = "alone"
AS_JUDGED = "judged the same person"
AS_BEFORE = "as on earlier nights"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stood after the last run."""

    person_id: str
    touched: bool = False  # the person has a note, an involvement, a restriction or a judgement
    by_person: bool = False  # it stands there because of somebody's judgement, and falls with it


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody's judgement, still standing: is this record that person?"""

    rid: str
    other_rid: str
    person_id: str
    verdict: str  # same, not_same, unsure


@dataclass(frozen=True)
class Gathering:
    """Records that have something to do with each other, and all that is known of them."""

    people: Sequence[Identity]
    # Judged pairs by place, the lower place first.
    pairs: Mapping[tuple[int, int], Judged]
    founds: Mapping[int, str]  # the id of the person whom each record would found
    standing: Mapping[int, Standing] = field(default_factory=dict)
    words: Sequence[Word] = ()
    restricted: frozenset[str] = frozenset()  # person ids
    barred: frozenset[int] = frozenset()  # records at an adoption order
    another_id: Callable[[str], str] = lambda text: text  # a keyed hash, when a founding id is taken


@dataclass(frozen=True, slots=True)
class Link:
    place: int
    person_id: str
    how: str
    judged_by: str


@dataclass(frozen=True, slots=True)
class Unsure:
    left: int
    right: int
    bits: float
    reasons: str


@dataclass
class Settled:
    links: list[Link]
    unsure: list[Unsure]
    joined: list[tuple[str, str]]  # was, is now


class _Group:
    """Records taken as one person so far."""

    def __init__(self, members: Iterable[int], standing: set[str], touched: bool, frozen: bool) -> None:
        self.members = sorted(members)
        self.standing = standing
        self.touched = touched
        self.frozen = frozen


def settle(gathering: Gathering) -> Settled:
    """Every record in exactly one person, every doubt once, every person that was joined to an older one."""
    if len(gathering.people) == 1 and not gathering.standing:
        [person] = gathering.people
        return Settled([Link(person.place, gathering.founds[person.place], ALONE, ALONE)], [], [])
    return _Settling(gathering).settled()


class _Settling:
    def __init__(self, gathering: Gathering) -> None:
        self.given = gathering
        self.people = {person.place: person for person in gathering.people}
        self.by_rid = {person.rid: person.place for person in gathering.people}
        self.apart: set[tuple[int, int]] = set()  # somebody said: not the same
        self.left_open: set[tuple[int, int]] = set()  # somebody looked and could not tell
        self.together: list[tuple[int, int]] = []  # somebody said: the same
        self.taken_out: set[int] = set()
        self.judged_about: set[str] = (
            set()
        )  # people somebody has judged about: the machine leaves them as they stand
        self._contradictions: dict[tuple[int, int], str | None] = {}
        self._read_words()

    def settled(self) -> Settled:
        torn: set[int] = set()
        groups = self._join_by_machine(torn)
        torn = self._torn(groups)
        if torn:
            groups = self._join_by_machine(torn)
        by_machine = [list(group.members) for group in groups]
        groups = self._join_as_judged(groups)
        ids = self._person_ids(groups)
        return Settled(
            self._links(groups, ids, by_machine), self._unsure(groups, torn), self._joined(groups, ids)
        )

    # What people judged

    def _read_words(self) -> None:
        for word in sorted(self.given.words, key=lambda w: (w.rid, w.person_id, w.other_rid, w.verdict)):
            place = self.by_rid.get(word.rid)
            if place is None:
                continue
            self.judged_about |= {word.person_id, *self._where_they_stand(place, word.other_rid)}
            for other in self._whom(word, place):
                pair = (min(place, other), max(place, other))
                if word.verdict == Verdict.SAME.value:
                    self.together.append(pair)
                elif word.verdict == "not_same":
                    self.apart.add(pair)
                    self.taken_out.add(place)
                else:
                    self.left_open.add(pair)

    def _where_they_stand(self, place: int, other_rid: str) -> Iterable[str]:
        stood = (self.given.standing.get(place), self.given.standing.get(self.by_rid.get(other_rid, -1)))
        return (standing.person_id for standing in stood if standing is not None)

    def _whom(self, word: Word, place: int) -> list[int]:
        """The records that stand for the person somebody judged about."""
        other = self.by_rid.get(word.other_rid)
        if other is not None:
            return [other] if other != place else []
        return [
            its
            for its, stood in sorted(self.given.standing.items())
            if stood.person_id == word.person_id and its != place and not stood.by_person
        ]

    # What the machine may join

    def _join_by_machine(self, torn: set[int]) -> list[_Group]:
        groups = self._as_they_stand()
        of = {place: group for group in groups for place in group.members}
        for (left, right), judged in self._strongest_first():
            if judged.verdict is not Verdict.SAME or (left, right) in self.left_open or {left, right} & torn:
                continue
            one, other = of[left], of[right]
            if one is other or not self._may_join(one, other):
                continue
            one.members = sorted(one.members + other.members)
            one.standing |= other.standing
            one.touched |= other.touched
            for place in other.members:
                of[place] = one
        return _distinct(of)

    def _as_they_stand(self) -> list[_Group]:
        """People as the last run left them. One that contradicts itself is taken apart, when nobody has worked with it."""
        stood: dict[str, list[int]] = {}
        for place, standing in self.given.standing.items():
            if not standing.by_person and place not in self.taken_out:
                stood.setdefault(standing.person_id, []).append(place)
        groups, placed = [], set()
        for person_id, members in sorted(stood.items()):
            touched = person_id in self.judged_about or any(
                self.given.standing[place].touched for place in members
            )
            frozen = person_id in self.given.restricted or bool(self.given.barred & set(members))
            if not touched and not frozen and self._contradicts_itself(members):
                continue
            groups.append(_Group(members, {person_id}, touched, frozen))
            placed |= set(members)
        groups += [
            _Group([place], set(), False, place in self.given.barred)
            for place in self.people
            if place not in placed
        ]
        return groups

    def _contradicts_itself(self, members: list[int]) -> bool:
        return self._any_contradict(
            [(one, other) for n, one in enumerate(members) for other in members[n + 1 :]]
        )

    def _may_join(self, one: _Group, other: _Group) -> bool:
        if one.frozen or other.frozen:
            return False
        if one.standing and other.standing and (one.touched or other.touched):
            return False
        return not self._kept_apart(one, other) and not self._groups_contradict(one, other)

    def _kept_apart(self, one: _Group, other: _Group) -> bool:
        return any(_pair(its, their) in self.apart for its in one.members for their in other.members)

    def _groups_contradict(self, one: _Group, other: _Group) -> bool:
        return self._any_contradict([(its, their) for its in one.members for their in other.members])

    def _any_contradict(self, pairs: list[tuple[int, int]]) -> bool:
        """Whether any two records contradict each other, but for a number that others of them show to be mistaken."""
        against = [_pair(*pair) for pair in pairs if self._contradict(*pair)]
        if not against:
            return False
        if not all(only_a_number_differs(self.people[one], self.people[other]) for one, other in against):
            return True
        return not any(a_number_is_mistaken(self.people[one], self.people[other]) for one, other in pairs)

    def _contradict(self, one: int, other: int) -> str | None:
        pair = _pair(one, other)
        if pair not in self._contradictions:
            self._contradictions[pair] = contradict(self.people[pair[0]], self.people[pair[1]])
        return self._contradictions[pair]

    def _strongest_first(self) -> list[tuple[tuple[int, int], Judged]]:
        return sorted(self.given.pairs.items(), key=lambda item: (-item[1].strength, item[0]))

    def _torn(self, groups: list[_Group]) -> set[int]:
        """Records that would be the same as two people who cannot be one, and are not clearly closer to either."""
        of = {place: group for group in groups for place in group.members}
        support: dict[int, float] = {}
        for (left, right), judged in self.given.pairs.items():
            if judged.verdict is Verdict.SAME and of[left] is of[right]:
                for place in (left, right):
                    support[place] = max(support.get(place, judged.strength), judged.strength)
        torn = set()
        for (left, right), judged in self.given.pairs.items():
            if judged.verdict is not Verdict.SAME or of[left] is of[right]:
                continue
            if not self._groups_contradict(of[left], of[right]):
                continue
            for place in (left, right):
                close = support.get(place, 0.0) < judged.strength + CLEARLY_CLOSER_BITS
                if close and len(of[place].members) > 1 and not self._stands_with_others(place, of[place]):
                    torn.add(place)
        return torn

    def _stands_with_others(self, place: int, group: _Group) -> bool:
        """Whether the last run had it with others of this group already: it stays where it stood."""
        stood = self.given.standing.get(place)
        if stood is None or stood.by_person or place in self.taken_out:
            return False
        others = (self.given.standing.get(other) for other in group.members if other != place)
        return any(other is not None and other.person_id == stood.person_id for other in others)

    # What people's judgements add

    def _join_as_judged(self, groups: list[_Group]) -> list[_Group]:
        of = {place: group for group in groups for place in group.members}
        for left, right in sorted(set(self.together)):
            one, other = of[left], of[right]
            if one is other or self._kept_apart(one, other):
                continue
            one.members = sorted(one.members + other.members)
            one.standing |= other.standing
            for place in other.members:
                of[place] = one
        return _distinct(of)

    # Ids

    def _person_ids(self, groups: list[_Group]) -> dict[int, str]:
        """The id of each group, by its first member. Who stands keeps her id; of two, the older; else the founder's."""
        ids: dict[int, str] = {}
        taken: set[str] = set()
        for group in groups:
            if group.standing:
                kept = min(group.standing, key=self._age)
                ids[group.members[0]] = kept
                taken |= group.standing
        self._give_back(groups, ids, taken)
        standing_ids = {stood.person_id for stood in self.given.standing.values()}
        for group in groups:
            if group.members[0] in ids:
                continue
            chosen = next(
                (
                    self.given.founds[place]
                    for place in group.members
                    if self.given.founds[place] not in taken | standing_ids
                ),
                None,
            )
            again = 1
            while chosen is None or chosen in taken | standing_ids:
                chosen = self.given.another_id(f"{self.given.founds[group.members[0]]}|{again}")
                again += 1
            ids[group.members[0]] = chosen
            taken.add(chosen)
        return ids

    def _give_back(self, groups: list[_Group], ids: dict[int, str], taken: set[str]) -> None:
        """A person who was taken apart, or moved by a judgement, keeps her id where her earliest record is."""
        claims = []
        for group in groups:
            if group.members[0] in ids:
                continue
            for place in group.members:
                stood = self.given.standing.get(place)
                if stood and stood.person_id not in taken:
                    # Her own founding record first: the id was made from it.
                    claims.append(
                        (
                            self.given.founds[place] != stood.person_id,
                            place,
                            stood.person_id,
                            group.members[0],
                        )
                    )
        for _, _, person_id, first in sorted(claims):
            if first not in ids and person_id not in taken:
                ids[first] = person_id
                taken.add(person_id)

    def _age(self, person_id: str) -> tuple[int, str]:
        places = [place for place, stood in self.given.standing.items() if stood.person_id == person_id]
        return (min(places), person_id)

    def _joined(self, groups: list[_Group], ids: dict[int, str]) -> list[tuple[str, str]]:
        is_now = {place: ids[group.members[0]] for group in groups for place in group.members}
        held = set(ids.values())
        gone: dict[str, str] = {}
        for place, stood in sorted(self.given.standing.items()):
            if stood.person_id not in held:
                gone.setdefault(stood.person_id, is_now[place])
        return sorted(gone.items())

    # Words

    def _links(self, groups: list[_Group], ids: dict[int, str], by_machine: list[list[int]]) -> list[Link]:
        part = {place: number for number, members in enumerate(by_machine) for place in members}
        closest = self._closest(part)
        links = []
        for group in groups:
            person_id = ids[group.members[0]]
            keeper = self._keeper(group, person_id, part)
            for place in group.members:
                how, judged_by = self._how(place, group, part, keeper, closest)
                links.append(Link(place, person_id, how, judged_by))
        return sorted(links, key=lambda link: link.place)

    def _keeper(self, group: _Group, person_id: str, part: dict[int, int]) -> int:
        """The part of a person that owns her id; what a judgement added to it stands and falls with that judgement."""
        for place in group.members:
            stood = self.given.standing.get(place)
            if stood and stood.person_id == person_id and not stood.by_person:
                return part[place]
        return part[group.members[0]]

    def _how(
        self,
        place: int,
        group: _Group,
        part: dict[int, int],
        keeper: int,
        closest: dict[int, str],
    ) -> tuple[str, str]:
        if part[place] != keeper:
            return AS_JUDGED, "person"
        if place in self.taken_out:
            # Somebody said whom this record is not: it stands where it does because of that.
            return closest.get(place, ALONE), "person"
        if len(group.members) == 1:
            return ALONE, ALONE
        if not any(part[other] == keeper and other != place for other in group.members):
            return AS_JUDGED, "machine"
        return closest.get(place, AS_BEFORE), "machine"

    def _closest(self, part: dict[int, int]) -> dict[int, str]:
        """What joins each record to its person most strongly."""
        words: dict[int, str] = {}
        for (left, right), judged in self._strongest_first():
            if judged.verdict is Verdict.SAME and part[left] == part[right]:
                words.setdefault(left, judged.words)
                words.setdefault(right, judged.words)
        return words

    # Doubts

    def _unsure(self, groups: list[_Group], torn: set[int]) -> list[Unsure]:
        """One pair for every two people who might be one, the strongest."""
        of = {place: number for number, group in enumerate(groups) for place in group.members}
        asked: dict[tuple[int, int], Unsure] = {}
        for (left, right), judged in self._strongest_first():
            if judged.verdict is Verdict.NOT_SAME or of[left] == of[right]:
                continue
            two = _pair(of[left], of[right])
            reason = self._doubt(groups[of[left]], groups[of[right]], (left, right), judged, torn)
            if two not in asked and reason:
                asked[two] = Unsure(left, right, judged.strength, reason)
        return sorted(asked.values(), key=lambda unsure: (unsure.left, unsure.right))

    def _doubt(
        self, one: _Group, other: _Group, pair: tuple[int, int], judged: Judged, torn: set[int]
    ) -> str | None:
        """Why two people are put to somebody, or None when there is nothing to ask."""
        if self.given.barred & set(one.members + other.members) or self._kept_apart(one, other):
            return None
        if torn & set(pair):
            return f"{judged.words}; as close to somebody else"
        if pair in self.left_open:
            return f"{judged.words}; somebody looked and could not tell"
        if self._groups_contradict(one, other):
            settled_elsewhere = len(one.members) > 1 and len(other.members) > 1
            reason = self._contradict(*pair)
            return None if settled_elsewhere or reason else f"{judged.words}; does not fit her other records"
        if one.frozen or other.frozen:
            return f"{judged.words}; restricted, only a person may join"
        if judged.verdict is Verdict.SAME:
            return f"{judged.words}; somebody has worked with one of them"
        return judged.words


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _distinct(of: Mapping[int, _Group]) -> list[_Group]:
    groups = {id(group): group for group in of.values()}
    return sorted(groups.values(), key=lambda group: group.members[0])
