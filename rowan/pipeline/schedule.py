"""What the night's own machinery does by the clock: tries of settings that a killed worker left."""

SCHEDULE = [
    ("rowan.pipeline.waiting_dry_runs.try_what_waits", 5),
    ("rowan.pipeline.waiting_dry_runs.forget_whom_they_were_about", 24 * 60),
]
