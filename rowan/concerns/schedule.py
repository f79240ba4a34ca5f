"""What concerns do by the clock: drafts that nobody sent are forgotten."""

SCHEDULE = [("rowan.concerns.actions.drafts.forget_old_drafts", 60)]
