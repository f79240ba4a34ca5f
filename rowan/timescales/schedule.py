"""What this room does by the clock."""

SCHEDULE = [
    ("rowan.timescales.passing_on.pass_on", 5),
    ("rowan.timescales.background.forget_what_is_done", 24 * 60),
]
