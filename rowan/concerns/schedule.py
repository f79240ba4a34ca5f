"""What concerns do by the clock: forget drafts that nobody sent and files that no row knows, and reach whoever answers for a hidden child a concern may be about."""

SCHEDULE = [
    ("rowan.concerns.actions.drafts.forget_old_drafts", 60),
    ("rowan.concerns.actions.triage.reach_owners_of_restricted", 5),
    ("rowan.concerns.actions.sent_files.clear_strays_away", 24 * 60),
]
