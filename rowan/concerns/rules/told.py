"""What somebody tells when they raise a concern, as plain values, and what it still lacks, in words for whoever tells it.

Very little is asked for: somebody who is worried and cannot say why is heard. What a box lacks is said beside that box.
"""

from dataclasses import dataclass, field

from rowan.chronology.rules.observations import BY_CODE

from .kept_in_health import KEPT_IN_HEALTH, tells_of_an_end, what_to_think_of
from .pregnancy import Pregnancy
from .what_it_is_about import ABOUT_NAMES, About
from .who_raises import RAISES_NAMES, Raises

SEEN_OR_HEARD = {
    "seen": "I saw it",
    "heard": "I heard about it",
    "both": "Both",
    "neither": "Neither: it is a feeling",
}
FIRST_HAND = {
    "first_hand": "I was there, or the child told me",
    "told": "Somebody else told me",
    "both": "Some of each",
}
CHILD_KNOWS = {
    "yes": "Yes",
    "no_not_safe": "No: telling would not be safe",
    "no_not_yet": "No, not yet",
    "not_a_child": "I do not know the child",
}
# What the details of each thing are called, in the order in which they are asked.
DETAILS: dict[str, dict[str, str]] = {
    About.CHILD: {
        "name": "The child’s name, or what you know of it",
        "age": "Age or birth date, or about how old",
        "school": "School or college",
        "address": "Where the child lives or stays",
        "family": "Who looks after the child, and brothers or sisters",
        "looks": "What sets the child apart, if you do not know a name",
    },
    About.PLACE: {
        "name": "What the place is called",
        "address": "Where it is",
        "who": "Who is there, and when",
    },
    About.GROUP: {
        "name": "What the group calls itself, or who is in it",
        "where": "Where they meet",
        "who": "Which children are with them",
    },
    About.SCHOOL: {"name": "Which school or college", "who": "Which year or group of pupils"},
    About.PLATFORM: {
        "name": "Which app, game or website",
        "handle": "Names that people use there",
        "who": "Which children use it",
    },
}
ALL_DETAILS = tuple(dict.fromkeys(key for boxes in DETAILS.values() for key in boxes))
HEALTH = frozenset({Raises.HEALTH, Raises.SEXUAL_HEALTH})
# How long a box may be: a page of close writing.
LONGEST = 8_000


@dataclass(frozen=True)
class HeardName:
    """A name as somebody said it, or somebody without a name: "driver of a silver hatchback"."""

    as_said: str = ""
    said_by: str = ""
    child_calls_them: str = ""
    description: str = ""

    @property
    def says_nothing(self) -> bool:
        return not any(words.strip() for words in (self.as_said, self.child_calls_them, self.description))


@dataclass(frozen=True)
class Referrer:
    """Who tells it, for those without an account: as much as they like, and nothing is an answer."""

    name: str = ""
    phone: str = ""
    email: str = ""
    works_at: str = ""
    how_to_reach: str = ""
    stays_unnamed: bool = True


@dataclass(frozen=True)
class Told:
    about: str = ""
    raises: str = ""
    details: tuple[tuple[str, str], ...] = ()
    what_worries: str = ""
    cannot_say_why: bool = False
    childs_words: str = ""
    seen_or_heard: str = ""
    first_hand: str = ""
    told_by: str = ""
    when_words: str = ""
    where_words: str = ""
    already_done: str = ""
    immediate_danger: bool = False
    child_knows: str = ""
    why_child_does_not_know: str = ""
    please_contact: bool = False
    how_to_reach: str = ""  # for whoever says no more than "please contact"
    about_a_professional: bool = False
    professionals_name: str = ""
    names: tuple[HeardName, ...] = ()
    noticed: tuple[str, ...] = ()  # codes of the published list
    pregnancy: Pregnancy = field(default_factory=Pregnancy)

    def detail(self, key: str) -> str:
        return dict(self.details).get(key, "").strip()

    @property
    def kinds(self) -> dict[str, str]:
        """Each observation's code, with its kind: of the list, and of what is said of a pregnancy."""
        found = {code: BY_CODE[code].kind.value for code in self.noticed if code in BY_CODE}
        return found | self.pregnancy.observation()


def what_is_missing(told: Told) -> dict[str, str]:
    """By the box, what is wrong or lacking there."""
    lacks: dict[str, str] = {}
    if told.about not in ABOUT_NAMES:
        lacks["about"] = "Choose what you are worried about."
    if told.raises not in RAISES_NAMES:
        lacks["raises"] = "Choose what best says who you are."
    if told.please_contact:
        return lacks | _lacks_to_be_contacted(told)
    if not (told.what_worries.strip() or told.childs_words.strip() or told.cannot_say_why or told.kinds):
        lacks["what_worries"] = (
            "Say what worries you, or tick that you cannot say why. A few words are enough."
        )
    if told.about in DETAILS and not any(words.strip() for _, words in told.details):
        lacks["detail_name"] = "Say who or what it is, as far as you know. “I do not know” is an answer too."
    if told.child_knows == "no_not_safe" and not told.why_child_does_not_know.strip():
        lacks["why_child_does_not_know"] = "Say in a few words why telling would not be safe."
    if told.about_a_professional and not told.professionals_name.strip():
        lacks["professionals_name"] = "Say who it is, or what you know of them."
    if unknown := [code for code in told.noticed if code not in BY_CODE]:
        lacks["noticed"] = f"Not on the list: {', '.join(sorted(unknown))}."
    return lacks | _too_long(told)


def tells_of_an_ended_pregnancy(told: Told) -> dict[str, str]:
    """By the box, where a professional outside health wrote that a pregnancy ends: it is never recorded outside health."""
    if told.raises in HEALTH:
        return {}
    return {box: KEPT_IN_HEALTH for box, words in words_by_box(told).items() if tells_of_an_end(words)}


def to_think_of(told: Told) -> list[str]:
    """Whatever kind of teller: what to think of before it is sent, once each. Nothing is changed and nobody is turned back for it."""
    said = words_by_box(told).values()
    return list(dict.fromkeys(each for words in said for each in what_to_think_of(words)))


def words_by_box(told: Told) -> dict[str, str]:
    """Every box that holds words of the teller's own."""
    names = {
        f"name_{number}_{part}": getattr(name, part)
        for number, name in enumerate(told.names, start=1)
        for part in ("as_said", "said_by", "child_calls_them", "description")
    }
    return (
        {
            box: getattr(told, box)
            for box in (
                "what_worries", "childs_words", "told_by", "when_words", "where_words", "already_done", "why_child_does_not_know",
                "how_to_reach", "professionals_name",
            )
        }
        | {f"detail_{key}": words for key, words in told.details}
        | names
    )  # fmt: skip


def _lacks_to_be_contacted(told: Told) -> dict[str, str]:
    if told.raises not in HEALTH:
        return {"please_contact": "Only somebody who works in health says no more than “please contact”."}
    lacks = {}
    if not told.detail("name"):
        lacks["detail_name"] = "Say which child you would like to be contacted about."
    if not told.how_to_reach.strip():
        lacks["how_to_reach"] = "Say how you can be reached, and when."
    return lacks


def _too_long(told: Told) -> dict[str, str]:
    words = {
        name: getattr(told, name)
        for name in ("what_worries", "childs_words", "told_by", "when_words", "where_words", "already_done")
    } | {f"detail_{key}": text for key, text in told.details}
    return {
        name: f"This is longer than {LONGEST} letters. Shorten it, or add the rest afterwards."
        for name, text in words.items()
        if len(text) > LONGEST
    }
