"""The pages on which a concern is told, in order: those that fit what has been said so far. Nobody is asked what does not concern them."""

from collections.abc import Mapping
from dataclasses import dataclass

from .told import DETAILS, HEALTH
from .what_it_is_about import About

NAMES_AT_MOST = 8
NAME_PARTS = ("as_said", "said_by", "child_calls_them", "description")
REFERRER = ("ref_name", "ref_phone", "ref_email", "ref_works_at", "ref_how_to_reach", "ref_stays_unnamed")


@dataclass(frozen=True)
class FormStep:
    name: str
    title: str
    boxes: tuple[str, ...]


@dataclass(frozen=True)
class Teller:
    """Who fills the form in, as far as the pages depend on it."""

    signed_in: bool
    raises: str = ""  # known from an account or a link; asked of the public

    @property
    def is_a_professional(self) -> bool:
        """Somebody with an account or a link."""
        return self.signed_in or bool(self.raises)

    @property
    def may_only_ask_to_be_contacted(self) -> bool:
        return self.raises in HEALTH


def steps_for(boxes: Mapping[str, list[str]], teller: Teller) -> list[FormStep]:
    about = _said(boxes, "about")
    if teller.may_only_ask_to_be_contacted and _said(boxes, "please_contact"):
        return [_first(teller), FormStep("contact", "Please contact me", ("detail_name", "how_to_reach"))]
    steps = [
        _first(teller),
        FormStep("what", "What worries you?", _what(teller)),
        FormStep("who", WHO.get(about, WHO[About.CHILD]), tuple(f"detail_{key}" for key in DETAILS.get(about, DETAILS[About.CHILD]))),
    ]  # fmt: skip
    if _said(boxes, "about_a_professional") == "yes":
        steps.append(
            FormStep(
                "professional", "Who works with children?", ("professionals_name", "professionals_agency")
            )
        )
    if teller.is_a_professional and about in {About.CHILD, About.GROUP}:
        steps.append(FormStep("noticed", "What has been noticed?", NOTICED))
    steps.append(FormStep("names", "Names you have heard", names_shown(boxes)))
    if about == About.CHILD:
        steps.append(FormStep("known", "What is known and done", _known(teller)))
    if not teller.signed_in:
        steps.append(FormStep("you", "About you, if you like", REFERRER))
    return steps


WHO: dict[str, str] = {
    About.CHILD: "Which child?",
    About.PLACE: "Which place?",
    About.GROUP: "Which group?",
    About.SCHOOL: "Which school?",
    About.PLATFORM: "Which app, game or website?",
}
NOTICED = ("noticed_s", "noticed_i", "noticed_v", "noticed_p", "pregnant", "pregnancy_grounds")


def _first(teller: Teller) -> FormStep:
    asked = ["about", "about_a_professional"]
    if not teller.raises:
        asked.insert(1, "raises")
    if teller.may_only_ask_to_be_contacted:
        asked.insert(0, "please_contact")
    return FormStep("about", "What are you worried about?", tuple(asked))


def _what(teller: Teller) -> tuple[str, ...]:
    boxes = (
        "immediate_danger",
        "what_worries",
        "cannot_say_why",
        "childs_words",
        "seen_or_heard",
        "first_hand",
    )
    return (*boxes, "told_by", "when_words", "where_words")


def _known(teller: Teller) -> tuple[str, ...]:
    return ("child_knows", "why_child_does_not_know", "already_done")


def names_shown(boxes: Mapping[str, list[str]]) -> tuple[str, ...]:
    """A row for each name typed, and one more that is empty."""
    typed = [
        number
        for number in range(1, NAMES_AT_MOST + 1)
        if any(_said(boxes, f"name_{number}_{part}") for part in NAME_PARTS)
    ]
    rows = min(max(typed, default=0) + 1, NAMES_AT_MOST)
    return tuple(f"name_{number}_{part}" for number in range(1, rows + 1) for part in NAME_PARTS)


def _said(boxes: Mapping[str, list[str]], box: str) -> str:
    return next((value.strip() for value in boxes.get(box, []) if value.strip()), "")
