"""What an evaluation is made of: the truth of a county, what a run made of it, and counts that add up over counties."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from rowan.questions.rules.asking_again import Occasion

# A question is true from a story's first sign until so many days after its end.
TRUE_UNTIL_DAYS_AFTER = 90
DAYS_A_MONTH = 365.25 / 12

Place = tuple[str, int]  # file, line


@dataclass(frozen=True)
class Story:
    story: str
    person: str
    shape: str
    first_sign_on: date | None  # None: nobody saw anything
    ends_on: date | None
    first_recorded_harm_on: date | None
    sex: str
    ethnic_group: str

    def covers(self, day: date) -> bool:
        if self.first_sign_on is None or day < self.first_sign_on:
            return False
        return self.ends_on is None or day <= self.ends_on + timedelta(days=TRUE_UNTIL_DAYS_AFTER)


@dataclass(frozen=True)
class Person:
    """Whom fairness is asked about. `names` is the tradition her family's names come from."""

    names: str
    sex: str
    ethnic_group: str
    age: str = ""  # in bands of some years, when the county was drawn up to


@dataclass(frozen=True)
class Truth:
    """What is so in one county."""

    person_of: Mapping[Place, str]
    stories: tuple[Story, ...]
    signs: Mapping[Place, frozenset[str]]
    months: float
    people: Mapping[str, Person] = field(default_factory=dict)

    @property
    def children(self) -> int:
        return len(set(self.person_of.values()))


@dataclass(frozen=True)
class LinkedRow:
    """One row of one agency's file, and the person the run linked it to."""

    rid: str
    person_id: str
    agency: str
    place: Place


@dataclass(frozen=True)
class PutOccasion:
    """An occasion as the run wrote it, with the places of its rows."""

    occasion: Occasion
    places: frozenset[Place]


@dataclass
class Judged:
    """A question as it would have been asked, held against the truth."""

    on: date
    person: str | None
    rules: dict[str, bool]
    stories: set[str]  # the stories for which it was true


@dataclass
class Counts:
    """Everything that adds up over counties."""

    linked_pairs: int = 0
    true_pairs: int = 0
    both_pairs: int = 0
    pages: int = 0
    pages_with_a_wrong_row: int = 0
    records: int = 0
    unsure_pairs: int = 0
    children: int = 0
    children_months: float = 0.0
    questions: int = 0
    wrong_questions: int = 0  # right for none of their rules
    by_rule: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_group: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_origin: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    # Who is who, by sex and by age: pairs there are, pairs found, children, and those on a page with another's row.
    linked_by_group: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    splink: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    stories: list["FoundStory"] = field(default_factory=list)

    def __add__(self, other: "Counts") -> "Counts":
        total = Counts(
            **{name: getattr(self, name) + getattr(other, name) for name in NUMBERS},
            stories=self.stories + other.stories,
        )
        for counts in (self, other):
            for name in COUNTERS:
                for key, counter in getattr(counts, name).items():
                    getattr(total, name)[key].update(counter)
        return total


NUMBERS = (
    "linked_pairs", "true_pairs", "both_pairs", "pages", "pages_with_a_wrong_row", "records", "unsure_pairs", "children", "children_months",
    "questions", "wrong_questions",
)  # fmt: skip
COUNTERS = ("by_rule", "by_group", "by_origin", "linked_by_group", "splink")


@dataclass(frozen=True)
class FoundStory:
    """One story of harm: how many signs it left, and whether a true question came before anybody recorded harm."""

    sex: str
    ethnic_group: str
    signs: int
    found: bool
    lead_days: int | None
    shape: str = ""
    agencies: int = 0  # whose files show something of it
    in_time: bool = False  # something showed before harm was on record, so that it could have been found
    seen_by: str = ""  # police, council, school: whose files show something of it
    may_be_read: bool | None = None  # something that showed in time might be read; None where nobody looked
    why_lost: str | None = None  # empty when it was found; None where nobody looked
