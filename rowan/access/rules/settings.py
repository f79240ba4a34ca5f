"""How long a record stays open to somebody without a part in it."""

from rowan.timescales.rules.settings import Setting

OWNER = "Information governance"

EMERGENCY_HOURS = Setting(
    name="access.emergency_hours",
    unit="hours",
    default=3,
    least=1,
    most=12,
    source="The hub's own choice: long enough for one emergency, short enough to be asked again; other systems give three hours.",
    owner=OWNER,
    explanation="How long an emergency access lasts.",
)
REASONED_LOOK_HOURS = Setting(
    name="access.reasoned_look_hours",
    unit="hours",
    default=8,
    least=1,
    most=72,
    source="The hub's own choice: one working day, so that a screening is done in one look.",
    owner=OWNER,
    explanation="How long a typed reason opens the limited view of a child outside one's own work.",
)
REVIEW_STEP_DAYS = Setting(
    name="access.review_step_days",
    unit="working days",
    default=1,
    least=1,
    most=5,
    source="The hub's own choice: a review is due the same working day, so each lead in the chain has one day more.",
    owner=OWNER,
    explanation="How long each lead in the chain has an overdue review of an emergency access before it goes to the next.",
)
SETTINGS = [EMERGENCY_HOURS, REASONED_LOOK_HOURS, REVIEW_STEP_DAYS]
