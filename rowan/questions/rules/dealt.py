"""Open questions dealt out in thought, so that nobody is put more than one person can answer.

What is put to somebody by name is theirs alone; what waits for a post may be answered by any who hold it, or who stand in while nobody
does. Someone has room while all of it can be dealt out among those it was put to and nobody has more than the number set. Found as a
flow in a network (Ford and Fulkerson 1956): a new question may go to somebody who is full, where another can take one from her.
"""

import itertools
from collections import Counter, defaultdict

People = frozenset[int]
# Who has room, and who would take over what from whom until then.
_Path = list[tuple[int, People]]


class Dealt:
    def __init__(self, most: int):
        self.most = most
        # What each has, by who else could have it.
        self.theirs: dict[int, Counter[People]] = defaultdict(Counter)

    def has_room(self, people: People) -> bool:
        return self._path(people) is not None

    def deal(self, people: People, many: int = 1) -> int:
        """How many of these questions, all put to the same people, they had room for."""
        left = many
        while left and (path := self._path(people)) is not None:
            left -= self._give(path, left)
        return many - left

    def _path(self, people: People) -> _Path | None:
        came_from: dict[int, _Path] = {who: [(who, people)] for who in sorted(people)}
        fresh = list(came_from)
        for who in fresh:
            if self.theirs[who].total() < self.most:
                return came_from[who]
            for others, many in self.theirs[who].items():
                for other in sorted(others - came_from.keys()) if many else ():
                    came_from[other] = [*came_from[who], (other, others)]
                    fresh.append(other)
        return None

    def _give(self, path: _Path, many: int) -> int:
        """As many as the last of the path has room for, each handing on as many of what they share with the next."""
        last = path[-1][0]
        handed_on = [self.theirs[who][shared] for (who, _), (_, shared) in itertools.pairwise(path)]
        many = min(many, self.most - self.theirs[last].total(), *handed_on)
        for (who, _), (_, shared) in itertools.pairwise(path):
            self.theirs[who][shared] -= many
        for who, shared in path:
            self.theirs[who][shared] += many
        return many
