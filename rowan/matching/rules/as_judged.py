"""What people's judgements make of what the machine made: records taken out of a person, and people joined.

It is worked out anew each night from what the machine made and from the judgements that stand, and from nothing else: so a judgement
that is undone leaves no trace, whatever else was judged before or since.
"""

from rowan.matching.rules.by_machine import CLEARLY_CLOSER_BITS, ByMachine
from rowan.matching.rules.gathering import Gathering, Group, Link, distinct
from rowan.matching.rules.judgement import Verdict
from rowan.matching.rules.said import Said

ALONE = "alone"
AS_JUDGED = "judged the same person"
AS_BEFORE = "as on earlier nights"


class AsJudged:
    def __init__(self, gathering: Gathering, said: Said, by_machine: ByMachine) -> None:
        self.given = gathering
        self.said = said
        self.base = {
            place: by_machine.ids[group.members[0]] for group in by_machine.groups for place in group.members
        }
        self._age = {by_machine.ids[group.members[0]]: group.members[0] for group in by_machine.groups}
        self.cut = self._taken_out()
        self.torn = set(by_machine.torn)
        parts = self._place_what_was_cut(by_machine)
        self._part = {place: number for number, group in enumerate(parts) for place in group.members}
        self.groups = self._join(parts)
        self.ids = self._person_ids()

    def _taken_out(self) -> set[int]:
        """Of those somebody said of that they are not this person, the records that the machine has with that very person."""
        return {place for place, other in self.said.taken_out if self.base[place] == self.base[other]}

    def _place_what_was_cut(self, by_machine: ByMachine) -> list[Group]:
        """A record taken out of one person may be another's, and is joined to them as a new record would be."""
        parts = self._join_what_was_cut(by_machine.groups, set())
        torn = self._torn(parts) if self.cut else set()
        self.torn |= torn
        return self._join_what_was_cut(by_machine.groups, torn) if torn else parts

    def _join_what_was_cut(self, groups: list[Group], torn: set[int]) -> list[Group]:
        of: dict[int, Group] = {}
        for group in groups:
            stays = [place for place in group.members if place not in self.cut]
            rest = Group(stays, {self.base[place] for place in stays}, group.touched, group.frozen)
            of.update(dict.fromkeys(stays, rest))
            for place in self.cut & set(group.members):
                of[place] = Group([place], set(), False, group.frozen)
        for (left, right), judged in self.said.strongest_first() if self.cut else ():
            if judged.verdict is not Verdict.SAME or not {left, right} & self.cut or {left, right} & torn:
                continue
            one, other = of[left], of[right]
            # It may go to somebody, but two people who stood are never joined over it.
            if one is other or (one.standing and other.standing) or (left, right) in self.said.left_open:
                continue
            if not self.said.may_join(one, other):
                continue
            one.take_in(other)
            of.update(dict.fromkeys(other.members, one))
        return distinct(of)

    def _torn(self, parts: list[Group]) -> set[int]:
        """As the machine finds them, among what was cut: as close to two people who cannot be one, and nobody's."""
        of = {place: group for group in parts for place in group.members}
        torn = set()
        for place in self.cut:
            near = {
                other: judged.strength
                for pair, judged in self.given.pairs.items()
                if judged.verdict is Verdict.SAME and place in pair
                for other in pair
                if other != place
            }
            support = max((bits for other, bits in near.items() if of[other] is of[place]), default=0.0)
            if len(of[place].members) > 1 and any(
                support < bits + CLEARLY_CLOSER_BITS
                and of[other] is not of[place]
                and not self.said.kept_apart(of[place], of[other])
                and self.said.groups_contradict(of[place], of[other])
                for other, bits in near.items()
            ):
                torn.add(place)
        return torn

    def _join(self, parts: list[Group]) -> list[Group]:
        of = {place: group for group in parts for place in group.members}
        for left, right in sorted(set(self.said.together)):
            one, other = of[left], of[right]
            if one is other or self.said.kept_apart(one, other):
                continue
            joined = Group([], set(), False, False)
            joined.take_in(one)
            joined.take_in(other)
            of.update(dict.fromkeys(joined.members, joined))
        return distinct(of)

    # Ids

    def _person_ids(self) -> dict[int, str]:
        """Of people joined, the older keeps her id. What was taken out founds a person, unless its own is left to nobody else."""
        ids = {
            group.members[0]: min(group.standing, key=lambda person_id: (self._age[person_id], person_id))
            for group in self.groups
            if group.standing
        }
        taken = {person_id for group in self.groups for person_id in group.standing}
        for group in self.groups:
            first = group.members[0]
            if first not in ids:
                ids[first] = self._own_id(group, taken)
                taken.add(ids[first])
        return ids

    def _own_id(self, group: Group, taken: set[str]) -> str:
        # Her own founding record first: the id was made from it.
        by_founder = sorted(
            group.members, key=lambda place: (self.given.founds[place] != self.base[place], place)
        )
        left = [self.base[place] for place in by_founder if self.base[place] not in taken]
        founded = [self.given.founds[place] for place in group.members]
        everybody = taken | set(self._age)
        free = left + [person_id for person_id in founded if person_id not in everybody]
        if free:
            return free[0]
        again = 1
        while (made := self.given.another_id(f"{founded[0]}|{again}")) in everybody:
            again += 1
        return made

    def joined(self) -> list[tuple[str, str]]:
        """(was, is now): people under whose id no record stands since tonight."""
        is_now = {place: self.ids[group.members[0]] for group in self.groups for place in group.members}
        held = set(self.ids.values())
        gone: dict[str, str] = {}
        for place, stood in sorted(self.given.standing.items()):
            if stood.person_id not in held:
                gone.setdefault(stood.person_id, is_now[place])
        return sorted(gone.items())

    # Words

    def links(self) -> list[Link]:
        closest = self._closest()
        links = []
        for group in self.groups:
            person_id = self.ids[group.members[0]]
            keeper = self._keeper(group, person_id)
            for place in group.members:
                how, judged_by = self._how(place, group, keeper, closest)
                moved = judged_by == "person" or self.base[place] != person_id
                links.append(Link(place, person_id, how, judged_by, self.base[place] if moved else ""))
        return sorted(links, key=lambda link: link.place)

    def _keeper(self, group: Group, person_id: str) -> int:
        """The part of a person that owns her id; what a judgement added to it stands and falls with that judgement."""
        for place in group.members:
            if place not in self.cut and self.base[place] == person_id:
                return self._part[place]
        return self._part[group.members[0]]

    def _how(self, place: int, group: Group, keeper: int, closest: dict[int, str]) -> tuple[str, str]:
        if self._part[place] != keeper:
            return AS_JUDGED, "person"
        if place in self.cut:
            # Somebody said whom this record is not: it stands where it does because of that.
            return closest.get(place, ALONE), "person"
        if len(group.members) == 1:
            return ALONE, ALONE
        if not any(self._part[other] == keeper and other != place for other in group.members):
            return AS_JUDGED, "machine"
        return closest.get(place, AS_BEFORE), "machine"

    def _closest(self) -> dict[int, str]:
        """What joins each record to its person most strongly."""
        words: dict[int, str] = {}
        for (left, right), judged in self.said.strongest_first():
            if judged.verdict is Verdict.SAME and self._part[left] == self._part[right]:
                words.setdefault(left, judged.words)
                words.setdefault(right, judged.words)
        return words
