"""What this room does by the clock: patterns of looks, and that each question has somebody."""

SCHEDULE = [
    ("rowan.single_view.patterns.look_for_patterns", 15),
    ("rowan.single_view.passing_on.pass_on", 15),
]
