"""What another agency's system sends to raise a concern, and what is wrong with it, by the box.

Boxes are named as people's forms name them; one that is not known is refused, so that nothing said is quietly lost.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from .pregnancy import GROUNDS, Pregnancy
from .told import (
    ALL_DETAILS,
    CHILD_KNOWS,
    FIRST_HAND,
    SEEN_OR_HEARD,
    HeardName,
    Told,
    tells_of_an_ended_pregnancy,
    what_is_missing,
)
from .who_raises import RAISES_NAMES, Raises
from .who_they_are import BY_KIND_OF_AGENCY

TEXTS = (
    "about", "raises", "what_worries", "childs_words", "told_by", "when_words", "where_words", "already_done",
    "why_child_does_not_know", "how_to_reach", "professionals_name",
)  # fmt: skip
CHOICES: Mapping[str, Mapping[str, str]] = {
    "seen_or_heard": SEEN_OR_HEARD,
    "first_hand": FIRST_HAND,
    "child_knows": CHILD_KNOWS,
}
YES_OR_NO = ("cannot_say_why", "immediate_danger", "please_contact", "about_a_professional", "pregnant")
OTHERS = ("id", "from", "reach", "details", "names", "noticed", "pregnancy_grounds")
NAME_PARTS = ("as_said", "said_by", "child_calls_them", "description")


def lacking(said: Mapping[str, object], agency_kind: str) -> dict[str, str]:
    lacks = {
        name: "This box is not known." for name in said if name not in {*TEXTS, *CHOICES, *YES_OR_NO, *OTHERS}
    }
    lacks |= _wrong_kinds(said)
    if not _is_uuid(said.get("id")):
        lacks["id"] = "Send a UUID of your own, the same each time you send this concern."
    if "raises" in said and said["raises"] not in RAISES_NAMES:
        lacks["raises"] = "Not known."
    if lacks:
        return lacks
    told = told_from(said, agency_kind)
    return what_is_missing(told) | tells_of_an_ended_pregnancy(told)


def told_from(said: Mapping[str, object], agency_kind: str) -> Told:
    """`said` has been looked at by `lacking`. Who they are follows from their agency, unless they say it more exactly."""
    texts: dict[str, Any] = {name: str(said.get(name, "")) for name in TEXTS if name != "raises"}
    choices: dict[str, Any] = {name: str(said.get(name, "")) for name in CHOICES}
    answers: dict[str, Any] = {name: said.get(name) is True for name in YES_OR_NO if name != "pregnant"}
    details, names = said.get("details", {}), said.get("names", [])
    assert isinstance(details, dict) and isinstance(names, list)
    grounds, noticed = said.get("pregnancy_grounds", []), said.get("noticed", [])
    assert isinstance(grounds, list) and isinstance(noticed, list)
    known = BY_KIND_OF_AGENCY.get(agency_kind, Raises.OTHER_PROFESSIONAL)
    return Told(
        **texts,
        **choices,
        **answers,
        raises=str(said.get("raises") or known.value),
        details=tuple((key, details[key]) for key in ALL_DETAILS if key in details),
        names=tuple(HeardName(**{part: name.get(part, "") for part in NAME_PARTS}) for name in names),
        noticed=tuple(dict.fromkeys(noticed)),
        pregnancy=Pregnancy(said.get("pregnant") is True, frozenset(grounds)),
    )


def _wrong_kinds(said: Mapping[str, object]) -> dict[str, str]:
    wrong = {name: "Send words." for name in (*TEXTS, "from", "reach") if not _is_words(said.get(name, ""))}
    wrong |= {
        name: "Send true or false." for name in YES_OR_NO if not isinstance(said.get(name, False), bool)
    }
    for name, known in CHOICES.items():
        if said.get(name, "") not in {"", *known}:
            wrong[name] = f"Send one of: {', '.join(known)}."
    details = said.get("details", {})
    if not (
        isinstance(details, dict)
        and set(details) <= set(ALL_DETAILS)
        and all(map(_is_words, details.values()))
    ):
        wrong["details"] = f"Send words for any of: {', '.join(ALL_DETAILS)}."
    for name in ("noticed", "pregnancy_grounds"):
        values = said.get(name, [])
        if not (isinstance(values, list) and all(map(_is_words, values))):
            wrong[name] = "Send a list of codes."
    if "pregnancy_grounds" not in wrong and set(said.get("pregnancy_grounds", [])) - set(GROUNDS):  # type: ignore[call-overload]
        wrong["pregnancy_grounds"] = f"Send any of: {', '.join(GROUNDS)}."
    names = said.get("names", [])
    if not (isinstance(names, list) and all(_is_a_name(name) for name in names)):
        wrong["names"] = f"Send a list of names, each with any of: {', '.join(NAME_PARTS)}."
    return wrong


def _is_words(value: object) -> bool:
    return isinstance(value, str) and "\x00" not in value


def _is_a_name(name: object) -> bool:
    return isinstance(name, dict) and set(name) <= set(NAME_PARTS) and all(map(_is_words, name.values()))


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False
