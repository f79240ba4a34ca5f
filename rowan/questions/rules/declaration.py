"""What every published rule declares about itself: its sentence, its owner, its numbers, whom it asks and what it cannot see."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rowan.agencies.rules.posts import PostKind
from rowan.timescales.rules.settings import Setting

Values = Mapping[str, float | int | str]
Figures = Mapping[str, object]

HUB = "hub"


def number(values: Values, setting: Setting) -> float:
    """The setting's value that night, or its default when none was ever set."""
    return float(values.get(setting.name, setting.default))


def whole(values: Values, setting: Setting) -> int:
    return int(number(values, setting))


@dataclass(frozen=True)
class Rule:
    name: str
    version: int
    title: str
    sentence: str  # as published; {short setting names} stand for the numbers in force
    question: str  # what the named person is asked
    why: str
    source: str
    owner: str
    review_on: date
    equality_note: str
    asks: PostKind
    deputy: PostKind | None
    due_working_days: Setting
    feed_reaches_within_days: Setting
    settings: tuple[Setting, ...]
    explain: Callable[[Figures, Values], str]
    # Ordinary reasons to consider first, and what the rule does not see: both stand beside every question.
    could_be: tuple[str, ...]
    does_not_see: tuple[str, ...]
    on_sums: bool = False  # rests on sums over weeks, not on single events
    asks_the_school: bool = False  # put to the child's school, never to the hub
    joins_agencies: bool = (
        False  # its words tell what several agencies said: for those who may see something of each
    )
    about_a_feed: bool = False  # asks about an agency's files, never about a child
    borrowed: tuple[Setting, ...] = ()  # numbers of another rule that this one goes by

    @property
    def all_settings(self) -> tuple[Setting, ...]:
        return (*self.settings, self.due_working_days, self.feed_reaches_within_days)

    @property
    def goes_by(self) -> tuple[Setting, ...]:
        return (*self.all_settings, *self.borrowed)

    def published(self, values: Values) -> str:
        """The sentence with the numbers in force."""
        return self._with_numbers(self.sentence, values)

    def not_seen(self, values: Values) -> tuple[str, ...]:
        """What the rule does not see, with the numbers in force."""
        return tuple(self._with_numbers(line, values) for line in self.does_not_see)

    def _with_numbers(self, words: str, values: Values) -> str:
        return words.format(
            **{
                setting.name.rsplit(".", 1)[1]: plain(values.get(setting.name, setting.default))
                for setting in self.all_settings
            }
        )

    def values_used(self, values: Values) -> dict[str, float | int | str]:
        return {setting.name: values.get(setting.name, setting.default) for setting in self.goes_by}


def plain(value: object) -> str:
    """A number as a person writes it: 20, not 20.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def some(count: int, one: str, many: str = "") -> str:
    """1 session, 2 sessions."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(parts: Iterable[str]) -> str:
    """One, two and three."""
    words = [part for part in parts if part]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def day_in_words(day: object) -> str:
    """3 June 2026, from a date or from its ISO form."""
    if isinstance(day, str):
        day = date.fromisoformat(day[:10])
    return f"{day.day} {day:%B %Y}" if isinstance(day, date) else ""


def count_in(figures: Figures, name: str) -> int:
    """A figure that is a count; nought when the night left it out."""
    given = figures.get(name)
    return int(given) if isinstance(given, int | float) else 0
