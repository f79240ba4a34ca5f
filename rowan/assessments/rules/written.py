"""A screen or an assessment as somebody says it, and what it still lacks. Narrative first; the lists are a prompt, never a measure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rowan.chronology.rules.observations import BY_CODE, Kind

from .states import Confidence, State, Trend, Urgency, says_less


class WrittenAs(StrEnum):
    SCREEN = "screen"
    ASSESSMENT = "assessment"


WRITTEN_AS_NAMES = {WrittenAs.SCREEN: "Screen", WrittenAs.ASSESSMENT: "Assessment"}
# Each stands apart: nobody adds them up.
LISTS = (Kind.SIGN_OF_HARM, Kind.INDICATOR, Kind.VULNERABILITY, Kind.PROTECTIVE)
# Whose view is asked for each time; "not sought, because" is an honest answer, silence is none.
VIEWS = {"child": "The child", "carer": "A parent or carer", "school": "The school"}
STEP_DOWN_INSTEAD = (
    "This says less than where the child stands now. A step-down takes evidence, a second person, the child’s view and a day to look back: "
    "ask for one from the child’s page, or choose what stands now"
)


@dataclass(frozen=True)
class Said:
    written_as: str
    narrative: str = ""
    childs_words: str = ""
    noticed: tuple[str, ...] = ()
    harm_words: str = ""
    harm_seen_on: date | None = None
    child_view: str = ""
    child_not_sought: str = ""
    carer_view: str = ""
    carer_not_sought: str = ""
    school_view: str = ""
    school_not_sought: str = ""
    state: str = ""
    why_state: str = ""
    over_a_sign_why: str = ""
    urgency: str = ""
    confidence: str = ""
    trend: str = ""
    review_on: date | None = None

    def noticed_of(self, kind: Kind) -> list[str]:
        return [code for code in self.noticed if code in BY_CODE and BY_CODE[code].kind is kind]

    @property
    def signs(self) -> list[str]:
        return self.noticed_of(Kind.SIGN_OF_HARM)


def what_is_missing(said: Said, *, stands: str, today: date, review_within_days: int) -> dict[str, str]:
    """By box, what keeps this from being saved."""
    lacks = {}
    if said.written_as not in set(WrittenAs):
        lacks["written_as"] = "Choose whether this is a screen or an assessment"
    if not said.narrative.strip():
        lacks["narrative"] = "Say in your own words what the harm or worry is"
    if any(code not in BY_CODE for code in said.noticed):
        lacks["noticed"] = "Choose from the lists"
    if said.signs:
        lacks |= _of_harm(said, today)
    for whose, name in VIEWS.items():
        if not (getattr(said, f"{whose}_view").strip() or getattr(said, f"{whose}_not_sought").strip()):
            lacks[f"{whose}_view"] = f"Write what {name[0].lower()}{name[1:]} says, or why it was not sought"
    lacks |= _of_state(said, stands)
    latest = today + timedelta(days=review_within_days)
    if said.review_on is None or not today < said.review_on <= latest:
        lacks["review_on"] = f"Give the day of the next review: after today, within {review_within_days} days"
    return lacks


def _of_harm(said: Said, today: date) -> dict[str, str]:
    lacks = {}
    if not said.harm_words.strip():
        lacks["harm_words"] = "Say what was seen or said, and by whom"
    if said.harm_seen_on is None or said.harm_seen_on > today:
        lacks["harm_seen_on"] = "Give the day it was last seen or said, today or before"
    return lacks


def _of_state(said: Said, stands: str) -> dict[str, str]:
    lacks = {}
    for box, choices, words in (
        ("state", State, "Choose where the child stands"),
        ("urgency", Urgency, "Choose how soon something has to happen"),
        ("confidence", Confidence, "Choose how good the information is"),
        ("trend", Trend, "Choose whether things get better or worse"),
    ):
        if getattr(said, box) not in set(choices):
            lacks[box] = words
    if "state" not in lacks and says_less(stands, said.state):
        lacks["state"] = STEP_DOWN_INSTEAD
    if not said.why_state.strip():
        lacks["why_state"] = "Say why: what you saw or know that makes it this"
    return lacks
