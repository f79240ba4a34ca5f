"""What the machine makes of records, were nobody to judge: people as they stood, and new records with the people they are closest to.

It joins the strongest pairs first, and never into one person two records that contradict each other. It touches nobody a person has
worked with or judged about: it neither joins two such people nor splits one.
"""

from rowan.matching.rules.gathering import Gathering, Group, distinct
from rowan.matching.rules.judgement import Verdict
from rowan.matching.rules.said import Said

# Two people in one name and birth date: a record nearly as close to the one as to the other is nobody's by machine.
CLEARLY_CLOSER_BITS = 4.0


class ByMachine:
    def __init__(self, gathering: Gathering, said: Said) -> None:
        self.given = gathering
        self.said = said
        self.torn: set[int] = set()
        groups = self._join(set())
        self.torn = self._torn(groups)
        if self.torn:
            groups = self._join(self.torn)
        self.groups = groups
        self.ids = self._person_ids(groups)  # of each group, by its first member

    def _join(self, torn: set[int]) -> list[Group]:
        groups = self._as_they_stand()
        of = {place: group for group in groups for place in group.members}
        for (left, right), judged in self.said.strongest_first():
            if (
                judged.verdict is not Verdict.SAME
                or (left, right) in self.said.left_open
                or {left, right} & torn
            ):
                continue
            one, other = of[left], of[right]
            if one is other or not self.said.may_join(one, other):
                continue
            one.take_in(other)
            of.update(dict.fromkeys(other.members, one))
        return distinct(of)

    def _as_they_stand(self) -> list[Group]:
        """People as the last run left them. One that contradicts itself is taken apart, when nobody has worked with it."""
        stood: dict[str, list[int]] = {}
        for place, standing in self.given.standing.items():
            if standing.by_machine is not None:
                stood.setdefault(standing.by_machine, []).append(place)
        groups, placed = [], set()
        for person_id, members in sorted(stood.items()):
            touched = person_id in self.said.about or any(
                self.given.standing[place].touched for place in members
            )
            # Also whom a judgement joined them to: what is restricted there is restricted here.
            ids = {person_id, *(self.given.standing[place].person_id for place in members)}
            frozen = bool(self.given.restricted & ids or self.given.barred & set(members))
            if not touched and not frozen and self.said.contradicts_itself(members):
                continue
            groups.append(Group(members, {person_id}, touched, frozen))
            placed |= set(members)
        groups += [
            Group([place], set(), False, place in self.given.barred)
            for place in self.said.people
            if place not in placed
        ]
        return groups

    def _torn(self, groups: list[Group]) -> set[int]:
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
            if not self.said.groups_contradict(of[left], of[right]):
                continue
            for place in (left, right):
                close = support.get(place, 0.0) < judged.strength + CLEARLY_CLOSER_BITS
                if close and len(of[place].members) > 1 and not self._stands_with_others(place, of[place]):
                    torn.add(place)
        return torn

    def _stands_with_others(self, place: int, group: Group) -> bool:
        """Whether the last run had it with others of this group already: it stays where it stood."""
        stood = self.said.stood(place)
        return stood is not None and any(
            self.said.stood(other) == stood for other in group.members if other != place
        )

    def _person_ids(self, groups: list[Group]) -> dict[int, str]:
        """The id of each group, by its first member. Who stands keeps her id; of two, the older; else the founder's."""
        ids: dict[int, str] = {}
        taken: set[str] = set()
        for group in groups:
            if group.standing:
                kept = min(group.standing, key=self._age)
                ids[group.members[0]] = kept
                taken |= group.standing
        self._give_back(groups, ids, taken)
        standing_ids = {self.said.stood(place) for place in self.given.standing} - {None}
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

    def _give_back(self, groups: list[Group], ids: dict[int, str], taken: set[str]) -> None:
        """A person who was taken apart keeps her id where her earliest record is."""
        claims = []
        for group in groups:
            if group.members[0] in ids:
                continue
            for place in group.members:
                stood = self.said.stood(place)
                if stood and stood not in taken:
                    # Her own founding record first: the id was made from it.
                    claims.append((self.given.founds[place] != stood, place, stood, group.members[0]))
        for _, _, person_id, first in sorted(claims):
            if first not in ids and person_id not in taken:
                ids[first] = person_id
                taken.add(person_id)

    def _age(self, person_id: str) -> tuple[int, str]:
        places = [place for place in self.given.standing if self.said.stood(place) == person_id]
        return (min(places), person_id)
