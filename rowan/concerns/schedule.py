"""What concerns do by the clock: forget drafts that nobody sent, files that no row knows and words of old searches, and reach whoever answers for a hidden child a concern may be about."""

SCHEDULE = [
    ("rowan.concerns.actions.drafts.forget_old_drafts", 60),
    ("rowan.concerns.actions.triage.reach_owners_of_restricted", 5),
    ("rowan.concerns.actions.searching.forget_search_words", 24 * 60),
    ("rowan.concerns.actions.sent_files.clear_strays_away", 24 * 60),
]
