"""What an area agrees about its meetings."""

from rowan.timescales.rules.settings import Setting

OWNER = "The hub's exploitation co-ordinator"
MINUTES_WITHIN = Setting(
    name="meetings.minutes_approved_within_working_days",
    unit="working days",
    default=5,
    least=1,
    most=20,
    source="The hub's own choice: actions of a monthly panel are half over when its minutes take two weeks.",
    owner=OWNER,
    explanation="How long after a meeting its chair has to approve the minutes.",
)
SETTINGS = [MINUTES_WITHIN]
