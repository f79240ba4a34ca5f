"""What is known of records that have something to do with each other, and what is made of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rowan.matching.rules.identity import Identity
from rowan.matching.rules.judgement import Judged


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stood after the last run."""

    person_id: str
    touched: bool = False  # the person has a note, an involvement, a restriction or a judgement
    by_person: bool = False  # it stands there because of somebody's judgement, and falls with it
    before: str = ""  # where it stood, and stands again, without that judgement

    @property
    def by_machine(self) -> str | None:
        """The person it belongs to when nobody's judgement is heeded; None where that was never kept."""
        return self.before or (None if self.by_person else self.person_id)


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
    before: str = ""  # the person it goes back to when the judgement that put it here is undone


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


class Group:
    """Records taken as one person so far."""

    def __init__(self, members: Iterable[int], standing: set[str], touched: bool, frozen: bool) -> None:
        self.members = sorted(members)
        self.standing = standing
        self.touched = touched
        self.frozen = frozen

    def take_in(self, other: "Group") -> None:
        self.members = sorted(self.members + other.members)
        self.standing |= other.standing
        self.touched |= other.touched
        self.frozen |= other.frozen


def distinct(of: Mapping[int, Group]) -> list[Group]:
    groups = {id(group): group for group in of.values()}
    return sorted(groups.values(), key=lambda group: group.members[0])


def pair_of(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
