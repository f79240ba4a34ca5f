"""What nobody saw to in time goes up by itself, level by level; so does a disagreement whose stage let its time pass."""

SCHEDULE = [
    ("rowan.escalation.actions.overdue.take_overdue_up", 15),
    ("rowan.escalation.actions.disagreements.take_stages_up", 15),
]
