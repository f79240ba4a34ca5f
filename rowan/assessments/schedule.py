"""The move at 18 follows a birth date that is corrected."""

SCHEDULE = [("rowan.assessments.actions.turning_18.follow_birth_dates", 60)]
