"""What assessments do by the clock: the move at 18 follows a corrected birth date, and versions nobody went on with are forgotten."""

SCHEDULE = [
    ("rowan.assessments.actions.turning_18.follow_birth_dates", 60),
    ("rowan.assessments.actions.drafts.forget_old_drafts", 24 * 60),
]
