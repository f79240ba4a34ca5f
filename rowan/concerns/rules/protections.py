"""Section 45, the National Referral Mechanism and the duty to report: their states, what each step has to say, and by when (domain 7.3, 5.3).

A child does not consent to a referral: she is made safe first, and then referred. None of these takes the place of section 47.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from rowan.timescales.rules.working_days import add_working_days

from .protection_settings import (
    CONCLUSIVE_WITHIN,
    CONSIDERED_WITHIN,
    REASONABLE_WITHIN,
    RECONSIDERED_WITHIN,
    REPORTED_WITHIN,
    SECTION_45_WITHIN,
)


class About(StrEnum):
    NRM = "nrm"
    SECTION_45 = "section_45"
    DUTY_TO_REPORT = "duty_to_report"


ABOUT_NAMES = {
    About.NRM: "National Referral Mechanism",
    About.SECTION_45: "Section 45, the defence of a child who was exploited",
    About.DUTY_TO_REPORT: "Duty to report child sexual abuse",
}


class State(StrEnum):
    CONSIDERED = "considered"
    NOT_REFERRED = "not_referred"
    REFERRED = "referred"
    REASONABLE = "reasonable_grounds"
    NOT_REASONABLE = "no_reasonable_grounds"
    CONCLUSIVE = "conclusive_grounds"
    NOT_CONCLUSIVE = "no_conclusive_grounds"
    RECONSIDERED = "reconsideration"
    ASKED = "asked"
    TOLD_THE_DEFENCE = "told"
    DOES_NOT_APPLY = "does_not_apply"
    LEARNED = "learned"
    REPORTED = "reported"
    REPORTED_BEFORE = "reported_before"


STATE_NAMES = {
    State.CONSIDERED: "Being considered",
    State.NOT_REFERRED: "Not referred, with the reason",
    State.REFERRED: "Referred to the Home Office",
    State.REASONABLE: "Reasonable grounds: yes",
    State.NOT_REASONABLE: "Reasonable grounds: no",
    State.CONCLUSIVE: "Conclusive grounds: yes",
    State.NOT_CONCLUSIVE: "Conclusive grounds: no",
    State.RECONSIDERED: "Asked to be looked at again",
    State.ASKED: "Asked: could section 45 apply?",
    State.TOLD_THE_DEFENCE: "It may apply; the defence and the prosecution were told",
    State.DOES_NOT_APPLY: "It does not apply, with the reason",
    State.LEARNED: "Learned of; to be reported",
    State.REPORTED: "Reported to the police or the council",
    State.REPORTED_BEFORE: "Somebody had reported it already",
}
BEGINS = {
    About.NRM: State.CONSIDERED,
    About.SECTION_45: State.ASKED,
    About.DUTY_TO_REPORT: State.LEARNED,
}
MOVES: dict[State, frozenset[State]] = {
    State.CONSIDERED: frozenset({State.REFERRED, State.NOT_REFERRED}),
    State.NOT_REFERRED: frozenset({State.CONSIDERED}),
    State.REFERRED: frozenset({State.REASONABLE, State.NOT_REASONABLE}),
    State.REASONABLE: frozenset({State.CONCLUSIVE, State.NOT_CONCLUSIVE}),
    State.NOT_REASONABLE: frozenset({State.RECONSIDERED}),
    State.NOT_CONCLUSIVE: frozenset({State.RECONSIDERED}),
    State.RECONSIDERED: frozenset({State.REASONABLE, State.NOT_REASONABLE, State.CONCLUSIVE, State.NOT_CONCLUSIVE}),
    State.CONCLUSIVE: frozenset(),
    State.ASKED: frozenset({State.TOLD_THE_DEFENCE, State.DOES_NOT_APPLY}),
    State.DOES_NOT_APPLY: frozenset({State.TOLD_THE_DEFENCE}),
    State.TOLD_THE_DEFENCE: frozenset(),
    State.LEARNED: frozenset({State.REPORTED, State.REPORTED_BEFORE}),
    State.REPORTED: frozenset(),
    State.REPORTED_BEFORE: frozenset(),
}  # fmt: skip
# Where nothing more is owed by anybody; everywhere else a clock runs.
AT_REST = frozenset(
    {
        State.NOT_REFERRED, State.CONCLUSIVE, State.NOT_REASONABLE, State.NOT_CONCLUSIVE, State.TOLD_THE_DEFENCE,
        State.DOES_NOT_APPLY, State.REPORTED, State.REPORTED_BEFORE,
    }
)  # fmt: skip
ACTS = {
    "recruited": "Recruited",
    "transported": "Moved, even within one town",
    "transferred": "Handed over to somebody else",
    "harboured": "Kept at a place",
    "received": "Received by somebody",
}
PURPOSES = {
    "sexual": "Sexual exploitation",
    "criminal": "Made to commit crimes: to carry, hold or sell drugs, to steal",
    "labour": "Forced labour",
    "servitude": "Domestic servitude",
    "other": "Another kind of exploitation",
}
NO_CONSENT = "A child does not consent to a referral. Make her safe first, tell her what you do and why, and then refer."
NOT_SECTION_47 = "A referral does not take the place of a section 47 enquiry."
CLOCK = "a protection of the law"
KIND = "protection"
# From the day of the step: in working days, or in days where the law counts those.
_DUE_WORKING_DAYS = {
    State.CONSIDERED: CONSIDERED_WITHIN,
    State.ASKED: SECTION_45_WITHIN,
    State.RECONSIDERED: RECONSIDERED_WITHIN,
}
_DUE_DAYS = {
    State.REFERRED: REASONABLE_WITHIN,
    State.REASONABLE: CONCLUSIVE_WITHIN,
    # Owed as soon as practicable: by default the day it was learned, a Sunday too.
    State.LEARNED: REPORTED_WITHIN,
}


def due_on(state: State, on: date, settings: Mapping[str, object]) -> date | None:
    """By when the next step is owed, or None where nothing is."""
    if state in AT_REST:
        return None
    if state in _DUE_DAYS:
        return on + timedelta(days=int(str(settings[_DUE_DAYS[state].name])))
    return add_working_days(on, int(str(settings[_DUE_WORKING_DAYS[state].name])))


def refusal_to_take(
    state: State,
    to: str,
    *,
    words: str,
    act: str = "",
    purpose: str = "",
    reference: str = "",
    to_whom: str = "",
) -> str | None:
    """Why this step cannot be taken so, or None when it can."""
    if to not in {each.value for each in MOVES[state]}:
        return "That step does not follow from where this stands now."
    if to == State.REFERRED and (act not in ACTS or purpose not in PURPOSES):
        return "A child’s referral rests on an act and a purpose: choose both. How she was made to is not asked of a child."
    if to == State.REFERRED and not reference.strip():
        return "Give the reference of the referral."
    if to in {State.TOLD_THE_DEFENCE, State.REPORTED} and not to_whom.strip():
        return "Say who was told."
    if to in {State.NOT_REFERRED, State.DOES_NOT_APPLY, State.REPORTED_BEFORE} and not words.strip():
        return "Say why."
    return None
