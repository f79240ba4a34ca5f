"""What people judged about a gathering's records, and how records fit together: asked by whatever settles who is who."""

from collections.abc import Iterable

from rowan.matching.rules.gathering import Gathering, Group, Word, pair_of
from rowan.matching.rules.judgement import (
    Judged,
    Verdict,
    a_number_is_mistaken,
    contradict,
    only_a_number_differs,
)


class Said:
    """Every standing judgement read once, and every contradiction worked out once."""

    def __init__(self, gathering: Gathering) -> None:
        self.given = gathering
        self.people = {person.place: person for person in gathering.people}
        self.by_rid = {person.rid: person.place for person in gathering.people}
        self.apart: set[tuple[int, int]] = set()  # somebody said: not the same
        self.left_open: set[tuple[int, int]] = set()  # somebody looked and could not tell
        self.together: list[tuple[int, int]] = []  # somebody said: the same
        # A record, and one that is somebody else's: where the machine has both together, it is the first that goes.
        self.taken_out: set[tuple[int, int]] = set()
        self.about: set[str] = (
            set()
        )  # people somebody has judged about: the machine leaves them as they stand
        self._contradictions: dict[tuple[int, int], str | None] = {}
        self._read_words()

    def strongest_first(self) -> list[tuple[tuple[int, int], Judged]]:
        return sorted(self.given.pairs.items(), key=lambda item: (-item[1].strength, item[0]))

    def stood(self, place: int) -> str | None:
        """The person a record belonged to last night by machine, whatever a judgement made of it."""
        standing = self.given.standing.get(place)
        return standing.by_machine if standing else None

    def may_join(self, one: Group, other: Group) -> bool:
        if one.frozen or other.frozen:
            return False
        if one.standing and other.standing and (one.touched or other.touched):
            return False
        return not self.kept_apart(one, other) and not self.groups_contradict(one, other)

    def kept_apart(self, one: Group, other: Group) -> bool:
        return any(pair_of(its, their) in self.apart for its in one.members for their in other.members)

    def groups_contradict(self, one: Group, other: Group) -> bool:
        return self.any_contradict([(its, their) for its in one.members for their in other.members])

    def contradicts_itself(self, members: list[int]) -> bool:
        return self.any_contradict(
            [(one, other) for n, one in enumerate(members) for other in members[n + 1 :]]
        )

    def any_contradict(self, pairs: list[tuple[int, int]]) -> bool:
        """Whether any two records contradict each other, but for a number that others of them show to be mistaken."""
        against = [pair_of(*pair) for pair in pairs if self.contradict(*pair)]
        if not against:
            return False
        if not all(only_a_number_differs(self.people[one], self.people[other]) for one, other in against):
            return True
        return not any(a_number_is_mistaken(self.people[one], self.people[other]) for one, other in pairs)

    def contradict(self, one: int, other: int) -> str | None:
        pair = pair_of(one, other)
        if pair not in self._contradictions:
            self._contradictions[pair] = contradict(self.people[pair[0]], self.people[pair[1]])
        return self._contradictions[pair]

    def _read_words(self) -> None:
        for word in sorted(self.given.words, key=lambda w: (w.rid, w.person_id, w.other_rid, w.verdict)):
            place = self.by_rid.get(word.rid)
            if place is None:
                continue
            self.about |= {word.person_id, *self._where_they_stand(place, word.other_rid)}
            for other in self._whom(word, place):
                pair = pair_of(place, other)
                if word.verdict == Verdict.SAME.value:
                    self.together.append(pair)
                elif word.verdict == "not_same":
                    self.apart.add(pair)
                    self.taken_out.add((place, other))
                else:
                    self.left_open.add(pair)

    def _where_they_stand(self, place: int, other_rid: str) -> Iterable[str]:
        stood = (self.given.standing.get(place), self.given.standing.get(self.by_rid.get(other_rid, -1)))
        for standing in stood:
            if standing is not None:
                yield from {standing.person_id, standing.by_machine or standing.person_id}

    def _whom(self, word: Word, place: int) -> list[int]:
        """The records that stand for the person somebody judged about."""
        other = self.by_rid.get(word.other_rid)
        if other is not None:
            return [other] if other != place else []
        return [
            its for its in sorted(self.given.standing) if self.stood(its) == word.person_id and its != place
        ]
