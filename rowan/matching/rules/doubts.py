"""What is put to a person: two people who might be one, or whom only somebody may join, once each."""

from rowan.matching.rules.gathering import Gathering, Group, Unsure, pair_of
from rowan.matching.rules.judgement import Judged, Verdict
from rowan.matching.rules.said import Said


class Doubts:
    def __init__(self, gathering: Gathering, said: Said, groups: list[Group], torn: set[int]) -> None:
        self.given, self.said, self.groups, self.torn = gathering, said, groups, torn

    def unsure(self) -> list[Unsure]:
        """One pair for every two people who might be one, the strongest."""
        groups = self.groups
        of = {place: number for number, group in enumerate(groups) for place in group.members}
        asked: dict[tuple[int, int], Unsure] = {}
        for (left, right), judged in self.said.strongest_first():
            if judged.verdict is Verdict.NOT_SAME or of[left] == of[right]:
                continue
            two = pair_of(of[left], of[right])
            reason = self._doubt(groups[of[left]], groups[of[right]], (left, right), judged)
            if two not in asked and reason:
                asked[two] = Unsure(left, right, judged.strength, reason)
        return sorted(asked.values(), key=lambda unsure: (unsure.left, unsure.right))

    def _doubt(self, one: Group, other: Group, pair: tuple[int, int], judged: Judged) -> str | None:
        """Why two people are put to somebody, or None when there is nothing to ask."""
        if self.given.barred & set(one.members + other.members) or self.said.kept_apart(one, other):
            return None
        if self.torn & set(pair):
            return f"{judged.words}; as close to somebody else"
        if pair in self.said.left_open:
            return f"{judged.words}; somebody looked and could not tell"
        if self.said.groups_contradict(one, other):
            settled_elsewhere = len(one.members) > 1 and len(other.members) > 1
            reason = self.said.contradict(*pair)
            return None if settled_elsewhere or reason else f"{judged.words}; does not fit her other records"
        if one.frozen or other.frozen:
            return f"{judged.words}; restricted, only a person may join"
        if judged.verdict is Verdict.SAME:
            return f"{judged.words}; somebody has worked with one of them"
        return judged.words
