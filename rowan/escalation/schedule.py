"""What nobody saw to in time goes up by itself, level by level; so does a disagreement whose stage let its time pass."""

SCHEDULE = [
    ("rowan.escalation.actions.going_up.take_overdue_up", 15),
    # What is red goes up by the hour: nobody waits for a quarter of it.
    ("rowan.escalation.actions.going_up.take_red_up", 3),
    ("rowan.escalation.actions.stages.take_stages_up", 15),
    ("rowan.escalation.actions.stages.take_stages_in_danger_up", 3),
]
