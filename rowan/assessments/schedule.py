"""What assessments do by the clock: forget versions in the making that nobody has gone on with."""

SCHEDULE = [("rowan.assessments.actions.drafts.forget_old_drafts", 24 * 60)]
