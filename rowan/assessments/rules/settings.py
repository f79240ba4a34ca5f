"""What an area agrees about assessments: what it calls each state, and how long things may take.

Schemes of labels differ by area (domain 1.5): each is a dated setting on top of the four descriptive states, which never change.
"""

from rowan.timescales.rules.settings import Setting

from .states import STATE_NAMES, State
from .statutory import MIRRORED

OWNER = "The hub’s exploitation co-ordinator"
_LOCAL = "The hub’s own choice; published areas differ."


def _label(state: State) -> Setting:
    return Setting(
        name=f"assessments.label_{state.value}",
        unit="(words)",
        default=LOCAL_LABELS[state],
        source="Buckinghamshire’s three labels, beside which Rowan keeps its own four states (domain 1.5).",
        owner=OWNER,
        explanation=f"What the area calls the state that Rowan names {STATE_NAMES[state].lower()}. Shown beside it, never in its place.",
    )


def _within(name: str, default: int, unit: str, source: str, what: str, most: int = 200) -> Setting:
    return Setting(
        name=f"assessments.{name}",
        unit=unit,
        default=default,
        least=1,
        most=most,
        source=source,
        owner=OWNER,
        explanation=what,
    )


LOCAL_LABELS = {
    State.NOT_INDICATED: "No local label",
    State.EMERGING_CONCERN: "Emerging",
    State.SIGNIFICANT_CONCERN: "Significant",
    State.EXPERIENCING_HARM: "Experiencing",
}
LABELS = {state: _label(state) for state in State}
SCREEN_WITHIN = _within(
    "screened_within_working_days", 5, "working days", _LOCAL, "How soon a child whose work is opened is screened."
)  # fmt: skip
ASSESS_WITHIN = _within(
    "assessed_within_working_days", 20, "working days", _LOCAL, "How soon after an approved screen the assessment is written."
)  # fmt: skip
APPROVE_WITHIN = _within(
    "approved_within_working_days", 2, "working days", _LOCAL, "How soon somebody else looks at what was written, or at a step-down."
)  # fmt: skip
STEP_UP_WITHIN = _within(
    "step_up_written_within_working_days", 3, "working days", _LOCAL, "How soon after a panel recommends a step-up the lead professional writes where the child stands."
)  # fmt: skip
REVIEW_WITHIN = _within(
    "reviewed_within_days",
    84,
    "days",
    "Published plans are reviewed at least every three months, some within 12 weeks (domain 1.3).",
    "The longest a child’s state may stand before it is looked at again.",
)
LOOK_BACK_WITHIN = _within(
    "looked_back_within_days",
    183,
    "days",
    _LOCAL,
    "The longest after a step-down or closing until somebody looks back at how the child is.",
    most=400,
)
MOVE_BEFORE = _within(
    "move_at_18_planned_days_before",
    183,
    "days",
    _LOCAL,
    "How long before the 18th birthday the move to adult services has to be planned.",
    most=730,
)
SETTINGS = [
    *LABELS.values(),
    SCREEN_WITHIN,
    ASSESS_WITHIN,
    APPROVE_WITHIN,
    STEP_UP_WITHIN,
    REVIEW_WITHIN,
    LOOK_BACK_WITHIN,
    MOVE_BEFORE,
    *(mirrored.limit for mirrored in MIRRORED),
]
